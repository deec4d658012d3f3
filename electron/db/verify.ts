// The audit chain held against the records as they stand: every column that is shown or searched, and every count.
import { digestOf, verifyChain, type AuditVerdict } from './audit.ts';
import type { Db } from './open.ts';

/**
 * The columns that the digest of an examination covers, table by table. The list is part of the chain: columns that a
 * later migration adds are covered by entries of their own kind, so that old entries still fit.
 */
const COVERED = [
  [
    'examination',
    `id, station_id, officer_id, officer_name, station_code, place, started_at, saved_at, saved_on, submitted_sha256
     FROM examination WHERE id = ?`,
  ],
  [
    'document',
    `row, id, station_id, officer_id, position, reading, document_type, format, issuer, nationality, number, name,
       rules_version, judged_on
     FROM document WHERE examination_id = ? ORDER BY position`,
  ],
  [
    'image',
    `id, document_id, station_id, officer_id, position, light, source, sha256, width, height
     FROM image WHERE document_id IN (SELECT id FROM document WHERE examination_id = ?) ORDER BY document_id, position`,
  ],
  [
    'finding',
    `document_id, station_id, officer_id, position, content
     FROM finding WHERE document_id IN (SELECT id FROM document WHERE examination_id = ?)
     ORDER BY document_id, position`,
  ],
] as const;

const DECISION = `id, examination_id, station_id, officer_id, officer_name, replaces, at, outcome, reasons, note
  FROM decision WHERE id = ?`;

const rowsOf = (db: Db, columns: string, id: string): unknown[][] =>
  db.prepare<[string], unknown[]>(`SELECT ${columns}`).raw().all(id);

/** Digest of an examination as its rows stand now, decisions apart; undefined where it is not there. */
export function examinationDigest(db: Db, id: string): string | undefined {
  const tables = COVERED.map(([name, columns]) => [name, rowsOf(db, columns, id)] as const);
  return tables[0]?.[1].length === 1 ? digestOf(tables) : undefined;
}

/** Digest of one decision as its row stands now; undefined where it is not there. */
export function decisionDigest(db: Db, id: string): string | undefined {
  const [row] = rowsOf(db, DECISION, id);
  return row === undefined ? undefined : digestOf(row);
}

/** The first station whose counts of cleared travellers are not those that its entries add up to. */
function miscounted(db: Db): string | undefined {
  const expected = new Map<string, { station: string; count: number }>();
  const entries = db
    .prepare<[], { action: string; station: string; digest: string }>(
      `SELECT action, subject_id AS station, digest FROM audit
       WHERE action IN ('cleared.counted', 'cleared.taken-back') ORDER BY seq`,
    )
    .all();
  for (const { action, station, digest } of entries) {
    const name = `${station} ${digest}`;
    const before = expected.get(name)?.count ?? 0;
    expected.set(name, { station, count: before + (action === 'cleared.counted' ? 1 : -1) });
  }
  const rows = db
    .prepare<[], { station: string; day: string; count: number }>(
      'SELECT station_id AS station, day, count FROM cleared_count',
    )
    .all();
  for (const { station, day, count } of rows) {
    const name = `${station} ${digestOf(day)}`;
    if ((expected.get(name)?.count ?? 0) !== count) return station;
    expected.delete(name);
  }
  return [...expected.values()].find(({ count }) => count !== 0)?.station;
}

/**
 * Verifies the audit chain, that every examination and decision is still what its entry says, that none stands without
 * an entry, and that the counts of cleared travellers are those of the entries.
 */
export function verifyAudit(db: Db): AuditVerdict {
  const chain = verifyChain(db, (action, subjectId) => {
    if (action === 'examination.saved') return examinationDigest(db, subjectId) ?? 'missing';
    if (action === 'decision.saved') return decisionDigest(db, subjectId) ?? 'missing';
    return undefined;
  });
  if (!chain.ok) return chain;
  const orphan = db
    .prepare<[], string>(
      `SELECT id FROM examination WHERE id NOT IN (SELECT subject_id FROM audit WHERE action = 'examination.saved')
       UNION ALL
       SELECT id FROM decision WHERE id NOT IN (SELECT subject_id FROM audit WHERE action = 'decision.saved')`,
    )
    .pluck()
    .get();
  const subjectId = orphan ?? miscounted(db);
  return subjectId === undefined ? chain : { ok: false, seq: null, subjectId };
}
