// Words: the pseudo-locale keeps ICU whole, and no visible word of any screen comes from outside a catalogue.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PSEUDO_END, PSEUDO_START, pseudo, pseudoMessages } from '../../renderer/text/pseudo.ts';
import {
  ADMINISTRATOR,
  createFakeStation,
  OFFICER,
  SECOND_OFFICER,
  sessionOf,
  SETTINGS,
} from './fake-station.ts';
import { historyRows, pictureFile, recordOf } from './fake-history.ts';
import { closeBrowser, openDialog, type OpenWindow, openWindow, prepare } from './harness.ts';

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const TEXTS = join(import.meta.dirname, '../../assets/text/en');
const messages: Record<string, string> = Object.assign(
  {},
  ...readdirSync(TEXTS).map((file) => JSON.parse(readFileSync(join(TEXTS, file), 'utf8')) as object),
);

describe('pseudo-locale', () => {
  it('accents and lengthens the words and leaves arguments alone', () => {
    expect(pseudo('Officer: {name}')).toMatch(/^⟦Óƒƒíçéŕ: \{name\}~[~ ]*⟧$/);
    expect(pseudo('{count, plural, =0 {None} one {# row} other {# rows}}')).toMatch(
      /^⟦\{count, plural, =0 \{Ñóñé\} one \{# ŕóŵ\} other \{# ŕóŵš\}\}[~ ]*⟧$/,
    );
    expect(pseudo('Settings').length).toBeGreaterThanOrEqual(Math.ceil('Settings'.length * 1.4) + 2);
  });

  it('formats every message of the catalogues with the arguments of the original', () => {
    const broken: string[] = [];
    const strict = (locale: string, table: Record<string, string>) =>
      createIntl({
        locale,
        messages: table,
        onError: (error) => broken.push(`${locale} ${error.message}`),
      });
    const plain = strict('en', messages);
    const accented = strict('en-XA', pseudoMessages(messages));
    for (const [id, message] of Object.entries(messages)) {
      const names = [...message.matchAll(/\{\s*([a-zA-Z]\w*)\s*[,}]/g)].map((one) => one[1] ?? '');
      const values = Object.fromEntries(names.map((name) => [name, 3]));
      plain.formatMessage({ id }, values);
      const shown = String(accented.formatMessage({ id }, values));
      if (!shown.startsWith(PSEUDO_START) || !shown.endsWith(PSEUDO_END)) broken.push(`brackets ${id}`);
    }
    expect(broken).toEqual([]);
  });
});

/** Visible text of the page that is neither bracketed nor data: runs of plain letters outside of any message. */
async function strays(window: OpenWindow, data: readonly string[]): Promise<string[]> {
  return window.page.evaluate(
    ([known, start]) => {
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const words = node.textContent?.trim() ?? '';
        const parent = node.parentElement;
        if (!parent || !/[a-z]{3}/.test(words) || words.includes(start) || known.includes(words)) continue;
        if (parent.closest('kbd, select, [aria-hidden="true"]')) continue;
        const box = parent.getBoundingClientRect();
        if (box.width > 2 && box.height > 2) found.push(words);
      }
      for (const field of document.querySelectorAll('[placeholder], [aria-label], [title]')) {
        for (const name of ['placeholder', 'aria-label', 'title']) {
          const words = field.getAttribute(name) ?? '';
          // Hidden helpers of React Aria ("Dismiss") bring the library's own translations.
          const isLibrary = field.closest('[style*="clip"]') !== null;
          if (/[a-z]{3}/.test(words) && !words.includes(start) && !isLibrary) found.push(`${name}: ${words}`);
        }
      }
      return found;
    },
    [data, PSEUDO_START] as const,
  );
}

describe('screens in the pseudo-locale', () => {
  const data = [
    OFFICER.name,
    SECOND_OFFICER.name,
    ADMINISTRATOR.name,
    ...[OFFICER, SECOND_OFFICER, ADMINISTRATOR].map(({ name }) => name.toLowerCase().replace('. ', '')),
    SETTINGS.place,
    'Asia/Bangkok',
    '/home/officer/countercheck',
    'English',
  ];

  it.each(['new', 'upgrade', 'sealed', 'locked'] as const)(
    'shows no word from outside a catalogue while nobody is signed in: %s',
    async (phase) => {
      const window = await openWindow(createFakeStation({}, { phase, session: null }), {
        context: { locale: 'en-XA' },
      });
      await window.page.waitForSelector('h1');
      await window.page.keyboard.press('Enter');
      expect(await strays(window, data)).toEqual([]);
      expect(window.problems()).toEqual([]);
      await window.close();
    },
  );

  it('shows none in the vault', async () => {
    const station = createFakeStation(
      { settings: { ...SETTINGS, language: 'en-XA' } },
      { session: sessionOf(ADMINISTRATOR), oldPictures: { left: 2, total: 9 } },
    );
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    for (const key of ['1', '2', '3', '4', '5']) {
      await page.keyboard.press(key);
      await page.locator(`nav [aria-current=page]`, { hasText: key }).waitFor();
      await page.waitForTimeout(150);
      expect({ key, strays: await strays(window, data) }).toEqual({ key, strays: [] });
    }
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('shows none in the frame, the lane, History, a record, the dialogs and the settings', async () => {
    const station = createFakeStation({ settings: { ...SETTINGS, language: 'en-XA' } });
    const picture = '01930000-0000-7000-8300-000000000001';
    station.rows = historyRows(3);
    for (const [at, row] of station.rows.entries()) station.records.set(row.id, recordOf(row, at, [picture]));
    const window = await openWindow(station);
    window.images.stored.set(picture, await pictureFile());
    const { page } = window;
    const escaped: Record<string, string[]> = {};
    const look = async (screen: string) => {
      await page.waitForTimeout(150);
      const found = await strays(window, data);
      if (found.length > 0) escaped[screen] = found;
    };
    await page.waitForSelector('nav');
    await look('lane');
    await page.keyboard.press('?');
    await openDialog(page);
    await look('keys');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.keyboard.press('F3');
    await page.waitForSelector('tbody tr');
    await look('history');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1');
    await look('record');
    await page.keyboard.press('d');
    await openDialog(page);
    await look('change');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.keyboard.press('F8');
    await page.getByRole('radiogroup').first().waitFor();
    await look('settings');
    expect(escaped).toEqual({});
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});
