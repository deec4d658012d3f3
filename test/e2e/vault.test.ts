// The vault over its own window and the real station: audit, retention, holds, keys, and a case for court.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ADMINISTRATOR, databaseOf, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { E2E_SETTINGS } from './host.ts';
import { LONG_AGO, recordLongAgo } from './old-records.ts';
import {
  button,
  chooseName,
  field,
  goToVault,
  keepRecoveryKey,
  lock,
  panel,
  press,
  secret,
} from './people-steps.ts';
import { shareWindow } from './shared-window.ts';
import { openHistory, ready, see, seePicture, signInAs, WAIT_MS } from './steps.ts';
import { filesHolding } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const HOLD = 'Court of Zenda, case 12';
/** As the printed log shows it. */
let anchor = '';
let names: string[] = [];

const station = shareWindow(async (folder) => {
  const dataFolder = join(folder, 'data');
  mkdirSync(join(folder, 'for the court'));
  await setUpFolder(dataFolder, E2E_SETTINGS);
  names = await recordLongAgo(dataFolder, 2);
  return { isClosed: true, personal: [...names, HOLD, OFFICER.name, ADMINISTRATOR.name] };
});
const { folder, dataFolder } = station;
const exports = join(folder, 'for the court');

beforeAll(async () => {
  await signInAs(station.window.page, OFFICER);
  await ready(station.window.page);
});

/** The record of this name, open. */
async function openRecord(page: Page, name: string): Promise<void> {
  const search = await openHistory(page);
  await search.fill('');
  await page.getByRole('row').filter({ hasText: name }).click({ timeout: WAIT_MS });
  await page.getByRole('region', { name: text('history.documents') }).waitFor();
}

/** Against how many anchors a verdict held the chain; -1 while there is no verdict. */
async function heldAgainst(said: Locator): Promise<number> {
  const words = (await said.allInnerTexts()).join();
  return Number(/Held against (\d+) anchor/.exec(words)?.[1] ?? -1);
}

/** What this page would bring to paper, as words. */
async function onPaper(page: Page): Promise<string> {
  await page.emulateMedia({ media: 'print' });
  const words = await page.locator('body').innerText();
  await page.emulateMedia({ media: 'screen' });
  return words;
}

test('the chain is whole, the log of the day carries an anchor to paper, and the chain is held against it', async () => {
  const { page } = station.window;
  await goToVault(page, 'audit');
  await press(page, 'audit-page.verify.do');
  const said = panel(page, 'audit-page.verify.title').getByRole('status');
  await said.getByText(/^Whole: \d+ entries/).waitFor({ timeout: WAIT_MS });
  const before = await heldAgainst(said);
  await press(page, 'audit-page.log.make');
  const log = panel(page, 'audit-page.log.title');
  await log.getByText(text('audit-page.log.signature')).waitFor({ state: 'attached', timeout: WAIT_MS });
  const groups = await log.locator('p > span').allInnerTexts();
  expect(groups).toHaveLength(10);
  anchor = groups.join('-');
  const paper = await onPaper(page);
  for (const part of [...groups, text('audit-page.log.signature'), 'PN-A12']) expect(paper).toContain(part);
  for (const part of [
    text('audit-page.verify.title'),
    text('audit-page.log.make'),
    text('audit-page.log.keep'),
    text('screen.examine'),
    ...names,
  ])
    expect(paper).not.toContain(part);

  await field(page, 'audit-page.verify.anchors').fill(anchor);
  await press(page, 'audit-page.verify.do');
  // The station's own one of the log, and the same from paper.
  await expect.poll(() => heldAgainst(said), { timeout: WAIT_MS }).toBe(before + 2);
  await said.getByText(/^Whole/).waitFor();
});

test('a record on hold is exported for court: every file is in the list, and the list is named', async () => {
  const { page } = station.window;
  const [held = ''] = names;
  await openRecord(page, held);
  await page.keyboard.press('h');
  await field(page, 'hold-page.reason').fill(HOLD);
  await page.keyboard.press('Enter');
  await button(page, 'hold-page.on').waitFor({ timeout: WAIT_MS });
  await page.keyboard.press('e');
  // A folder that is not there is told in its three parts, and nothing is written.
  await field(page, 'backup-page.folder').fill(join(folder, 'nowhere'));
  await page.keyboard.press('Enter');
  await see(page, text('error.folder-gone.todo'));
  await field(page, 'backup-page.folder').fill(exports);
  await page.keyboard.press('Enter');
  await see(page, text('case-export.digest'));
  const [made = ''] = readdirSync(exports);
  const manifest = readFileSync(join(exports, made, 'manifest.json'));
  const digest = createHash('sha256').update(manifest).digest('hex');
  await see(page, digest.replaceAll(/(.{8})(?=.)/gu, '$1 '));
  const { files } = JSON.parse(manifest.toString()) as { files: { path: string; sha256: string }[] };
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const { path, sha256 } of files)
    expect(
      createHash('sha256')
        .update(readFileSync(join(exports, made, path)))
        .digest('hex'),
    ).toBe(sha256);
  await page.keyboard.press('Escape');
});

test('the administrator shortens a rule, the supervisor looks and runs it, and a hold keeps its record', async () => {
  const { page } = station.window;
  const [held = '', due = ''] = names;
  await lock(page);
  await chooseName(page, ADMINISTRATOR.name, ADMINISTRATOR.secret);
  await see(page, text('app.live'));
  await goToVault(page, 'retention');
  const referred = { outcome: text('history.outcome.referred') };
  const days = page.getByRole('textbox', { name: text('retention-page.days-of', referred) });
  await days.fill('0');
  await see(page, text('retention-page.days.fault'));
  await days.fill(String(LONG_AGO.days - 1));
  await page.keyboard.press('Enter');
  await page.getByText(`Set by ${ADMINISTRATOR.name}`).waitFor({ timeout: WAIT_MS });
  // Whoever sets the rules does not run them.
  expect(await button(page, 'retention-page.preview').count()).toBe(0);
  await lock(page);

  await chooseName(page, OFFICER.name, OFFICER.secret);
  await see(page, text('app.live'));
  await goToVault(page, 'retention');
  await press(page, 'retention-page.preview');
  const row = page.getByRole('row').filter({ hasText: referred.outcome });
  await row.waitFor({ timeout: WAIT_MS });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([
    referred.outcome,
    String(LONG_AGO.days - 1),
    '1',
    '1',
  ]);
  await press(page, 'retention-page.erase', { count: 1 });
  await page.getByRole('dialog').getByText(text('retention-page.sure.what')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press(page, 'retention-page.erase', { count: 1 });
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('e');
  await see(page, text('retention-page.done', { erased: 1, pictures: 1 }));

  await openHistory(page);
  await page
    .getByRole('row')
    .filter({ hasText: text('history.erased.short') })
    .waitFor({ timeout: WAIT_MS });
  expect(await page.getByText(due).count()).toBe(0);
  await openRecord(page, held);
  await seePicture(page.getByRole('img', { name: text('history.picture', { number: 1, count: 1 }) }));
  await page.keyboard.press('Escape');

  await goToVault(page, 'retention');
  const hold = panel(page, 'retention-page.holds');
  await hold.getByText(HOLD).waitFor();
  await press(hold, 'hold-page.release');
  await hold.getByText(text('retention-page.holds.none')).waitFor({ timeout: WAIT_MS });
  await press(page, 'retention-page.preview');
  await button(page, 'retention-page.erase', { count: 1 }).waitFor({ timeout: WAIT_MS });
});

test('another key for everything, and another recovery key, only for the secret once more', async () => {
  const { page } = station.window;
  await lock(page);
  await chooseName(page, ADMINISTRATOR.name, ADMINISTRATOR.secret);
  await see(page, text('app.live'));
  await goToVault(page, 'keys');
  await press(page, 'vault-page.key.change');
  await secret(page, 'secret-field.label').press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached', timeout: WAIT_MS });
  await press(page, 'vault-page.key.change');
  await secret(page, 'secret-field.label').fill('000000');
  await page.keyboard.press('Enter');
  await see(page, text('error.sign-in-wrong.happened'));
  await secret(page, 'secret-field.label').fill(ADMINISTRATOR.secret);
  await page.keyboard.press('Enter');
  await see(page, text('vault-page.key.changed'));
  // Pictures follow in the background.
  await button(page, 'vault-page.key.change').and(page.locator(':enabled')).waitFor({ timeout: WAIT_MS });

  await press(page, 'vault-page.recovery.new');
  await secret(page, 'secret-field.label').fill(ADMINISTRATOR.secret);
  await page.keyboard.press('Enter');
  const words = await keepRecoveryKey(page);
  station.window.personal(words);
  await goToVault(page, 'keys');
  await panel(page, 'vault-page.recovery.title').waitFor({ timeout: WAIT_MS });
  expect(await page.content()).not.toContain(words.slice(0, 5));
  expect(filesHolding(dataFolder, [words, HOLD, ...names])).toEqual([]);

  // With the new key, everybody signs in as before, and the pictures are there.
  await lock(page);
  await chooseName(page, OFFICER.name, OFFICER.secret);
  await see(page, text('app.live'));
  await openRecord(page, names[0] ?? '');
  await seePicture(page.getByRole('img', { name: text('history.picture', { number: 1, count: 1 }) }));
  await page.keyboard.press('Escape');
});

test('a chain that was changed by other tools is told by the numbers of its entries', async () => {
  await station.leave();
  const copy = join(folder, 'copy');
  cpSync(dataFolder, copy, { recursive: true });
  const db = await databaseOf(copy);
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  db.exec("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2; DELETE FROM audit WHERE seq = 3");
  db.close();
  const { page } = await station.moveTo(copy, { personal: [...names, HOLD] });
  await signInAs(page, OFFICER);
  await ready(page);
  await goToVault(page, 'audit');
  await field(page, 'audit-page.verify.anchors').fill(anchor);
  await press(page, 'audit-page.verify.do');
  const said = panel(page, 'audit-page.verify.title').getByRole('status');
  await said.getByText(text('audit-page.broken.todo')).waitFor({ timeout: WAIT_MS });
  await said.getByText(text('audit-page.break.changed', { seq: 2 })).waitFor();
  await said.getByText(text('audit-page.break.removed', { seq: 3 })).waitFor();
  expect(await said.innerText()).not.toContain('2020');
});
