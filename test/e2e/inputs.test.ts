// What comes in besides the camera: dropped files, broken ones among them, reader devices; and what a clear keeps.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createReader } from '../../electron/cli/read-file.ts';
import { knock } from '../../electron/command-door.ts';
import { ADMINISTRATOR } from '../electron/set-up.ts';
import { sendBurst } from '../renderer/reader-device.ts';
import { emptyTable, filmOf } from './film.ts';
import { brokenFiles, type SpecimenFile, specimenFile } from './pictures.ts';
import { shareWindow } from './shared-window.ts';
import {
  decide,
  drop,
  expectRows,
  openHistory,
  ready,
  see,
  seeNoMore,
  seePicture,
  startOver,
  typeByHand,
  WAIT_MS,
} from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let passport: SpecimenFile;

const numberOf = (lines: readonly string[]): string => (lines[1] ?? '').slice(0, 9).replaceAll('<', '');

const station = shareWindow(async (folder) => {
  passport = await specimenFile('utopia-passport-good');
  // A camera that sees no document: it reads by itself.
  const camera = await filmOf(folder, 'table', [{ seconds: 1, image: emptyTable() }]);
  return { camera, personal: [...passport.lines, numberOf(passport.lines)] };
});

test('a dropped file is read; cleared, only its count is kept, and undo brings it back', async () => {
  const { page } = station.window;
  await drop(page, { name: 'passport.jpg', bytes: passport.jpeg });
  await expectRows(page, passport.lines);
  await see(page, text('examine.findings.none'));
  await decide(page, 'c', text('examine.saved.counted'));
  await see(page, text('app.cleared-today', { count: 1 }));
  expect(readdirSync(join(station.dataFolder, 'images'))).toEqual([]);
  await openHistory(page);
  await see(page, text('history.count', { count: 0 }));
  await page.keyboard.press('F1');
  await page.keyboard.press('u');
  await expectRows(page, passport.lines);
  await seePicture(
    page.getByRole('img', { name: text('examine.picture.of', { light: text('examine.light.white') }) }),
  );
  await see(page, text('app.cleared-today', { count: 0 }));
});

test('where the policy says so, a clear is recorded', async () => {
  const { page } = station.window;
  // The policy is the administrator's to set; here at the command door, while the officer stays at the window.
  const door = await knock(station.dataFolder);
  if (door === null) throw new Error('no station runs there');
  const ask = async (channel: string, input: unknown) =>
    JSON.parse(await door.dispatch(channel, JSON.stringify(input))).value;
  await ask('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: ADMINISTRATOR.secret });
  const { settings } = await ask('station.state', {});
  const saved = await ask('settings.save', { ...settings, clearedPolicy: 'record' });
  expect(saved).toMatchObject({ settings: { clearedPolicy: 'record' } });
  door.end();
  await expectRows(page, passport.lines);
  await decide(page, 'c', text('examine.saved.clear'));
  await openHistory(page);
  await typeByHand(page, numberOf(passport.lines));
  const row = page.getByRole('row').filter({ hasText: numberOf(passport.lines) });
  await row.getByText(text('history.outcome.clear')).waitFor();
  await page.keyboard.press('F1');
  await page.keyboard.press('n');
  await ready(page);
});

test('files dropped together become the documents of one traveller, each once', async () => {
  const { page } = station.window;
  const visa = await specimenFile('utopia-visa-a-good');
  const [first, second] = [passport, visa].map(({ jpeg }, at) => ({ name: `${at}.jpg`, bytes: jpeg }));
  if (!first || !second) throw new Error('two files');
  await drop(page, first, second, first);
  const documents = page.getByRole('list', { name: text('examine.documents') }).getByRole('button');
  await expect
    .poll(() => documents.allInnerTexts(), { timeout: WAIT_MS })
    .toEqual([
      text('examine.document.tab', { number: 1, kind: text('document-type.passport_ord') }),
      text('examine.document.tab', { number: 2, kind: text('document-type.visa_label') }),
    ]);
  // The third picture shows the passport again and is put to it.
  await expectRows(page, passport.lines);
  const pictures = page.getByRole('list', { name: text('examine.pictures') }).getByRole('button');
  await expect.poll(() => pictures.count()).toBe(2);
  await startOver(page);
});

test('a reader device is read wherever the focus is, and no field keeps what it typed', async () => {
  const { page } = station.window;
  const lines = [
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ];
  await sendBurst(page, lines);
  await expectRows(page, lines);
  await startOver(page);

  const search = await openHistory(page);
  await search.fill('K');
  await sendBurst(page, lines);
  await expectRows(page, lines);
  await openHistory(page);
  expect(await search.inputValue()).toBe('K');
  await page.keyboard.press('F1');
  await startOver(page);

  await sendBurst(page, ['0123456789ABCDEF']);
  await see(page, text('error.reader-device.happened'));
  await page.keyboard.press('Escape');
});

test('a file that is no good picture is told plainly, and the next good one is read', async () => {
  const { page } = station.window;
  for (const { name, bytes, code } of brokenFiles(passport.jpeg)) {
    await drop(page, { name, bytes });
    await see(page, text(`error.${code}.happened`));
    await see(page, text(`error.${code}.safe`));
    await see(page, text(`error.${code}.todo`));
    await page.keyboard.press('Escape');
    await seeNoMore(page, text(`error.${code}.happened`));
  }
  await drop(page, { name: 'passport.jpg', bytes: passport.jpeg });
  await expectRows(page, passport.lines);
  await startOver(page);
});

test('a camera that vanishes or is refused is told, and files go on being read', async () => {
  const { page, context } = station.window;
  await page.keyboard.press('v');
  await page.getByRole('button', { name: text('examine.camera.take') }).waitFor({ timeout: WAIT_MS });
  await page.locator('video').evaluate((video) => {
    const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
    track?.stop();
    // Stopping by ourselves is silent; an unplugged camera tells.
    track?.dispatchEvent(new Event('ended'));
  });
  await see(page, text('error.camera-vanished.happened'));
  await page.keyboard.press('Escape');

  await context.grantPermissions([], { origin: station.host.origin });
  await page.keyboard.press('v');
  await see(page, text('error.camera-denied.happened'));
  await drop(page, { name: 'passport.jpg', bytes: passport.jpeg });
  await expectRows(page, passport.lines);
  await startOver(page);
});

test('the window reads what the command line reads', async () => {
  const { page } = station.window;
  const reader = createReader();
  try {
    for (const id of ['utopia-card-expired', 'utopia-visa-a-good', 'utopia-visa-b-turned']) {
      const { jpeg, lines } = await specimenFile(id);
      const path = join(station.folder, `${id}.jpg`);
      writeFileSync(path, jpeg);
      const read = await reader.read(path);
      expect(read).toMatchObject({ status: 'read', lines });
      await drop(page, { name: `${id}.jpg`, bytes: jpeg });
      await expectRows(page, lines);
      await startOver(page);
    }
  } finally {
    await reader.close();
  }
});
