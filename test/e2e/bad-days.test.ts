// Bad days as an officer meets them: each has its words, nothing typed is lost, and no store is touched or begun anew.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { appendAudit, digestOf } from '../../electron/db/audit.ts';
import { CAN_MOUNT, fill, lockFolder, smallDisk } from '../electron/disks.ts';
import { databaseOf, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
import {
  expectRows,
  rowsOf,
  see,
  seeNoMore,
  setUp,
  signIn,
  signInAs,
  tabTo,
  typeByHand,
  WAIT_MS,
} from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const LINES = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
/** A station that is set up; every test has a copy. */
const model = join(folder, 'model');
let host: RunningHost | null = null;
let window: TestWindow | null = null;
let copies = 0;

beforeAll(() => setUpFolder(model, E2E_SETTINGS));

afterEach(async ({ task }) => {
  if (window !== null) await endTest(window, task);
  await window?.close();
  await host?.stop();
  window = null;
  host = null;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyOfModel(): string {
  copies += 1;
  const place = join(folder, String(copies));
  cpSync(model, place, { recursive: true });
  return place;
}

async function open(dataFolder: string): Promise<{ page: Page; window: TestWindow }> {
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(...LINES, 'L898902C3', 'ERIKSSON');
  return { page: window.page, window };
}

/** All three parts of a trouble of the store, in the place of everything else. */
async function seeFailure(page: Page, code: string): Promise<void> {
  await page.getByRole('heading', { name: text('app.failed.title') }).waitFor({ timeout: WAIT_MS });
  for (const part of ['happened', 'safe', 'todo']) await see(page, text(`error.${code}.${part}`));
  expect(await page.getByRole('textbox').count()).toBe(0);
}

async function seeWarning(page: Page, code: string): Promise<void> {
  const strip = page.getByRole('region', { name: text('health.label') });
  for (const part of ['safe', 'todo'])
    await strip.getByText(text(`health.${code}.${part}`)).waitFor({ timeout: WAIT_MS });
}

test.runIf(CAN_MOUNT)(
  'a disk that fills is told early; what is typed while it is full stays, and is kept with room',
  async () => {
    const disk = smallDisk(80);
    const dataFolder = join(disk, 'data');
    cpSync(model, dataFolder, { recursive: true });
    const { page } = await open(dataFolder);
    await setUp(page);
    await seeWarning(page, 'disk-low');
    fill(disk, 0);
    await page.keyboard.press('m');
    await page.locator('input:focus').waitFor();
    await typeByHand(page, LINES.join(''));
    await expectRows(page, LINES);
    await see(page, text('error.draft-not-kept.happened'));
    await see(page, text('error.draft-not-kept.todo'));
    await seeWarning(page, 'disk-full');
    fill(disk, null);
    await seeNoMore(page, text('error.draft-not-kept.happened'));
    await see(page, text('examine.draft.kept'));
    expect(await rowsOf(page)).toEqual(LINES);
    await window?.close();
    window = null;
    await host?.kill();
    host = await startHost({ dataFolder });
    window = await openWindow(host);
    await signIn(window.page);
    await expectRows(window.page, LINES);
  },
);

test('a clock set back is told above every screen until it is closed; a folder taken away stops all', async () => {
  const dataFolder = copyOfModel();
  const db = await databaseOf(dataFolder);
  const at = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const officerId = OFFICER.id;
  const entry = { at, officerId, action: 'officer.signed-out', subjectId: officerId, digest: digestOf('') };
  db.transaction(() => appendAudit(db, entry))();
  db.close();
  const { page } = await open(dataFolder);
  await setUp(page);
  await seeWarning(page, 'clock-set-back');
  await page.keyboard.press('F3');
  await page.getByRole('textbox', { name: text('history.filter.text') }).waitFor();
  await seeWarning(page, 'clock-set-back');
  await tabTo(page, page.getByRole('button', { name: text('ui.close') }));
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: text('health.label') }).waitFor({ state: 'detached' });

  renameSync(dataFolder, `${dataFolder}-away`);
  await page.keyboard.press('F1');
  await seeFailure(page, 'store-gone');
});

describe('a store that cannot be opened has its screen, and is not touched', () => {
  async function expectRefused(dataFolder: string, code: string, isTold: 'before' | 'after'): Promise<void> {
    const before = readFileSync(join(dataFolder, 'station.db'));
    const { page } = await open(dataFolder);
    if (isTold === 'after') await signInAs(page, OFFICER);
    await seeFailure(page, code);
    expect(readFileSync(join(dataFolder, 'station.db')).equals(before)).toBe(true);
  }

  test('damaged', async () => {
    const dataFolder = copyOfModel();
    const path = join(dataFolder, 'station.db');
    truncateSync(path, readFileSync(path).length / 2);
    await expectRefused(dataFolder, 'store-damaged', 'after');
  });

  test('newer', async () => {
    const dataFolder = copyOfModel();
    const db = await databaseOf(dataFolder);
    db.pragma('user_version = 1000');
    db.close();
    await expectRefused(dataFolder, 'store-newer', 'after');
  });

  test('with the key file of another station', async () => {
    const dataFolder = copyOfModel();
    const other = join(folder, 'other');
    await setUpFolder(other, E2E_SETTINGS);
    copyFileSync(join(other, 'station.keys'), join(dataFolder, 'station.keys'));
    await expectRefused(dataFolder, 'store-key', 'before');
  });

  test.runIf(CAN_MOUNT)('in a folder that takes nothing', async () => {
    const dataFolder = copyOfModel();
    lockFolder(dataFolder);
    await expectRefused(dataFolder, 'store-read-only', 'before');
  });
});
