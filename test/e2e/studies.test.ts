// Case studies between two counters over a real hub: written in the window from a report, the holder taken out by the
// station, published; one of another agency read with its pictures when hub and network are gone.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { runningServer } from '../../hub/postgres/cluster.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { drawSpecimen } from '../../shared/specimen/document.ts';
import { openApp, openReady, type TestApp, TODAY } from '../electron/fixtures.ts';
import { filled } from '../electron/report-fixtures.ts';
import { ADMINISTRATOR, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { published, referPage, reported, written } from '../electron/study-fixtures.ts';
import { openFolder } from '../hub/cluster.ts';
import { type HubProcess, runHub, startHub } from '../hub/hub-process.ts';
import { until } from '../until.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
import { picture } from './screen-pictures.ts';
import { pressUntil, ready, see, signIn, WAIT_MS } from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const TITLE = 'A laminate that was lifted twice';
const OWN_TITLE = 'A second edge beside the portrait';
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const hubPlace = openFolder('e2e-studies');
const hubData = join(hubPlace, 'hub');
const dataFolder = join(folder, 'data');
const specimen = drawSpecimen({ seed: 9, kind: 'passport', today: TODAY });
let hub: HubProcess;
let host: RunningHost;
let window: TestWindow;

/** Adds an agency, and enrols a station of it. */
async function enrol(app: TestApp, name: string): Promise<void> {
  const own = ['--data', hubData, '--json'];
  await runHub(['agency', 'add', '--name', name, '--country', 'UTO', ...own]);
  const { out } = await runHub(['station', 'invite', name, ...own]);
  const { code } = JSON.parse(out) as { code: string };
  await app.signIn(ADMINISTRATOR);
  await app.ask('hub.enrol', { address: hub.address, code });
  await app.signIn(OFFICER);
}

/** A report to the network about the specimen. */
async function withReport(app: TestApp): Promise<string> {
  const { id } = await referPage(app, specimen);
  return reported(app, await filled(app, id), id);
}

beforeAll(async () => {
  hub = await startHub(['--data', hubData]);
  mkdirSync(dataFolder);
  await setUpFolder(dataFolder, { ...E2E_SETTINGS, reportApproval: 'off' });
  const app = await openApp({ dataFolder });
  await enrol(app, 'Immigration Service of Utopia');
  await withReport(app);
  await app.close();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(TITLE, OWN_TITLE);
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

/** One key as a person presses it. */
async function press(key: string): Promise<void> {
  const rest = () =>
    window.page.evaluate((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)), BURST_GAP_MS + 30);
  await rest();
  await window.page.keyboard.press(key);
  await rest();
}

const box = (id: string) => window.page.getByRole('textbox', { name: text(id), exact: true });

test('a study is written from its report: portrait and zone are under boxes before anybody draws one', async () => {
  const { page } = window;
  await pressUntil(page, 'F4', page.getByRole('button', { name: text('reports.show.all') }));
  await press('a');
  await page.locator('tbody tr').first().click({ timeout: WAIT_MS });
  await see(page, text('studies.write'));
  await press('s');
  await page.getByRole('heading', { name: text('study-draft.title') }).waitFor({ timeout: WAIT_MS });
  await box('study-draft.title-of').fill(OWN_TITLE);
  await press('Escape');
  await press('p');
  await press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(text('study-picture.tool.box'), { exact: true }).click({ timeout: WAIT_MS });
  await dialog.getByRole('button', { name: text('study-picture.box', { number: 2 }), exact: true }).waitFor();
  // Names and numbers, and the second portrait, are the author's to find.
  await draw([0.34, 0.19], [1, 0.62]);
  await press('Control+Enter');
  await dialog.getByText(text('cutter.exactly')).waitFor({ timeout: WAIT_MS });
  await picture(page, 'study-picture-real');
  await press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await see(page, text('report-draft.keeping.kept'));
  await picture(page, 'study-pictures-real', ['light', 'dark']);
});

/** Draws a rectangle on the picture, in parts of it. */
async function draw([left, top]: [number, number], [right, bottom]: [number, number]): Promise<void> {
  const { page } = window;
  const place = await page.getByRole('dialog').getByRole('application').boundingBox();
  if (place === null) throw new Error('there is no picture');
  await page.mouse.move(place.x + left * place.width, place.y + top * place.height);
  await page.mouse.down();
  await page.mouse.move(place.x + right * place.width, place.y + bottom * place.height, { steps: 4 });
  await page.mouse.up();
}

/** What another station has of this one: its title, and its one picture. */
async function heardAt(sender: TestApp): Promise<{ title: string; jpeg: Buffer }> {
  const asked = { query: '', issuer: null, type: null, fraud: null, limit: 5, offset: 0 } as const;
  const [row] = (await sender.ask('study.library', { ...asked, from: 'others' })).rows;
  if (row === undefined) throw new Error('nothing yet');
  const { study } = await sender.ask('study.open', { id: row.id });
  const { base64 } = await sender.ask('study.picture', {
    id: row.id,
    sha256: study.images[0]?.sha256 ?? '',
  });
  return { title: row.title, jpeg: Buffer.from(base64, 'base64') };
}

test('published, it reaches another station without its holder; one of theirs is read here without hub and network', async () => {
  const { page } = window;
  const sender = await openReady({}, { reportApproval: 'off', stationCode: 'POL-7' });
  await enrol(sender, 'Port Police of Utopia');
  await press('q');
  await box('studies.question').fill('What showed it first?');
  await page.getByRole('textbox', { name: text('study-draft.answer', { number: 1 }) }).fill('A second edge');
  await page.getByRole('textbox', { name: text('study-draft.answer', { number: 2 }) }).fill('The cover');
  await box('study-draft.because').fill('Glue leaves an edge that light finds.');
  await press('Escape');
  await press('l');
  await page.getByText(text('study-draft.confirm.words')).click({ timeout: WAIT_MS });
  await page.getByText(text('study-draft.confirm.picture')).click();
  await see(page, text('study-draft.all-confirmed'));
  await page.getByText(text('study-draft.confirm.picture')).scrollIntoViewIfNeeded();
  await picture(page, 'study-leaves-real');
  await press('Control+Enter');
  await press('Control+Enter');
  await see(page, OWN_TITLE);
  await until(async () => {
    const { title, jpeg } = await heardAt(sender);
    expect(title).toBe(OWN_TITLE);
    const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
    for (const name of ['portrait', 'mrz', 'surname', 'number']) {
      const [from, , to] = specimen.regions.find((region) => region.name === name)?.quad ?? [];
      const scale = info.width / specimen.page.width / 2;
      const x = Math.round(((from?.x ?? 0) + (to?.x ?? 0)) * scale);
      const y = Math.round(((from?.y ?? 0) + (to?.y ?? 0)) * scale);
      expect(data[y * info.width + x], name).toBeLessThan(12);
    }
  });
  const prepared = await sender.ask('study.prepare', { reportId: await withReport(sender) });
  await published(sender, prepared, { ...written(prepared, specimen), title: TITLE });
  await page.getByRole('gridcell', { name: TITLE }).waitFor({ timeout: WAIT_MS });
  await picture(page, 'studies-both');
  await until(async () => {
    if ((await sender.ask('outbox.state', {})).waiting > 0) throw new Error('not sent yet');
  });
  await page.getByRole('gridcell', { name: TITLE }).click();
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  // It may come before its picture, which then takes its place.
  await expect.poll(() => page.locator('figure img').count(), { timeout: WAIT_MS }).toBe(1);
  await hub.end('SIGKILL');
  await press('Escape');
  await page.getByRole('gridcell', { name: TITLE }).click();
  await expect.poll(() => page.locator('figure img').count()).toBe(1);
  await picture(page, 'study-received');
  await press('a');
  await see(page, text('studies.answered.right'));
});
