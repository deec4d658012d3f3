// One process per data folder: a lock that the operating system itself drops when the process dies.
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { StationFailure } from '../failure.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder's lock or throws `store-locked`. It is SQLite's own lock on an empty file, held for as long
 * as the station runs: no process number to go stale after `kill -9`, and no moment in which two can take it.
 */
export function lockFolder(folder: string): FolderLock {
  const handle = new Database(join(folder, 'station.lock'), { timeout: 0 });
  try {
    // Nothing is ever written to it; without this a journal file would lie beside it.
    handle.pragma('journal_mode = MEMORY');
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    throw busy ? new StationFailure('store-locked') : error;
  }
  return { release: () => handle.close() };
}
