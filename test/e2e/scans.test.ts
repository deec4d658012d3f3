// Scans: the watched folder from the settings to the lane, PDFs by drop and from the folder, pages chosen by keyboard.
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { faxPdf, lockedPdf, scanPdf } from './pdf-files.ts';
import { type SpecimenFile, specimenFile } from './pictures.ts';
import { shareWindow } from './shared-window.ts';
import {
  decide,
  drop,
  expectRows,
  ready,
  rowsOf,
  see,
  seeNoMore,
  startOver,
  tabTo,
  WAIT_MS,
} from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let passport: SpecimenFile;
let card: SpecimenFile;

const station = shareWindow(async (folder) => {
  mkdirSync(join(folder, 'scans'));
  passport = await specimenFile('utopia-passport-good');
  card = await specimenFile('utopia-card-good');
  return { personal: [...passport.lines, ...card.lines] };
});
const scans = join(station.folder, 'scans');

function emptySheet(): Promise<Buffer> {
  return sharp({ create: { width: 16, height: 16, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer();
}

/** As a scanner does that writes beside and renames; no two of its files are alike. */
function scan(name: string, bytes: Uint8Array): void {
  writeFileSync(join(scans, `${name}.part`), Buffer.concat([bytes, Buffer.from(`\n% ${name}`)]));
  renameSync(join(scans, `${name}.part`), join(scans, name));
}

async function watchFolder(path: string, afterwards: 'keep' | 'remove'): Promise<void> {
  const { page } = station.window;
  await page.keyboard.press('F8');
  const field = page.getByRole('textbox', { name: text('folder.path') });
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(path);
  await page.getByText(text(`folder.afterwards.${afterwards}`)).click();
  await tabTo(page, field);
  await page.keyboard.press('Enter');
}

test('a folder that is none is told in three parts; one that is there is watched', async () => {
  const { page } = station.window;
  await watchFolder(join(station.folder, 'nowhere'), 'keep');
  for (const part of ['happened', 'safe', 'todo']) await see(page, text(`error.scan-folder-gone.${part}`));
  await watchFolder(scans, 'remove');
  await see(page, text('folder.watched'));
  await page.keyboard.press('F1');
});

test('a scan opens by itself while the lane is free, waits while it is not, and opens with N', async () => {
  const { page } = station.window;
  scan('0001.jpg', passport.jpeg);
  await expectRows(page, passport.lines);
  scan('0002.jpg', card.jpeg);
  await see(page, text('folder.waiting', { count: 1 }));
  expect(await rowsOf(page)).toEqual(passport.lines);
  // Removed by policy: both pictures lie in the store.
  await expect.poll(() => readdirSync(scans), { timeout: WAIT_MS }).toEqual([]);
  await decide(page, 'c', text('examine.saved.counted'));
  expect(await rowsOf(page)).toEqual([]);
  await page.keyboard.press('n');
  await expectRows(page, card.lines);
  await seeNoMore(page, text('folder.waiting', { count: 1 }));
  await startOver(page);
});

test('a waiting scan is taken into the examination in hand by S', async () => {
  const { page } = station.window;
  scan('0003.jpg', passport.jpeg);
  await expectRows(page, passport.lines);
  scan('0004.jpg', card.jpeg);
  await see(page, text('folder.waiting', { count: 1 }));
  await page.keyboard.press('s');
  await expectRows(page, card.lines);
  await see(page, text('examine.document.tab', { number: 2, kind: text('document-type.id_card') }));
  await startOver(page);
});

test('a PDF of one page from the folder is read, and removed once its page is kept', async () => {
  const { page } = station.window;
  scan('0005.pdf', await scanPdf([passport.jpeg]));
  await expectRows(page, passport.lines);
  await expect.poll(() => readdirSync(scans), { timeout: WAIT_MS }).toEqual([]);
  await startOver(page);
});

test('of a PDF with several pages one is chosen by arrows and Enter; Esc leaves it', async () => {
  const { page } = station.window;
  const pdf = await scanPdf([card.jpeg, passport.jpeg, card.jpeg], 72);
  /** Only then do keys act on it. */
  const onPage = (number: number) => page.locator(`[data-page="${number}"]:focus`).waitFor();
  await drop(page, { name: 'scan.pdf', bytes: pdf });
  await see(page, text('pdf.title', { count: 3 }));
  await expect.poll(() => page.locator('[role=option] img').count(), { timeout: WAIT_MS }).toBe(3);
  await page.keyboard.press('Escape');
  await ready(page);
  await drop(page, { name: 'scan.pdf', bytes: pdf });
  await onPage(1);
  await see(page, text('pdf.take-page', { page: 1 }));
  await page.keyboard.press('ArrowRight');
  await onPage(2);
  await see(page, text('pdf.take-page', { page: 2 }));
  await page.keyboard.press('Enter');
  await expectRows(page, passport.lines);
  await startOver(page);
  await drop(page, { name: 'scan.pdf', bytes: pdf });
  await onPage(1);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await onPage(2);
  await page.keyboard.press('Space');
  await see(page, text('pdf.take', { count: 2 }));
  await page.keyboard.press('Enter');
  await see(page, text('examine.document.tab', { number: 2, kind: text('document-type.passport_ord') }));
  await startOver(page);
});

test('black and white fax print is drawn without WebAssembly', async () => {
  const { page } = station.window;
  await drop(page, { name: 'fax.pdf', bytes: await faxPdf(passport.jpeg) });
  await expectRows(page, passport.lines);
  await startOver(page);
});

test.each<[string, () => Promise<Buffer> | Buffer]>([
  ['pdf-encrypted', () => lockedPdf(card.jpeg)],
  ['pdf-damaged', () => Buffer.from('%PDF-1.7\nthis was a scan once\n')],
  ['pdf-too-many-pages', async () => scanPdf(new Array(101).fill(await emptySheet()))],
  ['pdf-page-too-large', () => scanPdf([card.jpeg], 8)],
])('%s is told in three parts, and the next PDF is read', async (code, make) => {
  const { page } = station.window;
  await drop(page, { name: 'scan.pdf', bytes: await make() });
  for (const part of ['happened', 'safe', 'todo']) await see(page, text(`error.${code}.${part}`));
  await drop(page, { name: 'good.pdf', bytes: await scanPdf([card.jpeg]) });
  await expectRows(page, card.lines);
  await startOver(page);
});

test('a folder that goes away is told, and scans come again when it is back', async () => {
  const { page } = station.window;
  renameSync(scans, `${scans}-away`);
  for (const part of ['happened', 'safe', 'todo']) await see(page, text(`error.scan-folder-gone.${part}`));
  renameSync(`${scans}-away`, scans);
  await seeNoMore(page, text('error.scan-folder-gone.happened'));
  scan('letter.txt', Buffer.from('a letter'));
  await see(page, text('error.scan-not-picture.happened'));
  expect(existsSync(join(scans, 'letter.txt'))).toBe(true);
  await page.keyboard.press('Escape');
  scan('0006.jpg', passport.jpeg);
  await expectRows(page, passport.lines);
  expect(station.host.output()).not.toMatch(/0006|letter/u);
  await startOver(page);
});
