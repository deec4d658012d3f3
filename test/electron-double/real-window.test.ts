// The real window in the Electron shell as it is shipped: signed in, a dropped picture read, decided, found in History.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWindow } from '../../scripts/build-window.ts';
import { setUpFolder } from '../electron/set-up.ts';
import { ROOT } from '../e2e/host.ts';
import { specimenFile } from '../e2e/pictures.ts';
import { drop, expectRows, openHistory, see, seeNoMore, setUp } from '../e2e/steps.ts';
import { text } from '../e2e/words.ts';
import { type Launched, launchOnDouble } from './launch.ts';

/** A browser and a build on a busy machine. */
const START_MS = 120_000;

const dataFolder = mkdtempSync(join(tmpdir(), 'real-window-'));
const complaints: string[] = [];
let launched: Launched;

beforeAll(async () => {
  await buildWindow(ROOT);
  await setUpFolder(dataFolder);
  launched = await launchOnDouble({ dataFolder, windowFolder: join(ROOT, 'build/window') });
  const { page } = launched;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}, START_MS);
afterAll(async () => {
  await launched?.quit();
  rmSync(dataFolder, { recursive: true, force: true });
});

test('an officer signs in, reads a picture, refers, and finds it again', { timeout: 120_000 }, async () => {
  const { page } = launched;
  await setUp(page);
  const { jpeg, lines } = await specimenFile('utopia-passport-good');
  await drop(page, { name: 'passport.jpg', bytes: jpeg });
  await expectRows(page, lines);
  await page.keyboard.press('d');
  await page.getByRole('option', { name: text('reason.mrz') }).waitFor();
  await page.keyboard.press('4');
  await see(page, text('examine.saved.referred'));
  await page.keyboard.press('n');
  await seeNoMore(page, text('examine.saved.referred'));
  await openHistory(page);
  const number = (lines[1] ?? '').slice(0, 9).replaceAll('<', '');
  await page.getByText(number).first().waitFor();
  expect(complaints).toEqual([]);
  expect(launched.double.control.stage.cancelled).toEqual([]);
});
