// How much waits in the store, in a plain file beside it: two numbers, for whoever comes first after a start.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waiting, type Waiting } from '../../shared/contract/vault.ts';
import { OWNER_ONLY } from '../files.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

const FILE = 'station.waiting';
const MAX_BYTES = 100;
/** One action may change both numbers. */
const SOON_MS = 100;

/** What the file says; null where there is none, or it is not two numbers. */
export function readWaiting(folder: string): Waiting | null {
  const path = join(folder, FILE);
  try {
    return statSync(path).size > MAX_BYTES ? null : waiting.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Nothing depends on it: then nothing is said.
    return null;
  }
}

function countWaiting(db: Db): Waiting {
  const count = (sql: string): number => statement<[], number>(db, sql).pluck().get() ?? 0;
  return {
    drafts: count('SELECT count(*) FROM draft'),
    scans: count(`SELECT count(*) FROM scan WHERE state = 'waiting'`),
  };
}

export interface WaitingNote {
  /** Something may have changed: looks once what is under way is done. */
  soon(): void;
  /** Looks now, and writes where a number changed. */
  look(): void;
  /** The same, for the last time. */
  end(): void;
}

/**
 * Keeps the file as the store is. It is written in place and not synced: what a cut leaves of it is two numbers, or
 * nothing that can be read; and the folder's own time stays as it was. `guard` throws where the folder is no longer the
 * one of this database.
 */
export function createWaitingNote(db: Db, folder: string, guard: () => void): WaitingNote {
  let told = readWaiting(folder);
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    try {
      const now = countWaiting(db);
      if (now.drafts === told?.drafts && now.scans === told.scans) return;
      guard();
      writeFileSync(join(folder, FILE), `${JSON.stringify(now)}\n`, { mode: OWNER_ONLY });
      told = now;
    } catch {
      // A full disk, or a store that was taken away, is told by whatever needs it.
    }
  }

  return {
    soon() {
      timer ??= setTimeout(look, SOON_MS).unref();
    },
    look,
    end() {
      look();
      clearTimeout(timer);
    },
  };
}
