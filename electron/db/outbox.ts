// The outbox: one row for each report and each picture that is to reach the hub. Rows are added and change; none goes.
import type { OutboxRow, OutboxState } from '../../shared/contract/sync.ts';
import { appendAudit, digestOf } from './audit.ts';
import { nameAgain } from './forgotten.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Reports in a page of what is shown. */
const SHOWN = 200;
/**
 * No row waits longer than this. One that seems to was written by a clock that has been set back since: it is due.
 */
const LONGEST_WAIT_MS = 20 * 60_000;

export interface NewOutboxRow {
  kind: 'report' | 'image';
  /** Id of the report, or SHA-256 of the picture. */
  subject: string;
  sha256: string;
  total: number;
  at: string;
}

/** Lays something in the outbox; a picture that this hub has already is not sent twice. Call it inside a transaction. */
export function addToOutbox(db: Db, row: NewOutboxRow): void {
  const { changes } = statement(
    db,
    `INSERT INTO outbox (kind, subject, sha256, created_at, next_at, total)
     VALUES (@kind, @subject, @sha256, @at, @at, @total) ON CONFLICT (kind, subject) DO NOTHING`,
  ).run(row);
  if (changes === 0 && row.kind === 'image') nameAgain(db, row.subject, row.at);
}

/** A row that this process has taken in hand; the attempt is counted, whatever comes of it. */
export interface Claim {
  seq: number;
  kind: 'report' | 'image';
  subject: string;
  sha256: string;
  attempts: number;
  total: number;
  done: number;
}

/** A picture goes once a report that names it has its receipt: the hub takes none before. */
const READY = `(outbox.kind = 'report' OR EXISTS (SELECT 1 FROM report_image JOIN outbox AS named
  ON named.kind = 'report' AND named.subject = report_image.report_id AND named.state = 'sent'
  WHERE report_image.sha256 = outbox.subject))`;

const CLAIM = `SELECT seq, kind, subject, sha256, attempts + 1 AS attempts, total, done FROM outbox
  WHERE state = 'waiting' AND (next_at <= @now OR next_at > @latest) AND ${READY}
  ORDER BY kind DESC, next_at, seq LIMIT 1`;

const span = (now: Date) => ({
  now: now.toISOString(),
  latest: new Date(now.getTime() + LONGEST_WAIT_MS).toISOString(),
});

/**
 * Takes the next row that is due, reports before pictures. It stands as being sent, with its attempt counted and its next
 * time set, before anything leaves: whatever cuts us off, the row is there and comes again. Null where nothing is due.
 */
export function claimNext(db: Db, now: Date, waitMs: (attempts: number) => number): Claim | null {
  return db
    .transaction(() => {
      const claim = statement<[{ now: string; latest: string }], Claim>(db, CLAIM).get(span(now));
      if (claim === undefined) return null;
      const nextAt = new Date(now.getTime() + waitMs(claim.attempts)).toISOString();
      statement(
        db,
        `UPDATE outbox SET state = 'sending', attempts = @attempts, next_at = @nextAt
         WHERE seq = @seq AND state = 'waiting'`,
      ).run({ seq: claim.seq, attempts: claim.attempts, nextAt });
      return claim;
    })
    .immediate();
}

/** After how many milliseconds the next row is due; null where none waits. */
export function nextDueMs(db: Db, now: Date): number | null {
  const at = statement<[{ now: string; latest: string }], string | null>(
    db,
    `SELECT min(CASE WHEN next_at > @latest THEN @now ELSE next_at END) FROM outbox
     WHERE state = 'waiting' AND ${READY}`,
  )
    .pluck()
    .get(span(now));
  return at === null || at === undefined ? null : Math.max(0, Date.parse(at) - now.getTime());
}

/** What was being sent when the station ended waits again: nobody knows whether it arrived. */
export function releaseClaims(db: Db): number {
  return statement(db, `UPDATE outbox SET state = 'waiting' WHERE state = 'sending'`).run().changes;
}

const HELD = `WHERE seq = @seq AND state = 'sending' AND attempts = @attempts`;

/** The claimed row waits again until its next time. */
export function letWait(db: Db, { seq, attempts }: Claim, reason: string): void {
  statement(db, `UPDATE outbox SET state = 'waiting', reason = @reason ${HELD}`).run({
    seq,
    attempts,
    reason,
  });
}

/** The claimed row is as it was before: this attempt is not counted, and it is due at once. */
export function takeBack(db: Db, { seq, attempts }: Claim, at: string): void {
  statement(db, `UPDATE outbox SET state = 'waiting', attempts = attempts - 1, next_at = @at ${HELD}`).run({
    seq,
    attempts,
    at,
  });
}

/** How many bytes the hub said that it has. Whoever gets on is not kept waiting for tries of before. */
export function noteProgress(db: Db, { seq, attempts }: Claim, done: number, nextAt: string): void {
  statement(db, `UPDATE outbox SET done = @done, next_at = @nextAt ${HELD}`).run({
    seq,
    attempts,
    done,
    nextAt,
  });
}

/** The hub cannot take this one: it waits for a person. An alarm stands in the audit chain. */
export function park(
  db: Db,
  { seq, attempts, subject }: Claim,
  { reason, at, isAlarm }: { reason: string; at: string; isAlarm: boolean },
): void {
  db.transaction(() => {
    const { changes } = statement(db, `UPDATE outbox SET state = 'parked', reason = @reason ${HELD}`).run({
      seq,
      attempts,
      reason,
    });
    if (changes === 0 || !isAlarm) return;
    const entry = { at, officerId: null, action: 'outbox.alarmed', subjectId: subject };
    appendAudit(db, { ...entry, digest: digestOf(reason) });
  }).immediate();
}

/** Receipts of reports, those of now and those of a hub that was brought back: each has an entry. */
export const RECEIPTS = `(SELECT subject FROM outbox WHERE kind = 'report' AND state = 'sent'
  UNION ALL SELECT subject FROM past_receipt WHERE kind = 'report')`;

/** Digests of what told that a report arrived, the first one first: more than one where its hub was brought back. */
export function receiptDigests(db: Db, reportId: string): string[] {
  return statement<[{ id: string }], string>(
    db,
    `SELECT receipt FROM (SELECT rowid AS place, receipt FROM past_receipt WHERE kind = 'report' AND subject = @id
       UNION ALL SELECT 9e18, receipt FROM outbox WHERE kind = 'report' AND subject = @id AND state = 'sent')
     ORDER BY place`,
  )
    .pluck()
    .all({ id: reportId })
    .map((receipt) => digestOf([reportId, receipt]));
}

/** Digest of what first told that a report arrived; undefined where nothing has. */
export const receiptDigest = (db: Db, reportId: string): string | undefined =>
  receiptDigests(db, reportId)[0];

const SENT = `UPDATE outbox SET state = 'sent', receipt = @receipt, sent_at = @at, reason = NULL, done = total`;
/** What a receipt frees: the part for one partner goes with an examination that was erased meanwhile. */
const LET_GO = `UPDATE report SET body = x'', request_sha256 = '', salt = NULL
  WHERE id = ? AND tier = 'T1' AND kind <> 'withdrawal' AND length(body) > 0
    AND EXISTS (SELECT 1 FROM erasure WHERE erasure.examination_id = report.examination_id)`;

/**
 * Keeps a receipt that was found right, also one that came another way while the row was parked or being sent. False
 * where there is no such row, or it has its receipt already.
 */
export function keepReceipt(
  db: Db,
  { kind, subject, sha256 }: Pick<Claim, 'kind' | 'subject' | 'sha256'>,
  receipt: string,
  at: string,
): boolean {
  return db
    .transaction(() => {
      const { changes } = statement(
        db,
        `${SENT} WHERE kind = @kind AND subject = @subject AND sha256 = @sha256 AND state <> 'sent'`,
      ).run({ kind, subject, sha256, receipt, at });
      if (changes === 0) return false;
      if (kind === 'image') return true;
      statement(db, LET_GO).run(subject);
      const own = digestOf([subject, receipt]);
      // The first one is what the chain is held against; a later one says that the hub was brought back from a backup.
      const action = receiptDigest(db, subject) === own ? 'report.sent' : 'report.sent-again';
      appendAudit(db, { at, officerId: null, action, subjectId: subject, digest: own });
      return true;
    })
    .immediate();
}

/** A row that waits or is parked is due now; false where there is none of this number, or it is sent or being sent. */
export function retryRow(db: Db, seq: number, officerId: string, at: string): boolean {
  return db
    .transaction(() => {
      const row = statement<[number], { subject: string }>(
        db,
        `SELECT subject FROM outbox WHERE seq = ? AND state IN ('waiting', 'parked')`,
      ).get(seq);
      if (row === undefined) return false;
      statement(
        db,
        `UPDATE outbox SET state = 'waiting', reason = NULL, attempts = 0, next_at = @at WHERE seq = @seq`,
      ).run({ seq, at });
      const entry = { at, officerId, action: 'outbox.retried', subjectId: row.subject };
      appendAudit(db, { ...entry, digest: digestOf(seq) });
      return true;
    })
    .immediate();
}

/** Everything that waits is due now. */
export function makeAllDue(db: Db, at: string): void {
  statement(db, `UPDATE outbox SET next_at = @at WHERE state = 'waiting'`).run({ at });
}

/** What is not sent waits for a person: the hub that it was for is no longer this station's. */
export function parkAll(db: Db, reason: string): void {
  statement(db, `UPDATE outbox SET state = 'parked', reason = ? WHERE state <> 'sent'`).run(reason);
}

type Counts = Pick<OutboxState, 'waiting' | 'parked' | 'sent' | 'oldestAt' | 'lastReceiptAt'>;

/** What the badge shows: it follows from the rows as they are. */
export function outboxCounts(db: Db): Counts {
  const counts = statement<[], { waiting: number; parked: number; oldestAt: string | null }>(
    db,
    `SELECT count(*) FILTER (WHERE state <> 'parked') AS waiting, count(*) FILTER (WHERE state = 'parked') AS parked,
       min(created_at) AS oldestAt FROM outbox WHERE state <> 'sent'`,
  ).get() ?? { waiting: 0, parked: 0, oldestAt: null };
  const sent = statement<[], { sent: number; lastReceiptAt: string | null }>(
    db,
    `SELECT count(*) AS sent, max(sent_at) AS lastReceiptAt FROM outbox WHERE state = 'sent'`,
  ).get() ?? { sent: 0, lastReceiptAt: null };
  return { ...counts, ...sent };
}

/** Rows that are not sent, parked ones first, then as they came; and behind them those sent last. */
export function outboxRows(db: Db): OutboxRow[] {
  const columns = `seq, kind, state, created_at AS createdAt, attempts, next_at AS nextAt, reason,
    sent_at AS sentAt, total, done, CASE kind WHEN 'report' THEN subject ELSE
      (SELECT min(report_id) FROM report_image WHERE report_image.sha256 = subject) END AS reportId`;
  const rows = (tail: string): OutboxRow[] =>
    statement<[number], OutboxRow>(db, `SELECT ${columns} FROM outbox ${tail} LIMIT ?`).all(SHOWN);
  const open = rows(`WHERE state <> 'sent' ORDER BY state <> 'parked', seq`);
  const sent = rows(`WHERE state = 'sent' ORDER BY sent_at DESC, seq DESC`);
  return [...open, ...sent].slice(0, SHOWN);
}
