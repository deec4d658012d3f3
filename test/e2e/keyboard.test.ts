// From a fresh machine to a record found again, by keyboard only; then the power goes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { OFFICER } from '../electron/set-up.ts';
import { type RunningHost, startHost } from './host.ts';
import { cameraFile } from './pictures.ts';
import {
  decide,
  expectRows,
  openHistory,
  ready,
  rowsOf,
  see,
  seeNoMore,
  seePicture,
  setUp,
  signIn,
  startOver,
  typeByHand,
  WAIT_MS,
} from './steps.ts';
import { endTest, filesHolding, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const dataFolder = join(folder, 'data');
let host: RunningHost;
let window: TestWindow;
let camera: Awaited<ReturnType<typeof cameraFile>>;
let number = '';

beforeAll(async () => {
  camera = await cameraFile(folder, 'birth-date-altered');
  number = (camera.lines[1] ?? '').slice(0, 9).replaceAll('<', '');
  host = await startHost({ dataFolder });
  window = await openWindow(host, { camera: camera.path });
  window.personal(...camera.lines, number, surnameOf(camera.lines));
});

afterEach(({ task }) => endTest(window, task));

afterAll(async () => {
  await window?.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The primary identifier as the window shows it. */
function surnameOf(lines: readonly string[]): string {
  return ((lines[0] ?? '').slice(5).split('<<')[0] ?? '').replaceAll('<', ' ');
}

test('camera, reading, doubt with its reason, next traveller', async () => {
  const { page } = window;
  await setUp(page);
  // Two frames that agree are taken without a key.
  await page.keyboard.press('v');
  await expectRows(page, camera.lines);
  await see(page, text('finding.mrz.cd.dob.title'));
  await decide(page, 'd', text('reason.mrz'));
  await page.keyboard.press('4');
  await see(page, text('examine.saved.referred'));
  await page.keyboard.press('n');
  await seeNoMore(page, text('examine.saved.referred'));
});

test('History finds it by its number and shows it as it was', async () => {
  const { page } = window;
  await openHistory(page);
  await typeByHand(page, number.slice(0, 6));
  const row = page.getByRole('row').filter({ hasText: number });
  await row.waitFor();
  await see(page, text('history.count', { count: 1 }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: text('history.outcome.referred') }).waitFor();
  for (const line of camera.lines) await see(page, line);
  await see(page, text('finding.mrz.cd.dob.title'));
  await see(page, text('reason.mrz'));
  expect(await page.title()).toBe(text('shell.name'));
  await seePicture(page.getByRole('img', { name: text('history.picture', { number: 1, count: 1 }) }));
  await page.keyboard.press('Escape');
  await row.and(page.locator(':focus')).waitFor();
});

test('F5 and Back lose no draft', async () => {
  const { page } = window;
  await page.keyboard.press('F1');
  // The camera stays on for the next traveller; what lies there still is not read as theirs.
  await page.getByRole('button', { name: text('examine.camera.take') }).waitFor({ timeout: WAIT_MS });
  await see(page, text('camera.guide.same'));
  await page.keyboard.press('v');
  await ready(page);
  await page.keyboard.press('m');
  await page.locator('input:focus').waitFor();
  await typeByHand(page, 'p<utodoe<<');
  await see(page, text('examine.draft.kept'));
  const [typed = ''] = await rowsOf(page);
  expect(typed).toBe('P<UTODOE<<');
  await page.evaluate(() => Object.assign(globalThis, { same: true }));
  await page.keyboard.press('F5');
  await page.keyboard.press('Control+r');
  await page.keyboard.press('Alt+ArrowLeft');
  expect(await page.evaluate(() => Object.hasOwn(globalThis, 'same'))).toBe(true);
  // A reload and a way back that no page can refuse: by the browser's own buttons.
  await page.reload();
  await expectRows(page, [typed, '']);
  await page.goBack();
  await page.goto(host.origin);
  await expectRows(page, [typed, '']);
  await startOver(page);
});

test('after the power went, the record is found and the draft is there', async () => {
  const { page } = window;
  // The list comes from the station after the lane itself; its key waits for it as its reader does.
  await page.getByRole('button', { name: text('specimen.set.passport-good') }).waitFor();
  await page.keyboard.press('t');
  await page.locator('button:focus', { hasText: text('specimen.set.passport-good') }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: text('examine.rows') }).waitFor({ timeout: WAIT_MS });
  await see(page, text('examine.draft.kept'));
  const draft = await rowsOf(page);
  window.personal(...draft);
  // The window goes on looking for its host until it is closed.
  window.forgive(/ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/);
  await host.kill();
  await decide(page, 'd', text('reason.mrz'));
  await page.keyboard.press('4');
  await see(page, text('error.unreachable.happened'));
  await see(page, text('error.unreachable.todo'));
  expect(await rowsOf(page)).toEqual(draft);
  await window.close();

  host = await startHost({ dataFolder });
  window = await openWindow(host, { camera: camera.path });
  window.personal(...camera.lines, ...draft, number, surnameOf(camera.lines));
  const after = window.page;
  await signIn(after);
  await expectRows(after, draft);
  await seePicture(
    after.getByRole('img', { name: text('examine.picture.of', { light: text('examine.light.white') }) }),
  );
  await openHistory(after);
  await typeByHand(after, number);
  await after.getByRole('row').filter({ hasText: number }).waitFor();
  await see(after, text('history.count', { count: 1 }));
});

test('nothing in the data folder can be read without its key', () => {
  expect(filesHolding(dataFolder, [...camera.lines, number, surnameOf(camera.lines), OFFICER.name])).toEqual(
    [],
  );
});
