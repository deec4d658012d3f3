// The station's database as it stands at one moment, held still so that its encrypted file can be copied while work goes on.
import { statSync } from 'node:fs';
import { connect, emptyLog, type Db } from './open.ts';

export interface Snapshot {
  /** The file to copy, from its first byte to `bytes`; what lies there does not change until the release. */
  path: string;
  bytes: number;
  /** Reads the same state; never writes. */
  db: Db;
  release(): void;
}

/**
 * Holds the state of now. SQLite's own online backup refuses an encrypted source, and VACUUM INTO would hold up whoever
 * runs it and leave an extra copy; so the log is written into the file, and then a reader that needs the file alone keeps
 * everybody from writing to it. What is saved meanwhile goes to the log, which the release empties. Null while another
 * reader of our own needs the log: to be tried again.
 */
export function holdSnapshot(db: Db, path: string, key: Buffer): Snapshot | null {
  const logged = (): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  emptyLog(db);
  if (logged()) return null;
  const reader = connect(path, key, 'WAL');
  try {
    reader.pragma('query_only = ON');
    reader.exec('BEGIN');
    // Not BEGIN but the first reading fixes the state. This thread alone writes: nothing came between.
    reader.prepare('SELECT count(*) FROM sqlite_schema').get();
    const pages = Number(reader.pragma('page_count', { simple: true }));
    const pageBytes = Number(reader.pragma('page_size', { simple: true }));
    let held = true;
    return {
      path,
      bytes: pages * pageBytes,
      db: reader,
      release() {
        if (!held) return;
        held = false;
        reader.close();
        emptyLog(db);
      },
    };
  } catch (error) {
    reader.close();
    throw error;
  }
}
