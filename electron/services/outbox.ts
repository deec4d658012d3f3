// How sending stands, and what a person may do about it: pause, resume, send now, try one again. Nothing is ever removed.
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { OutboxState } from '../../shared/contract/sync.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { type HubLink, loadHub, savePaused, saveStopped } from '../db/hub-link.ts';
import { makeAllDue, outboxCounts, outboxRows, retryRow } from '../db/outbox.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext } from './context.ts';

/** What goes on behind the store as long as it is open. */
export interface Sending {
  /** There may be something to send. */
  wake(): void;
  /** The same, and no wait of before counts. */
  hurry(): void;
  /** Why nothing is sent for a while, though somebody would; null where it is. */
  waits(): { reason: string; until: string } | null;
}

export interface OutboxService {
  state(): OutboxState;
  retry(input: Request<'outbox.retry'>): Output<'outbox.retry'>;
  pause(): OutboxState;
  resume(): OutboxState;
  sendNow(): OutboxState;
}

export function createOutboxService(context: ServiceContext, sending: Sending): OutboxService {
  const { db, now, emit } = context;

  function holdOf(hub: HubLink | null): Pick<OutboxState, 'hold' | 'reason' | 'until'> {
    if (hub === null) return { hold: 'none', reason: null, until: null };
    if (hub.stopped !== null) return { hold: 'stopped', reason: hub.stopped, until: null };
    if (hub.pausedAt !== null) return { hold: 'paused', reason: null, until: null };
    const waits = sending.waits();
    return waits === null ? { hold: 'free', reason: null, until: null } : { hold: 'waits', ...waits };
  }

  const state = (): OutboxState => ({ ...outboxCounts(db), ...holdOf(loadHub(db)), rows: outboxRows(db) });

  /** Writes what a person decided with its entry in the chain; refused where there is no hub. */
  function decide(action: string, write: (hub: HubLink, at: string) => void): OutboxState {
    const { officer, stationId } = onDuty(context);
    const at = now().toISOString();
    db.transaction(() => {
      const hub = loadHub(db);
      if (hub === null) throw new StationFailure('hub-none');
      write(hub, at);
      appendAudit(db, {
        at,
        officerId: officer.id,
        action,
        subjectId: stationId,
        digest: digestOf(hub.hubId),
      });
    }).immediate();
    sending.hurry();
    emit('outbox.changed', {});
    return state();
  }

  return {
    state,
    retry({ seq }) {
      const { officer } = onDuty(context);
      if (!retryRow(db, seq, officer.id, now().toISOString())) throw new StationFailure('not-found');
      sending.hurry();
      emit('outbox.changed', {});
      return state();
    },
    pause: () => decide('outbox.paused', (hub, at) => savePaused(db, hub.pausedAt ?? at)),
    resume: () =>
      decide('outbox.resumed', () => {
        savePaused(db, null);
        saveStopped(db, null);
      }),
    sendNow: () => decide('outbox.sent-now', (_hub, at) => makeAllDue(db, at)),
  };
}
