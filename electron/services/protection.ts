// Signs that a traveller may need protection: kept in a file and under a key of their own, apart from everything else.
import type { Output, Request } from '../../shared/contract/channels.ts';
import { digestOf } from '../db/audit.ts';
import { PROTECTION_MIGRATIONS } from '../db/migrations/protection.ts';
import { openStore, type Db } from '../db/open.ts';
import { insertProtection, savedProtection } from '../db/protection.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface ProtectionService {
  record(input: Request<'protection.record'>): Output<'protection.record'>;
  /** Creates the empty file with its key, so that its mere being there tells nothing. */
  prepare(): void;
}

export function createProtectionService({ db, dataFolder, now }: ServiceContext): ProtectionService {
  /** Opened for one action and closed again: no handle and no key stays in memory. */
  function within<T>(action: (own: Db) => T): T {
    const { db: own } = openStore({
      folder: dataFolder,
      name: 'protection',
      migrations: PROTECTION_MIGRATIONS,
      now,
    });
    try {
      return action(own);
    } finally {
      own.close();
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
    prepare: () => within(() => undefined),
  };
}
