// On which legal bases partners may be told what concerns a person. Kept by the administrator, named by every report at T1.
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { LegalBasis } from '../../shared/contract/sync.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { loadBases, saveBases } from '../db/hub-link.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext, today } from './context.ts';

export interface BasisService {
  list(): Output<'basis.list'>;
  /** Replaces the list; `bad-request` where two have one id, or one ends before it begins. */
  save(input: Request<'basis.save'>): Output<'basis.save'>;
  /** Those in force today at the station. */
  inForce(): LegalBasis[];
}

export function createBasisService(context: ServiceContext): BasisService {
  const { db, now, emit } = context;
  return {
    list: () => ({ bases: loadBases(db) }),
    save({ bases }) {
      const { stationId, officer } = onDuty(context);
      const isOnce = new Set(bases.map(({ id }) => id)).size === bases.length;
      const areDays = bases.every(({ from, until }) => until === null || from <= until);
      if (!isOnce || !areDays) throw new StationFailure('bad-request', ['bases']);
      const at = now().toISOString();
      db.transaction(() => {
        saveBases(db, bases);
        const entry = { at, officerId: officer.id, action: 'bases.saved', subjectId: stationId };
        appendAudit(db, { ...entry, digest: digestOf(bases) });
      }).immediate();
      emit('hub.changed', {});
      return { bases };
    },
    inForce() {
      const day = today(db, now());
      return loadBases(db).filter(({ from, until }) => from <= day && (until === null || day <= until));
    },
  };
}
