// A detection goes round between two stations and a hub, each window a real browser: case, report, approval, alert in the
// other station's lane, case study read there, the day's log; once over the network and once with it off, by files.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { verifyLog } from '../../electron/logs/verify.ts';
import { runningServer } from '../../hub/postgres/cluster.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { openApp } from '../electron/fixtures.ts';
import { ADMINISTRATOR, EXAMINER, setUpFolder } from '../electron/set-up.ts';
import { openFolder } from '../hub/cluster.ts';
import { type HubProcess, runHub, startHub } from '../hub/hub-process.ts';
import {
  approve,
  changeOver,
  type Counter,
  makeAlert,
  openReports,
  press,
  readSpecimen,
  report,
  type Told,
  writeStudy,
} from './detection-steps.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
import { specimenFile, type SpecimenFile } from './pictures.ts';
import { picture } from './screen-pictures.ts';
import { addColleague } from './staff.ts';
import { pressUntil, ready, see, signIn, startOver, WAIT_MS } from './steps.ts';
import { endTest, openWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

/** From approval at the one counter to words at the other. */
const MOST_MS = 5000;

interface Station extends Counter {
  dataFolder: string;
  /** Where its stick is put in. */
  stick: string;
  host: RunningHost;
}

const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const hubPlace = openFolder('e2e-detections');
const hubData = join(hubPlace, 'hub');
let hub: HubProcess;
let specimen: SpecimenFile;
let first: Station;
let second: Station;

async function openCounter(name: string, agency: string, stationCode: string): Promise<Station> {
  const dataFolder = join(folder, name);
  const stick = join(folder, `${name}-stick`);
  for (const each of [dataFolder, stick]) mkdirSync(each);
  await setUpFolder(dataFolder, { ...E2E_SETTINGS, stationCode });
  await addColleague(dataFolder, EXAMINER);
  const own = ['--data', hubData, '--json'];
  await runHub(['agency', 'add', '--name', agency, '--country', 'UTO', ...own]);
  const { code } = JSON.parse((await runHub(['station', 'invite', agency, ...own])).out) as { code: string };
  const app = await openApp({ dataFolder });
  await app.signIn(ADMINISTRATOR);
  await app.ask('hub.enrol', { address: hub.address, code });
  await app.close();
  const host = await startHost({ dataFolder });
  const window = await openWindow(host);
  window.personal(...specimen.lines);
  await signIn(window.page);
  await ready(window.page);
  return { dataFolder, stick, host, window };
}

beforeAll(async () => {
  specimen = await specimenFile('utopia-passport-birth');
  hub = await startHub(['--data', hubData]);
  first = await openCounter('first', 'Immigration Service of Utopia', 'PN-A12');
  second = await openCounter('second', 'Port Police of Utopia', 'POL-7');
});
afterEach(({ task }) => Promise.all([first, second].map(({ window }) => endTest(window, task))));
afterAll(async () => {
  for (const counter of [first, second]) {
    await counter?.window.close();
    await counter?.host.stop();
  }
  await hub?.end();
  const left = runningServer(hubFolder(hubData));
  if (left) process.kill(left.pid, 'SIGKILL');
  rmSync(hubPlace, { recursive: true, force: true, maxRetries: 5 });
  rmSync(folder, { recursive: true, force: true });
});

/** From the first glance to what leaves: an examiner writes, a supervisor approves. Answers when the alert was let go. */
async function detect(counter: Counter, told: Told): Promise<number> {
  await changeOver(counter, EXAMINER);
  await report(counter, specimen, told);
  await approve(counter);
  await changeOver(counter, EXAMINER);
  await writeStudy(counter, told);
  await approve(counter);
  await changeOver(counter, EXAMINER);
  await makeAlert(counter);
  return approve(counter);
}

async function isWarnedInTheLane(counter: Counter, { tip }: Told): Promise<void> {
  const { page } = counter.window;
  await pressUntil(page, 'F1', page.getByText(text('examine.welcome.title')));
  await readSpecimen(counter, specimen);
  await see(page, tip);
  await startOver(page);
}

async function readsTheStudy(counter: Counter, { title }: Told): Promise<void> {
  const { page } = counter.window;
  await pressUntil(page, 'F5', page.getByRole('button', { name: text('detections.tab.studies') }));
  await press(counter, '3');
  // One may be open from before.
  if (await page.getByRole('button', { name: text('studies.back') }).isVisible())
    await press(counter, 'Escape');
  await page.getByRole('gridcell', { name: title }).click({ timeout: WAIT_MS });
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await press(counter, 'a');
  await see(page, text('studies.answered.right'));
}

test('over the network: an alert is at the other counter in five seconds, its study is read, the log is whole', async () => {
  const told = {
    number: 1,
    tip: 'Read the second row of the zone twice.',
    title: 'A digit that does not belong',
  };
  const from = await detect(first, told);
  const badge = second.window.page.getByRole('button', { name: text('alerts.badge', { count: 1 }) });
  await badge.waitFor({ timeout: WAIT_MS });
  expect(performance.now() - from).toBeLessThan(MOST_MS);
  await isWarnedInTheLane(second, told);
  await readsTheStudy(second, told);
  await picture(second.window.page, 'detections-study-of-others', ['light']);
  await writesTheLog(first, 1);
});

test('with the network off the same goes by files, read and written in the windows', async () => {
  await hub.end();
  const told = {
    number: 2,
    tip: 'Hold the page against the light at its edge.',
    title: 'An edge that was cut',
  };
  await detect(first, told);
  await carry(first);
  await carry(second);
  await isWarnedInTheLane(second, told);
  await readsTheStudy(second, told);
  await writesTheLog(first, 2);
});

/** The station's file to the hub, and the hub's to the station. */
async function carry(counter: Station): Promise<void> {
  const { page } = counter.window;
  await openReports(counter);
  await press(counter, 'u');
  await press(counter, 'w');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: text('backup-page.folder') }).fill(counter.stick);
  await press(counter, 'Enter');
  await dialog.getByText(text('stick.written.hub')).waitFor({ timeout: WAIT_MS });
  await press(counter, 'Escape');
  await dialog.waitFor({ state: 'detached' });
  const [written = ''] = readdirSync(counter.stick);
  const brought = join(counter.stick, written);
  await runHub(['bundle', brought, '--out', join(counter.stick, 'answer.ccb'), '--data', hubData]);
  rmSync(brought);
  await press(counter, 'f');
  await dialog.getByRole('textbox', { name: text('handover.receive.folder') }).fill(counter.stick);
  await press(counter, 'Enter');
  await dialog.getByText('answer.ccb').first().waitFor({ timeout: WAIT_MS });
  await dialog.getByRole('button', { name: text('stick.read') }).click();
  await dialog.getByText(text('stick.came')).waitFor({ timeout: WAIT_MS });
  await picture(page, `stick-came-${counter === first ? 'receipts' : 'reports'}`, ['light']);
  await press(counter, 'Escape');
  await dialog.waitFor({ state: 'detached' });
  await press(counter, 'Escape');
}

/** The day's log, written by the supervisor: so many referrals, and nobody's name. */
async function writesTheLog(counter: Counter, referred: number): Promise<void> {
  const { page } = counter.window;
  const logs = join(folder, `logs-${referred}`);
  mkdirSync(logs);
  await pressUntil(page, 'F6', page.getByText(text('desk.figure.referred'), { exact: true }).first());
  await press(counter, '2');
  const now = page.getByRole('region', { name: text('log-screen.now') });
  await now.getByRole('textbox', { name: text('log-screen.folder'), exact: true }).fill(logs);
  await press(counter, 'Enter');
  await see(page, text('log-screen.done'));
  const pathOf = (ending: string): string =>
    join(logs, readdirSync(logs).find((name) => name.endsWith(ending)) ?? '');
  expect(await verifyLog(pathOf('manifest.json'))).toMatchObject({ ok: true });
  const csv = readFileSync(pathOf('csv'), 'utf8');
  expect(csv.split(',referred,')).toHaveLength(referred + 1);
  for (const line of specimen.lines) expect(csv).not.toContain(line.slice(5, 12));
}
