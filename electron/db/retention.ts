// Which records a rule says are due, erasing them down to their proof, and legal holds that keep them.
import { randomBytes } from 'node:crypto';
import type { LegalHold, RetentionRule } from '../../shared/contract/retention.ts';
import { appendAudit } from './audit.ts';
import { numberKey } from './examinations.ts';
import type { Db } from './open.ts';
import { holdDigest, releaseDigest, rulesDigest, runDigest, survivingDigest } from './record-digests.ts';
import { ERASE_REPORTS } from './reports.ts';
import { ERASE_STUDIES } from './studies.ts';

const DAY_MS = 24 * 60 * 60_000;
const SALT_BYTES = 16;

/** The rules of the agency's own that were set last; null where Countercheck's stand. */
export function loadRules(db: Db): { rules: RetentionRule[]; setAt: string; setBy: string } | null {
  const row = db
    .prepare<[], { content: string; setAt: string; setBy: string }>(
      `SELECT content, at AS setAt,
         coalesce((SELECT name FROM officer WHERE id = retention_rules.officer_id), '') AS setBy
       FROM retention_rules ORDER BY rowid DESC LIMIT 1`,
    )
    .get();
  return row === undefined ? null : { rules: JSON.parse(row.content), setAt: row.setAt, setBy: row.setBy };
}

/** Sets rules of the agency's own, with their audit entry. */
export function saveRules(
  db: Db,
  id: string,
  rules: readonly RetentionRule[],
  officerId: string,
  at: string,
): void {
  db.transaction(() => {
    db.prepare('INSERT INTO retention_rules (id, officer_id, at, content) VALUES (?, ?, ?, ?)').run(
      id,
      officerId,
      at,
      JSON.stringify(rules),
    );
    const digest = rulesDigest(db, id) ?? '';
    appendAudit(db, { at, officerId, action: 'retention.rules-saved', subjectId: id, digest });
  }).immediate();
}

/** Where a walk through the records stands; begin with `WALK_START`. */
export interface WalkPlace {
  savedOn: string;
  row: number;
}

export const WALK_START: WalkPlace = { savedOn: '', row: 0 };

export interface DueRecord {
  id: string;
  /** Id of the rule that says so. */
  rule: string;
  held: boolean;
}

export interface DueSlice {
  due: DueRecord[];
  /** Where to go on; null at the end. */
  next: WalkPlace | null;
}

/**
 * Looks at up to `limit` records that still hold a person, oldest first, and answers those that are due at the moment
 * `at` (UTC): the age is that of the latest decision, or of the latest entry at second line. What was worked at there is
 * kept as long as what is referred, also where one officer changed the decision since: what the second line found is not
 * theirs to shorten.
 */
export function dueRecords(
  db: Db,
  rules: readonly RetentionRule[],
  at: string,
  from: WalkPlace,
  limit: number,
): DueSlice {
  const cuts = rules.flatMap(({ id, outcomes, days }) => {
    const before = new Date(Date.parse(at) - days * DAY_MS).toISOString();
    return outcomes.flatMap((outcome) => (outcome === 'draft' ? [] : { rule: id, outcome, before }));
  });
  // Neither a decision nor an entry is older than its record: what was saved after every cut is not looked at. No station's
  // calendar is more than a day ahead of UTC.
  const latest = cuts.reduce((last, { before }) => (before > last ? before : last), '');
  const lastDay = latest === '' ? '' : new Date(Date.parse(latest) + DAY_MS).toISOString().slice(0, 10);
  const looked = db
    .prepare<[string, string, string, number, number], { row: number; id: string; savedOn: string }>(
      `SELECT rowid AS row, id, saved_on AS savedOn FROM examination INDEXED BY examination_kept
       WHERE erased_at IS NULL AND saved_on <= ? AND saved_at < ? AND (saved_on, rowid) > (?, ?)
       ORDER BY saved_on, rowid LIMIT ?`,
    )
    .all(lastDay, latest, from.savedOn, from.row, limit);
  const decision = db.prepare<[string], { outcome: string; at: string; held: 0 | 1 }>(
    `SELECT CASE WHEN EXISTS (SELECT 1 FROM case_entry WHERE case_entry.examination_id = decision.examination_id)
         THEN 'referred' ELSE outcome END AS outcome,
       max(at, coalesce((SELECT max(at) FROM case_entry
         WHERE case_entry.examination_id = decision.examination_id), '')) AS at,
       EXISTS (SELECT 1 FROM legal_hold WHERE legal_hold.examination_id = decision.examination_id
       AND released_at IS NULL) AS held
     FROM decision WHERE examination_id = ? AND NOT EXISTS
       (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)`,
  );
  const due: DueRecord[] = [];
  for (const { id } of looked) {
    const last = decision.get(id);
    const cut = cuts.find(({ outcome, before }) => outcome === last?.outcome && last.at < before);
    if (cut !== undefined) due.push({ id, rule: cut.rule, held: last?.held === 1 });
  }
  const end = looked.at(-1);
  return {
    due,
    next: end === undefined || looked.length < limit ? null : { savedOn: end.savedOn, row: end.row },
  };
}

/** Drafts that nobody saved for as long as their rule says at the moment `at` (UTC), the oldest first. */
export function dueDrafts(
  db: Db,
  rules: readonly RetentionRule[],
  at: string,
): { id: string; rule: string }[] {
  const own = rules.find(({ outcomes }) => outcomes.includes('draft'));
  if (own === undefined) return [];
  const before = new Date(Date.parse(at) - own.days * DAY_MS).toISOString();
  return db
    .prepare<[string, string], { id: string; rule: string }>(
      'SELECT id, ? AS rule FROM draft WHERE saved_at < ? ORDER BY saved_at, id',
    )
    .all(own.id, before);
}

export interface ErasingRun {
  /** Id of this run in the audit chain. */
  id: string;
  /** When the records were erased; a replay after a restore names the first time. */
  erasedAt: string;
  /** Time of the audit entry. */
  at: string;
  /** Null where the station replays what was erased before. */
  officerId: string | null;
}

const OWN = 'document_id IN (SELECT id FROM document WHERE examination_id = ?)';

/** Erases one record by statements that are prepared once; answers the ids of its pictures. */
function prepareErasing(db: Db, run: ErasingRun): (record: { id: string; rule: string }) => string[] {
  const enter = db.prepare(
    'INSERT INTO erasure (examination_id, run_id, rule, at, digest) VALUES (?, ?, ?, ?, ?)',
  );
  const documents = db.prepare<[string], { row: number; number: string; name: string }>(
    'SELECT row, number, name FROM document WHERE examination_id = ?',
  );
  // The search index keeps no text: what is taken out must be said as it was put in.
  const unlist = db.prepare(
    `INSERT INTO document_search (document_search, rowid, number, name) VALUES ('delete', ?, ?, ?)`,
  );
  const pictures = db
    .prepare<[{ id: string }], string>(
      `SELECT id FROM image WHERE ${OWN.replace('?', '@id')}
       UNION ALL SELECT id FROM case_image WHERE examination_id = @id`,
    )
    .pluck();
  const empty = [
    ...ERASE_REPORTS,
    ERASE_STUDIES,
    `DELETE FROM case_image WHERE examination_id = ?`,
    `UPDATE case_entry SET content = '', salt = NULL WHERE examination_id = ?`,
    `DELETE FROM image WHERE ${OWN}`,
    `DELETE FROM finding WHERE ${OWN}`,
    `UPDATE document SET reading = NULL, document_type = '', format = NULL, issuer = '', nationality = '',
       number = '', name = '' WHERE examination_id = ?`,
    `UPDATE decision SET note = '', salt = NULL WHERE examination_id = ?`,
    `UPDATE legal_hold SET reason = '', salt = NULL WHERE examination_id = ?`,
  ].map((sql) => db.prepare<[string]>(sql));
  const mark = db.prepare(
    `UPDATE examination SET submitted_sha256 = '', salt = NULL, erased_at = ? WHERE id = ?`,
  );
  return ({ id, rule }) => {
    enter.run(id, run.id, rule, run.erasedAt, survivingDigest(db, id));
    for (const { row, number, name } of documents.all(id)) unlist.run(row, numberKey(number), name);
    const own = pictures.all({ id });
    for (const statement of empty) statement.run(id);
    mark.run(run.erasedAt, id);
    return own;
  };
}

/**
 * Erases records in one transaction with the audit entry of the run; answers the ids of their pictures, whose files the
 * caller removes afterwards. Throws where one of them is on hold or erased already: then none is erased.
 */
export function eraseRecords(
  db: Db,
  records: readonly { id: string; rule: string }[],
  run: ErasingRun,
): string[] {
  const erase = prepareErasing(db, run);
  return db
    .transaction(() => {
      const pictures = records.flatMap(erase);
      const { at, officerId } = run;
      const digest = runDigest(db, run.id);
      appendAudit(db, { at, officerId, action: 'retention.run', subjectId: run.id, digest });
      return pictures;
    })
    .immediate();
}

/** Whether of this record only its proof is left. */
export function isErased(db: Db, examinationId: string): boolean {
  return db.prepare('SELECT 1 FROM erasure WHERE examination_id = ?').get(examinationId) !== undefined;
}

export interface NewHold {
  id: string;
  examinationId: string;
  reason: string;
  officerId: string;
  at: string;
}

/** Sets a legal hold, with its audit entry. The caller has seen that the record is there and not on hold. */
export function insertHold(db: Db, hold: NewHold): void {
  db.transaction(() => {
    db.prepare(
      `INSERT INTO legal_hold (id, examination_id, officer_id, at, reason, salt)
       VALUES (@id, @examinationId, @officerId, @at, @reason, @salt)`,
    ).run({ ...hold, salt: randomBytes(SALT_BYTES) });
    const { id, at, officerId } = hold;
    const digest = holdDigest(db, id) ?? '';
    appendAudit(db, { at, officerId, action: 'hold.set', subjectId: id, digest });
  }).immediate();
}

/** Releases a hold that is in force, with its audit entry; false where there is none of this id. */
export function releaseHold(db: Db, id: string, officerId: string | null, at: string): boolean {
  return db
    .transaction(() => {
      const { changes } = db
        .prepare(
          'UPDATE legal_hold SET released_by = ?, released_at = ? WHERE id = ? AND released_at IS NULL',
        )
        .run(officerId, at, id);
      if (changes === 0) return false;
      const digest = releaseDigest(db, id) ?? '';
      appendAudit(db, { at, officerId, action: 'hold.released', subjectId: id, digest });
      return true;
    })
    .immediate();
}

/** The hold in force on a record, or undefined. */
export function holdOn(db: Db, examinationId: string): { id: string; reason: string } | undefined {
  return db
    .prepare<[string], { id: string; reason: string }>(
      'SELECT id, reason FROM legal_hold WHERE examination_id = ? AND released_at IS NULL',
    )
    .get(examinationId);
}

/** A hold by its own id, in force or released; undefined where there is none. */
export function holdById(db: Db, id: string): { examinationId: string; reason: string } | undefined {
  return db
    .prepare<[string], { examinationId: string; reason: string }>(
      'SELECT examination_id AS examinationId, reason FROM legal_hold WHERE id = ?',
    )
    .get(id);
}

/** All holds in force, the oldest first. */
export function loadHolds(db: Db): LegalHold[] {
  return db
    .prepare<[], LegalHold>(
      `SELECT id, examination_id AS examinationId, at, reason,
         coalesce((SELECT name FROM officer WHERE officer.id = legal_hold.officer_id), '') AS officerName
       FROM legal_hold WHERE released_at IS NULL ORDER BY at, id`,
    )
    .all();
}
