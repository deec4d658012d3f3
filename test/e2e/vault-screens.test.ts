// A picture of every screen of sign-in and vault at both sizes and in every theme, and what can be measured of them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { appendAudit, digestOf } from '../../electron/db/audit.ts';
import { ADMINISTRATOR, databaseOf, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { E2E_SETTINGS, type RunningHost, startHost } from './host.ts';
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
  typePerson,
} from './people-steps.ts';
import { changeTheme, picture, pictureSignedOut } from './screen-pictures.ts';
import { openHistory, ready, see, seePicture, signInAs, tabTo, WAIT_MS } from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
let host: RunningHost;
let window: TestWindow;

beforeAll(async () => {
  await setUpFolder(join(folder, 'station'), E2E_SETTINGS);
  await recordLongAgo(join(folder, 'station'), 3);
});

afterEach(async ({ task }) => {
  // The folder is the next test's, whatever this window complained of.
  try {
    await endTest(window, task);
  } finally {
    try {
      await window.close();
    } finally {
      await host.stop();
    }
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(name: string, isNew = false): Promise<Page> {
  host = await startHost({ dataFolder: join(folder, name), isNew });
  window = await openWindow(host);
  return window.page;
}

/** What of a long page lies below the fold. */
async function toEnd(page: Page, id: string): Promise<void> {
  await panel(page, id).evaluate((one) => one.scrollIntoView({ block: 'end' }));
}

async function signedIn(page: Page, person: typeof ADMINISTRATOR): Promise<void> {
  await chooseName(page, person.name, person.secret);
  await see(page, text('app.live'));
}

test('from an empty machine to the recovery key', async () => {
  const page = await open('new', true);
  await page.getByRole('heading', { name: text('settings.first-run.title') }).waitFor();
  await pictureSignedOut(page, 'first-run-station');
  await press(page, 'restore.instead');
  await page.getByRole('heading', { name: text('restore.title') }).waitFor();
  await pictureSignedOut(page, 'first-run-restore');
  await page.keyboard.press('Escape');
  await field(page, 'settings.place').fill(E2E_SETTINGS.place);
  await field(page, 'settings.station-code').fill(E2E_SETTINGS.stationCode);
  await tabTo(page, page.getByRole('combobox', { name: text('settings.country') }));
  await page.keyboard.type('Utopia');
  await page.getByRole('option', { name: text('state.UTO') }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await see(page, text('settings.administrator.what'));
  // Nothing typed yet: every field says what it asks for.
  await page.keyboard.press('Enter');
  await see(page, text('person.fault.name'));
  await pictureSignedOut(page, 'first-run-administrator');
  await typePerson(page, ADMINISTRATOR);
  await page.keyboard.press('Enter');
  await see(page, text('settings.counter.what'));
  await pictureSignedOut(page, 'first-run-counter');
  await typePerson(page, OFFICER);
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: text('recovery.key') }).waitFor({ timeout: WAIT_MS });
  await pictureSignedOut(page, 'first-run-recovery-key');
  window.personal(await keepRecoveryKey(page));
  await page.getByRole('heading', { name: text('sign-in.locked.title') }).waitFor({ timeout: WAIT_MS });
});

test('sign-in, refused and locked', async () => {
  const page = await open('station');
  await signInAs(page, { ...OFFICER, secret: '000000' });
  await see(page, text('error.sign-in-wrong.happened'));
  await pictureSignedOut(page, 'sign-in-refused');
  await press(page, 'sign-in.with-recovery-key');
  await page.getByRole('heading', { name: text('recovery.use.title') }).waitFor();
  await press(page, 'recovery.use.do');
  await see(page, text('recovery.fault.length'));
  await pictureSignedOut(page, 'sign-in-recover');
  await page.keyboard.press('Escape');
  await field(page, 'person.sign-in-name').fill('');
  await signInAs(page, OFFICER);
  await ready(page);
  await changeTheme(page, 'system');
  await lock(page);
  await page.getByRole('option').first().waitFor();
  await pictureSignedOut(page, 'locked');
  await page.keyboard.press('1');
  await page.getByRole('heading', { level: 2 }).waitFor();
  await pictureSignedOut(page, 'locked-chosen');
});

test('the vault of an administrator', async () => {
  const dataFolder = join(folder, 'station');
  const db = await databaseOf(dataFolder);
  const at = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const entry = { at, officerId: OFFICER.id, action: 'officer.signed-out', subjectId: OFFICER.id };
  db.transaction(() => appendAudit(db, { ...entry, digest: digestOf('') }))();
  db.close();
  const page = await open('station');
  await signInAs(page, ADMINISTRATOR);
  const health = page.getByRole('region', { name: text('health.label') });
  await health.getByText(text('health.clock-set-back.todo')).waitFor({ timeout: WAIT_MS });
  await picture(page, 'health-banner');
  await press(health, 'ui.close');
  await health.waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: OFFICER.name }).waitFor();
  await picture(page, 'vault-people');
  await press(page, 'people.add');
  await page.keyboard.press('Enter');
  await see(page, text('person.fault.name'));
  await picture(page, 'vault-people-add', ['light', 'dark']);
  await page.keyboard.press('Escape');
  await press(page, 'people.ask.leave', { name: OFFICER.name });
  await see(page, text('people.leave.key'));
  await picture(page, 'vault-people-leave', ['light']);
  await page.keyboard.press('Escape');

  await goToVault(page, 'keys');
  await panel(page, 'vault-page.recovery.title').waitFor();
  await picture(page, 'vault-keys');
  await press(page, 'vault-page.key.change');
  await see(page, text('vault-page.key.ask'));
  await picture(page, 'vault-keys-ask', ['light', 'dark']);
  await page.keyboard.press('Escape');

  await goToVault(page, 'retention');
  const referred = { outcome: text('history.outcome.referred') };
  const days = page.getByRole('textbox', { name: text('retention-page.days-of', referred) });
  await days.fill(String(LONG_AGO.days - 1));
  await picture(page, 'vault-retention-rules');
  await page.keyboard.press('Enter');
  await page.getByText(`Set by ${ADMINISTRATOR.name}`).waitFor({ timeout: WAIT_MS });

  await goToVault(page, 'backup');
  const now = panel(page, 'backup-page.now');
  await picture(page, 'vault-backup-none', ['light']);
  const stick = join(folder, 'stick');
  mkdirSync(stick);
  await now.getByRole('textbox', { name: text('backup-page.folder') }).fill(stick);
  await press(now, 'backup-page.create');
  await now.getByText(/^Backed up and verified/).waitFor({ timeout: WAIT_MS });
  await picture(page, 'vault-backup');
  const verify = panel(page, 'backup-page.verify');
  await verify.getByRole('textbox', { name: text('backup-page.folder') }).fill(stick);
  await press(verify, 'backup-page.find');
  await press(verify, 'backup-page.verify.do');
  await verify.getByText(text('backup-page.verified')).waitFor({ timeout: WAIT_MS });
  await page.setViewportSize({ width: 1366, height: 768 });
  await toEnd(page, 'backup-page.verify');
  await picture(page, 'vault-backup-verified', ['light', 'dark']);
});

test('the vault of a supervisor, and a record', async () => {
  const page = await open('station');
  await signInAs(page, OFFICER);
  await ready(page);
  await goToVault(page, 'audit');
  await press(page, 'audit-page.verify.do');
  await see(page, 'Whole:');
  await picture(page, 'vault-audit');
  await press(page, 'audit-page.log.make');
  await see(page, text('audit-page.log.keep'));
  await toEnd(page, 'audit-page.log.title');
  await picture(page, 'vault-audit-log', ['light', 'dark']);
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'vault-audit-paper', ['light']);
  await page.emulateMedia({ media: 'screen' });

  await openHistory(page);
  await page.getByRole('row').filter({ hasText: 'ERIKSSON' }).click({ timeout: WAIT_MS });
  await seePicture(page.getByRole('img', { name: text('history.picture', { number: 1, count: 1 }) }));
  await page.keyboard.press('e');
  await see(page, text('case-export.what'));
  await picture(page, 'record-export', ['light', 'dark']);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('h');
  await field(page, 'hold-page.reason').fill('Court of Zenda, case 12');
  await picture(page, 'record-hold', ['light', 'dark']);
  await page.keyboard.press('Enter');
  await button(page, 'hold-page.on').waitFor({ timeout: WAIT_MS });
  await picture(page, 'record-held', ['light', 'dark']);
  await page.keyboard.press('Escape');

  await goToVault(page, 'retention');
  await press(page, 'retention-page.preview');
  await button(page, 'retention-page.erase', { count: 2 }).waitFor({ timeout: WAIT_MS });
  expect(await page.getByText('Court of Zenda').count()).toBe(1);
  await picture(page, 'vault-retention');
  await press(page, 'retention-page.erase', { count: 2 });
  await see(page, text('retention-page.sure.what'));
  await picture(page, 'vault-retention-sure', ['light']);
  await page.keyboard.press('Escape');
  await changeTheme(page, 'system');
  await lock(page);
  await signedIn(page, ADMINISTRATOR);
});
