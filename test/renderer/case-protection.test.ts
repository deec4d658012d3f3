// Protection from a case of the second line: the same calm page, and a case that knows nothing of it.
import { expect, it, vi } from 'vitest';
import { asksBeforeClosing, closeCasesAfterEach, openFirst, take, testCases } from './case-window.ts';
import { press } from './lane-window.ts';

vi.setConfig({ testTimeout: 120_000 });
closeCasesAfterEach();

it('is recorded from the case, which keeps no word of it', async () => {
  const cases = await testCases();
  const { station, ids } = cases;
  const window = await openFirst(cases);
  const { page } = window;
  await press(window, 'p');
  await page.getByText('The case says nothing of it.', { exact: false }).waitFor();
  expect(await page.getByRole('region', { name: 'Examination' }).count()).toBe(0);
  await page.getByRole('checkbox', { name: 'Medical help' }).first().focus();
  await press(window, 'Space');
  await press(window, 'Control+Enter');
  await page.getByText('It is recorded in the protection file.', { exact: false }).waitFor();
  await press(window, 'Escape');
  await page.getByRole('region', { name: 'Examination' }).waitFor();
  expect(station.inputsOf('protection.record')).toMatchObject([
    { examinationId: ids[0], needs: ['medical'], referral: null },
  ]);
  expect(station.inputsOf('case.enter')).toEqual([]);
  expect(await page.locator('main').innerText()).not.toMatch(/Medical help|protection file/u);
});

it('stays with who stops, as at the counter', async () => {
  const cases = await testCases();
  const window = await openFirst(cases);
  const { page } = window;
  await press(window, 'p');
  await page.getByRole('checkbox', { name: 'A rest' }).focus();
  await press(window, 'Space');
  await press(window, 'Escape');
  await page.getByRole('region', { name: 'Examination' }).waitFor();
  await expect.poll(() => cases.station.inputsOf('protection.record').length).toBe(1);
  await press(window, 'p');
  expect(await page.getByRole('checkbox', { name: 'A rest' }).isChecked()).toBe(true);
});

it('is told while the protection file cannot be written, and waits for who wrote it through a lock', async () => {
  const cases = await testCases();
  const { station } = cases;
  const window = await openFirst(cases);
  const { page } = window;
  await press(window, 'p');
  await page.getByRole('checkbox', { name: 'A rest' }).focus();
  await press(window, 'Space');
  station.failures.set('protection.record', 'disk-full');
  await press(window, 'Escape');
  await page.getByRole('heading', { name: 'Someone may need help' }).waitFor();
  await page.locator('main').getByText('The disk is full', { exact: false }).first().waitFor();
  // Told once: whoever has read it may go on.
  await press(window, 'Escape');
  await page.getByRole('region', { name: 'Examination' }).waitFor();
  expect(await page.locator('main').innerText()).not.toMatch(/rest|disk/iu);
  const { session } = station.vault;
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  station.failures.clear();
  station.vault = { ...station.vault, phase: 'open', session };
  await window.push('vault.changed', {});
  await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' });
  await press(window, 'F2');
  await page.locator('tbody tr:focus').waitFor();
  await press(window, 'Enter');
  await page.getByRole('region', { name: 'Examination' }).waitFor();
  await press(window, 'p');
  expect(await page.getByRole('checkbox', { name: 'A rest' }).isChecked()).toBe(true);
  await press(window, 'Control+Enter');
  await page.getByText('It is recorded in the protection file.', { exact: false }).waitFor();
  expect(station.inputsOf('protection.record').at(-1)).toMatchObject({ needs: ['rest'] });
});

it('the window asks before it closes over what was written there', async () => {
  const window = await openFirst(await testCases());
  const { page } = window;
  await press(window, 'p');
  await page.getByRole('checkbox', { name: 'A rest' }).focus();
  await press(window, 'Space');
  expect(await asksBeforeClosing(page)).toBe(true);
});

it('beside a refusal or a return stands the question that comes before it', async () => {
  const window = await openFirst(await testCases());
  const { page } = window;
  await take(window);
  await press(window, 'u');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const asked = dialog.getByText('A request for asylum comes before everything else.', { exact: false });
  expect(await asked.count()).toBe(0);
  await dialog.getByRole('checkbox', { name: 'Sent to an expert' }).focus();
  await press(window, 'Space');
  expect(await asked.count()).toBe(0);
  await dialog.getByRole('checkbox', { name: /^Entry refused|^Refused entry/u }).focus();
  await press(window, 'Space');
  await asked.waitFor();
});
