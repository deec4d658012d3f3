// Rows of the protection file. Only `services/protection.ts` opens it.
import { appendAudit, digestOf } from './audit.ts';
import { RESERVE } from './migrations/protection.ts';
import type { Db } from './open.ts';

export interface ProtectionRow {
  id: string;
  examinationId: string;
  stationId: string;
  officerId: string;
  at: string;
  signs: string[];
  note: string;
  submittedSha256: string;
}

/** When this entry was saved and what was submitted then; undefined where there is none. */
export function savedProtection(
  db: Db,
  id: string,
): { savedAt: string; submittedSha256: string } | undefined {
  return db
    .prepare<[string], { savedAt: string; submittedSha256: string }>(
      'SELECT at AS savedAt, submitted_sha256 AS submittedSha256 FROM protection WHERE id = ?',
    )
    .get(id);
}

/** More pages than the largest entry takes. */
const LEAST_FREE_PAGES = 32;

/** Writes one entry and its audit entry in this file's own chain. */
export function insertProtection(db: Db, row: ProtectionRow): void {
  db.transaction(() => {
    if (Number(db.pragma('freelist_count', { simple: true })) < LEAST_FREE_PAGES) db.exec(RESERVE);
    db.prepare(
      `INSERT INTO protection (id, examination_id, station_id, officer_id, at, signs, note, submitted_sha256)
       VALUES (@id, @examinationId, @stationId, @officerId, @at, @signs, @note, @submittedSha256)`,
    ).run({ ...row, signs: JSON.stringify(row.signs) });
    appendAudit(db, {
      at: row.at,
      officerId: row.officerId,
      action: 'protection.saved',
      subjectId: row.id,
      digest: digestOf(row),
    });
  }).immediate();
}
