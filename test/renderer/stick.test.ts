// By hand: files on a stick, written from the outbox and read into it; and cases that go to another station as one.
import { describe, expect, it, vi } from 'vitest';
import { StationFailure } from '../../electron/failure.ts';
import type { CaseHandover } from '../../shared/contract/handover.ts';
import { axeFindings } from '../e2e/axe.ts';
import { closeCasesAfterEach, openCases, openFirst, type TestCases, testCases } from './case-window.ts';
import { caseViewOf } from './fake-cases.ts';
import { openDialog, type OpenWindow } from './harness.ts';
import { press } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeCasesAfterEach();

async function openOutbox(cases: TestCases): Promise<OpenWindow> {
  const window = await openCases(cases);
  await press(window, 'F4');
  await window.page.getByText('Nothing is on its way').waitFor();
  await press(window, 'u');
  await window.page.getByRole('heading', { name: 'Outbox' }).waitFor();
  return window;
}

describe('a file is written', () => {
  it('for the hub by keys alone, and tells what is in it', async () => {
    const window = await openOutbox(await testCases());
    const { page, station } = window;
    await press(window, 'w');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Folder').and(page.locator(':focus')).fill('/media/stick');
    await expect.poll(() => dialog.getByRole('combobox', { name: 'For whom' }).inputValue()).toBe('The hub');
    expect(await axeFindings(page)).toEqual([]);
    await press(window, 'Enter');
    await dialog.getByText('Written: 2 reports, 1 picture').waitFor();
    await dialog.getByText('/media/stick/reports.ccb').waitFor();
    await dialog.getByText('They give back a file with receipts').waitFor();
    await dialog.getByText('ab'.repeat(32)).waitFor();
    expect(station.inputsOf('bundle.write')).toEqual([{ folder: '/media/stick', to: { kind: 'hub' } }]);
    await press(window, 'Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('for a station that is chosen, and says how far it is and stops', async () => {
    const cases = await testCases();
    const window = await openOutbox(cases);
    const { page, station } = window;
    let end: (() => void) | null = null;
    station.handlers['bundle.state'] = () => ({ running: { step: 'writing', share: 0.4 } });
    station.handlers['bundle.write'] = () =>
      new Promise((_resolve, reject) => {
        end = () => reject(new StationFailure('bundle-cancelled'));
      });
    station.handlers['bundle.cancel'] = () => {
      end?.();
      return { running: null };
    };
    await press(window, 'w');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Folder').fill('/media/stick');
    await dialog.getByRole('combobox', { name: 'For whom' }).fill('strels');
    await page.getByRole('option', { name: 'RU-01, Strelsau (Border Police of Ruritania)' }).click();
    await dialog.getByRole('button', { name: /Write a file/ }).click();
    await dialog.getByRole('progressbar', { name: 'Writing the file' }).waitFor();
    expect(await dialog.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    // Leaving would leave it going on unseen.
    await press(window, 'Escape');
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByText('Writing or reading the file was stopped at this station.').waitFor();
    expect(station.inputsOf('bundle.write')).toMatchObject([{ to: { kind: 'station' } }]);
  });

  it('is not offered where the station has no hub', async () => {
    const cases = await testCases();
    cases.station.reports.outbox = { ...cases.station.reports.outbox, hold: 'none' };
    const window = await openOutbox(cases);
    await window.page.getByText('This station has no hub yet').waitFor();
    expect(await window.page.getByRole('button', { name: /a file/ }).count()).toBe(0);
  });
});

describe('a file is read', () => {
  it('from a folder, says what came and what was not taken and why, and leads to the reports', async () => {
    const window = await openOutbox(await testCases());
    const { page, station } = window;
    await press(window, 'f');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Folder of the file').and(page.locator(':focus')).fill('/media/stick');
    await press(window, 'Enter');
    await dialog.getByText('reports.ccb').first().waitFor();
    await dialog.getByRole('button', { name: /Read a file/ }).click();
    await dialog.getByText('What came').waitFor();
    await dialog.getByText('2 receipts for what was sent from here').waitFor();
    await dialog.getByText('1 report of another station').waitFor();
    await dialog.getByText('1 was here already.').waitFor();
    await dialog.getByText('3 were not taken').waitFor();
    await dialog.getByText('1 is not as the station that signed it wrote it.').waitFor();
    await dialog.getByText('2 are from a station that is not known here').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(station.inputsOf('bundle.read')).toEqual([{ path: '/media/stick/reports.ccb' }]);
    await dialog.getByRole('button', { name: 'Show the reports' }).click();
    await page.getByText('Nothing came from others yet').waitFor();
  });

  it('that holds a case says where it belongs', async () => {
    const cases = await testCases();
    cases.station.failures.set('bundle.read', 'bundle-case');
    const window = await openOutbox(cases);
    const { page } = window;
    await press(window, 'f');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Folder of the file').fill('/media/stick');
    await press(window, 'Enter');
    await dialog.getByText('reports.ccb').first().waitFor();
    await dialog.getByRole('button', { name: /Read a file/ }).click();
    await dialog.getByText('Receive a case under Cases').waitFor();
  });
});

const HANDED: CaseHandover = {
  id: '01930000-0000-7000-8000-0000000000d1',
  direction: 'out',
  state: 'handed',
  stationId: '01930000-0000-4000-8000-0000000000c4',
  stationCode: 'PN-B2',
  originId: null,
  givenBy: 'K. Anders',
  givenAt: '2026-11-22T06:00:00.000Z',
  officerName: 'K. Anders',
  at: '2026-11-22T06:00:00.000Z',
  sha256: 'ab'.repeat(32),
};

/** From here on every case stands so. */
function handed({ station }: TestCases, handover: CaseHandover): void {
  station.handlers['case.open'] = ({ id }) => ({ ...caseViewOf(station, id), handover });
}

describe('a case that goes to another station', () => {
  it('can be given to those alone who may be told of the person; the others say why not', async () => {
    const cases = await testCases();
    const window = await openFirst(cases);
    const { page, station } = window;
    await press(window, 'Control+g');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Folder').fill('/media/stick');
    await dialog.getByRole('button', { name: 'For which station' }).click();
    const none = page.getByRole('option', {
      name: 'FR-07, Graustark (Customs of Graustark): no legal basis on file',
    });
    expect(await none.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('option', { name: /^RU-01/ }).click();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^(Enter )?Hand over/ }).click();
    await dialog.getByText('/media/stick/case.ccb').waitFor();
    expect(station.inputsOf('case.hand-over')).toMatchObject([
      { stationId: '01930000-0000-4000-8000-0000000000c5' },
    ]);
  });

  it('is not handed over while it is elsewhere; its file is written again for the same station', async () => {
    const cases = await testCases();
    handed(cases, HANDED);
    const window = await openFirst(cases);
    const { page, station } = window;
    await page.getByText('PN-B2 was given this case').waitFor();
    await press(window, 'Control+g');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Write the file again' }).click();
    const dialog = await openDialog(page);
    await dialog.getByLabel('Folder').fill('/media/stick');
    await dialog.getByRole('button', { name: /Write the file again/ }).click();
    await dialog.getByText('/media/stick/case.ccb').waitFor();
    expect(station.inputsOf('case.hand-over')).toMatchObject([{ stationId: HANDED.stationId }]);
  });

  it('goes back to where it came from, and nowhere else', async () => {
    const cases = await testCases();
    handed(cases, { ...HANDED, direction: 'in', state: 'opened', originId: HANDED.stationId });
    const window = await openFirst(cases);
    const { page } = window;
    await press(window, 'Control+g');
    const dialog = await openDialog(page);
    const field = dialog.getByRole('button', { name: 'For which station' });
    await expect.poll(() => field.innerText()).toContain('PN-B2');
    await field.click();
    const other = page.getByRole('option', { name: /^RU-01.*: the case came from another one$/ });
    expect(await other.getAttribute('aria-disabled')).toBe('true');
  });
});
