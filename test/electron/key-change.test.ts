// Another data key for everything: nothing is lost, the old key opens nothing, and a cut at any step is ended or undone.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyUnderKey } from '../../electron/db/open.ts';
import { publicKeys } from '../../electron/db/people.ts';
import { openProtection } from '../../electron/db/protection-file.ts';
import { loadStation } from '../../electron/db/station.ts';
import { deriveKey, newKey, newKeyPair, saltOf, sealTo } from '../../electron/keys.ts';
import { changeDataKey, openStation } from '../../electron/station-keys.ts';
import { keyFileText, readKeyFile } from '../../electron/vault/key-file.ts';
import { openKeyring } from '../../electron/vault/keyring.ts';
import { writeSlots, readSlots } from '../../electron/vault/slot-file.ts';
import {
  ADMINISTRATOR,
  ALL,
  databaseOf,
  dataKeyOf,
  draftOf,
  newId,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  refer,
  temporaryFolder,
  type TestApp,
  TODAY,
} from './fixtures.ts';

const NOTE = 'a note of protection';
const now = (): Date => new Date();

/** A station with a record, a protected one, a draft and pictures of both. */
async function worked(): Promise<{ app: TestApp; record: string; images: string[] }> {
  const app = await openReady();
  const [one, two] = [(await app.image(1)).id, (await app.image(2)).id];
  const record = draftOf(one);
  await app.ask('protection.record', { id: newId(), examinationId: record.id, signs: ['VT.01'], note: NOTE });
  await app.ask('examination.save', { ...record, judgedOn: TODAY, decision: refer('kept') });
  await app.ask('draft.save', draftOf(two));
  return { app, record: record.id, images: [one, two] };
}

/** Everything of it is there: record, draft, pictures, audit, protection. */
async function expectWhole(app: TestApp, record: string, images: string[]): Promise<void> {
  expect(await app.ask('history.open', { id: record })).toMatchObject({ decisions: [{ note: 'kept' }] });
  expect((await app.ask('draft.load', {})).draft).not.toBeNull();
  for (const id of images) expect(await app.getImage(id, 'original'), id).toMatchObject({ ok: true });
  expect(app.verifyAudit()).toMatchObject({ ok: true });
  const own = openProtection(app.folder, deriveKey(await dataKeyOf(app.folder), 'protection'), now);
  expect(own.prepare('SELECT note FROM protection').pluck().all()).toEqual([NOTE]);
  own.close();
  expect(app.faults).toEqual([]);
}

const left = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.(next|new|tmp)/.test(name));

describe('a change of keys', () => {
  it('keeps everything readable under a key that is another, and pictures follow', async () => {
    const { app, record, images } = await worked();
    const before = await dataKeyOf(app.folder);
    const sealed = images.map((id) => readFileSync(join(app.folder, 'images', `${id}.ccimg`)));
    const database = readFileSync(join(app.folder, 'station.db'));
    const { size } = statSync(join(app.folder, 'protection.key'));
    expect(await app.codeOf('vault.change-key', { secret: ADMINISTRATOR.secret })).toBe('not-allowed');
    await app.signIn(ADMINISTRATOR);
    expect(await app.codeOf('vault.change-key', { secret: '000111' })).toBe('sign-in-wrong');
    const state = await app.ask('vault.change-key', { secret: ADMINISTRATOR.secret });
    expect(state).toMatchObject({ phase: 'open', session: { officerId: ADMINISTRATOR.id } });
    expect((await dataKeyOf(app.folder)).equals(before)).toBe(false);
    expect(left(app.folder)).toEqual([]);
    const renewed = (): boolean =>
      images.every(
        (id, at) =>
          !readFileSync(join(app.folder, 'images', `${id}.ccimg`)).equals(sealed[at] ?? Buffer.of()),
      );
    await expect.poll(renewed, { timeout: 20_000 }).toBe(true);
    await expect
      .poll(async () => (await app.ask('vault.state', {})).oldPictures, { timeout: 20_000 })
      .toBeNull();
    await app.signIn(OFFICER);
    await expectWhole(app, record, images);
    expect(statSync(join(app.folder, 'protection.key'))).toMatchObject({ size });
    const times = ['protection.db', 'protection.key', 'protection.db-journal'].map((name) =>
      statSync(join(app.folder, name)).mtime.toISOString(),
    );
    expect(new Set(times)).toEqual(new Set(['2000-01-01T00:00:00.000Z']));
    await app.close();
    // The old key is of use for the old file alone, and old keys of pictures are gone.
    const db = await databaseOf(app.folder);
    expect(db.prepare('SELECT count(*) FROM image_key').pluck().get()).toBe(1);
    db.close();
    expect(saltOf(join(app.folder, 'station.db'))).not.toEqual(database.subarray(0, 16));
    await expectWhole(await openAgain(app.folder), record, images);
  });

  it('answers nothing else meanwhile, and everything after it', async () => {
    const { app } = await worked();
    await app.signIn(ADMINISTRATOR);
    const command = app.command();
    const { id: officerId, secret } = OFFICER;
    await command.dispatch('vault.sign-in', JSON.stringify({ officerId, secret }));
    const ask = async (): Promise<string> =>
      JSON.parse(await command.dispatch('history.search', JSON.stringify(ALL))).error?.code ?? 'ok';
    let isOver = false;
    const changing = app
      .ask('vault.change-key', { secret: ADMINISTRATOR.secret })
      .finally(() => (isOver = true));
    const heard = new Set<string>();
    while (!isOver && !heard.has('key-changing')) {
      heard.add(await ask());
      await nextTurn();
    }
    expect([...heard]).toContain('key-changing');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'open', people: [{}, {}] });
    await changing;
    expect(await ask()).toBe('ok');
  });

  it('keeps nobody waiting for a backup: it is tried again after it', async () => {
    const app = await openReady();
    await app.signIn(ADMINISTRATOR);
    const { secret } = ADMINISTRATOR;
    const making = app.codeOf('backup.create', { folder: temporaryFolder() });
    await expect.poll(() => app.events).toContain('backup.changed');
    expect(await app.codeOf('vault.change-key', { secret })).toBe('backup-busy');
    expect(await app.codeOf('station.state', {})).toBe('ok');
    expect(await making).toBe('ok');
    expect(await app.codeOf('vault.change-key', { secret })).toBe('ok');
  });

  it('gives the new key to nobody whom only the key file names', async () => {
    const { app } = await worked();
    await app.close();
    const path = join(app.folder, 'station.keys');
    const content = readKeyFile(path);
    const [first] = content.people;
    if (first === undefined) throw new Error('nobody');
    const own = newKeyPair();
    const stranger = {
      ...first,
      id: newId(),
      publicKey: own.publicKey.toString('base64'),
      wrappedKey: sealTo(own.publicKey, newKey(), 'data key').toString('base64'),
    };
    const recovery = { ...content.recovery, publicKey: stranger.publicKey };
    writeFileSync(path, keyFileText({ ...content, people: [...content.people, stranger], recovery }));
    const later = await openApp({ dataFolder: app.folder });
    await later.signIn(ADMINISTRATOR);
    await later.ask('vault.change-key', { secret: ADMINISTRATOR.secret });
    const after = readKeyFile(path);
    expect(after.people.map(({ id }) => id).sort()).toEqual([ADMINISTRATOR.id, OFFICER.id].sort());
    expect(after.recovery.publicKey).toBe(content.recovery.publicKey);
  });
});

describe('a change of keys that was cut', () => {
  let folder: string;
  let record: string;
  let images: string[];

  beforeEach(async () => {
    const { app, ...rest } = await worked();
    await app.close();
    // Not the fixtures' own folder: it is removed with the station that is closed already.
    folder = temporaryFolder();
    cpSync(app.folder, folder, { recursive: true, preserveTimestamps: true });
    ({ record, images } = rest);
  });

  async function opened() {
    const keyring = openKeyring(join(folder, 'station.keys'), null);
    const { keys } = await keyring.signIn({ officerId: OFFICER.id }, OFFICER.secret, now());
    const { db, key } = openStation({ folder, now }, keyring, keys);
    return { keyring, db, keys: { current: key, next: null } };
  }

  async function expectEnded(): Promise<void> {
    const before = readFileSync(join(folder, 'station.db')).subarray(0, 16).toString('hex');
    const app = await openAgain(folder);
    await expectWhole(app, record, images);
    await app.close();
    const { nextSalt, storeSalt } = readKeyFile(join(folder, 'station.keys'));
    expect([nextSalt, storeSalt]).toEqual([null, before]);
    expect(left(folder)).toEqual([]);
    const { keyring } = await opened();
    expect(keyring.content().people).toHaveLength(2);
  }

  it('while the database was copied: the copy goes', async () => {
    const { db, keys } = await opened();
    db.close();
    copyUnderKey(join(folder, 'station.db'), keys.current, newKey());
    expect(existsSync(join(folder, 'station.db.next'))).toBe(true);
    await expectEnded();
  });

  it('while the key file was written: it is undone', async () => {
    const { db, keys, keyring } = await opened();
    const trusted = { people: publicKeys(db), recovery: loadStation(db).recoveryPublicKey ?? '' };
    db.close();
    const path = join(folder, 'station.db');
    const next = newKey();
    const salts = { store: saltOf(path), next: copyUnderKey(path, keys.current, next) };
    keyring.rewrap({ current: keys.current, next }, trusted, salts);
    await expectEnded();
  });

  it('after the new database has its name: it is finished, protection and all', async () => {
    const { db, keys, keyring } = await opened();
    changeDataKey({ folder, now }, db, keyring, keys);
    expect(readKeyFile(join(folder, 'station.keys')).nextSalt).not.toBeNull();
    await expectEnded();
  });

  it.each(['before', 'after'])(
    '%s the protection file got its name: its key still opens it',
    async (when) => {
      const { db, keys, keyring } = await opened();
      const { current } = keys;
      changeDataKey({ folder, now }, db, keyring, keys);
      const [from, to] = [current, (keys as { next: Buffer | null }).next ?? current].map((key) =>
        deriveKey(key, 'protection'),
      );
      const path = join(folder, 'protection.db');
      const [own] = readSlots(join(folder, 'protection.key'), from ?? newKey()) ?? [];
      if (own === undefined || to === undefined) throw new Error('no slot');
      const key = newKey();
      const next = { key, salt: copyUnderKey(path, own.key, key) };
      writeSlots(join(folder, 'protection.key'), to, [own, next]);
      if (when === 'after') renameSync(`${path}.next`, path);
      await expectEnded();
    },
  );

  it('while protection could not be moved: it is ended by whoever holds the key of before, and by nobody else', async () => {
    const { app, record, images } = await worked();
    await app.signIn(ADMINISTRATOR);
    // Stands in the way of the file of its key.
    const obstacle = join(app.folder, 'protection.key.tmp');
    mkdirSync(obstacle);
    await app.ask('vault.change-key', { secret: ADMINISTRATOR.secret });
    await app.ask('people.new-secret', { id: OFFICER.id, secret: 'for once only' });
    await app.close();
    rmdirSync(obstacle);
    const later = await openApp({ dataFolder: app.folder });
    await later.ask('vault.sign-in', { officerId: OFFICER.id, secret: 'for once only' });
    await later.ask('vault.change-secret', { secret: 'for once only', newSecret: OFFICER.secret });
    await later.close();
    const last = await openApp({ dataFolder: app.folder });
    await last.signIn(ADMINISTRATOR);
    await last.signIn(OFFICER);
    await expectWhole(last, record, images);
  });

  it('for want of room: the old key stays, and it can be tried again', async () => {
    const app = await openApp({ dataFolder: folder });
    await app.signIn(ADMINISTRATOR);
    // A folder where the copy would be, as a full disk would refuse it.
    const { mkdirSync, rmSync } = await import('node:fs');
    mkdirSync(join(folder, 'station.db.next', 'x'), { recursive: true });
    const before = await dataKeyOf(folder);
    expect(await app.codeOf('vault.change-key', { secret: ADMINISTRATOR.secret })).not.toBe('ok');
    rmSync(join(folder, 'station.db.next'), { recursive: true });
    expect((await dataKeyOf(folder)).equals(before)).toBe(true);
    expect(app.failure).toBeNull();
    expect(await app.codeOf('people.list', {})).toBe('ok');
    expect(await app.codeOf('vault.change-key', { secret: ADMINISTRATOR.secret })).toBe('ok');
  });
});
