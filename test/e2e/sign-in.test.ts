// From an empty machine to a shift change, over the real station: first run, locking, handing over, a start after a cut.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type RunningHost, startHost } from './host.ts';
import { specimenFile } from './pictures.ts';
import {
  askedAnyway,
  chooseName,
  chooseOwnSecret,
  field,
  keepRecoveryKey,
  lock,
  typePerson,
} from './people-steps.ts';
import { drop, expectRows, ready, rowsOf, see, signInAs, tabTo, WAIT_MS } from './steps.ts';
import { endTest, filesHolding, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const dataFolder = join(folder, 'data');
let host: RunningHost;
let window: TestWindow;
let recoveryKey = '';
let lines: string[] = [];

const ADMINISTRATOR = { name: 'Z. Keeper', signInName: 'keeper', secret: '815294' };
const OFFICER = { name: 'J. Lantern', signInName: 'lantern', secret: 'seven green boats' };
const EXAMINER = { name: 'M. Harbour', signInName: 'harbour', secret: '402917', own: 'a long way to Zenda' };

beforeAll(async () => {
  host = await startHost({ dataFolder, isNew: true });
  window = await openWindow(host);
  window.personal(OFFICER.secret, EXAMINER.own, OFFICER.name, EXAMINER.name, ADMINISTRATOR.name);
});

afterEach(({ task }) => endTest(window, task));

afterAll(async () => {
  await window?.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('an empty machine becomes a station by keyboard alone, and its recovery key is asked back', async () => {
  const { page } = window;
  await page.getByRole('heading', { name: text('settings.first-run.title') }).waitFor();
  await tabTo(page, field(page, 'settings.place'));
  await page.keyboard.type('Port North A-12');
  await tabTo(page, field(page, 'settings.station-code'));
  await page.keyboard.type('PN-A12');
  await tabTo(page, page.getByRole('combobox', { name: text('settings.country') }));
  await page.keyboard.type('Utopia');
  await page.getByRole('option', { name: text('state.UTO') }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await see(page, text('settings.administrator.what'));
  await typePerson(page, ADMINISTRATOR);
  await page.keyboard.press('Enter');
  await see(page, text('settings.counter.what'));
  await typePerson(page, OFFICER);
  await page.keyboard.press('Enter');
  recoveryKey = await keepRecoveryKey(page);
  window.personal(recoveryKey);
  await chooseName(page, OFFICER.name, OFFICER.secret);
  await ready(page);
});

test('locked, the window holds nothing of the traveller, and the draft waits', async () => {
  const { page } = window;
  const specimen = await specimenFile('utopia-passport-good');
  lines = specimen.lines;
  window.personal(...lines);
  await drop(page, { name: 'passport.jpg', bytes: specimen.jpeg });
  await expectRows(page, lines);
  await see(page, text('examine.draft.kept'));
  await lock(page);
  await see(page, text('sign-in.waiting.drafts', { count: 1 }));
  const left = await page.content();
  const [first = '', second = ''] = lines;
  for (const part of [first, second, first.slice(5, 11), second.slice(0, 9)])
    expect(left).not.toContain(part);
  expect(await page.getByRole('img').count()).toBe(0);
  // What the window holds no more, it is not given either.
  expect(await askedAnyway(page, 'draft.load', {})).toBe('signed-out');
});

test('the administrator enters a colleague, who chooses a secret of their own and takes the draft over', async () => {
  const { page } = window;
  await chooseName(page, ADMINISTRATOR.name, ADMINISTRATOR.secret);
  await page.getByRole('button', { name: text('people.add') }).click({ timeout: WAIT_MS });
  expect(await page.getByText(text('screen.examine'), { exact: true }).count()).toBe(0);
  await typePerson(page, EXAMINER);
  await page.getByText(text('role.examiner'), { exact: true }).last().click();
  await page.keyboard.press('Enter');
  await see(page, text('people.saved', { name: EXAMINER.name }));
  await lock(page);
  await chooseName(page, EXAMINER.name, EXAMINER.secret);
  await chooseOwnSecret(page, EXAMINER.secret, EXAMINER.own);
  await see(page, text('handover.title', { name: OFFICER.name }));
  await page.keyboard.press('t');
  await expectRows(page, lines);
  await lock(page);
  // The draft is another's now.
  await chooseName(page, OFFICER.name, OFFICER.secret);
  await see(page, text('handover.title', { name: EXAMINER.name }));
  await page.keyboard.press('l');
  await ready(page);
  await lock(page);
});

test('after the power went, the store is closed until somebody signs in, and the draft is there', async () => {
  window.forgive(/ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/);
  await host.kill();
  await window.close();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  window.personal(...lines, recoveryKey, EXAMINER.own);
  const { page } = window;
  // The number is all that is known of the closed store.
  await see(page, text('sign-in.waiting.drafts', { count: 1 }));
  await signInAs(page, EXAMINER);
  await see(page, text('error.sign-in-wrong.happened'));
  expect(await page.content()).not.toContain(OFFICER.name);
  await page.keyboard.type(EXAMINER.own);
  await page.keyboard.press('Enter');
  await expectRows(page, lines);
  expect(await rowsOf(page)).toEqual(lines);
});

test('the recovery key opens it too, and neither it nor a name or a secret lies in the folder', async () => {
  await window.close();
  await host.stop();
  host = await startHost({ dataFolder });
  window = await openWindow(host);
  const { page } = window;
  await page.getByRole('button', { name: text('sign-in.with-recovery-key') }).click();
  await page.getByRole('textbox', { name: text('recovery.key') }).fill(recoveryKey.toLowerCase());
  await typePerson(page, { ...ADMINISTRATOR, secret: '739150' });
  await page.getByRole('button', { name: text('recovery.use.do') }).click();
  await page.getByRole('heading', { name: text('people.title') }).waitFor({ timeout: WAIT_MS });
  await page.getByRole('row').filter({ hasText: EXAMINER.name }).waitFor();
  const secrets = [recoveryKey, OFFICER.secret, EXAMINER.own, ADMINISTRATOR.secret];
  const names = [OFFICER, EXAMINER, ADMINISTRATOR].flatMap(({ name, signInName }) => [name, signInName]);
  expect(filesHolding(dataFolder, [...secrets, ...names, ...lines])).toEqual([]);
});
