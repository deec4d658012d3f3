// A case as officers of the second line meet it: by keyboard, item by item, with a colleague, to a signed outcome.
import { describe, expect, it, vi } from 'vitest';
import type { CaseEntry, CaseSubmission } from '../../shared/contract/cases.ts';
import {
  closeCasesAfterEach,
  enterAs,
  openCases,
  openFirst,
  signInAs,
  take,
  type TestCases,
  testCases,
} from './case-window.ts';
import { OFFICER, SECOND_OFFICER, SETTINGS, sessionOf } from './fake-station.ts';
import { openDialog, type OpenWindow } from './harness.ts';
import { press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();

/** Everything that lies in a case, by kind. */
const entriesOf = <K extends CaseEntry['kind']>({ station }: OpenWindow, id: string, kind: K) =>
  (station.cases.get(id) ?? []).filter(
    (entry): entry is Extract<CaseEntry, { kind: K }> => entry.kind === kind,
  );

const first = ({ ids }: TestCases): string => ids[0] ?? '';
const documentOf = ({ station }: TestCases, id: string, at = 0): string =>
  station.records.get(id)?.documents[at]?.id ?? '';

const item = ({ page }: OpenWindow) =>
  page.getByRole('region', { name: 'Examination' }).getByRole('heading', { level: 2 }).innerText();
const outcome = ({ page }: OpenWindow) => page.getByRole('region', { name: 'Outcome' });
const answer = ({ page }: OpenWindow, name: RegExp) =>
  page.getByRole('group', { name: 'Your answer' }).getByRole('button', { name });

/** Presses a key of the case until the officer's answer has come to the station. */
async function entered(window: OpenWindow, id: string, count: number): Promise<CaseEntry[]> {
  await expect.poll(() => window.station.cases.get(id)?.length).toBe(count);
  return window.station.cases.get(id) ?? [];
}

describe('the list', () => {
  it('tells how each stands, opens by Enter, and comes back to the same row', async () => {
    const cases = await testCases();
    await enterAs(cases.station, SECOND_OFFICER, cases.ids[1] ?? '', { kind: 'taken' });
    const window = await openCases(cases);
    const { page } = window;
    await page.locator('tbody tr:focus').waitFor();
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.includes('Waits'))).toEqual([true, false, true]);
    expect(rows[1]).toContain('With M. Perera');
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await press(window, 'Escape');
    await page.locator('tbody tr:focus').getByText('With M. Perera').waitFor();
    await press(window, 'd');
    await page.getByText('No case is concluded yet').waitFor();
    await press(window, 'o');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(3);
  });

  it('teaches while it is empty, and says what failed', async () => {
    const cases = await testCases();
    cases.station.rows = [];
    const window = await openCases(cases);
    const { page, station } = window;
    await page.getByText('No case waits').waitFor();
    station.failures.set('case.list', 'internal');
    await window.push('cases.changed', {});
    await page.getByRole('alert').waitFor();
    station.failures.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });
});

describe('the items', () => {
  it('are answered by one key each, and what is left is counted', async () => {
    const cases = await testCases();
    const id = first(cases);
    const window = await openFirst(cases);
    const { page } = window;
    // Nothing can be entered before the case is taken.
    await press(window, '1');
    expect(window.station.inputsOf('case.enter')).toEqual([]);
    await take(window);
    await outcome(window).getByText('Not checked: 57').waitFor();
    await press(window, 'l');
    const lamina = await item(window);
    await press(window, '1');
    await expect.poll(() => item(window)).not.toBe(lamina);
    await outcome(window).getByText('Not checked: 56').waitFor();
    // What differs stays, for words and a mark.
    const second = await item(window);
    await press(window, '2');
    await outcome(window).getByText('Differs: 1').waitFor();
    expect(await item(window)).toBe(second);
    await press(window, 'n');
    await type(window, 'Lifts at one corner');
    await press(window, 'Escape');
    await entered(window, id, 4);
    const given = entriesOf(window, id, 'answer');
    expect(given.map(({ itemId, answer: said, note }) => [itemId, said, note])).toEqual([
      ['L1a', 'matched', ''],
      ['L2a', 'differs', ''],
      ['L2a', 'differs', 'Lifts at one corner'],
    ]);
    // Taken back, its words stay.
    await press(window, 'Delete');
    const entries = await entered(window, id, 5);
    expect(entries.at(-1)).toMatchObject({ answer: null, note: 'Lifts at one corner' });
    await outcome(window).getByText('Differs: 0').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('Lifts at one corner');
  });

  it('can only be missing where this type must have them', async () => {
    const cases = await testCases();
    const window = await openFirst(cases);
    await take(window);
    await press(window, 'f');
    expect(await answer(window, /Not present/).isDisabled()).toBe(true);
    await press(window, '3');
    await press(window, 'l');
    expect(await answer(window, /Not present/).isDisabled()).toBe(false);
    await press(window, '3');
    await entered(window, first(cases), 2);
    expect(entriesOf(window, first(cases), 'answer').map(({ itemId }) => itemId)).toEqual(['L1a']);
  });

  it('are those of each document where there are several', async () => {
    const cases = await testCases();
    const id = cases.ids[2] ?? '';
    const window = await openCases(cases);
    const { page } = window;
    await page.locator('tbody tr').nth(2).click();
    await page.getByRole('region', { name: 'Examination' }).waitFor();
    await take(window);
    // A label has no stitching; the passport that it stands in has.
    expect(await page.getByRole('button', { name: /Stitching/ }).isDisabled()).toBe(true);
    await press(window, 'PageDown');
    await press(window, 's');
    await press(window, '1');
    await entered(window, id, 2);
    expect(entriesOf(window, id, 'answer')).toMatchObject([
      { documentId: documentOf(cases, id, 1), itemId: 'S1' },
    ]);
  });

  it('bring the picture under their light, and marks are set by keys and taken away', async () => {
    const cases = await testCases();
    const id = first(cases);
    const window = await openFirst(cases);
    const { page } = window;
    await take(window);
    const shown = () => page.locator('canvas').getAttribute('aria-label');
    expect(await shown()).toContain('White light');
    await press(window, 'l');
    // Overlay, then the laminate beside the eye, then the laminate under ultraviolet.
    for (let presses = 0; presses < 3; presses += 1) await press(window, 'Space');
    await expect.poll(shown).toContain('Ultraviolet');
    await page.locator('canvas[data-sharp=true]').waitFor();
    await press(window, 'm');
    await press(window, 'Enter');
    for (let steps = 0; steps < 6; steps += 1) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
    }
    await press(window, 'Enter');
    await entered(window, id, 2);
    const [marked] = entriesOf(window, id, 'answer');
    const picture = cases.station.records.get(id)?.documents[0]?.images.find(({ light }) => light === 'uv-a');
    expect(marked).toMatchObject({
      itemId: 'L4a',
      answer: null,
      marks: [{ imageId: picture?.id, shape: 'box' }],
    });
    await page.getByRole('list', { name: 'Marks in the pictures' }).getByText('1 Box').waitFor();
    await page.getByRole('button', { name: /^Remove: 1 Box/ }).click();
    await entered(window, id, 3);
    expect(entriesOf(window, id, 'answer').at(-1)?.marks).toEqual([]);
  });
});

describe('what the station does not take', () => {
  it('stays on the screen and is sent again as the same entry', async () => {
    const cases = await testCases();
    const id = first(cases);
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    station.failures.set('case.enter', 'disk-full');
    await press(window, '1');
    await page.getByRole('alert').waitFor();
    await outcome(window).getByText('Not checked: 56').waitFor();
    await press(window, '1');
    station.failures.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await entered(window, id, 3);
    const sent = (station.inputsOf('case.enter') as { entry: CaseSubmission }[]).map(({ entry }) => entry.id);
    expect(sent[1]).toBe(sent.findLast((one) => one === sent[1]));
    expect(entriesOf(window, id, 'answer').map(({ itemId }) => itemId)).toEqual(['F1', 'F2']);
  });

  it('goes on when a case that a colleague took is taken back, or is given up', async () => {
    const cases = await testCases();
    const id = first(cases);
    const window = await openFirst(cases);
    const { page } = window;
    await take(window);
    await enterAs(cases.station, SECOND_OFFICER, id, { kind: 'taken' });
    await press(window, '2');
    await page.getByRole('alert').getByText('This case is not in your hands.').waitFor();
    await page.getByText('With M. Perera').waitFor();
    await press(window, 'w');
    await openDialog(page);
    await press(window, 'Enter');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await entered(window, id, 4);
    await enterAs(cases.station, SECOND_OFFICER, id, { kind: 'taken' });
    await press(window, '1');
    await outcome(window).getByText('Differs: 0').waitFor();
    await page.getByRole('button', { name: 'Give up 1 entry' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await outcome(window).getByText('Differs: 1').waitFor();
    expect(entriesOf(window, id, 'answer')).toMatchObject([{ itemId: 'F1', answer: 'differs' }]);
  });
});

describe('a slow station', () => {
  it('gets every answer once and in order, and whose it is is told when it lies there', async () => {
    const cases = await testCases();
    const id = first(cases);
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    const invoke = station.invoke;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    station.invoke = async (channel, body) => {
      if (channel === 'case.enter') await gate;
      return invoke(channel, body);
    };
    for (const key of ['1', '1', '2']) await press(window, key);
    await outcome(window).getByText('Not checked: 54').waitFor();
    expect(await page.getByText('Answered by').count()).toBe(0);
    expect(station.cases.get(id)).toHaveLength(1);
    open();
    await page.getByText('Answered by J. Tan').waitFor();
    await entered(window, id, 4);
    expect(entriesOf(window, id, 'answer').map(({ itemId }) => itemId)).toEqual(['F1', 'F2', 'F3']);
  });

  it('has the words that were being written as the window locks', async () => {
    const cases = await testCases();
    const id = first(cases);
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    await press(window, 'n');
    await type(window, 'Half a sen');
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect((station.cases.get(id) ?? []).at(-1)).toMatchObject({ kind: 'answer', note: 'Half a sen' });
    expect(await page.content()).not.toContain('Half a sen');
  });
});

describe('two officers', () => {
  it('compare the face blind, each by one key for each part', async () => {
    const cases = await testCases();
    const id = first(cases);
    await enterAs(cases.station, SECOND_OFFICER, id, {
      kind: 'bearer',
      componentId: 'FC10',
      answer: 'different',
      note: '',
    });
    await enterAs(cases.station, SECOND_OFFICER, id, {
      kind: 'bearer-done',
      verdict: 'cannot-say',
      note: '',
    });
    const window = await openFirst(cases);
    const { page } = window;
    await press(window, 'k');
    await page.getByRole('list', { name: 'Face by parts' }).locator('button:focus').waitFor();
    for (const key of ['1', '2', '3']) await press(window, key);
    // A digit that is no answer here is none to an item either.
    await press(window, '4');
    await entered(window, id, 5);
    const own = entriesOf(window, id, 'bearer').filter(({ officerId }) => officerId === OFFICER.id);
    expect(own.map(({ answer: said }) => said)).toEqual(['similar', 'different', 'not-comparable']);
    expect(await page.getByText('M. Perera').count()).toBe(0);
    await page.getByRole('button', { name: 'Close my comparison (3 of 19)' }).click();
    await openDialog(page);
    await press(window, 'Enter');
    await page.getByRole('heading', { name: 'M. Perera' }).waitFor();
    await page.getByRole('heading', { name: 'J. Tan' }).waitFor();
  });

  it('conclude: one gives the outcome, another signs, and it can be opened again', async () => {
    const cases = await testCases();
    const id = first(cases);
    cases.station.state.settings = { ...SETTINGS, secondSignature: 'required' };
    const window = await openFirst(cases);
    const { page, station } = window;
    await take(window);
    await press(window, '2');
    await press(window, 'u');
    const dialog = await openDialog(page);
    await dialog.getByRole('radio', { name: 'Signs of alteration' }).check({ force: true });
    // Without a reason and without a word there is no such outcome.
    const reason = dialog.getByRole('checkbox', { name: /^F1/ });
    await reason.uncheck({ force: true });
    await dialog.getByText('This outcome needs a reason').waitFor();
    await reason.check({ force: true });
    await dialog.getByRole('checkbox', { name: 'Entry refused' }).check({ force: true });
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('It waits for the signature of another officer.').waitFor();
    expect(entriesOf(window, id, 'outcome')).toMatchObject([
      { outcome: 'L2.forged', dispositions: ['refused_entry'], reasons: [{ itemId: 'F1' }] },
    ]);
    expect(entriesOf(window, id, 'outcome')[0]?.notChecked).toHaveLength(56);
    // Who gave it may not sign it.
    await press(window, 'u');
    expect(await page.getByRole('dialog').count()).toBe(0);

    signInAs(station, SECOND_OFFICER);
    station.vault = {
      ...station.vault,
      session: sessionOf(SECOND_OFFICER, { signedInAt: '2026-11-22T08:00:00.000Z' }),
    };
    await window.push('vault.changed', {});
    await page.getByText('M. Perera').waitFor();
    await press(window, 'F2');
    await page.locator('tbody tr:focus').getByText('To be signed').waitFor();
    await press(window, 'Enter');
    await outcome(window).getByText('Signs of alteration').waitFor();
    await press(window, 'u');
    await (await openDialog(page)).getByText('Not checked: 56').waitFor();
    await press(window, 'Enter');
    await outcome(window).getByText('Signed by M. Perera').waitFor();
    await page.getByText('Done', { exact: true }).waitFor();

    await press(window, 'Control+o');
    await openDialog(page);
    await type(window, 'Another page came');
    await page.getByRole('dialog').getByRole('button', { name: 'Open again' }).click();
    await page.getByText('In your hands').waitFor();
    await outcome(window).getByText('Not given yet').waitFor();
    const kinds = (station.cases.get(id) ?? []).map(({ kind }) => kind);
    expect(kinds).toEqual(['taken', 'answer', 'outcome', 'signed', 'reopened']);
    await press(window, 'r');
    await page.getByText('Opened the case again').waitFor();
  });
});
