// Reports as officers meet them: written from a case, seen as each audience reads it, submitted, approved, kept.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReceivedRow } from '../../shared/contract/reports.ts';
import type { FraudType } from '../../shared/sharing/codes.ts';
import { axeFindings } from '../e2e/axe.ts';
import {
  closeCasesAfterEach,
  openCases,
  openFirst,
  signInAs,
  type TestCases,
  testCases,
} from './case-window.ts';
import { PARTNER } from './fake-reports.ts';
import { OFFICER, SECOND_OFFICER } from './fake-station.ts';
import { openDialog, type OpenWindow } from './harness.ts';
import { press, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();
afterEach(() => vi.restoreAllMocks());

const first = ({ ids }: TestCases): string => ids[0] ?? '';
const leaves = ({ page }: OpenWindow) => page.getByRole('region', { name: 'What leaves' });
const draftOf = ({ station }: OpenWindow, cases: TestCases) => station.reports.drafts.get(first(cases));

/** A report that another station sent to the network. */
function othersReport(
  end: string,
  issuer: string,
  fraud: FraudType,
): OpenWindow['station']['reports']['received'][number] {
  const row: ReceivedRow = {
    id: `01930000-0000-7000-8000-0000000000${end.toLowerCase()}`,
    agencyId: PARTNER.id,
    agencyName: PARTNER.name,
    stationId: '01930000-0000-4000-8000-0000000000c5',
    stationCode: 'RU-01',
    tier: 'T2',
    kind: 'report',
    replaces: null,
    about: { issuer, type: 'passport_ord', fraud: [fraud] },
    receivedAt: '2026-11-22T06:00:00.000Z',
    standing: 'in-force',
    personalGone: false,
  };
  return { row, body: '{}' };
}

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
  await page.getByRole('textbox', { name: 'Tip for colleagues' }).fill('Look at the second row');
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

describe('the tip', () => {
  it('is asked for, in words of its own at the field, where a partner or the network is to be told', async () => {
    const window = await write(await testCases());
    const { page } = window;
    const field = page.getByRole('textbox', { name: 'Tip for colleagues' });
    await page.getByText('No report leaves for a partner or the network without it').waitFor();
    // Blanks are no tip.
    await field.fill('   ');
    await leaves(window)
      .getByRole('button', { name: /^Tip for colleagues: This is needed/ })
      .waitFor();
    await leaves(window).getByRole('button', { name: 'Statistics' }).click();
    await leaves(window)
      .getByRole('button', { name: /^Kind: This is needed/ })
      .waitFor();
    expect(
      await leaves(window)
        .getByRole('button', { name: /^Tip for colleagues/ })
        .count(),
    ).toBe(0);
    await leaves(window).getByRole('button', { name: 'Network' }).click();
    await field.fill('Look at the second row');
    await expect
      .poll(() =>
        leaves(window)
          .getByRole('button', { name: /^Tip for colleagues/ })
          .count(),
      )
      .toBe(0);
  });
});

describe('links to other reports', () => {
  it('are found by what they are of, said by key and strength, and leave with the report', async () => {
    const cases = await testCases();
    cases.station.reports.received = [othersReport('C1', 'GRC', 'CF.full')];
    const window = await write(cases);
    const { page } = window;
    await fillIn(window);
    await page.locator('h1').click();
    await press(window, '4');
    const part = page.getByRole('region', { name: 'Linked reports' });
    await part.getByRole('combobox', { name: 'Link another report' }).focus();
    await type(window, 'greece');
    await page.getByRole('option', { name: /Passport, Greece/ }).waitFor();
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await part.getByRole('button', { name: /^Take away: Passport, Greece/ }).waitFor();
    await part.getByRole('button', { name: /What they have in common/ }).click();
    await page.getByRole('option', { name: 'Same defect of the template' }).click();
    await part.getByRole('button', { name: /How strong/ }).click();
    await page.getByRole('option', { name: 'Strong' }).click();
    const id = cases.station.reports.received[0]?.row.id;
    await expect
      .poll(() => draftOf(window, cases)?.links)
      .toEqual([{ key: 'LK07', reportId: id, strength: 'strong' }]);
    await leaves(window).getByText('Same defect of the template').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await part.getByRole('button', { name: /^Take away/ }).click();
    await expect.poll(() => draftOf(window, cases)?.links).toEqual([]);
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
  it('say of which document a report is and of what fraud, and are narrowed by it', async () => {
    const cases = await testCases();
    const greek = othersReport('C1', 'GRC', 'CF.full');
    const withMore = { ...greek.row.about, fraud: ['CF.full' as const, 'FG.photo_sub' as const] };
    cases.station.reports.received = [
      { ...greek, row: { ...greek.row, about: { issuer: 'GRC', type: 'passport_ord', ...withMore } } },
      othersReport('C2', 'UTO', 'FG.photo_sub'),
      {
        ...othersReport('C3', 'UTO', 'FG.photo_sub'),
        row: { ...othersReport('C3', 'UTO', 'FG.photo_sub').row, about: null },
      },
    ];
    const window = await openCases(cases);
    const { page, station } = window;
    await press(window, 'F4');
    await page.getByText('Nothing is on its way').waitFor();
    await press(window, 'r');
    const rows = page.locator('tbody tr');
    await rows.getByText('Passport, Greece').waitFor();
    await rows.getByText(/ and 1 more$/).waitFor();
    expect(await rows.count()).toBe(3);
    expect(await axeFindings(page)).toEqual([]);
    // What fits one choice alone need not be taken from the list: by leaving the field, or by Enter.
    await page.getByRole('combobox', { name: 'Issuer' }).fill('greece');
    await page.getByRole('option', { name: /Greece/ }).waitFor();
    await press(window, 'Tab');
    // The next field opened its list, which hides what is beside it.
    await press(window, 'Escape');
    await expect.poll(() => page.getByRole('combobox', { name: 'Issuer' }).inputValue()).toMatch(/^Greece/);
    await expect.poll(() => rows.count()).toBe(1);
    expect(station.inputsOf('received.list').at(-1)).toMatchObject({ issuer: 'GRC' });
    await page.getByRole('combobox', { name: 'Kind of fraud' }).fill('Zone changed');
    await page.getByRole('option', { name: 'Zone changed' }).waitFor();
    await press(window, 'Enter');
    await page.getByText('No report fits').waitFor();
  });

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
  it('of a station that the hub refuses is no healthy one, also where nothing waits', async () => {
    const cases = await testCases();
    cases.station.reports.outbox = { ...cases.station.reports.outbox, hold: 'stopped', reason: 'revoked' };
    const window = await openCases(cases);
    await window.page.getByRole('button', { name: /^The hub refuses this station/ }).click();
    await window.page.getByText('Nothing is on its way').waitFor();
  });

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
