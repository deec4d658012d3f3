// The audit chain: who did what to which id and when, each entry bound to the one before by SHA-256.
import { createHash } from 'node:crypto';
import type { Db } from './open.ts';

export interface AuditEntry {
  /** UTC, ISO 8601. */
  at: string;
  officerId: string | null;
  /** `noun.verb` in the past. */
  action: string;
  subjectId: string;
  /** SHA-256 of what was written; the chain itself holds no value. */
  digest: string;
}

interface AuditRow {
  seq: number;
  at: string;
  officer_id: string | null;
  action: string;
  subject_id: string;
  digest: string;
  previous_hash: string;
  hash: string;
}

export type AuditVerdict =
  | { ok: true; entries: number }
  | {
      ok: false;
      /** The first entry that does not fit, or null where a record itself does not. */
      seq: number | null;
      subjectId: string | null;
    };

const GENESIS = '0'.repeat(64);

/** SHA-256 over the JSON of a value, lower-case hex. The caller fixes the order of the keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** The canonical form: a JSON array in the order of the columns. */
const hashOf = (row: Omit<AuditRow, 'hash'>): string =>
  digestOf([row.seq, row.at, row.officer_id, row.action, row.subject_id, row.digest, row.previous_hash]);

/** Appends one entry. Call it inside the transaction of what it tells of. */
export function appendAudit(db: Db, entry: AuditEntry): void {
  const last = db.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq DESC LIMIT 1').get();
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    officer_id: entry.officerId,
    action: entry.action,
    subject_id: entry.subjectId,
    digest: entry.digest,
    previous_hash: last?.hash ?? GENESIS,
  };
  db.prepare(
    `INSERT INTO audit (seq, at, officer_id, action, subject_id, digest, previous_hash, hash)
     VALUES (@seq, @at, @officer_id, @action, @subject_id, @digest, @previous_hash, @hash)`,
  ).run({ ...row, hash: hashOf(row) });
}

/**
 * Walks the chain: every number follows, every hash fits. `actual` computes a subject's digest from the rows as they
 * are now, so that a record changed behind the chain is told too; undefined where an action has no lasting record.
 */
export function verifyChain(
  db: Db,
  actual: (action: string, subjectId: string) => string | undefined,
): AuditVerdict {
  const rows = db.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq').all();
  let previous = GENESIS;
  for (const [index, row] of rows.entries()) {
    const inChain = row.seq === index + 1 && row.previous_hash === previous && row.hash === hashOf(row);
    const digest = actual(row.action, row.subject_id);
    if (!inChain || (digest !== undefined && digest !== row.digest)) {
      return { ok: false, seq: row.seq, subjectId: row.subject_id };
    }
    previous = row.hash;
  }
  return { ok: true, entries: rows.length };
}
