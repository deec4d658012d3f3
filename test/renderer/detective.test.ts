// The detective's page in a real browser, by keyboard alone, against a fake station.
import { expect, it, vi } from 'vitest';
import { TD3_LASTING } from '../mrz/specimens.ts';
import { SETTINGS } from './fake-station.ts';
import { closeAfterEach, laneWith, press, strays, type } from './lane-window.ts';
import { sendBurst } from './reader-device.ts';

vi.setConfig({ testTimeout: 60_000 });
// A slip in the month of birth of the specimen of ICAO Doc 9303-4: 8 read as 3.
const SLIP = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7403122F3204153ZE184226B<<<<<16'];

closeAfterEach();

it('opens by Enter on a finding, previews the repair, and Esc comes back to the finding', async () => {
  const window = await laneWith(SLIP);
  const { page } = window;
  await press(window, 'l');
  const finding = page.locator('[data-finding="0"]');
  await expect.poll(() => finding.evaluate((one) => one === document.activeElement)).toBe(true);
  await press(window, 'Enter');
  await page.getByRole('heading', { name: 'The date of birth and its check digit do not agree' }).waitFor();
  // The first explanation has the focus; its repair stands in place, old above new, and nothing is changed by it.
  const slip = page.getByRole('button', { name: /Row 2, place 17: 8 may have been read as 3/ });
  await slip.waitFor();
  await slip.click();
  const changed = page.locator('[role="gridcell"]:has(del)');
  expect(await changed.count()).toBe(1);
  expect(await changed.locator('del').textContent()).toBe('3');
  expect(await changed.getAttribute('aria-description')).toBe('3, with the repair 8');
  expect(await page.locator('input[aria-label^="Row 2"]').inputValue()).toBe(SLIP[1]);
  // How many digits see each character.
  const levels = await page
    .locator('[role="row"]')
    .nth(1)
    .locator('[role="gridcell"]')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-level')).join(''));
  expect(levels.slice(0, 21)).toBe('222222222200022222220');
  // The arrows walk through the characters.
  await press(window, 'ArrowLeft');
  await page.getByText('Row 2, place 16:').waitFor();
  await press(window, 'Escape');
  await expect.poll(() => finding.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await page.getByRole('grid').count()).toBe(0);
});

it('leads to the place in the rows by Enter, where it can be corrected', async () => {
  const window = await laneWith(SLIP);
  const { page } = window;
  await press(window, 'q');
  await page.getByRole('grid').waitFor();
  await press(window, 'Enter');
  const row = page.locator('input[aria-label^="Row 2"]');
  await expect
    .poll(() =>
      row.evaluate((one) => [one === document.activeElement, (one as HTMLInputElement).selectionStart]),
    )
    .toEqual([true, 16]);
  await press(window, '8');
  expect(await row.inputValue()).toBe(TD3_LASTING[1]);
  await page.getByText('nothing to look at').waitFor();
});

it('says so where there is nothing to repair, and walks through the rows', async () => {
  const window = await laneWith(TD3_LASTING);
  const { page } = window;
  await press(window, 'q');
  await page.getByText('No check digit fails.', { exact: false }).waitFor();
  const current = page.locator('[role="gridcell"][tabindex="0"]');
  const isFocused = () => current.evaluate((one) => one === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  await press(window, 'ArrowDown');
  await page.getByText('Row 2, place 1:').waitFor();
  await expect.poll(isFocused).toBe(true);
  // The pointer leads there as well, and the arrows go on from where it pressed.
  await page.getByRole('row').first().getByRole('gridcell').nth(4).click();
  await page.getByText('Row 1, place 5:').waitFor();
  await press(window, 'ArrowRight');
  await page.getByText('Row 1, place 6:').waitFor();
  await expect.poll(isFocused).toBe(true);
});

it('of rows that are not whole says only how to read again', async () => {
  const window = await laneWith(TD3_LASTING);
  const { page } = window;
  await page.locator('input[aria-label^="Row 2"]').focus();
  await press(window, 'End');
  await press(window, 'Backspace');
  await press(window, 'Escape');
  await press(window, 'q');
  await page.getByText('These rows have the shape of no document.', { exact: false }).waitFor();
  const words = await page.locator('section', { has: page.locator('#detective-title') }).innerText();
  expect(words).toContain('read again');
  expect(words).not.toMatch(/No check digit fails|Reason to look/);
  await press(window, 'Escape');
  await page.locator('#detective-title').waitFor({ state: 'detached' });
});

it('leaves the decision at hand and keeps hidden keys asleep', async () => {
  const window = await laneWith(SLIP);
  const { page } = window;
  await press(window, 'q');
  await page.getByRole('grid').waitFor();
  await press(window, 'a');
  await press(window, 'x');
  expect(await page.getByRole('grid').count()).toBe(1);
  await press(window, 'd');
  await page.getByText('Reason given at second line').waitFor();
  await press(window, 'Enter');
  await page.getByText('Saved', { exact: true }).waitFor();
  // The next traveller begins with an empty lane.
  expect(await page.getByRole('grid').count()).toBe(0);
});

it('shows no word from outside a catalogue, and neither do print and visa', async () => {
  const VISA = [
    'V<UTOBERG<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<',
    'L8988901C4UTO7408122F2702102<<<<<<<<<<<<<<<<',
  ];
  const window = await laneWith(SLIP, (station) => {
    station.state = { ...station.state, settings: { ...SETTINGS, language: 'en-XA' } };
  });
  const { page } = window;
  await press(window, 'q');
  await page.getByRole('grid').waitFor();
  expect(await strays(window)).toEqual([]);
  await press(window, 'g');
  await page.locator('[data-print-row]').first().waitFor();
  await press(window, 'y');
  await press(window, 'e');
  await type(window, 'ERIKSON');
  await press(window, 'Enter');
  expect(await strays(window)).toEqual([]);
  await press(window, 'Escape');
  await press(window, 'a');
  await page.locator('input[data-refuses-bursts]').first().waitFor({ state: 'detached' });
  await sendBurst(page, VISA);
  await page.locator('input[data-refuses-bursts]').nth(1).waitFor();
  await press(window, 'b');
  await page.locator('table').waitFor();
  expect(await strays(window)).toEqual([]);
});
