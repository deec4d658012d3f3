// From the counter to a signed report over the real station: doubt, case, two officers, protection, PDF; and after each
// step the host is taken away without a word, and nothing is lost.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createApp } from '../../electron/app.ts';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import type { CaseView } from '../../shared/contract/cases.ts';
import { NO_SHELL } from '../electron/no-shell.ts';
import { ADMINISTRATOR, CHEAP, EXAMINER, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { textOfPdf } from '../pdf-text.ts';
import { E2E_SETTINGS, ROOT, type RunningHost, startHost } from './host.ts';
import { specimenFile } from './pictures.ts';
import { decide, drop, expectRows, ready, see, signIn, tabTo, typeByHand, WAIT_MS } from './steps.ts';
import { endTest, filesHolding, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const dataFolder = join(folder, 'data');
const out = join(folder, 'out');
const HELP = 'asks for a quiet room';
const SAID = 'Another ink under the loupe';
let host: RunningHost;
let window: TestWindow;
let caseId = '';

/** An examiner with a secret of their own, beside the people of `set-up.ts`. */
async function addExaminer(): Promise<void> {
  const app = await createApp({
    dataFolder,
    version: '0.0.0-test',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  const ask = async (channel: string, input: unknown): Promise<void> => {
    const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input))) as { ok: boolean };
    if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply)}`);
  };
  const { secret, ...person } = EXAMINER;
  await ask('vault.sign-in', { officerId: ADMINISTRATOR.id, secret: ADMINISTRATOR.secret });
  await ask('people.save', { ...person, secret: 'walks in for once' });
  await ask('vault.lock', {});
  await ask('vault.sign-in', { officerId: EXAMINER.id, secret: 'walks in for once' });
  await ask('vault.change-secret', { secret: 'walks in for once', newSecret: secret });
  await ask('vault.lock', {});
  await app.close();
}

beforeAll(async () => {
  mkdirSync(out);
  mkdirSync(dataFolder);
  await setUpFolder(dataFolder, E2E_SETTINGS);
  await addExaminer();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(HELP, SAID);
  await signIn(window.page);
  await ready(window.page);
});
afterEach(({ task }) => endTest(window, task));
afterAll(async () => {
  await window?.close();
  await host?.stop();
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

async function caseNow(): Promise<CaseView> {
  const reply = await window.page.evaluate(async (id) => {
    const answer = await fetch('/rpc/case.open', { method: 'POST', body: JSON.stringify({ id }) });
    return (await answer.json()) as { ok: boolean; value: never };
  }, caseId);
  expect(reply.ok).toBe(true);
  return reply.value as CaseView;
}

const entryCount = () => expect.poll(async () => (await caseNow()).entries.length, { timeout: WAIT_MS });

/** Opens the one case of the station by keyboard. */
async function openCase(): Promise<void> {
  const { page } = window;
  await press('F2');
  await press('a');
  const row = page.locator('tbody tr');
  await row.first().waitFor({ timeout: WAIT_MS });
  caseId = (await row.first().getAttribute('data-id')) ?? '';
  await press('ArrowDown');
  await press('Enter');
  await page.getByRole('region', { name: text('cases.examination') }).waitFor({ timeout: WAIT_MS });
}

/** Takes the host away, starts it again, signs in and opens the case: every entry of before is there. */
async function killAndComeBack(): Promise<void> {
  const before = await caseNow();
  await host.kill();
  // The window has lost its station; that is what it complains of.
  window.forgive(/Failed to load resource|ERR_|net::|request to|EventSource/);
  await window.close();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(HELP, SAID);
  await signIn(window.page);
  await ready(window.page);
  await openCase();
  const after = await caseNow();
  expect(after.entries).toEqual(before.entries);
  expect(after).toMatchObject({ state: before.state, holder: before.holder, outcomeId: before.outcomeId });
}

/** Somebody else sits down at the same window. */
async function changeOver(page: Page, person: { name: string; secret: string }): Promise<void> {
  await page.keyboard.press('Control+l');
  const option = page.getByRole('option', { name: person.name });
  await option.click({ timeout: WAIT_MS });
  await page.getByRole('heading', { name: person.name }).waitFor();
  await page.keyboard.type(person.secret);
  await page.keyboard.press('Enter');
  // The screen of before stays, with nothing of whoever was there.
  await page.getByText(text('app.live'), { exact: true }).waitFor({ timeout: WAIT_MS });
}

test('a doubt at the counter is a case at once, with its picture, its lines and its findings', async () => {
  const { page } = window;
  const { jpeg, lines } = await specimenFile('utopia-passport-birth');
  window.personal(...lines);
  await drop(page, { name: 'passport.jpg', bytes: jpeg });
  await expectRows(page, lines);
  await decide(page, 'd', text('reason.at-second-line'));
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));
  await openCase();
  await page.locator('canvas[data-sharp=true]').waitFor({ timeout: WAIT_MS });
  await see(page, text('cases.no-outcome'));
  await press('w');
  await page.getByRole('dialog').locator(':focus').waitFor();
  await press('Enter');
  await see(page, text('cases.state.held.you'));
  await killAndComeBack();
});

test('items are answered, marked and written of; another picture comes; the face is compared', async () => {
  const { page } = window;
  const before = (await caseNow()).entries.length;
  await press('l');
  await press('1');
  await press('2');
  await press('n');
  await typeByHand(page, SAID);
  await press('Escape');
  await entryCount().toBe(before + 3);
  await killAndComeBack();

  const { page: again } = window;
  await press('c');
  await again.locator('canvas[data-sharp=true]').waitFor({ timeout: WAIT_MS });
  await press('m');
  await press('Enter');
  for (let steps = 0; steps < 8; steps += 1) {
    await again.keyboard.press('ArrowRight');
    await again.keyboard.press('ArrowDown');
  }
  await press('Enter');
  await entryCount().toBe(before + 4);
  await press('i');
  const dialog = again.getByRole('dialog');
  await dialog.getByText(text('light.uv-a')).click();
  const { jpeg } = await specimenFile('utopia-passport-good');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'uv.jpg', mimeType: 'image/jpeg', buffer: jpeg });
  await dialog.waitFor({ state: 'detached', timeout: WAIT_MS });
  await again
    .getByRole('button', {
      name: text('cases.picture.number', { number: 2, count: 2, light: text('light.uv-a') }),
    })
    .waitFor();
  await press('k');
  await again
    .getByRole('list', { name: text('procedure.step.face') })
    .locator('button:focus')
    .waitFor();
  await press('1');
  await press('2');
  await entryCount().toBe(before + 7);
  await killAndComeBack();
});

test('the outcome waits for another officer, who reads and signs it; nothing is lost in between', async () => {
  const { page } = window;
  await press('u');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(text('procedure.outcome.L2.counterfeit')).click();
  await dialog.getByText(text('procedure.disposition.document_seized')).click();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached', timeout: WAIT_MS });
  await see(page, text('cases.waits-for-signature'));
  expect(await caseNow()).toMatchObject({ state: 'to-sign' });
  await killAndComeBack();

  const { page: again } = window;
  await changeOver(again, EXAMINER);
  await openCase();
  await see(again, text('procedure.outcome.L2.counterfeit'));
  await press('u');
  await again.getByRole('dialog').getByText(SAID).waitFor();
  await press('Enter');
  await again.getByRole('dialog').waitFor({ state: 'detached', timeout: WAIT_MS });
  const { state, entries } = await caseNow();
  expect(state).toBe('done');
  expect(entries.at(-1)).toMatchObject({ kind: 'signed', officerName: EXAMINER.name });
});

test('protection opens from the case, and neither case nor report tells of it', async () => {
  const { page } = window;
  const before = await caseNow();
  await press('p');
  await page.getByRole('heading', { name: text('examine.protect.title') }).waitFor();
  const note = page.getByLabel(text('examine.protect.note'));
  await tabTo(page, note);
  await typeByHand(page, HELP);
  await page.keyboard.press('Control+Enter');
  await see(page, text('protect.case.recorded'));
  await press('Escape');
  await page.getByRole('region', { name: text('cases.examination') }).waitFor();
  expect(await caseNow()).toEqual(before);

  await press('Control+p');
  const dialog = page.getByRole('dialog');
  const place = dialog.getByLabel(text('backup-page.folder'));
  await place.fill(out);
  await press('Enter');
  await dialog.getByText(text('cases.print.digest')).waitFor({ timeout: WAIT_MS });
  const [name = ''] = readdirSync(out);
  const bytes = readFileSync(join(out, name));
  mkdirSync(join(ROOT, 'build/e2e'), { recursive: true });
  writeFileSync(join(ROOT, 'build/e2e/case-report.pdf'), bytes);
  // Pieces of a line are told apart by spaces that nobody sees.
  const bare = (said: string) => said.replaceAll(/\s+/gu, '').toLowerCase();
  const words = bare(await textOfPdf(bytes));
  for (const expected of [
    text('procedure.outcome.L2.counterfeit'),
    text('procedure.disposition.document_seized'),
    SAID,
    OFFICER.name,
    EXAMINER.name,
    text('case-report.act.signed'),
  ])
    expect(words).toContain(bare(expected));
  expect(words).not.toMatch(/protect|quietroom/);
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // A search that finds nothing must be able to find something: the folder of the report is not encrypted.
  expect(filesHolding(dataFolder, [HELP, SAID])).toEqual([]);
});
