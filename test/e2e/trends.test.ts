// Trends in a real browser at a real station: reports of others are counted without any network, by map, weeks and lines,
// and a figure leads to the very report; a view lies in a folder as a file that another program reads.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { insertReceived } from '../../electron/db/received.ts';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { weekOf } from '../../shared/sharing/redact.ts';
import { weekName, weekNumber } from '../../shared/trends/weeks.ts';
import { idOf } from '../electron/records.ts';
import { databaseOf, setUpFolder } from '../electron/set-up.ts';
import { bytesOfReport, networkReport } from '../hub/wire-reports.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
import { picture } from './screen-pictures.ts';
import { pressUntil, ready, signIn, WAIT_MS } from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-trends-'));
const [dataFolder, files] = [join(folder, 'data'), join(folder, 'files')];
let host: RunningHost;
let window: TestWindow;

const TIP = 'Look at the left edge of the portrait against the light';
const THIS_WEEK = weekNumber(weekOf(new Date().toISOString().slice(0, 10)));
const AUTHOR = { stationId: idOf('their station'), agencyId: idOf('their agency') };

/** One report a week for a year and a half, and six of this week: what came while nobody looked. */
async function receiveReports(): Promise<void> {
  const db = await databaseOf(dataFolder);
  const weeks = [
    ...Array.from({ length: 78 }, (_each, at) => THIS_WEEK - 78 + at),
    ...Array(6).fill(THIS_WEEK),
  ];
  for (const [at, week] of weeks.entries()) {
    const of = networkReport(AUTHOR, {
      id: idOf(`report ${at}`),
      createdAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
    });
    const report = {
      ...of,
      detection: { ...of.detection, week: weekName(week), country: 'THA', placeCode: 'BKK' },
      fraud: { ...of.fraud, tip: TIP },
    };
    const { id, agencyId, stationId, tier, kind, replaces } = report;
    const receivedAt = '2026-11-22T03:00:00.000Z';
    insertReceived(db, {
      id,
      seq: at + 1,
      agencyId,
      stationId,
      tier,
      kind,
      replaces,
      body: bytesOfReport(report),
      sha256: '0'.repeat(64),
      signature: '',
      receivedAt,
      storedAt: receivedAt,
    });
  }
  db.close();
}

beforeAll(async () => {
  for (const each of [dataFolder, files]) mkdirSync(each);
  await setUpFolder(dataFolder, E2E_SETTINGS);
  await receiveReports();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  await signIn(window.page);
  await ready(window.page);
});
afterEach(({ task }) => endTest(window, task));
afterAll(async () => {
  await window?.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One key as a person presses it. */
async function press(key: string): Promise<void> {
  await window.page.waitForTimeout(BURST_GAP_MS + 30);
  await window.page.keyboard.press(key);
  await window.page.waitForTimeout(BURST_GAP_MS + 30);
}

const total = () => window.page.locator('p[role=status] strong');

test('reports of others are counted, and more than usual is told calmly', async () => {
  const { page } = window;
  await pressUntil(page, 'F5', total());
  await expect
    .poll(() => total().innerText(), { timeout: WAIT_MS })
    .toMatch(/^57 reports since the week of /u);
  // Nobody was examined here yet, so there is nothing to hold them against.
  await page.getByText(text('trends.examined.missing')).waitFor();
  await page.getByText(text('trends.fresh.readings')).waitFor();
  await page
    .getByText(/: 6 reports in the week of .*, usually about 1 \(52 weeks\)\./u)
    .first()
    .waitFor();
  await page.locator('svg.trend-map').waitFor();
  await picture(page, 'trends');
});

test('a week that is chosen narrows all, and its figure opens the very report', async () => {
  const { page } = window;
  await press('t');
  await press('End');
  await press('Enter');
  await expect.poll(() => total().innerText(), { timeout: WAIT_MS }).toMatch(/^6 reports in the week of /u);
  await picture(page, 'trends-week', ['light', 'dark']);
  await press('o');
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.locator('tbody tr').count(), { timeout: WAIT_MS }).toBe(6);
  await picture(page, 'trends-reports', ['light', 'dark']);
  await press('ArrowDown');
  await press('Enter');
  await page.getByText(TIP).waitFor({ timeout: WAIT_MS });
});

test('the lines lie in a folder as a file that another program reads', async () => {
  const { page } = window;
  await pressUntil(page, 'F5', total());
  await press('s');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(text('trends.save.shared')).first().click();
  await dialog.getByRole('textbox', { name: text('trends.save.folder') }).fill(files);
  await picture(page, 'trends-save', ['light', 'dark']);
  await dialog.getByRole('button', { name: text('trends.save.do'), exact: true }).click();
  await dialog.getByText(/countercheck-trends-by-issuer-.*\.csv/u).waitFor({ timeout: WAIT_MS });
  const [name = ''] = readdirSync(files);
  const records: string[][] = parse(readFileSync(join(files, name), 'utf8'), { bom: true });
  expect(records.slice(1).map(([code, , count]) => [code, count])).toEqual([
    ['UTO', '6'],
    ['', '6'],
  ]);
});
