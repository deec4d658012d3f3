// The printed page against the zone in a real browser, by keyboard alone, against a fake station.
import { expect, it, vi } from 'vitest';
import { TD3_LASTING } from '../mrz/specimens.ts';
import type { OpenWindow } from './harness.ts';
import { closeAfterEach, laneWith, press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 60_000 });

closeAfterEach();

const printOf = (window: OpenWindow) =>
  (
    window.station.inputsOf('draft.save').at(-1) as
      | { documents: { reading: { print?: unknown } }[] }
      | undefined
  )?.documents[0]?.reading.print;

it('is confirmed field by field with one key, corrected by typing, judged at once and kept', async () => {
  const window = await laneWith(TD3_LASTING);
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
  const window = await laneWith(['P<UTOIVANOV<<IGOR<<<<<<<<<<<<<<<<<<<<<<<<<<<', TD3_LASTING[1] ?? '']);
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
  const window = await laneWith(TD3_LASTING);
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
