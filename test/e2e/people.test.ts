// The people of a station over its own window: added, released, given another secret, let go; each sees what is theirs.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { createApp } from '../../electron/app.ts';
import { NO_SHELL } from '../electron/no-shell.ts';
import { ADMINISTRATOR, CHEAP, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { E2E_SETTINGS } from './host.ts';
import {
  askedAnyway,
  button,
  chooseName,
  chooseOwnSecret,
  lock,
  press,
  secret,
  typePerson,
  vaultPages,
} from './people-steps.ts';
import { shareWindow } from './shared-window.ts';
import { ready, see, signInAs, WAIT_MS } from './steps.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const NEW = { name: 'M. Harbour', signInName: 'harbour', secret: '402917', own: 'a long way to Zenda' };
const AGAIN = { secret: '739150', own: 'nine quiet lanterns' };

/** Ten wrong secrets for the officer, with the waits between them on a clock of our own. */
async function lockOut(dataFolder: string): Promise<void> {
  let time = Date.now() - 3_600_000;
  const app = await createApp({
    dataFolder,
    version: '0.0.0-test',
    shell: NO_SHELL,
    kdf: CHEAP,
    now: () => new Date(time),
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  for (let tries = 0; tries < 10; tries += 1) {
    time += 120_000;
    await app.dispatch('vault.sign-in', JSON.stringify({ name: OFFICER.signInName, secret: '000000' }));
  }
  await app.close();
}

const station = shareWindow(async (folder) => {
  const dataFolder = join(folder, 'data');
  await setUpFolder(dataFolder, E2E_SETTINGS);
  await lockOut(dataFolder);
  return { isClosed: true, personal: [NEW.name, NEW.own, AGAIN.own, ADMINISTRATOR.name, OFFICER.name] };
});

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** What the rail and the vault show, by their words. */
async function expectPlaces(page: Page, screens: string[], pages: string[]): Promise<void> {
  const rail = page.getByRole('navigation', { name: text('app.rail') }).getByRole('button');
  const words = async (all: typeof rail) =>
    (await all.locator('span').allInnerTexts()).map((word) => word.trim());
  await expect
    .poll(() => words(rail), { timeout: WAIT_MS })
    .toEqual([...screens.map((id) => text(`screen.${id}`)), text('app.keys')]);
  if (pages.length === 0) return;
  await page.keyboard.press('F7');
  await expect
    .poll(() => words(vaultPages(page)), { timeout: WAIT_MS })
    .toEqual(pages.map((id) => text(`vault-page.${id}`)));
}

test('somebody locked out is told who releases them, and an administrator does', async () => {
  const { page } = station.window;
  await signInAs(page, OFFICER);
  await see(page, text('error.sign-in-locked.happened'));
  await see(page, text('error.sign-in-locked.todo'));
  await page.getByRole('textbox', { name: text('person.sign-in-name') }).fill('');
  await signInAs(page, ADMINISTRATOR);
  await expectPlaces(
    page,
    ['vault', 'settings'],
    ['people', 'keys', 'audit', 'retention', 'backup', 'directory', 'hub', 'lists'],
  );
  // Whoever keeps the keys opens no record, whatever the window says.
  for (const channel of ['history.search', 'draft.load', 'hold.list'])
    expect(await askedAnyway(page, channel, {})).toBe('not-allowed');
  await rowOf(page, OFFICER.name).getByText(text('people.standing.locked')).waitFor();
  await press(rowOf(page, OFFICER.name), 'people.release');
  await see(page, text('people.released', { name: OFFICER.name }));
  await rowOf(page, OFFICER.name).getByText(text('people.standing.can')).waitFor();
});

test('a new officer is added, chooses a secret of their own, and sees the counter alone', async () => {
  const { page } = station.window;
  await press(page, 'people.add');
  // A secret that a glance over the shoulder keeps is refused, beside its field.
  await typePerson(page, { ...NEW, secret: '123456' });
  await page.keyboard.press('Enter');
  await see(page, text('secret-field.fault.easy'));
  for (const id of ['secret-field.new', 'secret-field.again']) await secret(page, id).fill(NEW.secret);
  await page.keyboard.press('Enter');
  await see(page, text('people.saved', { name: NEW.name }));
  await rowOf(page, NEW.name).getByText(text('people.standing.must-change')).waitFor();
  await lock(page);
  await chooseName(page, NEW.name, NEW.secret);
  await chooseOwnSecret(page, NEW.secret, NEW.own);
  await ready(page);
  await expectPlaces(page, ['examine', 'history', 'detections', 'settings'], []);
  for (const channel of ['people.list', 'audit.verify', 'retention.rules', 'backup.state', 'case.export'])
    expect(await askedAnyway(page, channel, {})).toBe('not-allowed');
  await lock(page);
});

test('a supervisor helps an officer who forgot the secret, and no administrator', async () => {
  const { page } = station.window;
  await chooseName(page, OFFICER.name, OFFICER.secret);
  await ready(page);
  await expectPlaces(
    page,
    ['examine', 'cases', 'history', 'reports', 'detections', 'desk', 'vault', 'settings'],
    ['people', 'audit', 'retention', 'backup', 'lists'],
  );
  await rowOf(page, NEW.name).waitFor();
  expect(await button(page, 'people.add').count()).toBe(0);
  expect(await rowOf(page, ADMINISTRATOR.name).getByRole('button').count()).toBe(0);
  const renewed = { id: ADMINISTRATOR.id, secret: AGAIN.secret };
  expect(await askedAnyway(page, 'people.new-secret', renewed)).toBe('not-allowed');
  expect(await askedAnyway(page, 'people.leave', { id: ADMINISTRATOR.id })).toBe('not-allowed');
  await press(page, 'people.ask.secret', { name: NEW.name });
  for (const id of ['secret-field.new', 'secret-field.again']) await secret(page, id).fill(AGAIN.secret);
  await page.keyboard.press('Enter');
  await see(page, text('people.renewed', { name: NEW.name }));
  await lock(page);
  await chooseName(page, NEW.name, NEW.own);
  await see(page, text('error.sign-in-wrong.happened'));
  await page.keyboard.type(AGAIN.secret);
  await page.keyboard.press('Enter');
  await chooseOwnSecret(page, AGAIN.secret, AGAIN.own);
  await ready(page);
  await lock(page);
});

test('whoever has left is on no list, signs in no more, and stays named as somebody who was here', async () => {
  const { page } = station.window;
  await chooseName(page, ADMINISTRATOR.name, ADMINISTRATOR.secret);
  await press(page, 'people.ask.leave', { name: NEW.name });
  await see(page, text('people.leave.key'));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: text('people.leave.do') })
    .click();
  await see(page, text('people.gone', { name: NEW.name }));
  await page.getByRole('listitem').filter({ hasText: NEW.name }).waitFor();
  expect(await rowOf(page, NEW.name).count()).toBe(0);
  await lock(page);
  await page.getByRole('option', { name: OFFICER.name }).waitFor();
  expect(await page.getByRole('option').count()).toBe(2);
  expect(await page.content()).not.toContain(NEW.name);
  const gone = { name: NEW.signInName, secret: AGAIN.own };
  expect(await askedAnyway(page, 'vault.sign-in', gone)).toBe('sign-in-wrong');
});
