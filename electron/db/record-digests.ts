// Digests of records as their rows stand now: whole ones, and what is left as proof of an erased one.
import type { Statement } from 'better-sqlite3';
import { digestOf } from './audit.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

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

/** What outlives the erasing of a case. Only where there is one: proofs of versions before 7 know of none. */
const SURVIVING_CASE = [
  'case_entry',
  `id, seq, station_id, officer_id, officer_name, at, kind, outcome, needs_signature, signs
     FROM case_entry WHERE examination_id = ? ORDER BY seq`,
] as const;

const CASE_ENTRY = `id, examination_id, seq, station_id, officer_id, officer_name, at, kind, outcome, needs_signature,
  signs, content, lower(hex(salt)) FROM case_entry WHERE id = ?`;
const CASE_PICTURES = 'id, examination_id, sha256 FROM case_image WHERE entry_id = ? ORDER BY id';

/** What outlives an erasing: ids, times, who, and what was decided. */
const SURVIVING = [
  [
    'examination',
    `id, station_id, officer_id, officer_name, station_code, place, started_at, saved_at, saved_on
     FROM examination WHERE id = ?`,
  ],
  [
    'document',
    `row, id, station_id, officer_id, position, rules_version, judged_on
     FROM document WHERE examination_id = ? ORDER BY position`,
  ],
  [
    'decision',
    `id, station_id, officer_id, officer_name, replaces, at, outcome, reasons
     FROM decision WHERE examination_id = ? ORDER BY id`,
  ],
] as const;

type Rows = Statement<[string], unknown[]>;

interface Prepared {
  covered: (readonly [name: string, rows: Rows])[];
  surviving: (readonly [name: string, rows: Rows])[];
  /** Version and digest of the procedure that it followed, both null in records of before version 9. */
  followed: Statement<[string], [string, string] | [null, null]>;
  /** The id of an examination's first decision. */
  first: Statement<[string], string>;
  salt: Statement<[string], string | null>;
  decision: Statement<[string], unknown[]>;
  decisionSalt: Statement<[string], string | null>;
}

const prepared = new WeakMap<Db, Prepared>();

function statements(db: Db): Prepared {
  const known = prepared.get(db);
  if (known !== undefined) return known;
  const rows = (columns: string): Rows => db.prepare<[string], unknown[]>(`SELECT ${columns}`).raw();
  const made: Prepared = {
    covered: COVERED.map(([name, columns]) => [name, rows(columns)] as const),
    surviving: SURVIVING.map(([name, columns]) => [name, rows(columns)] as const),
    first: db
      // As the index has it; `replaces IS NULL` would lead SQLite to the index of what was replaced.
      .prepare<[string], string>(
        `SELECT id FROM decision WHERE examination_id = ? AND coalesce(replaces, '') = ''`,
      )
      .pluck(),
    followed: db
      .prepare<[string], [string, string] | [null, null]>(
        `SELECT version, sha256
           FROM examination LEFT JOIN procedure_version ON procedure_version.id = examination.procedure
           WHERE examination.id = ?`,
      )
      .raw(),
    salt: db
      .prepare<[string], string | null>(
        'SELECT lower(hex(salt)) FROM examination WHERE id = ? AND salt IS NOT NULL',
      )
      .pluck(),
    decision: rows(
      `id, examination_id, station_id, officer_id, officer_name, replaces, at, outcome, reasons, note
       FROM decision WHERE id = ?`,
    ),
    decisionSalt: db
      .prepare<[string], string | null>(
        'SELECT lower(hex(salt)) FROM decision WHERE id = ? AND salt IS NOT NULL',
      )
      .pluck(),
  };
  prepared.set(db, made);
  return made;
}

/** Prepared when it is asked first: a store that is still to be moved on has no cases. */
const caseRows = (db: Db, columns: string): Rows =>
  statement<[string], unknown[]>(db, `SELECT ${columns}`).raw();

/**
 * Digest of an examination as its rows stand now, decisions apart; undefined where it is not there. It covers a random
 * salt that goes with the person's data: what is left in the chain then fits no guess.
 */
export function examinationDigest(db: Db, id: string): string | undefined {
  const { covered, salt, followed } = statements(db);
  const procedure = followed.get(id);
  if (procedure === undefined) return undefined;
  const tables: [string, unknown][] = covered.map(([name, rows]) => [name, rows.all(id)]);
  // Only where there is one: entries of versions before 9 know of none.
  if (procedure[0] !== null) tables.push(['procedure', procedure]);
  const grain = salt.get(id);
  return digestOf(grain === undefined ? tables : [...tables, ['salt', grain]]);
}

/** Digest of one decision as its row stands now; undefined where it is not there. */
export function decisionDigest(db: Db, id: string): string | undefined {
  const { decision, decisionSalt } = statements(db);
  const row = decision.get(id);
  if (row === undefined) return undefined;
  const grain = decisionSalt.get(id);
  return digestOf(grain === undefined ? row : [...row, grain]);
}

/** Digest of an examination with its first decision, as they are saved together; undefined where either is not there. */
export function recordDigest(db: Db, id: string): string | undefined {
  const first = statements(db).first.get(id);
  const parts = [examinationDigest(db, id), first === undefined ? undefined : decisionDigest(db, first)];
  return parts.includes(undefined) ? undefined : digestOf(parts);
}

/** Digest of what an erasing leaves of an examination: the same before it and after. */
export function survivingDigest(db: Db, examinationId: string): string {
  const { surviving, followed } = statements(db);
  const tables: [string, unknown[]][] = surviving.map(([name, rows]) => [name, rows.all(examinationId)]);
  // As above: proofs of versions before 9 know of none.
  const procedure = followed.get(examinationId);
  if (procedure !== undefined && procedure[0] !== null) tables.push(['procedure', procedure]);
  const entries = caseRows(db, SURVIVING_CASE[1]).all(examinationId);
  return digestOf(entries.length === 0 ? tables : [...tables, [SURVIVING_CASE[0], entries]]);
}

/** Digest of one entry of a case with the picture that it added; undefined where it is not there. */
export function caseEntryDigest(db: Db, id: string): string | undefined {
  const row = caseRows(db, CASE_ENTRY).get(id);
  return row === undefined ? undefined : digestOf([row, caseRows(db, CASE_PICTURES).all(id)]);
}

/** Digest of all that one run of the rules erased. */
export function runDigest(db: Db, runId: string): string {
  return digestOf(
    db
      .prepare<[string], unknown[]>(
        'SELECT examination_id, rule, at, digest FROM erasure WHERE run_id = ? ORDER BY examination_id',
      )
      .raw()
      .all(runId),
  );
}

/** Digest of a legal hold as it was set; undefined where it is not there. Its reason goes with the person's data. */
export function holdDigest(db: Db, id: string): string | undefined {
  const row = db
    .prepare<[string], unknown[]>(
      'SELECT id, examination_id, officer_id, at, reason, lower(hex(salt)) FROM legal_hold WHERE id = ?',
    )
    .raw()
    .get(id);
  return row === undefined ? undefined : digestOf(row);
}

/** Digest of the release of a hold; undefined where it is in force or not there. */
export function releaseDigest(db: Db, id: string): string | undefined {
  const row = db
    .prepare<[string], unknown[]>(
      'SELECT id, released_by, released_at FROM legal_hold WHERE id = ? AND released_at IS NOT NULL',
    )
    .raw()
    .get(id);
  return row === undefined ? undefined : digestOf(row);
}

/** Digest of rules of the agency's own; undefined where they are not there. */
export function rulesDigest(db: Db, id: string): string | undefined {
  const row = db
    .prepare<[string], unknown[]>('SELECT id, officer_id, at, content FROM retention_rules WHERE id = ?')
    .raw()
    .get(id);
  return row === undefined ? undefined : digestOf(row);
}
