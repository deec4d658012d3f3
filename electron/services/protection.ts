// Signs that a traveller may need protection: kept in a file and under a key of their own, apart from everything else.
import { chmodSync, closeSync, existsSync, openSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { digestOf } from '../db/audit.ts';
import { type Db, removeCopies } from '../db/open.ts';
import { eraseProtection, insertProtection, keepRoom, savedProtection } from '../db/protection.ts';
import { openProtection } from '../db/protection-file.ts';
import { StationFailure } from '../failure.ts';
import { OWNER_ONLY } from '../files.ts';
import { isSlotFile } from '../vault/slot-file.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface ProtectionService {
  record(input: Request<'protection.record'>): Output<'protection.record'>;
  /**
   * At each start: mends what a cut left, and sets the times of the files. Creates the empty file with its key where it is
   * not there, so that its mere being there tells nothing. Where that cannot be done the station works all the same, and
   * `record` answers why.
   */
  prepare(): void;
  /**
   * Empties entries older than `before` (UTC; null empties none) whose record is not kept any more: the signs of a person
   * are not to outlive the record of them. Opens the file at each call, whether there is anything in it or not, makes room
   * for what is to come, and tells nobody.
   */
  expire(before: string | null, keeps: (examinationId: string) => boolean): void;
  /** Sets times and permissions of the files to what they always are. Called at every decision, protected or not. */
  conceal(): void;
  /**
   * Does the same again and again until `stop`: at the second line nothing is decided between one entry and the next, and
   * the files are not to show when one was written.
   */
  start(): void;
  stop(): void;
}

const CONCEAL_MS = 30_000;

/** The time that the files always show: it tells neither when the last entry was written nor that there is one. */
const CONSTANT_TIME = new Date('2000-01-01T00:00:00.000Z');

/** `wrap` closes the key of the protection file; it is derived from the data key. */
export function createProtectionService(context: ServiceContext, wrap: Buffer): ProtectionService {
  const { dataFolder, now } = context;
  const FILES = ['protection.db', 'protection.db-journal', 'protection.key'].map((name) =>
    join(dataFolder, name),
  );

  let timer: NodeJS.Timeout | null = null;

  function conceal(): void {
    try {
      // The journal that SQLite leaves empty after a write is there before the first one.
      closeSync(openSync(join(dataFolder, 'protection.db-journal'), 'a', OWNER_ONLY));
    } catch {
      // What cannot be touched tells no more than it did.
    }
    for (const path of FILES) {
      try {
        // SQLite gives its journal the permissions of the database with the first write.
        chmodSync(path, OWNER_ONLY);
        utimesSync(path, CONSTANT_TIME, CONSTANT_TIME);
      } catch {
        // The entry stands whether this can be set or not.
      }
    }
  }

  /**
   * A journal that is not empty is what a cut left: opening the file once takes back what was half written. A key in
   * clear is of a version before the vault: opening closes it.
   */
  function isSettled(): boolean {
    const [database = '', journal = '', key = ''] = FILES;
    const left = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
    return existsSync(database) && left === 0 && existsSync(key) && isSlotFile(key);
  }

  /** Opened for one action and closed again: no handle stays open, and no key of it in memory. */
  function within<T>(action: (own: Db) => T): T {
    const own = openProtection(dataFolder, wrap, now);
    try {
      return action(own);
    } finally {
      own.close();
      conceal();
    }
  }

  return {
    record(input) {
      const { stationId, officer } = onDuty(context);
      const submittedSha256 = digestOf(input);
      return within((own) => {
        const before = savedProtection(own, input.id);
        if (before !== undefined) {
          if (before.submittedSha256 !== submittedSha256) throw new StationFailure('already-saved');
          return { savedAt: before.savedAt };
        }
        const at = now().toISOString();
        insertProtection(own, { ...input, stationId, officerId: officer.id, at, submittedSha256 });
        return { savedAt: at };
      });
    },
    prepare() {
      try {
        if (isSettled()) conceal();
        else within(() => undefined);
      } catch {
        // A key without its file, or no room: told when an entry is to be written.
      }
    },
    expire(before, keeps) {
      try {
        within((own) => {
          if (before !== null) eraseProtection(own, before, keeps, now().toISOString());
          keepRoom(own);
        });
        removeCopies({ folder: dataFolder, name: 'protection' });
      } catch {
        // Done at the next start; what stands in the way is told when an entry is to be written.
      }
    },
    conceal,
    start() {
      timer ??= setInterval(conceal, CONCEAL_MS);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
