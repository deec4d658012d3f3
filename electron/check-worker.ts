// A thread that lets SQLite read the whole database once and says whether it found it whole; nobody waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { connect, isWhole } from './db/open.ts';
import { failureOf } from './failure.ts';
import { wipe } from './keys.ts';

/** What the thread is started with. */
export interface CheckStart {
  path: string;
  /** The raw key; this copy of it ends with the thread. */
  key: Uint8Array;
}

/** `unknown` where the disk did not let it be read now. */
export type CheckAnswer = 'whole' | 'damaged' | 'unknown';

function check({ path, key }: CheckStart): CheckAnswer {
  try {
    const db = connect(path, Buffer.from(key), 'WAL');
    try {
      db.pragma('query_only = ON');
      return isWhole(db) ? 'whole' : 'damaged';
    } finally {
      db.close();
      wipe(key);
    }
  } catch (error) {
    return failureOf(error).code === 'store-damaged' ? 'damaged' : 'unknown';
  }
}

parentPort?.postMessage(check(workerData as CheckStart));
