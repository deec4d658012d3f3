// The supervisor's desk as it is worked with: the day by keys, what waits for approval, the sheet of paper, and the log.
import { describe, expect, it, vi } from 'vitest';
import type { ReportRow } from '../../shared/contract/reports.ts';
import { axeFindings } from '../e2e/axe.ts';
import { textOfPdf } from '../pdf-text.ts';
import { type FakeStation, OFFICER, sessionOf } from './fake-station.ts';
import type { OpenWindow } from './harness.ts';
import { closeAfterEach, lane, press, strays, type } from './lane-window.ts';

vi.setConfig({ testTimeout: 90_000 });
closeAfterEach();

const asSupervisor = (station: FakeStation): void => {
  station.vault = { ...station.vault, session: sessionOf({ ...OFFICER, role: 'supervisor' }) };
};

/** A report that somebody else has submitted. */
const WAITING: ReportRow = {
  id: '01930000-0000-7000-8000-0000000000d1',
  submissionId: '01930000-0000-7000-8000-0000000000d2',
  examinationId: '01930000-0000-7000-8000-0000000000d3',
  tier: 'T2',
  agencyId: null,
  kind: 'report',
  replaces: null,
  about: { issuer: 'UTO', type: 'passport_ord', fraud: ['FG.mrz_alter'] },
  state: 'to-approve',
  at: '2026-11-22T05:00:00.000Z',
  officerId: '01930000-0000-7000-8000-0000000000d4',
  officerName: 'K. Anders',
  needsApproval: true,
  decidedAt: null,
  decidedBy: null,
  decisionNote: null,
  sha256: 'ab'.repeat(32),
  bytes: 900,
  sending: null,
  sentAt: null,
  standing: 'in-force',
  erased: false,
};

async function desk(change?: (station: FakeStation) => void): Promise<OpenWindow> {
  const window = await lane((station) => {
    asSupervisor(station);
    change?.(station);
  });
  await press(window, 'F6');
  await window.page.getByRole('heading', { name: '22 NOV 2026' }).waitFor();
  return window;
}

const figure = ({ page }: OpenWindow, name: string) =>
  page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });

describe('the day', () => {
  it('is for supervisors alone, and tells each figure with what it is counted of', async () => {
    const window = await desk();
    const { page } = window;
    await expect
      .poll(() => figure(window, 'Examined').textContent())
      .toBe('Examined392178 with a record, 214 only counted');
    expect(await figure(window, 'Referred').textContent()).toBe('Referred6of 392 examined');
    expect(await figure(window, 'Cases opened').textContent()).toContain(
      '4 concluded on this day, 3 open now',
    );
    await page.getByText('Shift 2, from 14:00').waitFor();
    // The same hours for whoever hears the screen.
    const table = page.getByRole('table', { name: 'Records by hour' });
    expect(await table.getByRole('row').nth(7).textContent()).toBe('6620');
    await page.getByText('Nothing waits for approval').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const { page: other } = await lane((station) => {
      station.vault = { ...station.vault, session: sessionOf({ ...OFFICER, role: 'examiner' }) };
    });
    await other.getByRole('button', { name: /^Reports/ }).waitFor();
    expect(await other.getByRole('button', { name: /^Desk/ }).count()).toBe(0);
  });

  it('goes from day to day by keys, to a day that is typed, and back to today', async () => {
    const window = await desk();
    const { page, station } = window;
    await press(window, 'ArrowLeft');
    await page.getByRole('heading', { name: '21 NOV 2026' }).waitFor();
    await press(window, 'ArrowRight');
    await press(window, 'ArrowRight');
    await page.getByRole('heading', { name: '23 NOV 2026' }).waitFor();
    await press(window, 't');
    await page.getByRole('heading', { name: '22 NOV 2026' }).waitFor();
    expect(station.inputsOf('desk.day').at(-1)).toEqual({ day: null });
    await page.getByRole('textbox', { name: 'Another day' }).focus();
    await type(window, '1 10 2026');
    await page.getByRole('heading', { name: '01 OCT 2026' }).waitFor();
  });

  it('is asked anew when the station says that something changed', async () => {
    const window = await desk();
    window.station.desk.day.outcomes.referred = 9;
    await window.push('history.changed', {});
    await expect.poll(() => figure(window, 'Referred').textContent()).toContain('Referred9');
  });

  it('opens what waits for approval where it is approved, and the outbox', async () => {
    const window = await desk((station) => {
      station.reports.rows.push(WAITING);
      station.desk.day.reports.toApprove = 1;
    });
    const { page, station } = window;
    await page
      .getByRole('row', { name: /K\. Anders/ })
      .and(page.locator(':focus'))
      .waitFor();
    await press(window, 'Enter');
    await expect.poll(() => station.inputsOf('report.open')).toEqual([{ id: WAITING.id }]);
    await press(window, 'F6');
    await page.getByRole('heading', { name: '22 NOV 2026' }).waitFor();
    await press(window, 'u');
    await page.getByRole('region', { name: 'Outbox' }).waitFor();
    await press(window, 'F6');
    await page.getByRole('heading', { name: '22 NOV 2026' }).waitFor();
    await press(window, 'a');
    await page
      .getByRole('button', { name: /Alerts/ })
      .and(page.locator('[aria-current]'))
      .waitFor();
  });

  it('prints on one sheet of A4, without the window behind it', async () => {
    let paper: Uint8Array | null = null;
    const window = await desk((station) => {
      station.vault.shell = { kind: 'electron', pickFile: false, print: true };
      station.reports.rows.push(
        ...Array.from(
          { length: 30 },
          (_, at): ReportRow => ({
            ...WAITING,
            id: `01930000-0000-7000-8000-0000000001${String(at).padStart(2, '0')}`,
          }),
        ),
      );
      station.desk.day.reports.toApprove = 30;
      station.handlers['shell.print'] = async () => {
        paper = await window.page.pdf({ preferCSSPageSize: true, printBackground: true });
        return { printed: true };
      };
    });
    await window.page.getByText('30 reports').waitFor();
    await press(window, 'p');
    await expect.poll(() => paper, { timeout: 20_000 }).not.toBeNull();
    const bytes = paper ?? new Uint8Array();
    const pages = (await textOfPdf(bytes)).split('\n');
    expect(pages).toHaveLength(1);
    const text = pages.join(' ').replaceAll(/\s+/gu, ' ');
    for (const part of [
      'The day 2026-11-22 at a glance',
      'of 392 examined',
      'Shift 3, from 22:00',
      'And 24 more',
    ])
      expect(text, part).toContain(part);
    expect(text).not.toContain('LIVE');
  });

  it('has no word outside the catalogue', async () => {
    const window = await lane((station) => {
      asSupervisor(station);
      const { settings } = station.state;
      if (settings !== null)
        station.state = { ...station.state, settings: { ...settings, language: 'en-XA' } };
    });
    await press(window, 'F6');
    await window.page.locator('dl > div').first().waitFor();
    expect(await strays(window)).toEqual([]);
    await press(window, '2');
    await window.page.getByRole('textbox').first().waitFor();
    expect(await strays(window)).toEqual([]);
  });
});

describe('the log', () => {
  async function log(change?: (station: FakeStation) => void): Promise<OpenWindow> {
    const window = await desk(change);
    await press(window, '2');
    await window.page.getByRole('region', { name: 'Write a log now' }).waitFor();
    return window;
  }

  it('is written with what was chosen, and says where it is and how to know it again', async () => {
    const window = await log();
    const { page, station } = window;
    const now = page.getByRole('region', { name: 'Write a log now' });
    expect(await now.getByRole('button', { name: 'Write' }).isDisabled()).toBe(true);
    await now.getByRole('radio', { name: /^T3/ }).focus();
    await press(window, 'Space');
    await now.getByRole('checkbox', { name: /^JSON/ }).focus();
    await press(window, 'Space');
    await now.getByRole('textbox', { name: 'Folder' }).focus();
    await type(window, '/media/stick');
    await press(window, 'Enter');
    await now.getByText('The log is written').waitFor();
    expect(station.inputsOf('log.export')).toEqual([
      {
        from: '2026-11-22',
        to: '2026-11-22',
        shift: null,
        post: null,
        tier: 'T3',
        formats: ['csv', 'xlsx', 'json'],
        place: { folder: '/media/stick' },
      },
    ]);
    await now.getByText('All travellers examined: 388.').waitFor();
    await now.getByText('/media/stick/log-SUV-A12-2026-11-22.manifest.json').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('tells how far it is and is stopped by a key; a refusal is told in three parts', async () => {
    const window = await log((station) => {
      station.desk.logs.running = { step: 'log', share: 0.4 };
      station.handlers['log.cancel'] = () => {
        station.desk.logs = { ...station.desk.logs, running: null };
        return station.desk.logs;
      };
    });
    const { page, station } = window;
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    await press(window, 'x');
    await expect.poll(() => station.inputsOf('log.cancel').length).toBe(1);
    await window.push('log.changed', {});
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    station.failures.set('log.export', 'folder-gone');
    await page.getByRole('textbox', { name: 'Folder', exact: true }).focus();
    await type(window, '/none');
    await press(window, 'Enter');
    await page.getByRole('alert').waitFor();
  });

  it('is planned: folder, time, shifts; what cannot be is said beside the field', async () => {
    const window = await log();
    const { page, station } = window;
    const plan = page.getByRole('region', { name: 'By itself, each day' });
    const fill = (name: string, value: string) => plan.getByRole('textbox', { name }).fill(value);
    await fill('Shifts begin at', '14:00 06:00');
    await plan.getByText('Times of the day in their order, at most 6').waitFor();
    await fill('Shifts begin at', '7 19:30');
    await plan.getByText('Times of the day in their order, at most 6').waitFor();
    await fill('Shifts begin at', '0700, 19:30');
    await fill('Time', '1:15');
    await fill('Folder of the daily logs', '/srv/logs');
    await plan.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => station.inputsOf('log.plan'))
      .toEqual([
        {
          folder: '/srv/logs',
          at: '01:15',
          formats: ['csv', 'xlsx'],
          tier: 'T2',
          shifts: ['07:00', '19:30'],
        },
      ]);
    await plan.getByText('The first one is made when this day is over.').waitFor();
  });

  it('says what stands in the way of the plan', async () => {
    const window = await log((station) => {
      const { logs } = station.desk;
      station.desk.logs = {
        ...logs,
        plan: { ...logs.plan, folder: '/srv/logs' },
        due: 2,
        trouble: 'folder-gone',
      };
    });
    await window.page.getByText('2 days that are over have no log yet. They are made up for.').waitFor();
  });
});
