// What was entered in a case is not lost: by leaving it, by locking, by a slow or refusing station, by closing the window.
import { describe, expect, it, vi } from 'vitest';
import type { CaseEntry } from '../../shared/contract/cases.ts';
import {
  asksBeforeClosing,
  closeCasesAfterEach,
  enterAs,
  openCases,
  openFirst,
  take,
  type TestCases,
  testCases,
} from './case-window.ts';
import { OFFICER, SECOND_OFFICER, type FakeStation } from './fake-station.ts';
import { openDialog, type OpenWindow } from './harness.ts';
import { press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();

const kindsOf = ({ station }: TestCases, id: string): CaseEntry['kind'][] =>
  (station.cases.get(id) ?? []).map(({ kind }) => kind);
const outcome = ({ page }: OpenWindow) => page.getByRole('region', { name: 'Outcome' });

/** Whoever signs in at the locked window; the station answers without a secret here. */
async function comeBack({ page, push }: OpenWindow, station: FakeStation, officer = OFFICER): Promise<void> {
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  const { id: officerId, name, role } = officer;
  const signedInAt = new Date().toISOString();
  station.vault = {
    ...station.vault,
    phase: 'open',
    session: { officerId, name, role, signedInAt, mustChange: false },
  };
  await push('vault.changed', {});
  await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' });
}

/** Opens another case of the list, by keyboard. */
async function openNext(window: OpenWindow): Promise<void> {
  await window.page.locator('tbody tr:focus').waitFor();
  await press(window, 'ArrowDown');
  await press(window, 'Enter');
  await window.page.getByRole('region', { name: 'Examination' }).waitFor();
}

describe('what the station refused of one case', () => {
  it('holds up no other case, and is told beside it with the way back', async () => {
    const cases = await testCases();
    const [first = '', second = ''] = cases.ids;
    const window = await openFirst(cases);
    const { page } = window;
    await take(window);
    await enterAs(cases.station, SECOND_OFFICER, first, { kind: 'taken' });
    await press(window, '2');
    await page.getByRole('alert').waitFor();
    await press(window, 'Escape');
    await openNext(window);
    await take(window);
    await press(window, '1');
    await expect.poll(() => kindsOf(cases, second)).toEqual(['taken', 'answer']);
    // The other one is not concluded over what was refused elsewhere, either.
    await press(window, 'u');
    const dialog = await openDialog(page);
    await dialog.getByRole('radio').first().check({ force: true });
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(kindsOf(cases, second)).toEqual(['taken', 'answer', 'outcome']);
    await page.getByRole('alert').getByText('of a case that you left').waitFor();
    await page.getByRole('button', { name: 'Open that case' }).click();
    await page.getByText('With M. Perera').waitFor();
    await press(window, 'w');
    await openDialog(page);
    await press(window, 'Enter');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await expect.poll(() => kindsOf(cases, first)).toEqual(['taken', 'taken', 'taken', 'answer']);
  });

  it('is in no report without a word', async () => {
    const cases = await testCases();
    cases.station.vault.shell = { ...cases.station.vault.shell, pdf: true };
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    station.failures.set('case.enter', 'disk-full');
    await press(window, '2');
    await page.getByRole('alert').waitFor();
    await press(window, 'Control+p');
    const dialog = await openDialog(page);
    await type(window, '/media/stick');
    await press(window, 'Enter');
    await dialog.getByRole('alert').waitFor();
    expect(station.inputsOf('case.print')).toEqual([]);
  });
});

describe('a lock while the station takes nothing', () => {
  it('keeps words and answers for whoever gave them, and shows nobody else', async () => {
    const cases = await testCases();
    const [id = ''] = cases.ids;
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    station.failures.set('case.enter', 'disk-full');
    await press(window, '2');
    await page.getByRole('alert').waitFor();
    await press(window, 'n');
    await type(window, 'Half a sen');
    await page.keyboard.press('Control+l');
    await comeBack(window, station, SECOND_OFFICER);
    station.failures.clear();
    await press(window, 'F2');
    await press(window, 'F2');
    await page.locator('tbody tr:focus').waitFor();
    await press(window, 'Enter');
    await outcome(window).getByText('Differs: 0').waitFor();
    expect(kindsOf(cases, id)).toEqual(['taken']);
    await page.keyboard.press('Control+l');
    await comeBack(window, station);
    await expect.poll(() => kindsOf(cases, id)).toEqual(['taken', 'answer', 'answer']);
    expect(station.cases.get(id)?.at(-1)).toMatchObject({
      officerId: OFFICER.id,
      answer: 'differs',
      note: 'Half a sen',
    });
  });

  it('keeps an outcome and a conclusion of the face that are being thought over', async () => {
    const cases = await testCases();
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    await press(window, 'u');
    const dialog = await openDialog(page);
    await dialog.getByRole('textbox').focus();
    await type(window, 'Thought over');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press(window, 'k');
    await page.getByRole('button', { name: /^Close my comparison/ }).click();
    await openDialog(page);
    await dialog.getByRole('textbox').focus();
    await type(window, 'Ears alike');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+l');
    await comeBack(window, station);
    await press(window, 'F2');
    await page.locator('tbody tr:focus').waitFor();
    await press(window, 'Enter');
    await page.getByRole('region', { name: 'Examination' }).waitFor();
    await press(window, 'u');
    await openDialog(page);
    expect(await dialog.getByRole('textbox').inputValue()).toBe('Thought over');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press(window, 'k');
    await page.getByRole('button', { name: /^Close my comparison/ }).click();
    await openDialog(page);
    expect(await dialog.getByRole('textbox').inputValue()).toBe('Ears alike');
  });
});

describe('a slow station', () => {
  it('shows a case that is opened again with what was on its way', async () => {
    const cases = await testCases();
    const [id = ''] = cases.ids;
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    const invoke = station.invoke;
    const entered = Promise.withResolvers<void>();
    const reopened = Promise.withResolvers<void>();
    station.invoke = async (channel, body) => {
      if (channel === 'case.enter') {
        await reopened.promise;
        const answer = await invoke(channel, body);
        entered.resolve();
        return answer;
      }
      const answer = await invoke(channel, body);
      if (channel === 'case.open') {
        reopened.resolve();
        await entered.promise;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return answer;
    };
    await press(window, '2');
    await press(window, 'Escape');
    await page.locator('tbody tr:focus').waitFor();
    await press(window, 'Enter');
    await page.getByRole('region', { name: 'Examination' }).waitFor();
    expect(kindsOf(cases, id)).toEqual(['taken', 'answer']);
    await outcome(window).getByText('Differs: 1').waitFor();
  });

  it('gets a picture into the case it was added to: nobody leaves before it is there', async () => {
    const cases = await testCases();
    const [id = ''] = cases.ids;
    const window = await openFirst(cases);
    const { page } = window;
    await take(window);
    const gate = Promise.withResolvers<void>();
    await page.route('**/images', async (route) => {
      await gate.promise;
      await route.continue();
    });
    await press(window, 'i');
    const dialog = await openDialog(page);
    const [bytes] = [...cases.pictures.values()];
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'a.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from(bytes ?? []),
    });
    await dialog.getByText('Taking the picture in').waitFor();
    await press(window, 'Escape');
    await press(window, 'Escape');
    gate.resolve();
    await expect.poll(() => kindsOf(cases, id)).toEqual(['taken', 'image']);
    await page.getByRole('button', { name: /^Picture 4 of 4/ }).waitFor();
  });
});

it('the window asks before it closes over what nobody else has', async () => {
  const cases = await testCases();
  const window = await openFirst(cases);
  const { page, station } = window;
  await take(window);
  expect(await asksBeforeClosing(page)).toBe(false);
  station.failures.set('case.enter', 'disk-full');
  await press(window, '2');
  await page.getByRole('alert').waitFor();
  expect(await asksBeforeClosing(page)).toBe(true);
});

it('a procedure that could not be had is told, and asked for again', async () => {
  const cases = await testCases();
  cases.station.failures.set('procedure.get', 'internal');
  const window = await openCases(cases);
  const { page, station } = window;
  await page.locator('tbody tr:focus').waitFor();
  await press(window, 'Enter');
  await page.getByRole('alert').waitFor();
  station.failures.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('region', { name: 'Examination' }).waitFor();
});

describe('a note', () => {
  it('is kept while it is written, at the latest after ten seconds, and stays as it is typed', async () => {
    const cases = await testCases();
    const [id = ''] = cases.ids;
    const window = await openFirst(cases);
    const { page } = window;
    await take(window);
    await press(window, 'n');
    await type(window, 'Lifted ');
    await expect.poll(() => kindsOf(cases, id)).toEqual(['taken', 'answer']);
    // What is kept has no space at its end; what is being written has.
    await type(window, 'corner');
    expect(await page.getByLabel('Note').inputValue()).toBe('Lifted corner');
    await expect.poll(() => kindsOf(cases, id)).toEqual(['taken', 'answer', 'answer']);
    const began = Date.now();
    while (Date.now() - began < 12_500) await page.keyboard.type('.', { delay: 250 });
    expect(kindsOf(cases, id).length).toBeGreaterThanOrEqual(4);
    await press(window, 'Escape');
    await expect
      .poll(() => cases.station.cases.get(id)?.at(-1))
      .toMatchObject({ note: await page.getByLabel('Note').inputValue() });
  });

  it('of a colleague who took the case over is not written over by what was kept before', async () => {
    const cases = await testCases();
    const [id = ''] = cases.ids;
    const window = await openFirst(cases);
    const { page } = window;
    await take(window);
    await press(window, 'n');
    await type(window, 'Mine');
    await expect.poll(() => kindsOf(cases, id)).toEqual(['taken', 'answer']);
    await enterAs(cases.station, SECOND_OFFICER, id, { kind: 'taken' });
    const documentId = cases.station.records.get(id)?.documents[0]?.id;
    const answer = { kind: 'answer', documentId, itemId: 'F1', answer: 'differs', note: 'Theirs', marks: [] };
    await enterAs(cases.station, SECOND_OFFICER, id, answer);
    await window.push('cases.changed', {});
    await page.getByText('With M. Perera').waitFor();
    await page.getByText('Theirs').waitFor();
    await press(window, 'ArrowDown');
    await press(window, 'ArrowUp');
    await page.getByText('Theirs').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await take(window);
    expect(await page.getByLabel('Note').inputValue()).toBe('Theirs');
    expect(kindsOf(cases, id)).toEqual(['taken', 'answer', 'taken', 'answer', 'taken']);
  });
});

it('a report that is being made is not left before it is told where it lies', async () => {
  const cases = await testCases();
  cases.station.vault.shell = { ...cases.station.vault.shell, pdf: true };
  const gate = Promise.withResolvers<void>();
  cases.station.handlers['case.print'] = async ({ folder }) => {
    await gate.promise;
    return { path: `${folder}/case.pdf`, bytes: 40_000, sha256: 'ef'.repeat(32), page: null, missing: 0 };
  };
  const window = await openFirst(cases);
  const { page } = window;
  await press(window, 'Control+p');
  const dialog = await openDialog(page);
  await type(window, '/media/stick');
  await press(window, 'Enter');
  await dialog.getByText('Making the report').waitFor();
  await press(window, 'Escape');
  gate.resolve();
  await dialog.getByText('/media/stick/case.pdf').waitFor();
});
