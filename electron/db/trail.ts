// What the audit chain says of one examination: its own entries, those of its decisions, case, reports and holds.
import { publicKeyOf } from './audit.ts';
import type { Db } from './open.ts';

export interface TrailEntry {
  seq: number;
  at: string;
  officerId: string | null;
  action: string;
  subjectId: string;
  digest: string;
  previousHash: string;
  hash: string;
  /** Ed25519 over the hash, hex; null for entries of a version that did not sign. */
  signature: string | null;
}

/** In the order of the chain. */
export function trailOf(db: Db, examinationId: string): TrailEntry[] {
  // A look at every entry: the chain has no index of what its entries are about, and an export is rare.
  return db
    .prepare<[{ id: string }], TrailEntry>(
      `SELECT seq, at, officer_id AS officerId, action, subject_id AS subjectId, digest, previous_hash AS previousHash,
         hash, lower(hex(signature)) AS signature
       FROM audit WHERE subject_id IN
         (SELECT @id UNION SELECT id FROM decision WHERE examination_id = @id
          UNION SELECT id FROM case_entry WHERE examination_id = @id
          UNION SELECT id FROM report WHERE examination_id = @id
          UNION SELECT id FROM handover WHERE examination_id = @id
          UNION SELECT id FROM legal_hold WHERE examination_id = @id)
       ORDER BY seq`,
    )
    .all({ id: examinationId })
    .map((entry) => ({ ...entry, signature: entry.signature === '' ? null : entry.signature }));
}

/** By which the signatures of entries are checked, hex; null before the first signed entry. */
export const auditKey = (db: Db): string | null => publicKeyOf(db)?.toString('hex') ?? null;
