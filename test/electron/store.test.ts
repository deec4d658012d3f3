// The store on disk: encrypted, made whole, moved forward with a copy, and never replaced by an empty one.
import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../electron/db/audit.ts';
import { first } from '../../electron/db/migrations/0001-first.ts';
import { applyMigrations, type Migration, versionOf } from '../../electron/db/migrate.ts';
import {
  connect,
  copyUnderKey,
  createDatabase,
  type Db,
  openDatabase,
  removeCopies,
} from '../../electron/db/open.ts';
import { failureOf } from '../../electron/failure.ts';
import { saltOf } from '../../electron/keys.ts';
import { readKeyFile } from '../../electron/vault/key-file.ts';
import {
  ALL,
  databaseOf,
  draftOf,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  refer,
  setupOf,
  temporaryFolder,
  type TestApp,
  TODAY,
} from './fixtures.ts';

const now = (): Date => new Date('2026-11-22T08:00:00.000Z');
const second: Migration = {
  version: 2,
  sql: "ALTER TABLE officer ADD COLUMN badge TEXT NOT NULL DEFAULT ''",
};
const broken: Migration = {
  version: 2,
  sql: 'CREATE TABLE half (x TEXT) STRICT; INSERT INTO nowhere VALUES (1)',
};

const key = Buffer.alloc(32, 7);

/** Opens the database of a folder under one key for all, making it where it is not there. */
function open(folder: string, migrations: readonly Migration[] = [first]): Db {
  const path = join(folder, 'station.db');
  const store = { folder, name: 'station', migrations, now, key };
  if (!existsSync(path)) {
    createDatabase(store, () => undefined);
    renameSync(`${path}.new`, path);
  }
  return openDatabase({ ...store, salt: saltOf(path) });
}

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'ok';
  } catch (error) {
    return failureOf(error).code;
  }
}

/** A closed station with one record in it. */
async function closedStation(): Promise<TestApp> {
  const app = await openReady();
  await app.ask('examination.save', {
    ...draftOf((await app.image()).id),
    judgedOn: TODAY,
    decision: refer(),
  });
  await app.close();
  return app;
}

/** The failure of the next opening; every call must answer with it, and nothing in the folder may change. */
async function failureAt(folder: string): Promise<string | null> {
  const before = fingerprint(folder);
  const app = await openApp({ dataFolder: folder });
  // What the key file cannot tell is told when the first officer signs in.
  const { id: officerId, secret } = OFFICER;
  const signedIn = app.failure === null ? await app.codeOf('vault.sign-in', { officerId, secret }) : null;
  const codes = [await app.codeOf('station.state', {}), await app.codeOf('history.search', ALL)];
  expect(codes).toEqual([app.failure, app.failure]);
  if (signedIn !== null) expect(signedIn).toBe(app.failure);
  expect(JSON.parse(await app.putImage(new Uint8Array(9)))).toEqual({
    ok: false,
    error: { code: app.failure },
  });
  expect(app.events.at(-1)).toBe('station.failed');
  await app.close();
  expect(fingerprint(folder)).toEqual(before);
  return app.failure;
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => !name.startsWith('station.lock') && statSync(join(folder, name)).isFile());
}

function fingerprint(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(folder).map((name) => [name, digestOf(readFileSync(join(folder, name)).toString('base64'))]),
  );
}

describe('settings of the database', () => {
  it('are those that lose nothing and leave nothing', () => {
    const db = open(temporaryFolder());
    const read = (name: string): unknown => db.pragma(name, { simple: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'temp_store'].map(read)).toEqual([
      'wal',
      2,
      1,
      1,
      2,
    ]);
    const loose = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0",
    );
    expect(loose.pluck().all()).toEqual(['sqlite_schema']);
    db.close();
  });
});

describe('at rest', () => {
  it('shows no word of a record in any file, and the keys to their owner only', async () => {
    const app = await openReady();
    await app.ask('examination.save', {
      ...draftOf(),
      judgedOn: TODAY,
      decision: refer('a note of the officer'),
    });
    const clear = [
      'ERIKSSON',
      'L898902C3',
      'a note of the officer',
      'Port of Zenda',
      'A. Officer',
      'examination',
    ];
    const files = filesIn(app.folder).map((name) => readFileSync(join(app.folder, name)));
    expect(files.length).toBeGreaterThan(4);
    for (const word of clear) expect(files.some((content) => content.includes(word))).toBe(false);
    for (const name of ['station.keys', 'protection.key']) {
      expect(statSync(join(app.folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'is its owner’s alone in a folder that others may read',
    async () => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o755);
      const open = (): string[] =>
        readdirSync(folder).filter(
          (name) => /\.(db|keys?)(-\w+)?$/.test(name) && (statSync(join(folder, name)).mode & 0o077) !== 0,
        );
      const app = await openApp({ dataFolder: folder });
      await app.ask('station.setup', setupOf());
      expect(existsSync(join(folder, 'station.db-wal'))).toBe(true);
      expect(open()).toEqual([]);
      await app.close();
      // As a version before left it.
      writeFileSync(join(folder, 'station.db-wal'), '');
      for (const name of ['station.db', 'station.db-wal']) chmodSync(join(folder, name), 0o644);
      const later = await openAgain(folder);
      expect(existsSync(join(folder, 'station.db-shm'))).toBe(true);
      expect(open()).toEqual([]);
      expect(await later.ask('history.search', ALL)).toMatchObject({ total: 0 });
    },
  );
});

describe('migrations', () => {
  it('move rows forward, after a copy of the file as it was', () => {
    const folder = temporaryFolder();
    const before = open(folder);
    before.exec("INSERT INTO station (id, created_at) VALUES ('s', 't')");
    before.exec(
      "INSERT INTO officer (id, station_id, name, role, created_at) VALUES ('o', 's', 'N', 'officer', 't')",
    );
    before.close();
    const after = open(folder, [first, second]);
    expect(versionOf(after)).toBe(2);
    expect(after.prepare('SELECT name, badge FROM officer').all()).toEqual([{ name: 'N', badge: '' }]);
    after.close();

    const [copy] = readdirSync(join(folder, 'copies'));
    expect(copy).toBe('station-version-1-2026-11-22T080000.000Z.db');
    expect(readFileSync(join(folder, 'copies', copy ?? '')).includes('officer')).toBe(false);
    // The copy opens with the same key, at the version before.
    const other = temporaryFolder();
    copyFileSync(join(folder, 'copies', copy ?? ''), join(other, 'station.db'));
    const old = open(other);
    expect(old.prepare('SELECT name FROM officer').pluck().all()).toEqual(['N']);
    old.close();
  });

  it('keep that copy until the moved store has opened soundly once more', () => {
    const folder = temporaryFolder();
    open(folder).close();
    open(folder, [first, second]).close();
    expect(readdirSync(join(folder, 'copies'))).toHaveLength(1);
    const file = join(folder, 'station.db');
    const whole = readFileSync(file);
    truncateSync(file, Math.floor(whole.length / 2));
    expect(codeOf(() => open(folder, [first, second]))).toBe('store-damaged');
    expect(readdirSync(join(folder, 'copies'))).toHaveLength(1);
    writeFileSync(file, whole);
    writeFileSync(join(folder, 'copies', 'kept-by-hand.db'), '');
    open(folder, [first, second]).close();
    removeCopies({ folder, name: 'station' });
    expect(readdirSync(join(folder, 'copies'))).toEqual(['kept-by-hand.db']);
  });

  it('that fail leave the version before, whole', () => {
    const folder = temporaryFolder();
    open(folder).close();
    expect(codeOf(() => open(folder, [first, broken]))).toBe('internal');
    const db = open(folder);
    expect(versionOf(db)).toBe(1);
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    db.close();
  });

  it('never go back: a newer file is refused and not touched', () => {
    const folder = temporaryFolder();
    open(folder, [first, second]).close();
    expect(codeOf(() => open(folder))).toBe('store-newer');
    expect(codeOf(() => open(folder, [first, second]))).toBe('ok');
  });

  it('build from nothing the same tables as the first version', () => {
    const db = new Database(':memory:');
    expect(versionOf(db)).toBe(0);
    applyMigrations(db, [first]);
    applyMigrations(db, [first]);
    expect(versionOf(db)).toBe(1);
    db.close();
  });
});

describe('a database under the cipher of versions before the vault', () => {
  it('is read as it is, and a copy under another key has the cipher of today', () => {
    const path = join(temporaryFolder(), 'station.db');
    const [key, nextKey] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    const raw = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('raw:'), bytes]);
    const openBy = (cipher: string, file: string, by: Buffer): unknown => {
      const db = new Database(file);
      try {
        db.pragma(`cipher = '${cipher}'`);
        (db as Database.Database & { key(bytes: Buffer): void }).key(raw(by));
        db.exec('CREATE TABLE IF NOT EXISTS word (text TEXT)');
        return db.prepare('SELECT text FROM word').pluck().get();
      } finally {
        db.close();
      }
    };
    expect(openBy('chacha20', path, key)).toBeUndefined();
    const db = connect(path, key, 'WAL');
    db.exec("INSERT INTO word VALUES ('ANNA')");
    db.close();
    expect(openBy('chacha20', path, key)).toBe('ANNA');
    copyUnderKey(path, key, nextKey);
    expect(() => openBy('chacha20', `${path}.next`, nextKey)).toThrow('not a database');
    expect(openBy('aegis', `${path}.next`, nextKey)).toBe('ANNA');
    expect(() => connect(path, nextKey, 'WAL')).toThrow('not a database');
  });
});

/** A station in a process of its own, under a user who may read but not write there; its first answer. */
function asStranger(folder: string): string {
  // A first station loads all code: the stranger may have no way to the folder in which this project lies.
  const script = `
    import { createApp } from ${JSON.stringify(join(process.cwd(), 'electron/app.ts'))};
    const open = (dataFolder) => createApp({ dataFolder, version: '0', shell: { can: {} }, report: console.error });
    await (await open(${JSON.stringify(temporaryFolder())})).close();
    process.setuid(65534);
    const app = await open(${JSON.stringify(folder)});
    console.log(await app.dispatch('draft.load', '{}'));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return run.stdout.trim();
}

describe('a store that cannot be opened', () => {
  // Only the superuser can become another user, and nobody else can be kept from writing in a test.
  it.runIf(process.getuid?.() === 0)('is told when the folder cannot be written', async () => {
    const { folder } = await closedStation();
    const readable = ['', 'images', 'station.db', 'station.keys', 'station.lock'].map((name) =>
      join(folder, name),
    );
    for (const path of readable) chmodSync(path, 0o755);
    expect(JSON.parse(asStranger(folder))).toEqual({ ok: false, error: { code: 'store-read-only' } });
  });

  it('is told when the key is missing, cut, or of another station', async () => {
    const { folder } = await closedStation();
    const keyFile = join(folder, 'station.keys');
    const key = readFileSync(keyFile);
    rmSync(keyFile);
    expect(await failureAt(folder)).toBe('store-key');
    writeFileSync(keyFile, key.subarray(0, 20));
    expect(await failureAt(folder)).toBe('store-key');
    const { folder: other } = await closedStation();
    copyFileSync(join(other, 'station.keys'), keyFile);
    expect(await failureAt(folder)).toBe('store-key');
    writeFileSync(keyFile, key);
    const again = await openAgain(folder);
    expect(await again.ask('history.search', ALL)).toMatchObject({ total: 1 });
  });

  it('is told when the file is cut, emptied, overwritten or gone', async () => {
    const { folder } = await closedStation();
    const file = join(folder, 'station.db');
    const whole = readFileSync(file);
    truncateSync(file, Math.floor(whole.length / 2));
    expect(await failureAt(folder)).toBe('store-damaged');
    writeFileSync(file, whole.subarray(0, 0));
    expect(await failureAt(folder)).toBe('store-damaged');
    const scratched = Buffer.from(whole);
    scratched.fill(0x55, 4096 * 3 + 100, 4096 * 3 + 200);
    writeFileSync(file, scratched);
    expect(await failureAt(folder)).toBe('store-damaged');
    const headless = Buffer.from(whole);
    headless.fill(0x55, 20, 200);
    writeFileSync(file, headless);
    expect(await failureAt(folder)).toBe('store-damaged');
    rmSync(file);
    expect(await failureAt(folder)).toBe('store-damaged');
    writeFileSync(file, whole);
    const again = await openAgain(folder);
    expect(await again.ask('history.search', ALL)).toMatchObject({ total: 1 });
  });

  it('is told when only the pictures are left: nothing new is put beside them', async () => {
    const { folder } = await closedStation();
    for (const name of ['station.db', 'station.keys']) rmSync(join(folder, name));
    expect(await failureAt(folder)).toBe('store-key');
    expect(readdirSync(join(folder, 'images'))).toHaveLength(1);
  });

  it('is told when the folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect((await openApp({ dataFolder: join(file, 'below') })).failure).toBe('store-read-only');
  });

  it('is told when another station holds the folder, until that one ends', async () => {
    const app = await openReady();
    const other = await openApp({ dataFolder: app.folder });
    expect(other.failure).toBe('store-locked');
    expect(await other.codeOf('draft.load', {})).toBe('store-locked');
    expect(await app.codeOf('draft.load', {})).toBe('ok');
    await app.close();
    expect((await openApp({ dataFolder: app.folder })).failure).toBeNull();
  });
});

describe('a first start that was cut', () => {
  it('begins again, or ends what it began, at each of its steps', async () => {
    const { folder: whole } = await closedStation();
    // Cut while the new files were written: nothing was ever in them.
    const early = await openApp();
    await early.close();
    for (const name of ['station.db', 'station.keys'])
      copyFileSync(join(whole, name), join(early.folder, `${name}.new`));
    const renewed = await openApp({ dataFolder: early.folder });
    expect(await renewed.ask('vault.state', {})).toMatchObject({ phase: 'new' });
    await renewed.ask('station.setup', setupOf());
    await renewed.signIn(OFFICER);
    expect(await renewed.ask('history.search', ALL)).toMatchObject({ total: 0 });
    expect(readdirSync(early.folder).filter((name) => name.endsWith('.new'))).toEqual([]);
    // Cut between the two new names.
    const late = temporaryFolder();
    cpSync(whole, late, { recursive: true });
    renameSync(join(late, 'station.keys'), join(late, 'station.keys.new'));
    const ended = await openAgain(late);
    expect(await ended.ask('history.search', ALL)).toMatchObject({ total: 1 });
    expect(readdirSync(late).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

describe('a store that is damaged further in', () => {
  it('is told by the check beside the work, and then nothing more is written', async () => {
    const { folder } = await closedStation();
    const file = join(folder, 'station.db');
    const whole = readFileSync(file);
    const { id: officerId, secret } = OFFICER;
    // A page that nobody reads to sign in.
    for (let page = whole.length / 4096; ; page -= 1) {
      if (page === 0) throw new Error('every page is read');
      const scratched = Buffer.from(whole);
      scratched.fill(0x55, page * 4096 - 4000, page * 4096 - 3900);
      writeFileSync(file, scratched);
      const unchecked = await openApp({ dataFolder: folder });
      const code = await unchecked.codeOf('vault.sign-in', { officerId, secret });
      await unchecked.close();
      if (code === 'ok') break;
    }
    const app = await openApp({ dataFolder: folder, checkAfterMs: 0 });
    await app.signIn(OFFICER);
    await expect.poll(() => app.failure, { timeout: 20_000 }).toBe('store-damaged');
    expect(app.events).toContain('station.failed');
    expect(await app.codeOf('draft.load', {})).toBe('store-damaged');
  });

  it('is not told of one that is whole, whose copies from before may go', async () => {
    const { folder } = await closedStation();
    mkdirSync(join(folder, 'copies'));
    writeFileSync(join(folder, 'copies', 'station-version-2-x.db'), '');
    const app = await openAgain(folder, { checkAfterMs: 0 });
    await expect.poll(() => readdirSync(join(folder, 'copies')), { timeout: 20_000 }).toEqual([]);
    expect(app.failure).toBeNull();
  });
});

describe('what the disk says while the station runs', () => {
  it('becomes a code: full, read-only, damaged', () => {
    const folder = temporaryFolder();
    const db = open(folder);
    db.pragma('max_page_count = 60');
    const fill = db.prepare("INSERT INTO draft (id, saved_at, content) VALUES (?, 't', ?)");
    expect(codeOf(() => [...Array(500).keys()].map((i) => fill.run(String(i), 'x'.repeat(4000))))).toBe(
      'disk-full',
    );
    db.pragma('query_only = ON');
    expect(codeOf(() => fill.run('one', 'x'))).toBe('store-read-only');
    db.close();
  });

  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
    ['SQLITE_READONLY_DBMOVED', 'store-read-only'],
    ['SQLITE_CANTOPEN', 'store-read-only'],
    ['SQLITE_IOERR_FSYNC', 'store-read-only'],
    ['EROFS', 'store-read-only'],
    ['EACCES', 'store-read-only'],
    ['SQLITE_CORRUPT_INDEX', 'store-damaged'],
    ['SQLITE_IOERR_SHORT_READ', 'store-damaged'],
    ['SQLITE_BUSY_SNAPSHOT', 'store-locked'],
    ['SQLITE_CONSTRAINT_TRIGGER', 'internal'],
    ['ANYTHING', 'internal'],
  ])('%s is told as %s, without what it says', (code, expected) => {
    const error = Object.assign(new Error('a name of a traveller'), { code });
    expect(failureOf(error)).toEqual({ code: expected });
  });
});

describe('the key file', () => {
  it('tells every changed byte', async () => {
    const { folder } = await closedStation();
    const path = join(folder, 'station.keys');
    const bytes = readFileSync(path);
    for (let i = 0; i < bytes.length - 1; i += 1) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      writeFileSync(path, changed);
      expect(
        codeOf(() => readKeyFile(path)),
        String(i),
      ).toBe('store-key');
    }
    writeFileSync(path, bytes);
    expect(codeOf(() => readKeyFile(path))).toBe('ok');
  });
});

describe('append-only tables', () => {
  it('refuse every change and removal', async () => {
    const app = await closedStation();
    const db = await databaseOf(app.folder);
    for (const table of ['examination', 'document', 'image', 'decision', 'audit']) {
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBeGreaterThan(0);
      expect(() => db.exec(`UPDATE ${table} SET rowid = rowid`), table).toThrow('append-only');
      expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow('append-only');
    }
    expect(() => db.exec('REPLACE INTO decision SELECT * FROM decision')).toThrow('append-only');
    db.close();
  });
});
