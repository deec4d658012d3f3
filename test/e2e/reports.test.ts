// From a detection to the next counter, over a real hub on a real PostgreSQL: enrolled by codes of the hub's own pages,
// written, seen as each audience reads it, approved by another officer, sent with its receipt; and what others sent.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { runningServer } from '../../hub/postgres/cluster.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { openReady } from '../electron/fixtures.ts';
import { referCase } from '../electron/case-fixtures.ts';
import { filled } from '../electron/report-fixtures.ts';
import { ADMINISTRATOR, EXAMINER, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { openFolder } from '../hub/cluster.ts';
import { type HubProcess, startHub } from '../hub/hub-process.ts';
import { until } from '../until.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
import { field, goToVault, panel, press as pressButton } from './people-steps.ts';
import { specimenFile } from './pictures.ts';
import { picture, pictureOfHub } from './screen-pictures.ts';
import { addColleague } from './staff.ts';
import { decide, drop, expectRows, ready, see, signIn, WAIT_MS } from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const hubPlace = openFolder('e2e');
const dataFolder = join(folder, 'data');
const SECRET = 'seven green lanterns';
const TIP = 'Read the second line of the zone twice';
let hub: HubProcess;
let browser: Browser;
let pages: Page;
let host: RunningHost;
let window: TestWindow;
const codes = { own: '', partner: '' };

beforeAll(async () => {
  hub = await startHub(['--data', join(hubPlace, 'hub')]);
  mkdirSync(dataFolder);
  await setUpFolder(dataFolder, E2E_SETTINGS);
  await addColleague(dataFolder, EXAMINER);
  const executablePath = findBrowser() ?? '';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  pages = await browser.newPage();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(TIP);
  await signIn(window.page);
  await ready(window.page);
});
afterEach(({ task }) => endTest(window, task));
afterAll(async () => {
  await window?.close();
  await host?.stop();
  await browser?.close();
  await hub?.end();
  const left = runningServer(hubFolder(join(hubPlace, 'hub')));
  if (left) process.kill(left.pid, 'SIGKILL');
  rmSync(hubPlace, { recursive: true, force: true, maxRetries: 5 });
  rmSync(folder, { recursive: true, force: true });
});

/** One key as a person presses it. */
async function press(key: string): Promise<void> {
  const rest = () =>
    window.page.evaluate((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)), BURST_GAP_MS + 30);
  await rest();
  await window.page.keyboard.press(key);
  await rest();
}

/** Somebody else sits down at the same window. */
async function changeOver(person: { name: string; secret: string }): Promise<void> {
  const { page } = window;
  await page.keyboard.press('Control+l');
  await page.getByRole('option', { name: person.name }).click({ timeout: WAIT_MS });
  await page.getByRole('heading', { name: person.name }).waitFor();
  await page.keyboard.type(person.secret);
  await page.keyboard.press('Enter');
  await page.getByText(text('app.live'), { exact: true }).waitFor({ timeout: WAIT_MS });
}

/** Adds an agency on the hub's page and answers a code for its first station. */
async function invited(name: string, country: string): Promise<string> {
  await pages.getByRole('link', { name: text('hub.agencies') }).click();
  await pages.getByLabel(text('hub.agency.name'), { exact: true }).fill(name);
  await pages.getByLabel(text('hub.agency.country')).fill(country);
  await pages.getByRole('button', { name: text('hub.agency.add') }).click();
  await pages.getByRole('heading', { level: 1, name }).waitFor();
  await pages.getByRole('button', { name: text('hub.agency.invite') }).click();
  await pages.getByRole('heading', { name: text('hub.invited.title') }).waitFor();
  const code = /CC-[0-9A-Z-]{20,}|(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}/u.exec(await pages.innerText('main'))?.[0];
  return code ?? '';
}

const leaves = () => window.page.getByRole('region', { name: text('report-draft.leaves') });
const tip = () => window.page.getByRole('textbox', { name: text('report.field.fraud.tip') });

test('the first administrator of a hub adds two agencies and invites a station of each', async () => {
  await pages.goto(`${hub.address}${hub.setupPath}`);
  await pictureOfHub(pages, 'hub-setup');
  await pages.getByLabel(text('hub.setup.name')).fill('Quenneville');
  for (const one of await pages.locator('input[type=password]').all()) await one.fill(SECRET);
  await pages.getByRole('button', { name: text('hub.setup.do') }).click();
  await pages.getByRole('heading', { name: text('hub.overview') }).waitFor();
  await pictureOfHub(pages, 'hub-empty');
  codes.own = await invited('Immigration Service of Utopia', 'UTO');
  await pictureOfHub(pages, 'hub-invited');
  codes.partner = await invited('Port Police of Utopia', 'UTO');
  expect([codes.own, codes.partner].every((code) => code.length > 20)).toBe(true);
  await pages.getByRole('link', { name: text('hub.agencies') }).click();
  await pictureOfHub(pages, 'hub-agencies');
});

test('the station is enrolled on its hub page; a mistyped code is told before it is sent', async () => {
  const { page } = window;
  await changeOver(ADMINISTRATOR);
  await goToVault(page, 'hub');
  await picture(page, 'vault-hub-none');
  await field(page, 'hub-page.address').fill(hub.address);
  await field(page, 'hub-page.code').fill(codes.own.slice(0, -1));
  await pressButton(page, 'hub-page.enrol');
  await see(page, text('hub-page.code.length'));
  await field(page, 'hub-page.code').fill(codes.own);
  await pressButton(page, 'hub-page.enrol');
  await see(page, 'Immigration Service of Utopia');
});

test('another agency sends a report to the network', async () => {
  const other = await openReady({}, { reportApproval: 'off', stationCode: 'POL-7' });
  await other.signIn(ADMINISTRATOR);
  await other.ask('hub.enrol', { address: hub.address, code: codes.partner });
  await other.signIn(OFFICER);
  const { id: examinationId } = await referCase(other);
  const content = await filled(other, examinationId);
  await other.ask('report.submit', {
    id: examinationId,
    examinationId,
    content,
    audiences: [{ audience: { tier: 'T2' }, replaces: null }],
  });
  await until(async () => {
    const { sent } = await other.ask('outbox.state', {});
    if (sent === 0) throw new Error('not sent yet');
  });
});

test('a legal basis is put on file for the partner', async () => {
  const { page } = window;
  await panel(page, 'bases.title')
    .getByRole('button', { name: text('bases.add') })
    .click({ timeout: WAIT_MS });
  await field(page, 'bases.reference').fill('MoU 12/2025, section 4');
  await picture(page, 'vault-hub-basis', ['light', 'dark']);
  await page.keyboard.press('Enter');
  await see(page, 'MoU 12/2025, section 4');
  await picture(page, 'vault-hub');
});

test('a report is written from the case: kept, seen as each audience reads it, and a name is told', async () => {
  const { page } = window;
  await changeOver(EXAMINER);
  await press('F1');
  await ready(page);
  const { jpeg, lines } = await specimenFile('utopia-passport-birth');
  window.personal(...lines);
  await drop(page, { name: 'passport.jpg', bytes: jpeg });
  await expectRows(page, lines);
  await decide(page, 'd', text('reason.at-second-line'));
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));
  await press('F2');
  await page.locator('tbody tr').first().waitFor({ timeout: WAIT_MS });
  await press('ArrowDown');
  await press('Enter');
  await page.getByRole('region', { name: text('cases.examination') }).waitFor({ timeout: WAIT_MS });
  await picture(page, 'case-with-report', ['light']);
  await press('Control+e');
  await leaves().getByText(text('report-draft.cannot-leave')).waitFor({ timeout: WAIT_MS });
  await picture(page, 'report-draft-new');
  await page
    .getByRole('group', { name: text('report-draft.suggested') })
    .getByRole('button')
    .first()
    .click();
  await tip().fill('Ask Belmaro');
  await leaves().getByText(text('report.problem.name')).waitFor({ timeout: WAIT_MS });
  await picture(page, 'report-draft-problem', ['light', 'dark']);
  await tip().fill(TIP);
  await expect.poll(() => leaves().getByText(text('report-draft.cannot-leave')).count()).toBe(0);
  await see(page, text('report-draft.keeping.kept'));
  await picture(page, 'report-draft');
  expect(await leaves().innerText()).not.toContain('BELMARO');
  await leaves()
    .getByRole('button', { name: /Port Police/ })
    .click();
  await leaves().getByText(text('report.group.personal')).waitFor({ timeout: WAIT_MS });
  expect(await leaves().innerText()).toContain('BELMARO');
  await picture(page, 'report-draft-partner', ['light', 'dark']);
});

test('a piece is cut out of the picture and looked at before it is added', async () => {
  const { page } = window;
  await page.locator('h1').click();
  for (const key of ['2', '3', '7', '9', '0']) await fitsPart(key);
  await press('8');
  await page.getByRole('button', { name: text('report-draft.cut') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(text('cutter.mark.portrait'), { exact: true }).click();
  await draw([0.13, 0.22], [0.4, 0.64]);
  await dialog.getByText(text('cutter.mark.piece'), { exact: true }).click();
  await draw([0.56, 0.06], [0.7, 0.2]);
  await dialog.getByRole('button', { name: text('cutter.cut') }).click();
  await dialog.getByText(text('cutter.exactly')).waitFor({ timeout: WAIT_MS });
  await dialog.getByText(text('cutter.shows-nobody')).click();
  await picture(page, 'report-cut', ['light', 'dark']);
  await press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await leaves().getByRole('img').first().waitFor({ timeout: WAIT_MS });
  await picture(page, 'report-draft-pieces', ['light', 'dark']);
});

/** Draws a rectangle on the picture, in parts of it. */
async function draw([left, top]: [number, number], [right, bottom]: [number, number]): Promise<void> {
  const { page } = window;
  const box = await page.getByRole('dialog').getByRole('application').boundingBox();
  if (box === null) throw new Error('there is no picture');
  await page.mouse.move(box.x + left * box.width, box.y + top * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + right * box.width, box.y + bottom * box.height, { steps: 4 });
  await page.mouse.up();
}

/** Each part of the draft fits its place. */
async function fitsPart(key: string): Promise<void> {
  await press(key);
  await picture(window.page, `report-draft-part-${key}`, ['light']);
}

test('it is submitted for the network and the partner, and approved by another officer', async () => {
  const { page } = window;
  await page.locator('h1').click();
  await press('x');
  await press('v');
  await press('x');
  await press('Control+Enter');
  await page.getByRole('dialog').getByText(text('report-draft.submit.approval')).waitFor();
  await picture(page, 'report-submit', ['light', 'dark']);
  await press('Control+Enter');
  await page.locator('tbody tr:focus').waitFor({ timeout: WAIT_MS });
  expect(await page.locator('tbody tr').allInnerTexts()).toHaveLength(2);
  await picture(page, 'reports-open');
  await changeOver(OFFICER);
  await press('F4');
  for (let left = 2; left > 0; left -= 1) {
    await press('t');
    await expect.poll(() => page.locator('tbody tr').count(), { timeout: WAIT_MS }).toBe(left);
    await page.locator('tbody tr').first().click();
    await page.getByRole('heading', { level: 1, name: text('reports.kind.report') }).waitFor();
    if (left === 2) await picture(page, 'report-to-approve');
    await press('a');
    await page.getByRole('button', { name: text('reports.approve') }).waitFor({ state: 'detached' });
    await press('Escape');
  }
});

test('it is at the hub with its receipt, as the outbox and the hub’s own page tell', async () => {
  const { page } = window;
  await press('u');
  const sent = page.getByText(/Received by the hub/);
  await expect.poll(() => sent.count(), { timeout: WAIT_MS }).toBeGreaterThanOrEqual(3);
  await picture(page, 'outbox');
  await press('Escape');
  await press('a');
  await page.locator('tbody tr').first().click();
  await see(page, text('reports.receipt'));
  await picture(page, 'report-sent', ['light', 'dark']);
  await press('Escape');
  await pages.getByRole('link', { name: text('hub.reports') }).click();
  // What goes to one partner alone is not the hub's to show.
  await expect.poll(() => pages.locator('tbody tr').count()).toBe(2);
  await pictureOfHub(pages, 'hub-reports');
  expect(await pages.content()).not.toContain('BELMARO');
  await pages.locator('tbody a').first().click();
  await pictureOfHub(pages, 'hub-report');
  expect(await pages.content()).not.toContain('BELMARO');
  for (const name of [
    'trends',
    'alerts',
    'studies',
    'bundles',
    'overview',
    'stations',
    'people',
    'policy',
  ] as const) {
    await pages.getByRole('link', { name: text(`hub.${name}`) }).click();
    await pictureOfHub(pages, `hub-${name}`);
  }
});

test('the report of the other agency is here, and reads as it left', async () => {
  const { page } = window;
  await press('r');
  await page.locator('tbody tr').first().waitFor({ timeout: WAIT_MS });
  await picture(page, 'reports-received', ['light', 'dark']);
  await page.locator('tbody tr').first().click();
  await see(page, 'Tilt the page and look left of the portrait.');
  await see(page, 'Port Police of Utopia');
  await picture(page, 'report-received', ['light', 'dark']);
});
