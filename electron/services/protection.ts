// Signs that a traveller may need protection: kept in a file and under a key of their own, apart from everything else.
import { closeSync, existsSync, openSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { digestOf } from '../db/audit.ts';
import { PROTECTION_MIGRATIONS } from '../db/migrations/protection.ts';
import { openStore, type Db } from '../db/open.ts';
import { insertProtection, savedProtection } from '../db/protection.ts';
import { StationFailure } from '../failure.ts';
import { OWNER_ONLY } from '../files.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface ProtectionService {
  record(input: Request<'protection.record'>): Output<'protection.record'>;
  /**
   * At each start: mends what a cut left, and sets the times of the files. Creates the empty file with its key where it is not there, so that its mere being there tells nothing. Where that
   * cannot be done the station works all the same, and `record` answers why.
   */
  prepare(): void;
  /** Sets the times of the files to what they always are. Called at every decision, protected or not. */
  conceal(): void;
}

/** The time that the files always show: it tells neither when the last entry was written nor that there is one. */
const CONSTANT_TIME = new Date('2000-01-01T00:00:00.000Z');

export function createProtectionService({ db, dataFolder, now }: ServiceContext): ProtectionService {
  const FILES = ['protection.db', 'protection.db-journal', 'protection.key'].map((name) =>
    join(dataFolder, name),
  );

  function conceal(): void {
    try {
      // The journal that SQLite leaves empty after a write is there before the first one.
      closeSync(openSync(join(dataFolder, 'protection.db-journal'), 'a', OWNER_ONLY));
    } catch {
      // What cannot be touched tells no more than it did.
    }
    for (const path of FILES) {
      try {
        utimesSync(path, CONSTANT_TIME, CONSTANT_TIME);
      } catch {
        // The entry stands whether its time can be set or not.
      }
    }
  }

  /** Opened for one action and closed again: no handle and no key stays in memory. */
  function within<T>(action: (own: Db) => T): T {
    const { db: own } = openStore({
      folder: dataFolder,
      name: 'protection',
      migrations: PROTECTION_MIGRATIONS,
      // A log would come and go beside the file; this journal stays there, empty.
      journal: 'TRUNCATE',
      now,
    });
    try {
      return action(own);
    } finally {
      own.close();
      conceal();
    }
  }

  return {
    record(input) {
      const { stationId, officer } = onDuty(db);
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
      const journal = statSync(join(dataFolder, 'protection.db-journal'), { throwIfNoEntry: false });
      // A journal that is not empty is what a cut left: opening the file once takes back what was half written.
      if (existsSync(join(dataFolder, 'protection.db')) && (journal?.size ?? 0) === 0) {
        conceal();
        return;
      }
      try {
        within(() => undefined);
      } catch {
        // A key without its file, or no room: told when an entry is to be written.
      }
    },
    conceal,
  };
}
