// A station's way to another machine over its own window: backup, trying it, and restoring it where nothing is.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ADMINISTRATOR, OFFICER, setUpFolder } from '../electron/set-up.ts';
import { E2E_SETTINGS } from './host.ts';
import { recordLongAgo } from './old-records.ts';
import { button, field, goToVault, panel, press } from './people-steps.ts';
import { shareWindow } from './shared-window.ts';
import { openHistory, ready, see, seePicture, signInAs, WAIT_MS } from './steps.ts';
import { filesHolding } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
let recoveryKey = '';
let names: string[] = [];

const station = shareWindow(async (folder) => {
  const dataFolder = join(folder, 'data');
  for (const place of ['stick', 'drawer']) mkdirSync(join(folder, place));
  recoveryKey = await setUpFolder(dataFolder, E2E_SETTINGS);
  names = await recordLongAgo(dataFolder, 2);
  return { isClosed: true, personal: [...names, recoveryKey, OFFICER.name, ADMINISTRATOR.name] };
});
const { folder } = station;
const stick = join(folder, 'stick');
const drawer = join(folder, 'drawer');

beforeAll(async () => {
  await signInAs(station.window.page, ADMINISTRATOR);
  await goToVault(station.window.page, 'backup');
});

const backups = (place: string): string[] => readdirSync(place).filter((name) => name.endsWith('.ccbackup'));

test('a backup to a folder, and a plan for more of them; a stick that is not there is told', async () => {
  const { page } = station.window;
  const now = panel(page, 'backup-page.now');
  await now.getByText(text('backup-page.last.none')).waitFor({ timeout: WAIT_MS });
  const where = now.getByRole('textbox', { name: text('backup-page.folder') });
  await where.fill(join(folder, 'no such stick'));
  await press(now, 'backup-page.create');
  await now.getByText(text('error.folder-gone.happened')).waitFor({ timeout: WAIT_MS });
  await where.fill(drawer);
  await press(now, 'backup-page.create');
  await now.getByText(/^Backed up and verified: 2 records, 2 pictures/).waitFor({ timeout: WAIT_MS });
  expect(backups(drawer)).toHaveLength(1);
  await now.getByText(/^Last backup: .* 2 records/).waitFor({ timeout: WAIT_MS });

  const plan = panel(page, 'backup-page.plan');
  await plan.getByRole('textbox', { name: text('backup-page.plan.folder') }).fill(stick);
  const every = plan.getByRole('textbox', { name: text('backup-page.plan.every') });
  await every.fill('200');
  await plan.getByText(text('backup-page.plan.fault', { most: 168 })).waitFor();
  await every.fill('12');
  await plan.getByRole('textbox', { name: text('backup-page.plan.keep') }).fill('3');
  await page.keyboard.press('Enter');
  await now.getByText(/^Next one by the plan/).waitFor({ timeout: WAIT_MS });
});

test('it is tried by the recovery key; another key, and a damaged file, are told', async () => {
  const { page } = station.window;
  const verify = panel(page, 'backup-page.verify');
  const [file = ''] = backups(drawer);
  await verify.getByRole('textbox', { name: text('backup-page.folder') }).fill(drawer);
  await press(verify, 'backup-page.find');
  const key = verify.getByRole('textbox', { name: text('backup-page.verify.key') });
  await verify.getByText(join(drawer, file)).waitFor({ timeout: WAIT_MS });
  await key.fill(recoveryKey.toLowerCase());
  await press(verify, 'backup-page.verify.do');
  await verify.getByText(text('backup-page.verified')).waitFor({ timeout: WAIT_MS });
  await verify.getByText(/^2 records, 2 pictures/).waitFor();

  // Two groups that changed places.
  const [first = '', second = '', ...rest] = recoveryKey.split('-');
  await key.fill([second, first, ...rest].join('-'));
  await press(verify, 'backup-page.verify.do');
  await verify.getByText(text('error.recovery-wrong.happened')).waitFor({ timeout: WAIT_MS });
  await key.fill(await setUpFolder(join(folder, 'another station'), E2E_SETTINGS));
  await press(verify, 'backup-page.verify.do');
  await verify.getByText(text('error.backup-key.happened')).waitFor({ timeout: WAIT_MS });

  await key.fill('');
  const other = join(folder, 'a copy');
  mkdirSync(other);
  const bytes = readFileSync(join(drawer, file));
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
  writeFileSync(join(other, file), bytes);
  await verify.getByRole('textbox', { name: text('backup-page.folder') }).fill(other);
  await press(verify, 'backup-page.find');
  const place = verify.getByRole('listitem').filter({ hasText: other });
  await button(place, 'backup-page.verify.do').click({ timeout: WAIT_MS });
  await verify.getByText(text('error.backup-damaged.happened')).waitFor({ timeout: WAIT_MS });
  const left = [stick, drawer].flatMap((one) => filesHolding(one, [...names, recoveryKey, OFFICER.name]));
  expect(left).toEqual([]);
});

test('diagnostics for whoever mends the station hold nobody', async () => {
  const { page } = station.window;
  const place = join(folder, 'mender');
  mkdirSync(place);
  const part = panel(page, 'diagnostics.title');
  await part.getByRole('textbox', { name: text('backup-page.folder') }).fill(place);
  await press(part, 'diagnostics.save');
  await part.getByText(place).waitFor({ timeout: WAIT_MS });
  expect(readdirSync(place)).toHaveLength(1);
  expect(filesHolding(place, [...names, OFFICER.name, ADMINISTRATOR.name, E2E_SETTINGS.place])).toEqual([]);
});

test('on an empty machine the station comes back with its people, records and pictures', async () => {
  const newFolder = join(folder, 'new machine');
  const { page } = await station.moveTo(newFolder, { isNew: true, personal: [...names, recoveryKey] });
  await press(page, 'restore.instead');
  await field(page, 'restore.folder').fill(join(folder, 'nowhere'));
  await press(page, 'backup-page.find');
  await see(page, text('error.folder-gone.happened'));
  await field(page, 'restore.folder').fill(drawer);
  await press(page, 'backup-page.find');
  // Without the key it opens for nobody.
  await button(page, 'restore.do').and(page.locator(':disabled')).waitFor({ timeout: WAIT_MS });
  await field(page, 'recovery.key').fill(recoveryKey);
  await press(page, 'restore.do');
  await page.getByRole('heading', { name: text('restore.done') }).waitFor({ timeout: WAIT_MS });
  await see(page, text('restore.then'));
  await page.keyboard.press('Enter');
  await signInAs(page, OFFICER);
  await ready(page);
  const search = await openHistory(page);
  await search.fill(names[0] ?? '');
  await page
    .getByRole('row')
    .filter({ hasText: names[0] ?? '' })
    .click({ timeout: WAIT_MS });
  await seePicture(page.getByRole('img', { name: text('history.picture', { number: 1, count: 1 }) }));
  await page.keyboard.press('Escape');
  await goToVault(page, 'audit');
  await press(page, 'audit-page.verify.do');
  await see(page, 'Restored from a backup at entry');
  await panel(page, 'audit-page.verify.title')
    .getByText(/^Whole/)
    .waitFor();
  expect(existsSync(join(newFolder, 'station.db'))).toBe(true);
});
