// Alerts as officers meet them: made of a report, told calmly, in the lane where a document fits, opened, taken back.
import { describe, expect, it, vi } from 'vitest';
import { TD3 } from '../mrz/specimens.ts';
import { axeFindings } from '../e2e/axe.ts';
import { addAlert } from './fake-alerts.ts';
import { SECOND_OFFICER } from './fake-station.ts';
import type { OpenWindow } from './harness.ts';
import { closeAfterEach, lane, laneWith, press, type } from './lane-window.ts';
import { networkReport } from '../hub/wire-reports.ts';
import { encodeReport } from '../../shared/sharing/report.ts';

vi.setConfig({ testTimeout: 90_000 });
closeAfterEach();

const TIP = 'Tilt the page: the laminate has a second edge left of the portrait.';
const badge = ({ page }: OpenWindow) => page.getByRole('button', { name: /new alert/u });
const findings = ({ page }: OpenWindow) => page.getByRole('region', { name: 'Findings' });

/** Goes to the alerts by keyboard. */
async function goToAlerts(window: OpenWindow): Promise<void> {
  await press(window, 'F5');
  await press(window, '2');
  await window.page.getByRole('grid', { name: 'Alerts' }).waitFor();
}

/** A report to the network that was approved, open. */
async function openReport(window: OpenWindow): Promise<void> {
  await press(window, 'F4');
  await press(window, 'a');
  await press(window, 'ArrowDown');
  await press(window, 'Enter');
  await window.page.getByRole('button', { name: 'Make an alert' }).waitFor();
}

function withReport(station: Parameters<NonNullable<Parameters<typeof lane>[0]>>[0]): void {
  const author = { stationId: crypto.randomUUID(), agencyId: crypto.randomUUID() };
  const report = networkReport(author);
  const text = encodeReport(report);
  station.reports.bodies.set(report.id, text);
  station.reports.rows = [
    {
      id: report.id,
      submissionId: report.id,
      examinationId: report.id,
      tier: 'T2',
      agencyId: null,
      kind: 'report',
      replaces: null,
      about: { issuer: 'UTO', type: 'passport_ord', fraud: ['FG.photo_sub'] },
      state: 'approved',
      at: '2026-11-22T06:00:00.000Z',
      officerId: SECOND_OFFICER.id,
      officerName: SECOND_OFFICER.name,
      needsApproval: false,
      decidedAt: null,
      decidedBy: null,
      decisionNote: null,
      sha256: 'a'.repeat(64),
      bytes: text.length,
      sending: 'sent',
      sentAt: '2026-11-22T06:01:00.000Z',
      standing: 'in-force',
      erased: false,
    },
  ];
}

describe('a new alert', () => {
  it('is told by a calm line while the lane goes on, leads to the list, and is read once it is opened', async () => {
    const window = await lane();
    const { page, station } = window;
    expect(await badge(window).count()).toBe(0);
    addAlert(station.alerts);
    await window.push('alerts.changed', {});
    await badge(window).getByText('1 new alert').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await badge(window).click();
    await page.getByRole('grid', { name: 'Alerts' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await page.getByRole('heading', { name: 'Border Police of Ruritania, RU-01' }).waitFor();
    await page.getByText('Passport').first().waitFor();
    await page.getByText('L89••••••').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await window.push('alerts.changed', {});
    await expect.poll(() => badge(window).count()).toBe(0);
    await press(window, 'Escape');
    await page.getByRole('gridcell', { name: 'in force' }).waitFor();
  });

  it('is listed with what is over, by keys', async () => {
    const window = await lane((station) => {
      addAlert(station.alerts, { tip: 'First tip' }, { isRead: true });
      addAlert(station.alerts, { tip: 'Second tip' }, { standing: 'expired' });
      addAlert(station.alerts, { tip: 'Third tip' }, { standing: 'withdrawn', origin: 'here' });
    });
    const { page } = window;
    await goToAlerts(window);
    await page.getByText('1 alert', { exact: true }).waitFor();
    await press(window, 'o');
    await page.getByRole('gridcell', { name: 'Third tip' }).waitFor();
    await press(window, 'a');
    await page.getByText('3 alerts').waitFor();
    await page.getByRole('gridcell', { name: 'over', exact: true }).waitFor();
    await press(window, 'i');
    await page.getByText('1 alert', { exact: true }).waitFor();
  });

  it('teaches where there is none', async () => {
    const window = await lane();
    await goToAlerts(window);
    await window.page.getByText('No alert is in force here').waitFor();
    await window.page.getByText('An alert is made from an approved report').waitFor();
  });
});

describe('in the lane', () => {
  it('a document that fits has its sentence among the findings, with both readings; another one has not', async () => {
    const window = await laneWith(TD3, (station) => {
      addAlert(station.alerts);
      addAlert(station.alerts, {
        tip: 'Another state.',
        fits: { types: ['passport_ord'], issuers: ['ARC'], numberRange: null, mrzPattern: [] },
      });
    });
    await findings(window).getByText('An alert fits this document').waitFor();
    await findings(window).getByText(TIP).waitFor();
    await findings(window)
      .getByText(/^Border Police of Ruritania, until/u)
      .waitFor();
    await findings(window).getByText('Ordinary documents have numbers of the same range.').waitFor();
    expect(await findings(window).getByText('Another state.').count()).toBe(0);
    expect(await axeFindings(window.page)).toEqual([]);
  });

  it('one that comes while a document lies there is shown, one that is taken back is gone', async () => {
    const window = await laneWith(TD3);
    const { station } = window;
    addAlert(station.alerts);
    await window.push('alerts.changed', {});
    await findings(window).getByText(TIP).waitFor();
    station.alerts.rows = station.alerts.rows.map((row) => ({ ...row, standing: 'withdrawn' as const }));
    await window.push('alerts.changed', {});
    await expect.poll(() => findings(window).getByText(TIP).count()).toBe(0);
  });
});

describe('making one', () => {
  it('is prefilled from the report, shows exactly what leaves, and is submitted by keyboard', async () => {
    const window = await lane(withReport);
    const { page, station } = window;
    await openReport(window);
    await press(window, 'm');
    const leaves = page.getByRole('region', { name: 'What leaves' });
    await leaves.getByText(TIP).waitFor();
    await leaves.getByText('L89••••••').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'What to look at' }).fill('Ask for Eriksson.');
    await leaves.getByText(/What to look at: /u).waitFor();
    expect(await page.getByRole('button', { name: 'Submit the alert' }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'What to look at' }).fill('');
    await type(window, 'Tilt the page.');
    await page.getByText('Border Police of Ruritania').click();
    await leaves.getByText('Border Police of Ruritania').waitFor();
    await page.getByText('Only numbers L89••••••').click();
    await leaves.getByText('any number').waitFor();
    await leaves.getByText('Tilt the page.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Submit the alert' }).isEnabled()).toBe(true);
    await press(window, 'Control+Enter');
    await page.getByRole('grid', { name: 'Alerts' }).waitFor();
    const [sent] = [...station.alerts.bodies.values()];
    expect(sent).toMatchObject({ tip: 'Tilt the page.', fits: { numberRange: null, issuers: ['UTO'] } });
    expect(sent?.audience.agencies).toHaveLength(1);
  });

  it('waits for whoever approves it, who sees what it says', async () => {
    const window = await lane((station) => {
      withReport(station);
      station.reports.needsApproval = true;
    });
    const { page } = window;
    await openReport(window);
    await press(window, 'm');
    await page.getByText('Somebody else approves it before it leaves.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Submit the alert' }).isEnabled()).toBe(true);
    await press(window, 'Control+Enter');
    await page.getByRole('grid', { name: 'Alerts' }).waitFor();
    await window.push('alerts.changed', {});
    await press(window, 'a');
    await page.getByRole('gridcell', { name: 'waits for approval' }).waitFor();
  });
});

describe('an own alert', () => {
  it('shows who read it, says where the hub is not heard, and is taken back', async () => {
    const window = await lane((station) => {
      const id = addAlert(
        station.alerts,
        {},
        { origin: 'here', agencyName: '', stationCode: '', isRead: true },
      );
      station.alerts.reads = [
        {
          stationCode: 'RU-01',
          agencyName: 'Border Police of Ruritania',
          role: 'officer',
          at: '2026-11-22T06:00:00.000Z',
        },
      ];
      station.handlers['report.withdraw'] = () => {
        station.alerts.rows = station.alerts.rows.map((row) =>
          row.id === id ? { ...row, standing: 'withdrawn' as const } : row,
        );
        return { reports: [] };
      };
    });
    const { page, station } = window;
    await goToAlerts(window);
    await press(window, 'ArrowDown');
    await press(window, 'Enter');
    await page.getByText(/^RU-01, Border Police of Ruritania: Officer/u).waitFor();
    station.alerts.reads = null;
    await page.getByRole('button', { name: 'Ask the hub again' }).click();
    await page.getByText('The hub did not answer: this is what it said last.').waitFor();
    await press(window, 'w');
    await page.getByRole('dialog', { name: 'Take the alert back' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take the alert back' }).last().click();
    await page.getByText('It, or the report that it was made of, was taken back.').waitFor();
    expect(await page.getByRole('button', { name: 'Take the alert back' }).count()).toBe(0);
  });
});
