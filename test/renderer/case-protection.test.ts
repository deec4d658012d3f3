// Protection from a case of the second line: the same calm page, and a case that knows nothing of it.
import { expect, it, vi } from 'vitest';
import { closeCasesAfterEach, openFirst, take, testCases } from './case-window.ts';
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
