// A visa and a passport of one traveller in a real browser, by keyboard alone, against a fake station.
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createFakeStation } from './fake-station.ts';
import { closeBrowser, type OpenWindow, openWindow } from './harness.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 60_000 });
// The specimen of ICAO Doc 9303-4, valid until 2032.
const GOOD = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F3204153ZE184226B<<<<<16'];

const VISA = ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4UTO7408122F2702102<<<<<<<<<<<<<<<<'];

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

it('are compared side by side; what only the label says is typed, judged at once and kept with it', async () => {
  const window = await lane(GOOD);
  const { page } = window;
  // Of a passport alone there is nothing to compare.
  expect(await page.getByRole('button', { name: /Visa and passport/ }).isDisabled()).toBe(true);
  await press(window, 'b');
  expect(await page.getByRole('heading', { name: 'Visa and passport' }).count()).toBe(0);
  await press(window, 'a');
  await page.getByText('Put the next document', { exact: false }).waitFor();
  await sendBurst(page, VISA);
  await page.getByText('Visa label', { exact: true }).first().waitFor();
  await press(window, 'b');
  const rows = page.getByRole('row');
  await expect.poll(async () => (await rows.nth(1).textContent()) ?? '').toContain('agrees');
  await press(window, 'e');
  await type(window, 'X1234567');
  await press(window, 'Tab');
  await type(window, '2 NOV');
  await page.getByText('Not understood so far').waitFor();
  await type(window, ' 2026');
  await press(window, 'Tab');
  await type(window, '30');
  await press(window, 'Tab');
  await type(window, '2');
  await page.getByText('The visa names another passport of the same person').last().waitFor();
  await page.getByText('Valid from 02 NOV 2026 until 10 FEB 2027: 101 days').waitFor();
  await page.getByText('Two entries').waitFor();
  expect(await page.getByText('Not understood so far').count()).toBe(0);
  await press(window, 'Escape');
  // In the lane the label carries the finding.
  await page.locator('[data-finding]', { hasText: 'The visa names another passport' }).waitFor();
  await expect
    .poll(() => {
      const draft = window.station.inputsOf('draft.save').at(-1) as { documents: { reading: unknown }[] };
      return draft.documents.map(({ reading }) => (reading as { print?: unknown }).print ?? null);
    })
    .toEqual([null, { passportNumber: 'X1234567', validFrom: '2 NOV 2026', stayDays: '30', entries: '2' }]);
});
