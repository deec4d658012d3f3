// Opens an encrypted database, or creates it together with its key; never puts an empty one in a broken one's place.
import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StationFailure } from '../failure.ts';
import { renameDurably, syncFile, syncFolder } from '../files.ts';
import { newKey, readKey, saltOf, writeKey, type StoredKey } from '../keys.ts';
import { applyMigrations, newestVersion, versionOf, type Migration } from './migrate.ts';

export type Db = Database.Database;
type Journal = 'WAL' | 'TRUNCATE';

export interface StoreOptions {
  folder: string;
  /** `<name>.db` and `<name>.key` in the folder. */
  name: string;
  migrations: readonly Migration[];
  /** `WAL` where nothing else is said; `TRUNCATE` for a small store that leaves the same files at all times. */
  journal?: Journal;
  now: () => Date;
  /** Files that only a store with its key can have left: with them and without the store, nothing new is created. */
  hasRemains?: () => boolean;
}

export interface OpenStore {
  db: Db;
  key: Buffer;
}

/** Every setting is read back: a pragma that does not take is silent. `synchronous` 2 is FULL, `temp_store` 2 memory. */
const PRAGMAS = [
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  // Without it REPLACE would remove rows past the triggers of append-only tables.
  ['recursive_triggers', 'ON', 1],
] as const;

/** The encrypting build has one method more than the types of the plain one tell: the raw key. */
interface Keyed {
  key(key: Buffer): number;
}

function connect(path: string, key: Buffer, journal: Journal): Db {
  const db = new Database(path, { timeout: 5000 });
  try {
    // `raw:` says that these bytes are the key itself and no pass phrase to be stretched.
    (db as Db & Keyed).key(Buffer.concat([Buffer.from('raw:', 'latin1'), key]));
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

interface Paths {
  db: string;
  key: string;
  newDb: string;
  newKey: string;
}

/**
 * The database is made beside, whole, and gets its name before its key does. So every state that a cut can leave
 * is told apart: no names yet (begin again), the database named (finish the key), a key alone (the database is lost).
 */
function create(paths: Paths, migrations: readonly Migration[], journal: Journal): void {
  const sides = ['-wal', '-shm', '-journal'].map((suffix) => paths.newDb + suffix);
  for (const path of [paths.newDb, ...sides]) rmSync(path, { force: true });
  const stored = newKey();
  const db = connect(paths.newDb, stored.key, journal);
  applyMigrations(db, migrations);
  db.close();
  for (const path of sides) rmSync(path, { force: true });
  syncFile(paths.newDb);
  writeKey(paths.newKey, { ...stored, salt: saltOf(paths.newDb) });
  renameDurably(paths.newDb, paths.db);
  renameDurably(paths.newKey, paths.key);
}

function damagedOrWrongKey(error: unknown, paths: Paths, stored: StoredKey): unknown {
  const unreadable = error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB';
  if (!unreadable) return error;
  return new StationFailure(saltOf(paths.db).equals(stored.salt) ? 'store-damaged' : 'store-key');
}

/**
 * Writes the log into the database and cuts it to nothing: until then, older states of a page outlive what was deleted
 * from it. What the disk refuses now is done at the next closing or opening.
 */
export function emptyLog(db: Db): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // The transaction before it stands either way.
  }
}

/** The copy is of the encrypted file as it is, made while nobody else can write. */
function copyBefore(db: Db, paths: Paths, options: StoreOptions, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const folder = join(options.folder, 'copies');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = options.now().toISOString().replaceAll(':', '');
  const copy = join(folder, `${options.name}-version-${version}-${stamp}.db`);
  copyFileSync(paths.db, copy);
  syncFile(copy);
  syncFolder(folder);
}

/**
 * A copy stays until the moved store has opened and passed its check once more. Then it goes: it may hold drafts of
 * travellers of whom nothing was to be kept.
 */
function removeCopies({ folder, name }: StoreOptions): void {
  const copies = join(folder, 'copies');
  if (!existsSync(copies)) return;
  for (const file of readdirSync(copies)) {
    if (file.startsWith(`${name}-version-`)) rmSync(join(copies, file), { force: true });
  }
}

/**
 * Opens the store of this name, creating it with a new random key only where neither it nor its key nor anything
 * it left is there. Throws a failure with `store-key`, `store-damaged`, `store-newer` or what the disk says.
 */
export function openStore(options: StoreOptions): OpenStore {
  const { folder, name, migrations, journal = 'WAL' } = options;
  const base = join(folder, name);
  const paths = { db: `${base}.db`, key: `${base}.key`, newDb: `${base}.db.new`, newKey: `${base}.key.new` };
  if (!existsSync(paths.db)) {
    if (existsSync(paths.key)) throw new StationFailure('store-damaged');
    if (existsSync(`${paths.db}-wal`) || options.hasRemains?.() === true)
      throw new StationFailure('store-key');
    create(paths, migrations, journal);
  } else if (!existsSync(paths.key)) {
    if (!existsSync(paths.newKey)) throw new StationFailure('store-key');
    renameDurably(paths.newKey, paths.key);
  }
  const stored = readKey(paths.key);
  // SQLite takes an empty file for a new database and would write to it.
  if (statSync(paths.db).size === 0) throw new StationFailure('store-damaged');
  let db: Db | null = null;
  try {
    db = connect(paths.db, stored.key, journal);
    const version = versionOf(db);
    if (version > newestVersion(migrations)) throw new StationFailure('store-newer');
    // Every store was created with the first migration in it: version 0 is an emptied or a foreign file.
    if (version < 1 || db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new StationFailure('store-damaged');
    }
    if (version < newestVersion(migrations)) {
      copyBefore(db, paths, options, version);
      applyMigrations(db, migrations);
    } else {
      removeCopies(options);
    }
    // A kill may have left older states of pages in the log.
    emptyLog(db);
    return { db, key: stored.key };
  } catch (error) {
    db?.close();
    throw damagedOrWrongKey(error, paths, stored);
  }
}
