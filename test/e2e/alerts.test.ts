// An alert from one station to another counter, over a real hub: told within five seconds, in the lane with and without a
// network, read and said so, over as soon as it is taken back.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { runningServer } from '../../hub/postgres/cluster.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { referCase } from '../electron/case-fixtures.ts';
import { newId, openApp, openReady, type TestApp } from '../electron/fixtures.ts';
import { filled } from '../electron/report-fixtures.ts';
import { ADMINISTRATOR, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { openFolder } from '../hub/cluster.ts';
import { type HubProcess, runHub, startHub } from '../hub/hub-process.ts';
import { until } from '../until.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
import { specimenFile, type SpecimenFile } from './pictures.ts';
import { picture } from './screen-pictures.ts';
import {
  decide,
  drop,
  expectRows,
  pressUntil,
  ready,
  see,
  seeNoMore,
  signIn,
  startOver,
  WAIT_MS,
} from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const TIP = 'Read the digits of the second row twice.';
const LATER_TIP = 'Hold the page against the light at its edge.';
/** From approval there to words on the screen here. */
const MOST_MS = 5000;

const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const hubPlace = openFolder('e2e-alerts');
const hubData = join(hubPlace, 'hub');
const dataFolder = join(folder, 'data');
let hub: HubProcess;
let host: RunningHost;
let window: TestWindow;
let sender: TestApp;
let reportId = '';
let alertId = '';
let specimen: SpecimenFile;

/** Adds an agency and answers a code for a station of it. */
async function invited(name: string): Promise<string> {
  const own = ['--data', hubData, '--json'];
  await runHub(['agency', 'add', '--name', name, '--country', 'UTO', ...own]);
  const { out } = await runHub(['station', 'invite', name, ...own]);
  return (JSON.parse(out) as { code: string }).code;
}

/** Another agency's station with a report to the network about the specimen. */
async function openSender(): Promise<void> {
  const code = await invited('Port Police of Utopia');
  sender = await openReady({}, { reportApproval: 'off', stationCode: 'POL-7' });
  await sender.signIn(ADMINISTRATOR);
  await sender.ask('hub.enrol', { address: hub.address, code });
  await sender.signIn(OFFICER);
  const { id: examinationId } = await referCase(sender, specimen.lines);
  const content = await filled(sender, examinationId);
  const audiences = [{ audience: { tier: 'T2' } as const, replaces: null }];
  const { reports } = await sender.ask('report.submit', { id: newId(), examinationId, content, audiences });
  reportId = reports[0]?.id ?? '';
}

async function sendAlert(tip: string): Promise<string> {
  const { content } = await sender.ask('alert.prepare', { reportId });
  const { report } = await sender.ask('alert.submit', {
    id: newId(),
    reportId,
    content: { ...content, tip },
  });
  return report.id;
}

beforeAll(async () => {
  specimen = await specimenFile('utopia-passport-birth');
  hub = await startHub(['--data', hubData]);
  mkdirSync(dataFolder);
  await setUpFolder(dataFolder, E2E_SETTINGS);
  const app = await openApp({ dataFolder });
  await app.signIn(ADMINISTRATOR);
  await app.ask('hub.enrol', { address: hub.address, code: await invited('Immigration Service of Utopia') });
  await app.close();
  await openSender();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(...specimen.lines, TIP, LATER_TIP);
  await signIn(window.page);
  await ready(window.page);
});
afterEach(({ task }) => endTest(window, task));
afterAll(async () => {
  await window?.close();
  await host?.stop();
  await hub?.end();
  const left = runningServer(hubFolder(hubData));
  if (left) process.kill(left.pid, 'SIGKILL');
  rmSync(hubPlace, { recursive: true, force: true, maxRetries: 5 });
  rmSync(folder, { recursive: true, force: true });
});

const badge = (count: number) => window.page.getByRole('button', { name: text('alerts.badge', { count }) });

async function readSpecimen(): Promise<void> {
  const { page } = window;
  await drop(page, { name: 'passport.jpg', bytes: specimen.jpeg });
  await expectRows(page, specimen.lines);
}

/** From approval at the one counter to words at the other, beside whatever is done there. */
async function isToldInTime(): Promise<void> {
  const { page } = window;
  await readSpecimen();
  // Whatever the hub had to tell at the beginning was heard.
  await until(async () => {
    if ((await sender.ask('outbox.state', {})).sent === 0) throw new Error('not sent yet');
  });
  const from = performance.now();
  alertId = await sendAlert(TIP);
  await badge(1).waitFor({ timeout: MOST_MS });
  await see(page, TIP);
  expect(performance.now() - from).toBeLessThan(MOST_MS);
  await see(page, text('finding.x.alert.title'));
  await see(page, text('finding.x.alert.innocent'));
  expect(await page.getByRole('dialog').count()).toBe(0);
  await picture(page, 'lane-alert');
}

async function isKeptWithTheRecord(): Promise<void> {
  const { page } = window;
  await decide(page, 'd', text('reason.at-second-line'));
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));
  await pressUntil(page, 'F3', page.locator('tbody tr').first());
  await page.locator('tbody tr').first().click();
  await see(page, TIP);
  await picture(page, 'record-alert', ['light']);
}

/** Opened from the line that told of it; its author is told that somebody did, and not who. */
async function isRead(): Promise<void> {
  const { page } = window;
  await badge(1).click();
  await page.getByRole('gridcell', { name: TIP }).waitFor({ timeout: WAIT_MS });
  await picture(page, 'alerts');
  await page.getByRole('gridcell', { name: TIP }).click();
  await page.getByRole('heading', { name: text('alerts.readers') }).waitFor({ timeout: WAIT_MS });
  await picture(page, 'alert');
  await expect.poll(() => badge(1).count()).toBe(0);
  await until(async () => {
    const { elsewhere, isHeard } = await sender.ask('alert.reads', { id: alertId });
    expect([isHeard, elsewhere.length]).toEqual([true, 1]);
    expect(elsewhere[0]).toMatchObject({ stationCode: 'PN-A12', role: OFFICER.role });
    expect(JSON.stringify(elsewhere)).not.toContain(OFFICER.name);
  });
}

async function isOverOnceTakenBack(): Promise<void> {
  const { page } = window;
  await pressUntil(page, 'F1', page.getByText(text('examine.welcome.title')));
  await readSpecimen();
  await see(page, TIP);
  await sender.ask('report.withdraw', { id: newId(), reportId: alertId, reason: 'entered-in-error' });
  await seeNoMore(page, TIP);
  await startOver(page);
}

async function isInTheLaneOffline(): Promise<void> {
  const { page } = window;
  await sendAlert(LATER_TIP);
  await badge(1).waitFor({ timeout: WAIT_MS });
  await hub.end('SIGKILL');
  await readSpecimen();
  await see(page, LATER_TIP);
  await startOver(page);
}

// One test: the station that sends is closed after each.
test('an alert at another counter: in time, kept, read, taken back, and with the network off', async () => {
  await isToldInTime();
  await isKeptWithTheRecord();
  await isRead();
  await isOverOnceTakenBack();
  await isInTheLaneOffline();
});
