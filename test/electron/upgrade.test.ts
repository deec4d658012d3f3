// A station of a version before the vault: its key lay in clear. What was made by that version's own code is taken over.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROTECTION_MIGRATIONS } from '../../electron/db/migrations/protection.ts';
import { createDatabase, openDatabase } from '../../electron/db/open.ts';
import { openProtection } from '../../electron/db/protection-file.ts';
import { deriveKey, newKey, readClearKey } from '../../electron/keys.ts';
import { adoptStation } from '../../electron/station-store.ts';
import { CAN_MOUNT, fill, smallDisk } from './disks.ts';
import {
  ADMINISTRATOR,
  ALL,
  CHEAP,
  dataKeyOf,
  newId,
  OFFICER,
  openApp,
  refer,
  temporaryFolder,
  type TestApp,
} from './fixtures.ts';

/** Made by the code before the vault: a referred record, a draft, two officers, a picture of each examination. */
const OLDER = join(import.meta.dirname, 'older-station');
const RECORD = '0192b000-0000-7000-8000-000000000010';
const DRAFT = '0192b000-0000-7000-8000-000000000020';
const [FIRST, SECOND] = ['0192b000-0000-7000-8000-000000000001', '0192b000-0000-7000-8000-000000000002'];
const NOTE = 'an older note';
const now = (): Date => new Date();

/** As that version wrote a key. */
function clearKeyFile(key: Buffer, salt: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('CCKEY1', 'latin1'), key, salt]);
  return Buffer.concat([body, createHash('sha256').update(body).digest().subarray(0, 8)]);
}

/** The folder as it was left; its protection file is too large to be kept and is made as that version made it. */
function older(folder = temporaryFolder()): string {
  cpSync(OLDER, folder, { recursive: true });
  const key = newKey();
  const store = { folder, name: 'protection', migrations: PROTECTION_MIGRATIONS.slice(0, 1), now, key };
  const salt = createDatabase({ ...store, journal: 'TRUNCATE' }, () => undefined);
  renameSync(join(folder, 'protection.db.new'), join(folder, 'protection.db'));
  const db = openDatabase({ ...store, journal: 'TRUNCATE', salt });
  db.prepare(
    `INSERT INTO protection (id, examination_id, station_id, officer_id, at, signs, note, submitted_sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(newId(), RECORD, newId(), FIRST ?? '', now().toISOString(), '["VT.01"]', NOTE, '');
  db.close();
  writeFileSync(join(folder, 'protection.key'), clearKeyFile(key, salt));
  return folder;
}

const officer = { ...OFFICER, id: FIRST ?? '', name: 'A. Officer', role: 'supervisor' as const };
const people = { administrator: ADMINISTRATOR, officer };

async function expectTakenOver(app: TestApp): Promise<void> {
  const record = await app.ask('history.open', { id: RECORD });
  expect(record).toMatchObject({ officerName: 'A. Officer', decisions: [{ note: 'an older record' }] });
  const [image] = record.documents[0]?.images ?? [];
  expect(await app.getImage(image?.id ?? '', 'original')).toMatchObject({ ok: true, width: 32, height: 20 });
  const { draft, begunBy } = await app.ask('draft.load', {});
  expect([draft?.id, begunBy]).toEqual([DRAFT, null]);
  expect(await app.getImage(draft?.documents[0]?.images[0]?.id ?? '', 'original')).toMatchObject({
    ok: true,
  });
  expect(await app.ask('history.search', ALL)).toMatchObject({ total: 1 });
  expect(await app.ask('station.state', {})).toMatchObject({
    settings: { place: 'Port of Zenda', theme: 'dark', idleMinutes: 5 },
  });
  expect(app.verifyAudit()).toMatchObject({ ok: true });
  const key = await dataKeyOf(app.folder, officer);
  const own = openProtection(app.folder, deriveKey(key, 'protection'), now);
  expect(own.prepare('SELECT note FROM protection').pluck().all()).toEqual([NOTE]);
  own.close();
  expect(readdirSync(app.folder).filter((name) => /\.key$|\.next|\.new/.test(name))).toEqual([
    'protection.key',
  ]);
}

describe('a station of a version before the vault', () => {
  it('answers nothing until its first secret is set, and then has all it had', async () => {
    const folder = older();
    const clear = readClearKey(join(folder, 'station.key')).key;
    const app = await openApp({ dataFolder: folder });
    expect(await app.ask('vault.state', {})).toMatchObject({
      phase: 'upgrade',
      session: null,
      people: [
        { id: FIRST, name: 'A. Officer' },
        { id: SECOND, name: 'B. Examiner' },
      ],
    });
    expect(await app.codeOf('history.search', ALL)).toBe('signed-out');
    expect(await app.codeOf('vault.sign-in', { name: 'officer', secret: OFFICER.secret })).toBe('not-set-up');
    const { recoveryKey, vault } = await app.ask('station.upgrade', people);
    expect(vault).toMatchObject({ phase: 'open', session: { officerId: ADMINISTRATOR.id } });
    expect(recoveryKey).toHaveLength(77);
    expect(await app.codeOf('station.upgrade', people)).toBe('already-saved');
    // The examiner of before has a place, and no secret yet.
    const listed = (await app.ask('people.list', {})).people.find(({ id }) => id === SECOND);
    expect(listed).toMatchObject({ name: 'B. Examiner', signInName: null, canSignIn: false });
    // An entry of that version tells of them, in its own way.
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    const second = { id: SECOND ?? '', name: 'B. Examiner', role: 'examiner' as const, signInName: 'second' };
    await app.ask('people.save', { ...second, secret: 'for the first time' });
    await app.signIn(officer);
    await expectTakenOver(app);
    expect(existsSync(join(folder, 'station.key'))).toBe(false);
    expect((await dataKeyOf(folder, officer)).equals(clear)).toBe(false);
    await app.close();
    const later = await openApp({ dataFolder: folder });
    await later.signIn(officer);
    await expectTakenOver(later);
  });

  it('cut after its people were entered, is sealed, and its key is changed by whoever signs in first', async () => {
    const folder = older();
    const clear = readClearKey(join(folder, 'station.key')).key;
    await adoptStation({ folder, now }, people, { kdf: CHEAP, keystore: null });
    expect(existsSync(join(folder, 'station.key'))).toBe(true);
    const app = await openApp({ dataFolder: folder });
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'sealed' });
    await app.signIn(officer);
    await expectTakenOver(app);
    expect((await dataKeyOf(folder, officer)).equals(clear)).toBe(false);
  });

  it.skipIf(!CAN_MOUNT)('without room for its change says so until there is some', async () => {
    const disk = smallDisk(8);
    const folder = older(disk);
    await adoptStation({ folder, now }, people, { kdf: CHEAP, keystore: null });
    fill(disk, statSync(join(folder, 'station.db')).size);
    const roomIn = () => ({ free: 2 ** 40, total: 2 ** 40 });
    const app = await openApp({ dataFolder: folder, health: { roomIn } });
    await app.signIn(officer);
    expect(await app.ask('health.state', {})).toMatchObject({ warnings: ['key-in-clear'] });
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 1 });
    await app.close();
    fill(disk, null);
    const later = await openApp({ dataFolder: folder, health: { roomIn } });
    await later.signIn(officer);
    expect(await later.ask('health.state', {})).toMatchObject({ warnings: [] });
    await expectTakenOver(later);
  });

  it('keeps its clear key where a weak secret is refused, and goes on as it was', async () => {
    const folder = older();
    const app = await openApp({ dataFolder: folder });
    const weak = { ...people, administrator: { ...ADMINISTRATOR, secret: '123456' } };
    expect(await app.codeOf('station.upgrade', weak)).toBe('secret-weak');
    expect(
      await app.codeOf('station.upgrade', { ...people, officer: { ...officer, signInName: 'Locksmith' } }),
    ).toBe('name-taken');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'upgrade' });
    expect(readdirSync(folder)).not.toContain('station.keys');
    await app.ask('station.upgrade', { ...people, officer: null });
  });

  it('records on as before, on the same chain', async () => {
    const app = await openApp({ dataFolder: older() });
    await app.ask('station.upgrade', people);
    await app.signIn(officer);
    const { draft } = await app.ask('draft.load', {});
    if (draft === null) throw new Error('no draft');
    await app.ask('examination.save', {
      ...draft,
      judgedOn: now().toISOString().slice(0, 10),
      decision: refer(),
    });
    expect(await app.ask('history.search', ALL)).toMatchObject({ total: 2 });
    // What that version referred is a case of the second line now.
    const { rows } = await app.ask('case.list', { show: 'open', limit: 9, offset: 0 });
    expect(rows.map(({ id }) => id).toSorted()).toEqual([RECORD, DRAFT].toSorted());
    const entry = { id: newId(), kind: 'taken' } as const;
    expect(await app.ask('case.enter', { examinationId: RECORD, entry })).toMatchObject({ state: 'held' });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });
});
