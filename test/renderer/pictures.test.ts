// Every screen at both sizes: nothing leaves the window, also in the pseudo-locale, whose words are 40 % longer.
// With COUNTERCHECK_PICTURES=FOLDER each is kept as a picture, in the three themes, to be looked at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationSettings } from '../../shared/contract/records.ts';
import { historyRows, pictureFile, recordOf } from './fake-history.ts';
import { listRow } from './fake-lists.ts';
import { ADMINISTRATOR, createFakeStation, OFFICER, sessionOf, SETTINGS } from './fake-station.ts';
import { closeBrowser, openDialog, openWindow, prepare } from './harness.ts';

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const FOLDER = process.env['COUNTERCHECK_PICTURES'];
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];
const THEMES: readonly StationSettings['theme'][] = FOLDER ? ['light', 'dark', 'uv'] : ['light'];
const CASES = [
  ...SIZES.flatMap((size) => THEMES.map((theme) => ({ size, theme, language: 'en' }))),
  { size: { width: 1366, height: 768 }, theme: 'light' as const, language: 'en-XA' },
];
const PICTURE = '01930000-0000-7000-8300-000000000001';

/** Controls and headings that stand partly outside the window, or outside their own box. */
function leaving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>('button, input, h1, h2, legend, nav span')) {
      const box = one.getBoundingClientRect();
      if (box.width < 3) continue;
      const isOut = box.left < -1 || box.right > innerWidth + 1;
      if (isOut || one.scrollWidth > one.clientWidth + 2) {
        if (one.tagName !== 'INPUT' && one.clientWidth > 0) found.push(one.outerHTML.slice(0, 90));
        else if (isOut) found.push(one.outerHTML.slice(0, 90));
      }
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    return found;
  });
}

/** Looks at what is on the screen: what leaves its place is added to `out`, a picture goes where one is wanted. */
const lookAt = (page: Page, kind: string, out: Record<string, string[]>) => async (screen: string) => {
  await page.waitForTimeout(120);
  const found = await leaving(page);
  if (found.length > 0) out[screen] = found;
  if (!FOLDER) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${screen}-${kind}.png`) });
};

it.each(CASES)('$size.width $theme $language', { timeout: 60_000 }, async ({ size, theme, language }) => {
  const station = createFakeStation({ settings: { ...SETTINGS, theme, language } });
  station.rows = historyRows(40);
  for (const [at, row] of station.rows.entries()) station.records.set(row.id, recordOf(row, at, [PICTURE]));
  const window = await openWindow(station, { size });
  window.images.stored.set(PICTURE, await pictureFile());
  const { page } = window;
  const out: Record<string, string[]> = {};
  const look = lookAt(page, `${size.width}-${theme}-${language}`, out);
  await page.waitForSelector('nav');
  await look('examine');
  await page.keyboard.press('F3');
  await page.waitForSelector('tbody tr');
  await look('history');
  await page.locator('tbody tr').first().click();
  await page.waitForSelector('h1');
  await look('record');
  await page.keyboard.press('d');
  await openDialog(page);
  await look('change');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role=dialog]', { state: 'detached' });
  await page.keyboard.press('?');
  await openDialog(page);
  await look('keys');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role=dialog]', { state: 'detached' });
  await page.keyboard.press('F8');
  await page.waitForSelector('form');
  await look('settings');
  expect(out).toEqual({});
  expect(window.problems()).toEqual([]);
  await window.close();
});

it.each(CASES)(
  'the vault, locking and signing in: $size.width $theme $language',
  { timeout: 90_000 },
  async (one) => {
    const { size, theme, language } = one;
    const station = createFakeStation(
      { settings: { ...SETTINGS, theme, language } },
      { session: sessionOf(ADMINISTRATOR), oldPictures: { left: 420, total: 1_000 } },
    );
    station.people = station.people.map((person) => ({ ...person, lockedOut: person.id === OFFICER.id }));
    station.lists.lists = [listRow('in-force'), listRow('expired'), listRow('missing')];
    const window = await openWindow(station, { size });
    const { page } = window;
    const out: Record<string, string[]> = {};
    const look = lookAt(page, `${size.width}-${theme}-${language}`, out);
    await page.waitForSelector('nav');
    const screens = { 1: 'people', 2: 'keys', 3: 'audit', 4: 'retention', 5: 'backup', 8: 'lists' };
    for (const [key, screen] of Object.entries(screens)) {
      await page.keyboard.press(key);
      await page.locator('main nav [aria-current=page]', { hasText: key }).waitFor();
      await look(screen);
    }
    await page.keyboard.press('i');
    await openDialog(page);
    await look('lists-import');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.keyboard.press('F9');
    await page.getByRole('option').first().waitFor();
    await look('locked');
    await page.keyboard.press('1');
    await page.locator('input[type=password]').waitFor();
    await look('locked-chosen');
    station.vault = { ...station.vault, phase: 'sealed', people: [] };
    await window.push('vault.changed', {});
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await look('sign-in');
    expect(out).toEqual({});
    expect(window.problems()).toEqual([]);
    await window.close();
  },
);

it.each(SIZES)('first run, $width', async (size) => {
  const station = createFakeStation({}, { phase: 'new', session: null, people: [] });
  const window = await openWindow(station, { size });
  await window.page.waitForSelector('form');
  expect(await leaving(window.page)).toEqual([]);
  // One screen: nothing has to be scrolled before one can save.
  const hidden = await window.page.evaluate(() => {
    const page = document.querySelector('main');
    return page ? page.scrollHeight - page.clientHeight : -1;
  });
  expect(hidden).toBeLessThanOrEqual(16);
  if (FOLDER) await window.page.screenshot({ path: join(FOLDER, `first-run-${size.width}.png`) });
  await window.close();
});
