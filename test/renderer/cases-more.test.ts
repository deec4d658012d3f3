// More of a case: questions, added pictures, two side by side, the report, protection, and a record that was erased.
import { expect, it, vi } from 'vitest';
import { catalogue } from '../house/catalogue.ts';
import { closeCasesAfterEach, enterAs, openCases, openFirst, take, testCases } from './case-window.ts';
import { SECOND_OFFICER } from './fake-station.ts';
import { openDialog } from './harness.ts';
import { press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();

it('questions: neutral ones with their answers, and none that is of protection alone', async () => {
  const cases = await testCases();
  const id = cases.ids[0] ?? '';
  const window = await openFirst(cases);
  const { page } = window;
  await take(window);
  await press(window, 'q');
  const list = page.getByRole('list', { name: 'Questions' });
  expect(await list.getByText('Do you owe money for this journey').count()).toBe(0);
  await list.getByRole('button', { name: 'When and where did you apply' }).click();
  await list.getByRole('textbox', { name: 'What was answered' }).focus();
  await type(window, 'At the town hall');
  await press(window, 'Escape');
  await expect.poll(() => window.station.cases.get(id)?.length).toBe(2);
  expect(window.station.cases.get(id)?.at(-1)).toMatchObject({ questionId: 'Q07', note: 'At the town hall' });
  await list.getByRole('button', { name: 'What are the names of your parents' }).click();
  await list.getByRole('button', { name: 'It was asked' }).click();
  await expect
    .poll(() => window.station.cases.get(id)?.at(-1))
    .toMatchObject({ questionId: 'Q06', note: '' });
});

it('pictures: one is added under its light, two stand beside each other', async () => {
  const cases = await testCases();
  const id = cases.ids[0] ?? '';
  const window = await openFirst(cases);
  const { page } = window;
  await take(window);
  await press(window, 'i');
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: 'Close up' }).check({ force: true });
  const [bytes] = [...cases.pictures.values()];
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'a.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from(bytes ?? []),
  });
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Picture 4 of 4, Close up' }).waitFor();
  expect(window.station.cases.get(id)?.at(-1)).toMatchObject({ kind: 'image', image: { light: 'macro' } });
  await press(window, 'x');
  await expect.poll(() => page.locator('canvas').count()).toBe(2);
  await press(window, 'x');
  await expect.poll(() => page.locator('canvas').count()).toBe(1);
});

it('a report is saved where a PDF can be made, else printed', async () => {
  const cases = await testCases();
  const { station } = cases;
  station.vault.shell = { ...station.vault.shell, pdf: true };
  station.handlers['case.print'] = ({ folder }) => ({
    path: folder === null ? null : `${folder}/case.pdf`,
    bytes: 40_000,
    sha256: 'ef'.repeat(32),
    page: folder === null ? '<!doctype html><title>r</title><p>r</p>' : null,
    missing: 0,
  });
  const window = await openFirst(cases);
  const { page } = window;
  await press(window, 'Control+p');
  const dialog = await openDialog(page);
  await type(window, '/media/stick');
  await press(window, 'Enter');
  await dialog.getByText('/media/stick/case.pdf').waitFor();
  expect(station.inputsOf('case.print')).toEqual([{ examinationId: cases.ids[0], folder: '/media/stick' }]);
  await press(window, 'Escape');
  await dialog.waitFor({ state: 'detached' });
});

it('protection opens from the case, and the case shows nothing of it', async () => {
  const cases = await testCases();
  const window = await openFirst(cases);
  const { page, station } = window;
  const before = await page.locator('main').innerText();
  await press(window, 'p');
  await page.getByRole('heading', { name: 'Someone may need help' }).waitFor();
  expect(await page.getByText('BELMARO').count()).toBe(0);
  await press(window, 'Space');
  await page.keyboard.press('Control+Enter');
  await page.getByText('It is recorded in the protection file.').waitFor();
  expect(station.inputsOf('protection.record')).toMatchObject([{ examinationId: cases.ids[0] }]);
  await press(window, 'Escape');
  await page.getByRole('region', { name: 'Examination' }).waitFor();
  expect(await page.locator('main').innerText()).toBe(before);
  expect(station.inputsOf('case.enter')).toEqual([]);
});

it('of an erased record only who did what is left', async () => {
  const cases = await testCases();
  const id = cases.ids[0] ?? '';
  await enterAs(cases.station, SECOND_OFFICER, id, { kind: 'taken' });
  const window = await openFirst(cases);
  const { page, station } = window;
  const record = station.records.get(id);
  if (record === undefined) throw new Error('no record');
  const erased = {
    ...record,
    documents: [],
    decisions: record.decisions,
    erasedAt: '2026-11-22T09:00:00.000Z',
  };
  station.records.set(id, erased);
  const open = station.handlers['case.open'];
  station.handlers['case.open'] = (input) => {
    const view = open?.(input);
    if (view !== undefined) return view;
    const [taken] = station.cases.get(id) ?? [];
    if (taken === undefined) throw new Error('nothing was entered');
    const { kind, seq, at, officerId, officerName } = taken;
    return {
      record: erased,
      entries: [],
      acts: [{ id: taken.id, kind, seq, at, officerId, officerName }],
      documents: [],
      notChecked: [],
      state: 'held',
      holder: { officerId, name: officerName },
      outcomeId: null,
    };
  };
  await window.push('cases.changed', {});
  await page.getByText('Only the proof is left').waitFor();
  await page.getByText('Took the case in hand').waitFor();
  expect(await page.getByText('BELMARO').count()).toBe(0);
  await press(window, 'Escape');
  await page.locator('tbody').waitFor();
});

it('every word of it stands in the catalogue, and every button has a name', async () => {
  const cases = await testCases();
  const window = await openCases(cases);
  const { page } = window;
  await page.locator('tbody tr').nth(2).click();
  await page.getByRole('region', { name: 'Examination' }).waitFor();
  await take(window);
  const ids = new Set(catalogue().texts.keys());
  for (const key of ['q', 'k', 'Escape', 'v', 'h', 'r']) {
    await press(window, key);
    const words = (await page.locator('body').innerText()).split(/\s+/u);
    expect(words.filter((word) => ids.has(word) || /^(cases|procedure|question)\.\w/u.test(word))).toEqual(
      [],
    );
    const nameless = await page
      .locator('button')
      .evaluateAll(
        (all) => all.filter((one) => (one.ariaLabel ?? one.textContent ?? '').trim() === '').length,
      );
    expect(nameless).toBe(0);
  }
});

it('at 200 %, by keyboard alone: an item is answered with words, the face compared, the outcome given', async () => {
  const cases = await testCases();
  const id = cases.ids[0] ?? '';
  const window = await openFirst(cases, { size: { width: 683, height: 384 } });
  const { page, station } = window;
  const isSeen = () =>
    page.evaluate(() => {
      const { top, bottom, left, right } = (document.activeElement ?? document.body).getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight + 1 && left >= 0 && right <= innerWidth + 1;
    });
  await take(window);
  await press(window, '2');
  await press(window, 'n');
  await type(window, 'Ears of another shape');
  expect(await isSeen()).toBe(true);
  await press(window, 'Escape');
  await press(window, 'k');
  await page.getByRole('list', { name: 'Face by parts' }).locator('button:focus').waitFor();
  expect(await isSeen()).toBe(true);
  await press(window, '2');
  await press(window, 'Escape');
  await press(window, 'u');
  const dialog = await openDialog(page);
  await dialog.getByRole('radio').and(page.locator(':focus')).waitFor();
  await press(window, 'Space');
  const wanted = dialog.getByRole('radio', { name: 'Signs of alteration' });
  for (let presses = 0; presses < 8 && !(await wanted.isChecked()); presses += 1)
    await press(window, 'ArrowDown');
  expect(await wanted.isChecked()).toBe(true);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  expect((station.cases.get(id) ?? []).map(({ kind }) => kind)).toEqual([
    'taken',
    'answer',
    'answer',
    'bearer',
    'outcome',
  ]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
