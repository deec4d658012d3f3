// The station's own list of who can help. Kept by the administrator, read by whoever has a traveller in front of them.
import type { Output, Request } from '../../shared/contract/channels.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { loadContacts, saveContacts } from '../db/directory.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface DirectoryService {
  list(): Output<'directory.list'>;
  /** Replaces the list; `bad-request` where two contacts have one id. */
  save(input: Request<'directory.save'>): Output<'directory.save'>;
}

export function createDirectoryService(context: ServiceContext): DirectoryService {
  const { db, now } = context;
  return {
    list: () => ({ contacts: loadContacts(db) }),
    save({ contacts }) {
      const { stationId, officer } = onDuty(context);
      if (new Set(contacts.map(({ id }) => id)).size < contacts.length) {
        throw new StationFailure('bad-request', ['contacts']);
      }
      const at = now().toISOString();
      db.transaction(() => {
        saveContacts(db, contacts);
        appendAudit(db, {
          at,
          officerId: officer.id,
          action: 'directory.saved',
          subjectId: stationId,
          digest: digestOf(contacts),
        });
      }).immediate();
      return { contacts };
    },
  };
}
