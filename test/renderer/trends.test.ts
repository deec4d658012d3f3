// Trends as officers meet them: by map, time line and lines, by hand and by keys, down to the reports behind a figure.
// With COUNTERCHECK_PICTURES=FOLDER each is kept as a picture, to be looked at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StationSettings } from '../../shared/contract/records.ts';
import { axeFindings } from '../e2e/axe.ts';
import { createFakeStation, OFFICER, sessionOf, SETTINGS } from './fake-station.ts';
import { fakeRows } from './fake-trends.ts';
import {
  closeBrowser,
  openDialog,
  openWindow,
  type OpenOptions,
  type OpenWindow,
  prepare,
} from './harness.ts';
import { press } from './lane-window.ts';

beforeAll(prepare, 180_000);
afterAll(closeBrowser);

const FOLDER = process.env['COUNTERCHECK_PICTURES'];
const today = (): string => new Date().toISOString().slice(0, 10);

interface Opened extends OpenWindow {
  lines: ReturnType<Page['locator']>;
}

async function openTrends(
  { count = 900, theme = 'light' as StationSettings['theme'], role = OFFICER.role } = {},
  options: OpenOptions = {},
): Promise<Opened> {
  const station = createFakeStation({ settings: { ...SETTINGS, theme, timeZone: 'UTC' } });
  if (role !== OFFICER.role) station.vault = { ...station.vault, session: sessionOf({ ...OFFICER, role }) };
  station.trends.rows = count === 0 ? [] : fakeRows(today(), count);
  station.trends.examined = { count: 184_211, since: null };
  const window = await openWindow(station, options);
  await window.page.waitForSelector('nav');
  await press(window, 'F5');
  await window.page.locator('nav [aria-current=page]', { hasText: 'Detections' }).waitFor();
  return { ...window, lines: window.page.locator('tbody tr') };
}

const totalOf = async ({ page }: OpenWindow): Promise<number> =>
  Number(
    /^(\S+) reports? (?:since|in) the week/u.exec(
      await page.locator('p[role=status] strong').innerText(),
    )?.[1] ?? '0',
  );
const asked = ({ station }: OpenWindow) =>
  station.calls.filter(({ channel }) => channel === 'trends.view').at(-1)?.input as Record<string, unknown>;

async function keep(page: Page, name: string): Promise<void> {
  if (!FOLDER) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

describe('trends', () => {
  it('say what is missing where nothing was reported yet', async () => {
    const window = await openTrends({ count: 0 });
    await window.page.getByText('No report to count yet').waitFor();
    expect(await window.page.locator('svg.trend-map').count()).toBe(0);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('are counted with what they are held against, states by name and never by figure', async () => {
    const window = await openTrends();
    const { page, lines } = window;
    await lines.first().waitFor();
    const names = await lines.locator('td:first-child').allInnerTexts();
    expect(names.length).toBeGreaterThan(5);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
    await page.getByText('184,211').waitFor();
    await page.getByText('What documents say, not who held them.').waitFor();
    expect(await totalOf(window)).toBeGreaterThan(300);
    expect(await axeFindings(page)).toEqual([]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('are narrowed by a press on the map, the time line and a line, all together, and widened again', async () => {
    const window = await openTrends();
    const { page, lines } = window;
    await lines.first().waitFor();
    await page
      .getByRole('button', { name: /^Count by|Issuing state/ })
      .first()
      .click();
    await page.getByRole('option', { name: 'Kind of fraud' }).click();
    await page.getByRole('heading', { name: 'Where documents were found' }).waitFor();
    const all = await totalOf(window);
    await page.locator('svg.trend-map [data-key=THA]').click();
    await page.getByRole('button', { name: 'Take away: Country of the place: Thailand' }).waitFor();
    await expect.poll(() => totalOf(window)).toBeLessThan(all);
    const inThailand = await totalOf(window);
    await lines.first().locator('td').first().click();
    await expect.poll(() => totalOf(window)).toBeLessThan(inThailand);
    const ofKind = await totalOf(window);
    await page.locator('svg.trend-time [data-key]').nth(40).click();
    await expect.poll(() => totalOf(window)).toBeLessThan(ofKind);
    expect(asked(window)).toMatchObject({ by: 'fraud', only: { country: 'THA' } });
    await page.locator('strong', { hasText: / reports? in the week of / }).waitFor();
    await keep(page, 'narrowed');
    await press(window, 'x');
    await expect.poll(() => totalOf(window)).toBe(all);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('are walked and chosen by keys alone', async () => {
    const window = await openTrends();
    const { page, lines } = window;
    await lines.first().waitFor();
    await press(window, 't');
    await page.locator('svg.trend-time [data-key]:focus').waitFor();
    await press(window, 'End');
    await press(window, 'ArrowLeft');
    await press(window, 'Enter');
    const week = asked(window)['week'];
    expect(week).not.toBe(null);
    // The chosen one is where the focus comes back to.
    await expect
      .poll(() => page.locator(`svg.trend-time [data-key="${String(week)}"]`).getAttribute('aria-pressed'))
      .toBe('true');
    await press(window, 'm');
    await page.locator('svg.trend-map [data-key]:focus').waitFor();
    await press(window, 'ArrowRight');
    await press(window, 'Enter');
    await expect.poll(() => Object.keys(asked(window)['only'] as object)).toEqual(['issuer']);
    await press(window, 'x');
    await expect.poll(() => asked(window)['only']).toEqual({});
    await lines.first().focus();
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await expect.poll(() => Object.keys(asked(window)['only'] as object)).toEqual(['issuer']);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('lead from each figure to its reports, and from there to the report', async () => {
    const window = await openTrends();
    const { page, lines, station } = window;
    await lines.first().waitFor();
    const figure = lines.first().getByRole('button');
    const count = Number(await figure.innerText());
    await figure.click();
    let dialog = await openDialog(page);
    await dialog.getByRole('heading', { name: `: ${count} reports` }).waitFor();
    await keep(page, 'behind');
    expect(await dialog.locator('tbody tr').count()).toBe(Math.min(100, count));
    // By a figure nothing was chosen.
    expect(asked(window)['only']).toEqual({});
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await lines.nth(1).focus();
    const name = await lines.nth(1).locator('td').first().innerText();
    await press(window, 'o');
    dialog = await openDialog(page);
    await dialog.getByRole('heading', { name: new RegExp(`^${name}: `, 'u') }).waitFor();
    await dialog.locator('tbody tr').first().waitFor();
    await dialog.locator('tbody tr').first().focus();
    await press(window, 'Enter');
    await page.locator('nav [aria-current=page]', { hasText: 'Reports' }).waitFor();
    await expect
      .poll(() => station.calls.filter(({ channel }) => /^(?:report|received)\.open$/u.test(channel)).length)
      .toBe(1);
    await window.close();
  });

  it('tell what is more than usual calmly, with what it is held against and both readings', async () => {
    const window = await openTrends();
    const { page, lines } = window;
    await lines.first().waitFor();
    await page
      .getByRole('button', { name: /Issuing state/ })
      .first()
      .click();
    await page.getByRole('option', { name: 'Place', exact: true }).click();
    const notice = page.locator('[role=status]', { hasText: 'More than usual. It may' });
    await notice.waitFor();
    await notice
      .getByText(/YVR, Canada: \d+ reports in the week of .*, usually about [\d.]+ \(52 weeks\)/)
      .waitFor();
    await notice.getByText('It may be something new to look out for. It may also be chance').waitFor();
    expect(await notice.innerText()).not.toMatch(/!|%|alarm/u);
    await keep(page, 'more-than-usual');
    const told = /: (\d+) reports in the week/u.exec(await notice.locator('li').first().innerText())?.[1];
    await notice.getByRole('button', { name: 'Look at these' }).first().click();
    await page.getByRole('button', { name: 'Take away: Place: YVR, Canada' }).waitFor();
    // These, and no others: as many as it says, also when it is pressed again.
    const total = page.locator('p[role=status]', {
      hasText: new RegExp(`^${told} reports in the week`, 'u'),
    });
    await total.waitFor();
    await notice.getByRole('button', { name: 'Look at these' }).first().click();
    await expect.poll(() => Object.keys(asked(window)['only'] as object)).toEqual(['place']);
    await total.waitFor();
    await window.close();
  });

  it('are saved to be shared unless somebody says otherwise', async () => {
    const window = await openTrends();
    const { page, lines, station } = window;
    await lines.first().waitFor();
    await press(window, 's');
    const dialog = await openDialog(page);
    await dialog.getByRole('textbox', { name: 'Folder' }).fill('/media/stick');
    await keep(page, 'saving');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('Saved: /media/stick/countercheck-trends.csv').waitFor();
    expect(station.trends.saved).toMatchObject([{ what: 'table', isShared: true, folder: '/media/stick' }]);
    await window.close();
  });

  it('say how far they are counted, and in three parts why they cannot be', async () => {
    const window = await openTrends({ count: 0 });
    const { page, station } = window;
    await page.getByText('No report to count yet').waitFor();
    station.failures.set('trends.view', 'internal');
    await window.push('reports.changed', {});
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.locator('p').count()).toBe(3);
    station.failures.clear();
    station.trends.rows = fakeRows(today(), 60);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tbody tr').first().waitFor();
    await window.close();
  });

  it('show an officer of the first line the figures, and neither reports nor files', async () => {
    const window = await openTrends({ role: 'officer' });
    const { page, lines } = window;
    await lines.first().waitFor();
    expect(await lines.first().getByRole('button').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Save as a file' }).count()).toBe(0);
    await press(window, 'o');
    await press(window, 's');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

describe.each(SIZES)('at $width', (size) => {
  it.each(['light', 'dark', 'uv'] as const)(
    '%s: charts, caption and lines are on the screen at once',
    async (theme) => {
      const window = await openTrends({ theme }, { size });
      const { page, lines } = window;
      await lines.first().waitFor();
      await page.locator('svg.trend-map .trend-dot').first().waitFor();
      await keep(page, `trends-${size.width}-${theme}`);
      const { top, bottom, sideways } = await page.evaluate(() => {
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        return {
          top: box('tbody tr')?.top ?? Infinity,
          bottom: box('tbody tr:nth-child(2)')?.bottom ?? Infinity,
          sideways: document.documentElement.scrollWidth > innerWidth,
        };
      });
      expect([top < size.height, bottom <= size.height, sideways]).toEqual([true, true, false]);
      expect(await axeFindings(page)).toEqual([]);
      await window.close();
    },
  );
});
