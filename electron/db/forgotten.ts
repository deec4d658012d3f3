// What a hub may have forgotten since it was brought back from a backup, or never had: it waits again, and its receipt of
// before stays as proof.
import { appendAudit, digestOf } from './audit.ts';
import { loadHub, saveEpoch } from './hub-link.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Which hub a receipt is of. */
const OF = `json_extract(outbox.receipt, '$.receipt.hubId')`;

/** Reports whose bytes are here still, and the pictures that they name; what was erased cannot be sent again. */
const HERE = `CASE outbox.kind WHEN 'report' THEN EXISTS (SELECT 1 FROM report WHERE report.id = outbox.subject
    AND length(report.body) > 0)
  ELSE EXISTS (SELECT 1 FROM report_image JOIN report ON report.id = report_image.report_id
    WHERE report_image.sha256 = outbox.subject AND length(report.body) > 0) END`;

const AGAIN = `state = 'waiting', receipt = NULL, sent_at = NULL, attempts = 0, done = 0, next_at = @at`;

function sendAgain(db: Db, which: string, values: { at: string; [name: string]: string }): number {
  const { at: _at, ...rest } = values;
  statement(
    db,
    `INSERT INTO past_receipt (kind, subject, receipt, sent_at)
     SELECT kind, subject, receipt, sent_at FROM outbox WHERE state = 'sent' AND ${which}`,
  ).run(rest);
  return statement(db, `UPDATE outbox SET ${AGAIN} WHERE state = 'sent' AND ${which}`).run(values).changes;
}

/**
 * Notes which life of its data the hub speaks of. Another one than before was brought back from a backup that may be older
 * than the hub's receipts: all that has one of this hub waits again, which does no harm where it is there. Answers how many
 * rows. Call it inside a transaction.
 */
export function heardEpoch(db: Db, epoch: number, at: string): number {
  const hub = loadHub(db);
  if (hub === null || hub.epoch === epoch) return 0;
  saveEpoch(db, epoch);
  const again = sendAgain(db, `${OF} = @hubId AND ${HERE}`, { at, hubId: hub.hubId });
  const entry = { at, officerId: null, action: 'outbox.sent-again', subjectId: hub.hubId };
  appendAudit(db, { ...entry, digest: digestOf([epoch, again]) });
  return again;
}

/** Reports that were written as this station of the hub, and the pictures that they name. */
const OURS = `CASE outbox.kind WHEN 'report' THEN outbox.subject IN (SELECT id FROM own)
  ELSE outbox.subject IN (SELECT sha256 FROM report_image JOIN own ON own.id = report_image.report_id) END`;
const OWN = `WITH own AS (SELECT id FROM report
  WHERE CASE WHEN length(body) > 0 THEN json_extract(CAST(body AS TEXT), '$.stationId') END = @stationId)`;

/**
 * A station that left a hub and came back as the one that it was goes on where it ended: what was parked when it left waits
 * again, and so does what has a receipt of this hub, which may have been brought back meanwhile. Call it inside a
 * transaction, once the hub is taken up.
 */
export function cameBack(
  db: Db,
  { hubId, stationId }: { hubId: string; stationId: string },
  at: string,
): void {
  const rows = statement<[{ hubId: string; stationId: string }], { seq: number; state: string }>(
    db,
    `${OWN} SELECT seq, state FROM outbox WHERE ${OURS}
       AND (state = 'parked' AND reason = 'hub-left' OR state = 'sent' AND ${OF} = @hubId)`,
  ).all({ hubId, stationId });
  for (const { seq, state } of rows) {
    if (state === 'sent') sendAgain(db, 'seq = CAST(@seq AS INTEGER)', { at, seq: String(seq) });
    else
      statement(
        db,
        `UPDATE outbox SET state = 'waiting', reason = NULL, attempts = 0, next_at = @at WHERE seq = @seq`,
      ).run({ at, seq });
  }
}

/**
 * A picture that lies in the outbox already, and that a report names anew: one that another hub has, or that waits for a
 * person, is sent to the hub of now. Call it inside a transaction.
 */
export function nameAgain(db: Db, sha256: string, at: string): void {
  const hubId = loadHub(db)?.hubId ?? '';
  sendAgain(db, `kind = 'image' AND subject = @sha256 AND ${OF} <> @hubId`, { at, sha256, hubId });
  statement(
    db,
    `UPDATE outbox SET state = 'waiting', reason = NULL, attempts = 0, next_at = @at
     WHERE kind = 'image' AND subject = @sha256 AND state = 'parked'`,
  ).run({ at, sha256 });
}
