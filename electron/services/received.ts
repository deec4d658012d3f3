// Reports of others as they came by the hub, and what of them was closed for this station.
import type { Output, Request } from '../../shared/contract/channels.ts';
import { isFull } from '../../shared/sharing/kinds.ts';
import { wireReport } from '../../shared/sharing/report.ts';
import { openPersonal } from '../../shared/wire/personal.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { loadHub } from '../db/hub-link.ts';
import { listReceived, loadReceived } from '../db/received.ts';
import { StationFailure } from '../failure.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface ReceivedService {
  list(input: Request<'received.list'>): Output<'received.list'>;
  open(input: Request<'received.open'>): Output<'received.open'>;
}

/** `boxKey` opens what was sealed to this station; null where it never had a hub. */
export function createReceivedService(
  context: ServiceContext,
  boxKey: () => Uint8Array | null,
): ReceivedService {
  const { db, now } = context;
  return {
    list(input) {
      const rows = listReceived(db, { ...input, limit: input.limit + 1 });
      return { rows: rows.slice(0, input.limit), more: rows.length > input.limit };
    },
    open({ id }) {
      const { officer } = onDuty(context);
      const found = loadReceived(db, id);
      if (found === undefined) throw new StationFailure('not-found');
      const body = wireReport.parse(JSON.parse(found.body.toString('utf8')));
      const key = boxKey();
      const stationId = loadHub(db)?.stationId;
      const sealedPart =
        isFull(body) && body.sealed !== null && key !== null && stationId !== undefined
          ? openPersonal(body, { stationId, boxPrivateKey: key })
          : null;
      if (sealedPart !== null)
        // What concerns a person of another agency's case: who read it stands in the chain.
        db.transaction(() =>
          appendAudit(db, {
            at: now().toISOString(),
            officerId: officer.id,
            action: 'received.read',
            subjectId: id,
            digest: digestOf(id),
          }),
        ).immediate();
      return { report: found.row, body, sealedPart };
    },
  };
}
