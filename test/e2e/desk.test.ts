// The end of a shift in a real browser: a doubt at the counter is counted at the desk at once, the day is one sheet of
// paper, and its log lies in a folder as four files that another program reads and that name nobody.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readExcel from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { verifyLog } from '../../electron/logs/verify.ts';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { textOfPdf } from '../pdf-text.ts';
import { type RunningHost, startHost } from './host.ts';
import { specimenFile } from './pictures.ts';
import { picture } from './screen-pictures.ts';
import { decide, drop, expectRows, pressUntil, see, setUp, WAIT_MS } from './steps.ts';
import { endTest, filesHolding, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-desk-'));
const dataFolder = join(folder, 'data');
const logs = join(folder, 'logs');
let host: RunningHost;
let window: TestWindow;

beforeAll(async () => {
  for (const each of [dataFolder, logs]) mkdirSync(each);
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  await setUp(window.page);
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

test('a doubt at the counter is counted at the desk', async () => {
  const { page } = window;
  const { jpeg, lines } = await specimenFile('utopia-passport-birth');
  window.personal(...lines);
  await drop(page, { name: 'passport.jpg', bytes: jpeg });
  await expectRows(page, lines);
  await decide(page, 'd', text('reason.mrz'));
  await page.getByRole('listbox').locator(':focus').waitFor();
  await press('Enter');
  await see(page, text('examine.saved.referred'));
  await pressUntil(page, 'F6', page.getByText(text('desk.figure.referred'), { exact: true }).first());
  const referred = page.locator('dl > div').filter({ hasText: text('desk.figure.referred') });
  await expect.poll(() => referred.textContent(), { timeout: WAIT_MS }).toMatch(/1of 1 examined$/u);
  await picture(page, 'desk-day');
});

test('its log is written by keys as four files, which name nobody and are told whole', async () => {
  const { page } = window;
  await press('2');
  const now = page.getByRole('region', { name: text('log-screen.now') });
  for (const format of ['pdf', 'json']) {
    await now.getByRole('checkbox', { name: text(`log-screen.format.${format}`) }).focus();
    await press('Space');
  }
  await picture(page, 'desk-log');
  await now.getByRole('textbox', { name: text('log-screen.folder'), exact: true }).fill(logs);
  await press('Enter');
  await see(page, text('log-screen.done'));
  await picture(page, 'desk-log-written', ['light']);
  const names = readdirSync(logs);
  expect(names.map((name) => name.replace(/^log-.*\d\d\./u, '')).toSorted()).toEqual([
    'csv',
    'json',
    'manifest.json',
    'pdf',
    'xlsx',
  ]);
  const pathOf = (ending: string): string => join(logs, names.find((name) => name.endsWith(ending)) ?? '');
  const { lines } = await specimenFile('utopia-passport-birth');
  const [name = '', number = ''] = [lines[0]?.slice(5).split('<<')[0], lines[1]?.slice(0, 9)];
  expect(filesHolding(logs, [name, number, 'A. Officer']).filter((each) => !each.endsWith('.pdf'))).toEqual(
    [],
  );
  expect(await verifyLog(pathOf('manifest.json'))).toMatchObject({ ok: true });
  const [sheet] = await readExcel(pathOf('xlsx'));
  expect(sheet?.data[1]).toEqual(expect.arrayContaining(['passport_ord', 'UTO', 'referred']));
  expect(readFileSync(pathOf('csv'), 'utf8')).toContain(',referred,');
  const paper = await textOfPdf(readFileSync(pathOf('pdf')));
  expect(paper).toContain('Detection log of');
  expect(paper).not.toContain(name);
});
