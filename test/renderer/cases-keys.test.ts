// The keys of a case: a wrong one is undone, the focus stays where the officer works, and no key does what it should not.
import { expect, it, vi } from 'vitest';
import { newId } from '../../renderer/lib/id.ts';
import type { CaseEntry } from '../../shared/contract/cases.ts';
import { closeCasesAfterEach, openCases, openFirst, take, testCases } from './case-window.ts';
import type { OpenWindow } from './harness.ts';
import { press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();

const item = ({ page }: OpenWindow) =>
  page.getByRole('region', { name: 'Examination' }).getByRole('heading', { level: 2 }).innerText();
const last = ({ station }: OpenWindow, id: string): CaseEntry | undefined => station.cases.get(id)?.at(-1);
const focused = ({ page }: OpenWindow) =>
  page.evaluate(() => (document.activeElement === document.body ? 'nothing' : 'something'));

it('a wrong answer or mark is undone by one key, which leads back to its item', async () => {
  const cases = await testCases();
  const [id = ''] = cases.ids;
  const window = await openFirst(cases);
  const { page } = window;
  await take(window);
  await press(window, '2');
  await press(window, 'n');
  await type(window, 'words');
  await press(window, 'Escape');
  const first = await item(window);
  // A slip: it is answered, and the next item is on show.
  await press(window, '1');
  await expect.poll(() => item(window)).not.toBe(first);
  await press(window, 'Control+z');
  await expect.poll(() => item(window)).toBe(first);
  await expect.poll(() => last(window, id)).toMatchObject({ itemId: 'F1', answer: 'differs', note: 'words' });
  await press(window, 'Control+z');
  await expect.poll(() => last(window, id)).toMatchObject({ itemId: 'F1', answer: null, note: 'words' });
  // Nothing is left to be undone.
  const before = cases.station.cases.get(id)?.length;
  await press(window, 'Control+z');
  await press(window, 'm');
  await press(window, 'm');
  await press(window, 'm');
  await press(window, 'Enter');
  await expect.poll(() => last(window, id)).toMatchObject({ itemId: 'F1', marks: [{ shape: 'point' }] });
  expect(cases.station.cases.get(id)?.length).toBe((before ?? 0) + 1);
  await page.getByRole('button', { name: /^Remove: 1 Point/ }).focus();
  await press(window, 'Space');
  await expect.poll(() => last(window, id)).toMatchObject({ marks: [] });
  expect(await focused(window)).toBe('something');
  await press(window, 'Control+z');
  await expect.poll(() => last(window, id)).toMatchObject({ marks: [{ shape: 'point' }] });
});

it('the keys of questions and record bring the focus there, and it stays when a question was asked', async () => {
  const cases = await testCases();
  const [id = ''] = cases.ids;
  const window = await openFirst(cases);
  const { page } = window;
  await take(window);
  await press(window, 'q');
  await page.getByRole('list', { name: 'Questions' }).locator('button:focus').waitFor();
  await press(window, 'Enter');
  await page.getByRole('button', { name: 'It was asked' }).focus();
  await press(window, 'Space');
  await page.getByRole('textbox', { name: 'What was answered' }).and(page.locator(':focus')).waitFor();
  await type(window, 'Here');
  await press(window, 'Escape');
  await expect.poll(() => last(window, id)).toMatchObject({ kind: 'question', note: 'Here' });
  await press(window, 'r');
  await page.getByRole('region', { name: 'Record' }).and(page.locator(':focus')).waitFor();
});

it('Space opens what has the focus, and without a second document its keys go nowhere', async () => {
  const cases = await testCases();
  const window = await openFirst(cases);
  const { page } = window;
  await press(window, 'd');
  await press(window, 'Space');
  const here = await item(window);
  await press(window, 'PageDown');
  expect(await item(window)).toBe(here);
  await press(window, 'l');
  for (let presses = 0; presses < 12 && (await page.locator('details summary').count()) === 0; presses += 1)
    await press(window, 'Space');
  const now = await item(window);
  const summary = page.getByRole('region', { name: 'Examination' }).locator('summary');
  const isOpen = () => summary.evaluate((one) => (one.parentElement as HTMLDetailsElement).open);
  const before = await isOpen();
  await summary.focus();
  await press(window, 'Space');
  expect(await item(window)).toBe(now);
  expect(await isOpen()).toBe(!before);
});

it('a mark in the picture is chosen by a click on it, too', async () => {
  const cases = await testCases();
  const window = await openFirst(cases);
  const { page } = window;
  await take(window);
  await page.locator('canvas[data-sharp=true]').waitFor();
  for (const key of ['m', 'm', 'm', 'Enter']) await press(window, key);
  const mark = page.getByRole('list', { name: 'Marks in the pictures' }).getByRole('button').first();
  await mark.waitFor();
  await press(window, 'ArrowDown');
  await press(window, 'ArrowUp');
  expect(await mark.getAttribute('aria-pressed')).toBe('false');
  const box = await page.locator('canvas').first().boundingBox();
  if (box === null) throw new Error('no canvas');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => mark.getAttribute('aria-pressed')).toBe('true');
});

it('a list and a case that take their time say so', async () => {
  const cases = await testCases();
  const { station } = cases;
  const invoke = station.invoke;
  let gate = Promise.withResolvers<void>();
  station.invoke = async (channel, body) => {
    if (channel === 'case.list' || channel === 'case.open') await gate.promise;
    return invoke(channel, body);
  };
  const { page, ...rest } = await openCases(cases);
  await page.getByText('Looking for cases').waitFor();
  gate.resolve();
  await page.locator('tbody tr:focus').waitFor();
  await page.getByText('Looking for cases').waitFor({ state: 'detached' });
  gate = Promise.withResolvers();
  await press({ page, ...rest }, 'Enter');
  await page.getByText('Opening the case').waitFor();
  gate.resolve();
  await page.getByRole('region', { name: 'Examination' }).waitFor();
});

it('a mark that was begun for one item is set for no other', async () => {
  const cases = await testCases();
  const [id = ''] = cases.ids;
  const window = await openFirst(cases);
  const { page } = window;
  await take(window);
  await page.locator('canvas[data-sharp=true]').waitFor();
  for (const key of ['m', 'm', 'm']) await press(window, key);
  await page.locator('canvas[data-drawing=point]').waitFor();
  await press(window, '1');
  await expect.poll(() => last(window, id)).toMatchObject({ itemId: 'F1', answer: 'matched' });
  await expect.poll(() => page.locator('canvas').getAttribute('data-drawing')).toBeNull();
  await press(window, 'Enter');
  expect(last(window, id)).toMatchObject({ itemId: 'F1', answer: 'matched', marks: [] });
});

it('a finding stands in the record with both of its readings', async () => {
  const cases = await testCases();
  const window = await openFirst(cases);
  await press(window, 'r');
  const record = window.page.getByRole('region', { name: 'Record' });
  await record.getByText('Reason to look').first().waitFor();
  await record.getByText('It may also be').first().waitFor();
});

it('at 200 % a case opens with whose it is in sight', async () => {
  const window = await openFirst(await testCases(), { size: { width: 683, height: 384 } });
  const { page } = window;
  await page.locator('canvas[data-sharp=true]').waitFor();
  const top = await page
    .getByRole('heading', { level: 1 })
    .evaluate((one) => one.getBoundingClientRect().top);
  expect(top).toBeGreaterThan(0);
});

it('a long list stays where it is when something changes', async () => {
  const cases = await testCases();
  const { station } = cases;
  const [row] = station.rows;
  const record = station.records.get(row?.id ?? '');
  if (row === undefined || record === undefined) throw new Error('no case');
  for (let number = 0; number < 230; number += 1) {
    const id = newId();
    station.rows.push({ ...row, id });
    station.records.set(id, { ...record, id });
  }
  const window = await openCases(cases);
  const { page } = window;
  const rows = page.locator('tbody tr');
  await page.locator('tbody tr:focus').waitFor();
  for (let presses = 0; presses < 8 && (await rows.count()) < 233; presses += 1) {
    const before = await rows.count();
    await press(window, 'End');
    await expect.poll(() => rows.count()).toBeGreaterThan(before);
  }
  await press(window, 'End');
  const last = await page.locator('tbody tr:focus').getAttribute('data-id');
  await window.push('cases.changed', {});
  const listed = station.inputsOf('case.list').length;
  await expect.poll(() => station.inputsOf('case.list').length).toBeGreaterThan(listed - 1);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await rows.count()).toBe(233);
  expect(await page.locator('tbody tr:focus').getAttribute('data-id', { timeout: 2_000 })).toBe(last);
});
