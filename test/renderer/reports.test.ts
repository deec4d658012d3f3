// Reports as officers meet them: written from a case, seen as each audience reads it, submitted, approved, kept.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { axeFindings } from '../e2e/axe.ts';
import {
  closeCasesAfterEach,
  openCases,
  openFirst,
  signInAs,
  type TestCases,
  testCases,
} from './case-window.ts';
import { OFFICER, SECOND_OFFICER } from './fake-station.ts';
import { openDialog, type OpenWindow } from './harness.ts';
import { press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();
afterEach(() => vi.restoreAllMocks());

const first = ({ ids }: TestCases): string => ids[0] ?? '';
const leaves = ({ page }: OpenWindow) => page.getByRole('region', { name: 'What leaves' });
const draftOf = ({ station }: OpenWindow, cases: TestCases) => station.reports.drafts.get(first(cases));

/** Opens the report of the first case by keyboard. */
async function write(cases: TestCases): Promise<OpenWindow> {
  const window = await openFirst(cases);
  await press(window, 'Control+e');
  await window.page.getByRole('heading', { name: 'Report of this case' }).waitFor();
  await leaves(window).getByText('Before it can leave').waitFor();
  return window;
}

/** Fills in what a case cannot know, so that the report may leave. */
async function fillIn(window: OpenWindow): Promise<void> {
  const { page } = window;
  await page.getByRole('combobox', { name: 'Kind', exact: true }).focus();
  await type(window, 'Zone changed');
  await page.getByRole('option', { name: 'Zone changed' }).waitFor();
  await press(window, 'ArrowDown');
  await press(window, 'Enter');
  await page.getByRole('button', { name: 'Take away: Zone changed' }).waitFor();
  await expect.poll(() => leaves(window).getByText('Before it can leave').count()).toBe(0);
}

describe('the draft', () => {
  it('opens from the case by a key, says what is missing, and leads there', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page } = window;
    const problem = leaves(window).getByRole('button', { name: /^Kind: This is needed/ });
    await press(window, '3');
    await page.getByRole('region', { name: 'Where and how it was found' }).waitFor();
    await problem.click();
    await page.getByRole('region', { name: 'What was found' }).waitFor();
    await page.getByRole('combobox', { name: 'Kind', exact: true }).and(page.locator(':focus')).waitFor();
    await fillIn(window);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('is kept at a pause and on leaving, and comes back as it was', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page } = window;
    await page.getByRole('textbox', { name: 'Tip for colleagues' }).fill('Tilt the page');
    await page.getByText('128 characters left').or(page.getByText('127 characters left')).waitFor();
    await expect.poll(() => draftOf(window, cases)?.fraud.tip).toBe('Tilt the page');
    await page.getByText('Draft kept').waitFor();
    await page.getByRole('textbox', { name: 'Tip for colleagues' }).fill('Tilt it');
    // The field first, then the draft: at once, before any pause.
    await press(window, 'Escape');
    await press(window, 'Escape');
    await page.getByRole('region', { name: 'Examination' }).waitFor();
    expect(draftOf(window, cases)?.fraud.tip).toBe('Tilt it');
    await press(window, 'Control+e');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Tip for colleagues' }).inputValue())
      .toBe('Tilt it');
  });

  it('stays open and says so while the station cannot keep it', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page, station } = window;
    station.failures.set('report.save-draft', 'disk-full');
    await page.getByRole('textbox', { name: 'Tip for colleagues' }).fill('Feel the edge');
    await page.getByText('The draft could not be kept.').waitFor();
    await press(window, 'Escape');
    await press(window, 'Escape');
    await page.getByRole('heading', { name: 'Report of this case' }).waitFor();
    station.failures.delete('report.save-draft');
    await page.getByText('Draft kept').waitFor();
    expect(draftOf(window, cases)?.fraud.tip).toBe('Feel the edge');
  });

  it('is handed over before the window is locked', async () => {
    const cases = await testCases();
    const window = await write(cases);
    await window.page.getByRole('textbox', { name: 'Tip for colleagues' }).fill('Cold at the edge');
    await press(window, 'Control+l');
    await window.page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(draftOf(window, cases)?.fraud.tip).toBe('Cold at the edge');
  });
});

describe('what leaves', () => {
  it('is another thing for a partner, the network and statistics', async () => {
    const cases = await testCases();
    const window = await write(cases);
    await fillIn(window);
    const text = () => leaves(window).innerText();
    expect(await text()).not.toContain('BELMARO');
    await leaves(window)
      .getByRole('button', { name: /Partner: Border Police/ })
      .click();
    await leaves(window).getByText('Sealed for the partner').waitFor();
    expect(await text()).toContain('BELMARO');
    await leaves(window).getByRole('button', { name: 'Statistics' }).click();
    await leaves(window).getByText('2026-W47').waitFor();
    expect(await text()).not.toMatch(/BELMARO|KR05|1980/);
  });

  it('names the place of a name in a free text, and selects it', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page } = window;
    await fillIn(window);
    await page.getByRole('textbox', { name: 'Tip for colleagues' }).fill('Ask Belmaro about it');
    const problem = leaves(window).getByRole('button', { name: /^Tip for colleagues: This names a person/ });
    await problem.click();
    const selected = () => page.evaluate(() => document.getSelection()?.toString());
    await expect.poll(selected).toBe('Belmaro');
  });

  it('says so where the station has no hub', async () => {
    const cases = await testCases();
    cases.station.reports.hub = { ...cases.station.reports.hub, hub: null };
    const window = await openFirst(cases);
    await press(window, 'Control+e');
    await window.page.getByText('This station has no hub yet').waitFor();
  });
});

describe('submitting', () => {
  it('names for whom and who approves, and leads to the list with its row', async () => {
    const cases = await testCases();
    signInAs(cases.station, SECOND_OFFICER);
    const window = await write(cases);
    const { page, station } = window;
    await fillIn(window);
    await page.locator('h1').click();
    await press(window, 'x');
    await press(window, 'Control+Enter');
    const dialog = await openDialog(page);
    await dialog.getByText('Network').waitFor();
    await dialog.getByText('A supervisor other than you approves it.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await press(window, 'Control+Enter');
    await page.locator('tbody tr:focus').getByText('Waits for approval').waitFor();
    expect(station.reports.rows.map(({ tier, state }) => [tier, state])).toEqual([['T2', 'to-approve']]);

    // Theirs: they see why they cannot approve it. Another supervisor can.
    await press(window, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
    expect(await page.getByRole('button', { name: /Approve/ }).count()).toBe(0);
    signInAs(station, OFFICER);
    await page.reload();
    await page.getByRole('button', { name: /^D / }).waitFor();
    await press(window, 'F4');
    await page.locator('tbody tr:focus').waitFor();
    await press(window, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await press(window, 'a');
    await page.getByText('Waits to be sent').waitFor();
    expect(station.reports.rows[0]).toMatchObject({ state: 'approved', decidedBy: OFFICER.name });

    // The receipt shows on the open report, with nothing pressed.
    station.reports.rows = station.reports.rows.map((row) => ({ ...row, sending: 'sent', sentAt: row.at }));
    await window.push('reports.changed', {});
    await page.getByText('Received by the hub').waitFor();
  });

  it('corrects the one that was sent, for the same audience', async () => {
    const cases = await testCases();
    cases.station.reports.needsApproval = false;
    const window = await write(cases);
    const { page, station } = window;
    await fillIn(window);
    await page.locator('h1').click();
    await press(window, 'x');
    await press(window, 'Control+Enter');
    await openDialog(page);
    await press(window, 'Control+Enter');
    await page.locator('tbody tr:focus').waitFor();
    await press(window, 'Enter');
    await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
    await press(window, 'c');
    await page.getByText('It takes the place of the report that was sent before.').waitFor();
    await press(window, 'Control+Enter');
    await openDialog(page);
    await press(window, 'Control+Enter');
    await page.locator('tbody tr:focus').getByText('Correction').waitFor();
    expect(station.inputsOf('report.submit').at(-1)).toMatchObject({
      audiences: [{ audience: { tier: 'T2' }, replaces: station.reports.rows[1]?.id }],
    });
  });

  it('goes nowhere while a place keeps it', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page, station } = window;
    await page.locator('h1').click();
    await press(window, 'x');
    await press(window, 'Control+Enter');
    await openDialog(page);
    await press(window, 'Control+Enter');
    await page.getByText('This report cannot be submitted as it is.').waitFor();
    expect(station.reports.rows).toEqual([]);
  });
});

describe('a piece of a picture', () => {
  it('is marked by keys, looked at exactly, confirmed, and only then added', async () => {
    const cases = await testCases();
    const window = await write(cases);
    const { page } = window;
    await press(window, '8');
    await page.getByRole('button', { name: 'Cut out a piece' }).click();
    const dialog = await openDialog(page);
    await dialog.getByText('Mark the portrait and the zone').waitFor();
    await dialog.getByText('There is no portrait on this picture').click();
    await dialog.getByText('There is no machine readable zone').click();
    const stage = dialog.getByRole('application');
    await stage.focus();
    await press(window, 'ArrowLeft');
    await press(window, 'Shift+ArrowDown');
    await dialog.getByRole('button', { name: 'Look at the piece' }).click();
    const add = dialog.getByRole('button', { name: /Add this piece/ });
    await dialog.getByText('Exactly this leaves:').waitFor();
    expect(await add.isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByText('I have looked').click();
    await press(window, 'Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Piece 1, ').first().waitFor();
    await expect.poll(() => draftOf(window, cases)?.images.length).toBe(1);
    const [crop] = draftOf(window, cases)?.images ?? [];
    expect(crop).toMatchObject({ portrait: 'none', zone: 'none', showsNobody: true });
    const picture = window.station.records.get(first(cases))?.documents[0]?.images[0];
    expect((crop?.at.x ?? 0) < (picture?.width ?? 0) * 0.4).toBe(true);
    expect((crop?.at.height ?? 0) > (picture?.height ?? 0) * 0.2).toBe(true);
  });
});

describe('the lists', () => {
  it('are there also while the hub of the station is not known yet', async () => {
    const cases = await testCases();
    cases.station.failures.set('hub.state', 'not-ready');
    const window = await openCases(cases);
    await press(window, 'F4');
    await window.page.getByText('Nothing is on its way').waitFor();
    await press(window, 'r');
    await window.page.getByText('Nothing came from others yet').waitFor();
  });
});

describe('the outbox', () => {
  it('tells what waits and why, and tries one again', async () => {
    const cases = await testCases();
    const { reports } = cases.station;
    const row = {
      seq: 1,
      kind: 'report' as const,
      reportId: '01930000-0000-7000-8000-0000000000c1',
      state: 'parked' as const,
      createdAt: '2026-11-22T06:00:00.000Z',
      attempts: 1,
      nextAt: '2026-11-22T06:00:00.000Z',
      reason: 'tier-leak',
      sentAt: null,
      total: 4_000,
      done: 0,
    };
    const waiting = { ...row, seq: 2, state: 'waiting' as const, reason: 'no-answer' };
    reports.outbox = { ...reports.outbox, waiting: 1, parked: 1, hold: 'waits', rows: [row, waiting] };
    const window = await openCases(cases);
    const { page, station } = window;
    await press(window, 'F4');
    await page.getByText('Nothing is on its way').waitFor();
    await press(window, 'u');
    await page.getByText('The hub found more in it than its audience may have').waitFor();
    await page.getByText('Nobody answered: there may be no network.').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect.poll(() => station.inputsOf('outbox.retry')).toEqual([{ seq: 1 }]);
  });
});
