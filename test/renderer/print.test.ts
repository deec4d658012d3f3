// The printed page against the zone in a real browser, by keyboard alone, against a fake station.
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createFakeStation } from './fake-station.ts';
import { closeBrowser, type OpenWindow, openWindow } from './harness.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 60_000 });
// The specimen of ICAO Doc 9303-4, valid until 2032.
const GOOD = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F3204153ZE184226B<<<<<16'];

let open: OpenWindow | null = null;

async function lane(lines: readonly string[]): Promise<OpenWindow> {
  open = await openWindow(createFakeStation());
  const { page } = open;
  await page.getByRole('button', { name: /^D / }).waitFor();
  await sendBurst(page, lines);
  await page.locator('input[aria-label^="Row 2"]').waitFor();
  return open;
}

/** One key as a person presses it. */
async function press({ page }: OpenWindow, key: string): Promise<void> {
  await page.waitForTimeout(90);
  await page.keyboard.press(key);
  await page.waitForTimeout(90);
}

afterEach(async () => {
  const problems = open?.problems() ?? [];
  await open?.close();
  open = null;
  expect(problems).toEqual([]);
});
afterAll(closeBrowser);

/** As a person types: slower than a reader device sends. */
const type = ({ page }: OpenWindow, text: string) => page.keyboard.type(text, { delay: 110 });

const printOf = (window: OpenWindow) =>
  (
    window.station.inputsOf('draft.save').at(-1) as
      | { documents: { reading: { print?: unknown } }[] }
      | undefined
  )?.documents[0]?.reading.print;

it('is confirmed field by field with one key, corrected by typing, judged at once and kept', async () => {
  const window = await lane(GOOD);
  const { page } = window;
  await press(window, 'g');
  await page.getByRole('heading', { name: 'Does the page say the same?' }).waitFor();
  const focused = page.locator('[data-print-row]:focus');
  expect(await focused.textContent()).toContain('ERIKSSON');
  await press(window, 'Enter');
  expect(await focused.textContent()).toContain('ANNA MARIA');
  await press(window, 'Enter');
  await press(window, 'e');
  await type(window, 'L898902C8');
  await press(window, 'Enter');
  await page.getByText('The number on the page and the number in the zone differ').waitFor();
  expect(await page.locator('[data-print-row="number"]').textContent()).toContain('Differs from the zone.');
  // Esc while typing leaves the field alone, then the page.
  await press(window, 'e');
  await type(window, 'X');
  await press(window, 'Escape');
  expect(await page.locator('[data-print-row="nationality"]').textContent()).toContain('not looked at');
  await press(window, 'y');
  await expect
    .poll(() => printOf(window))
    .toEqual({
      primary: 'ERIKSSON',
      secondary: 'ANNA MARIA',
      number: 'L898902C8',
      nationality: 'UTO',
      birthDate: '12 AUG 1974',
      sex: 'F',
      expiryDate: '15 APR 2032',
    });
  // Taken back by one key, the finding is gone.
  await press(window, 'ArrowUp');
  await press(window, 'Delete');
  await page.getByText('Automatic checks done', { exact: false }).waitFor();
  await press(window, 'Escape');
  expect(await page.getByRole('heading', { name: 'Does the page say the same?' }).count()).toBe(0);
});

it('takes a name in its own letters, and says how it goes with the zone', async () => {
  const window = await lane(['P<UTOIVANOV<<IGOR<<<<<<<<<<<<<<<<<<<<<<<<<<<', GOOD[1] ?? '']);
  const { page } = window;
  await press(window, 'g');
  await press(window, 'e');
  await type(window, 'Иванов');
  await press(window, 'Enter');
  const row = page.locator('[data-print-row="primary"]');
  expect(await row.textContent()).toContain(
    'Goes with the zone. Letters written by the table of the standard.',
  );
  await page.getByText('Automatic checks done', { exact: false }).waitFor();
});

it('goes with its document: another document closes it, and the record is sent with what was said', async () => {
  const window = await lane(GOOD);
  const { page } = window;
  await press(window, 'g');
  await press(window, 'Enter');
  await press(window, 'd');
  await page.getByText('Reason given at second line').waitFor();
  await press(window, 'Enter');
  await page.getByText('Saved', { exact: true }).waitFor();
  const [saved] = window.station.inputsOf('examination.save') as [{ documents: { reading: unknown }[] }];
  expect(saved.documents[0]?.reading).toMatchObject({ print: { primary: 'ERIKSSON' } });
  expect(await page.getByRole('heading', { name: 'Does the page say the same?' }).count()).toBe(0);
});
