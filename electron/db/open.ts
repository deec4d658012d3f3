// Opens, creates and copies encrypted databases under a key that the caller holds; never puts an empty one in a broken one's place.
import Database from 'better-sqlite3';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { StationFailure } from '../failure.ts';
import { ownerOnly, syncFile, syncFolder } from '../files.ts';
import { saltOf } from '../keys.ts';
import { applyMigrations, newestVersion, versionOf, type Migration } from './migrate.ts';

export type Db = Database.Database;
type Journal = 'WAL' | 'TRUNCATE';

export interface StoreOptions {
  folder: string;
  /** `<name>.db` in the folder. */
  name: string;
  migrations: readonly Migration[];
  /** `WAL` where nothing else is said; `TRUNCATE` for a small store that leaves the same files at all times. */
  journal?: Journal;
  now: () => Date;
  /** The raw key, 32 bytes. */
  key: Buffer;
}

/** How long a connection waits for another one's lock. */
const BUSY_MS = 5000;

/** Every setting is read back: a pragma that does not take is silent. `synchronous` 2 is FULL, `temp_store` 2 memory. */
const PRAGMAS = [
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  // At most 64 MB of pages of a large store: each one that is not kept is read and deciphered anew.
  ['cache_size', '-65536', -65536],
  // Without it REPLACE would remove rows past the triggers of append-only tables.
  ['recursive_triggers', 'ON', 1],
] as const;

/** The encrypting build has two methods more than the types of the plain one tell. */
interface Keyed {
  key(key: Buffer): number;
  rekey(key: Buffer): number;
}

const keyed = (db: Db): Keyed => db as Db & Keyed;

/** `raw:` says that these bytes are the key itself and no pass phrase to be stretched. */
const rawKey = (key: Uint8Array): Buffer => Buffer.concat([Buffer.from('raw:', 'latin1'), key]);

/** AEGIS-256: each page with a tag of its own, by the processor's AES at the speed of a plain file (ADR 17). */
const CIPHER = 'aegis';
/** Of versions before the vault; a change of keys closes their pages with `CIPHER`. */
const EARLIER_CIPHER = 'chacha20';
/** How many bytes of a page are the earlier cipher's; the file says it in clear, at this place of its header. */
const EARLIER_RESERVE = 32;
const RESERVE_AT = 20;

/**
 * Which of our ciphers closed the pages. Nothing is tried out: an opening under another cipher could meet a journal that
 * a cut left, and play it back.
 */
function cipherOf(path: string): string {
  if (!existsSync(path)) return CIPHER;
  const head = Buffer.alloc(RESERVE_AT + 1);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head[RESERVE_AT] === EARLIER_RESERVE ? EARLIER_CIPHER : CIPHER;
}

function openUnder(path: string, key: Buffer): Db {
  const cipher = cipherOf(path);
  const db = new Database(path, { timeout: BUSY_MS });
  db.pragma(`cipher = '${cipher}'`);
  keyed(db).key(rawKey(key));
  return db;
}

/** Opens the file with this key (32 bytes) and every setting of ours. Throws SQLite's own error where the key is another. */
export function connect(path: string, key: Buffer, journal: Journal): Db {
  const db = openUnder(path, key);
  try {
    const journalMode = ['journal_mode', journal, journal.toLowerCase()] as const;
    for (const [name, value, expected] of [journalMode, ...PRAGMAS]) {
      db.pragma(`${name} = ${value}`);
      const actual = db.pragma(name, { simple: true });
      if (actual !== expected) throw new StationFailure('internal');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const SIDES = ['-wal', '-shm', '-journal'];

/** Removes a database that was never finished, or is no longer needed, with what lies beside it. */
export function removeDatabase(path: string): void {
  for (const each of [path, ...SIDES.map((suffix) => path + suffix)]) rmSync(each, { force: true });
}

/**
 * Makes a database beside its place, whole and synced, as `<name>.db.new`, and answers its salt. The caller writes the
 * key file beside its own place, too, and then gives both their names, the database first (`nameNew`). So every state
 * that a cut can leave is told apart: no names yet (begin again), the database named (finish the key), a key alone
 * (the database is lost).
 */
export function createDatabase(
  { folder, name, migrations, journal = 'WAL', key }: StoreOptions,
  fill: (db: Db) => void,
): Buffer {
  const path = join(folder, `${name}.db.new`);
  removeDatabase(path);
  ownerOnly(path, { make: true });
  const db = connect(path, key, journal);
  try {
    applyMigrations(db, migrations);
    fill(db);
  } finally {
    db.close();
  }
  for (const suffix of SIDES) rmSync(path + suffix, { force: true });
  syncFile(path);
  return saltOf(path);
}

/**
 * Writes the log into the database and cuts it to nothing: until then, older states of a page outlive what was deleted
 * from it. What the disk refuses now is done at the next closing or opening.
 */
export function emptyLog(db: Db): void {
  try {
    // A backup may be reading: it empties the log when it has finished, and nobody waits for it here.
    db.pragma('busy_timeout = 0');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // The transaction before it stands either way.
  } finally {
    db.pragma(`busy_timeout = ${BUSY_MS}`);
  }
}

/** The copy is of the encrypted file as it is, made while nobody else can write. */
function copyBefore(db: Db, path: string, options: StoreOptions, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const folder = join(options.folder, 'copies');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = options.now().toISOString().replaceAll(':', '');
  const copy = join(folder, `${options.name}-version-${version}-${stamp}.db`);
  copyFileSync(path, copy);
  syncFile(copy);
  syncFolder(folder);
}

/**
 * A copy stays until the moved store has opened and passed its check once more. Then it goes: it may hold drafts of
 * travellers of whom nothing was to be kept.
 */
export function removeCopies({ folder, name }: { folder: string; name: string }): void {
  const copies = join(folder, 'copies');
  if (!existsSync(copies)) return;
  for (const file of readdirSync(copies)) {
    if (file.startsWith(`${name}-version-`)) rmSync(join(copies, file), { force: true });
  }
}

/** Whether SQLite finds the database whole. Reads every page: seconds for a large one. */
export function isWhole(db: Db): boolean {
  return db.pragma('quick_check(1)', { simple: true }) === 'ok';
}

/** Pages may still lie in the log alone. */
function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Opens an encrypted database that is there, and moves it to the newest version. `salt` are the first bytes that it
 * had under this key: they tell a foreign key from a damaged file. Throws `store-key`, `store-damaged`, `store-newer`
 * or what the disk says.
 */
export function openDatabase(options: StoreOptions & { salt: Buffer }): Db {
  const { folder, name, migrations, journal = 'WAL', key, salt } = options;
  const path = join(folder, `${name}.db`);
  // SQLite takes an empty file for a new database and would write to it.
  if (statSync(path).size === 0) throw new StationFailure('store-damaged');
  // What SQLite makes beside a database has the permissions of the database.
  for (const each of [path, ...SIDES.map((suffix) => path + suffix)]) ownerOnly(each);
  let db: Db | null = null;
  try {
    db = connect(path, key, journal);
    const version = versionOf(db);
    if (version > newestVersion(migrations)) throw new StationFailure('store-newer');
    // Every store was created with the first migration in it: version 0 is an emptied or a foreign file.
    if (version < 1) throw new StationFailure('store-damaged');
    if (version < newestVersion(migrations)) {
      if (!isWhole(db)) throw new StationFailure('store-damaged');
      copyBefore(db, path, options, version);
      applyMigrations(db, migrations);
    }
    // The whole is checked later, beside the work; that pages are missing at the end is seen at once.
    const pages = Number(db.pragma('page_count', { simple: true }));
    if (pages * Number(db.pragma('page_size', { simple: true })) > statSync(path).size + walBytes(path))
      throw new StationFailure('store-damaged');
    // A kill may have left older states of pages in the log.
    emptyLog(db);
    return db;
  } catch (error) {
    db?.close();
    const unreadable = error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB';
    if (!unreadable) throw error;
    throw new StationFailure(saltOf(path).equals(salt) ? 'store-damaged' : 'store-key');
  }
}

/**
 * Copies a closed database under another key to `<path>.next`, checked and synced; answers the salt of the copy. The
 * log must be empty. Nothing of it ever lies in clear: pages are closed anew one by one, and their journal is memory.
 */
export function copyUnderKey(path: string, key: Buffer, nextKey: Buffer): Buffer {
  const copy = `${path}.next`;
  removeDatabase(copy);
  copyFileSync(path, copy);
  const db = openUnder(copy, key);
  try {
    // WAL would be switched on again by the next opening; a copy that breaks off is thrown away.
    for (const mode of ['DELETE', 'MEMORY']) db.pragma(`journal_mode = ${mode}`);
    // Pages of an earlier cipher are moved by way of a temporary database.
    db.pragma('temp_store = MEMORY');
    db.pragma(`cipher = '${CIPHER}'`);
    keyed(db).rekey(rawKey(nextKey));
    if (!isWhole(db)) throw new StationFailure('store-damaged');
  } catch (error) {
    db.close();
    removeDatabase(copy);
    throw error;
  }
  db.close();
  syncFile(copy);
  return saltOf(copy);
}
