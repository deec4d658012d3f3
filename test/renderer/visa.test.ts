// A visa and a passport of one traveller in a real browser, by keyboard alone, against a fake station.
import { expect, it, vi } from 'vitest';
import { TD3_LASTING } from '../mrz/specimens.ts';
import { closeAfterEach, laneWith, press, type } from './lane-window.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 60_000 });

const VISA = ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4UTO7408122F2702102<<<<<<<<<<<<<<<<'];

closeAfterEach();

it('are compared side by side; what only the label says is typed, judged at once and kept with it', async () => {
  const window = await laneWith(TD3_LASTING);
  const { page } = window;
  // Of a passport alone there is nothing to compare.
  expect(await page.getByRole('button', { name: /Visa$/ }).isDisabled()).toBe(true);
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
  // Each reading says which it is.
  const said = page.getByRole('region', { name: 'Findings' });
  for (const reading of ['Reason to look', 'It may also be'])
    expect(await said.getByText(reading, { exact: true }).count()).toBeGreaterThan(0);
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
