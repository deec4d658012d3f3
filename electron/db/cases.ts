// Cases of the second line: a log of entries for each referred examination, and what follows from it.
import { randomBytes } from 'node:crypto';
import type { CaseAct, CaseEntry, CaseKind, CaseList, CaseOutcome } from '../../shared/contract/cases.ts';
import type { ExaminationRecord } from '../../shared/contract/records.ts';
import { type Standing, standingFrom, type StandingRow } from './case-standing.ts';
import type { Author } from './examinations.ts';
import type { Db } from './open.ts';
import { unpackReading } from './packed.ts';
import { statement } from './statements.ts';

/** Goes into the digest of an entry and out of the store with it: see `record-digests.ts`. */
const SALT_BYTES = 16;

/** What is written for good besides the content, which goes with the person's data. */
export interface NewCaseEntry {
  id: string;
  examinationId: string;
  at: string;
  kind: CaseKind;
  /** Without id, kind and what the head tells. */
  content: object;
  outcome: CaseOutcome | null;
  needsSignature: boolean | null;
  /** Entry of the outcome that this one signs. */
  signs: string | null;
  /** The picture that this entry adds. */
  picture: { id: string; sha256: string } | null;
}

/** Writes one entry behind the others of its case; answers its place. Call it inside a transaction. */
export function insertCaseEntry(db: Db, author: Author, entry: NewCaseEntry): number {
  const seq =
    (statement<[string], number | null>(db, 'SELECT max(seq) FROM case_entry WHERE examination_id = ?')
      .pluck()
      .get(entry.examinationId) ?? 0) + 1;
  const { picture, content, needsSignature, ...rest } = entry;
  statement(
    db,
    `INSERT INTO case_entry (id, examination_id, seq, station_id, officer_id, officer_name, at, kind, outcome,
       needs_signature, signs, content, salt)
     VALUES (@id, @examinationId, @seq, @stationId, @officerId, @officerName, @at, @kind, @outcome,
       @needsSignature, @signs, @content, @salt)`,
  ).run({
    ...author,
    ...rest,
    seq,
    needsSignature: needsSignature === null ? null : Number(needsSignature),
    content: JSON.stringify(content),
    salt: randomBytes(SALT_BYTES),
  });
  if (picture !== null)
    statement(
      db,
      'INSERT INTO case_image (id, entry_id, examination_id, sha256) VALUES (@id, @entryId, @examinationId, @sha256)',
    ).run({ ...picture, entryId: entry.id, examinationId: entry.examinationId });
  return seq;
}

const HEAD = `id, seq, at, officer_id AS officerId, officer_name AS officerName, kind,
  (SELECT station_code FROM case_elsewhere WHERE entry_id = case_entry.id) AS elsewhere`;

/** A head as it is read: null for an entry of this station. */
type ActRow = Omit<CaseAct, 'elsewhere'> & { elsewhere: string | null };

const actOf = ({ elsewhere, ...act }: ActRow): CaseAct => (elsewhere === null ? act : { ...act, elsewhere });

interface EntryRow extends ActRow {
  examinationId: string;
  content: string;
}

/** The columns as the contract has them: an entry was held to it when it was written, and its digest is in the chain. */
function entryOf({ content, examinationId: _examinationId, ...act }: EntryRow): CaseEntry {
  return { ...actOf(act), ...JSON.parse(content) } as CaseEntry;
}

/** All entries of a case in their order; none where it was erased. */
export function loadCaseEntries(db: Db, examinationId: string): CaseEntry[] {
  return statement<[string], EntryRow>(
    db,
    `SELECT ${HEAD}, examination_id AS examinationId, content FROM case_entry
     WHERE examination_id = ? AND content <> '' ORDER BY seq`,
  )
    .all(examinationId)
    .map(entryOf);
}

/** An answer to an item, without the words and marks that make an entry long. */
export type CaseAnswer = Pick<Extract<CaseEntry, { kind: 'answer' }>, 'documentId' | 'itemId' | 'answer'>;

/** All answers of a case in their order; none where it was erased. */
export function loadCaseAnswers(db: Db, examinationId: string): CaseAnswer[] {
  return statement<[string], CaseAnswer>(
    db,
    `SELECT content ->> '$.documentId' AS documentId, content ->> '$.itemId' AS itemId, content ->> '$.answer' AS answer
     FROM case_entry WHERE examination_id = ? AND kind = 'answer' AND content <> '' ORDER BY seq`,
  ).all(examinationId);
}

/** The heads of all entries in their order, also of an erased case. */
export function loadCaseActs(db: Db, examinationId: string): CaseAct[] {
  return statement<[string], ActRow>(
    db,
    `SELECT ${HEAD} FROM case_entry WHERE examination_id = ? ORDER BY seq`,
  )
    .all(examinationId)
    .map(actOf);
}

/** An entry by its id with the case that it lies in; undefined where there is none or it was erased. */
export function findCaseEntry(db: Db, id: string): { examinationId: string; entry: CaseEntry } | undefined {
  const row = statement<[string], EntryRow>(
    db,
    `SELECT ${HEAD}, examination_id AS examinationId, content FROM case_entry WHERE id = ? AND content <> ''`,
  ).get(id);
  return row === undefined ? undefined : { examinationId: row.examinationId, entry: entryOf(row) };
}

/** Whether this officer has closed their own comparison of the bearer. */
export function hasClosedComparison(db: Db, examinationId: string, officerId: string): boolean {
  return (
    statement(
      db,
      `SELECT 1 FROM case_entry WHERE examination_id = ? AND officer_id = ? AND kind = 'bearer-done'`,
    ).get(examinationId, officerId) !== undefined
  );
}

/** Pixels of a picture that was added in this case; undefined for any other. */
export function addedPictureSize(
  db: Db,
  examinationId: string,
  imageId: string,
): { width: number; height: number } | undefined {
  const entryId = statement<[string, string], string>(
    db,
    'SELECT entry_id FROM case_image WHERE id = ? AND examination_id = ?',
  )
    .pluck()
    .get(imageId, examinationId);
  const entry = entryId === undefined ? undefined : findCaseEntry(db, entryId)?.entry;
  return entry?.kind === 'image' ? entry.image : undefined;
}

export function isCaseEntry(db: Db, id: string): boolean {
  return statement(db, 'SELECT 1 FROM case_entry WHERE id = ?').get(id) !== undefined;
}

/** How a case stands; it outlives an erasing. */
export function standingOf(db: Db, examinationId: string): Standing {
  const rows = statement<[string], StandingRow>(
    db,
    `SELECT ${HEAD}, outcome, needs_signature AS needsSignature, signs FROM case_entry
     WHERE examination_id = ? AND (kind = 'taken' OR kind = 'outcome' OR kind = 'signed' OR kind = 'reopened')
     ORDER BY seq`,
  ).all(examinationId);
  return standingFrom(rows);
}

/** What History tells of the second line; undefined where it has not concluded. */
export function secondLineOf(db: Db, examinationId: string): ExaminationRecord['secondLine'] {
  const { conclusion } = standingOf(db, examinationId);
  if (conclusion === null) return undefined;
  const { outcome, at, officerName, signed } = conclusion;
  return { outcome, at, officerName, signedBy: signed?.officerName ?? null, signedAt: signed?.at ?? null };
}

const LATEST = 'NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)';
const TOUCHED = 'EXISTS (SELECT 1 FROM case_entry WHERE case_entry.examination_id = decision.examination_id)';
const keptIn = (table: string): string => `EXISTS (SELECT 1 FROM examination
  WHERE examination.id = ${table}.examination_id AND examination.erased_at IS NULL)`;

/** Whether an examination is a case: it is referred as it stands, or something was entered while it was. */
export function isCase(db: Db, examinationId: string): boolean {
  return (
    statement(
      db,
      `SELECT 1 FROM decision WHERE examination_id = ? AND outcome = 'referred' AND (${LATEST} OR ${TOUCHED})`,
    ).get(examinationId) !== undefined
  );
}

const LISTS: Readonly<Record<CaseList['show'], string>> = {
  open: 'SELECT examination_id FROM case_to_do',
  done: `SELECT DISTINCT examination_id FROM case_entry WHERE kind = 'outcome' AND ${keptIn('case_entry')}
    AND examination_id NOT IN (SELECT examination_id FROM case_to_do)`,
  all: `SELECT DISTINCT examination_id FROM decision WHERE outcome = 'referred' AND (${LATEST} OR ${TOUCHED})
    AND ${keptIn('decision')}`,
};

/** Ids of cases that still hold a person, newest first; at most `limit`, after the first `offset`. */
export function listCases(db: Db, { show, limit, offset }: CaseList): string[] {
  return statement<[number, number], string>(
    db,
    `${LISTS[show]} ORDER BY examination_id DESC LIMIT ? OFFSET ?`,
  )
    .pluck()
    .all(limit, offset);
}

/** Whether the list of what is left to do holds an examination where, and only where, the records say so. */
export function fitsToDo(db: Db, examinationId: string): boolean {
  const listed =
    statement(db, 'SELECT 1 FROM case_to_do WHERE examination_id = ?').get(examinationId) !== undefined;
  const kept = statement(db, 'SELECT 1 FROM examination WHERE id = ? AND erased_at IS NULL');
  const isToDo =
    isCase(db, examinationId) &&
    kept.get(examinationId) !== undefined &&
    standingOf(db, examinationId).state !== 'done';
  return listed === isToDo;
}

/** Ids in that list that no examination has. */
export function unknownToDo(db: Db): string[] {
  return statement<[], string>(
    db,
    'SELECT examination_id FROM case_to_do WHERE examination_id NOT IN (SELECT id FROM examination) LIMIT 20',
  )
    .pluck()
    .all();
}

/** When it was referred first, and when something was entered last. */
export function caseTimes(db: Db, examinationId: string): { at: string; changedAt: string | null } {
  const times = statement<[{ id: string }], { at: string | null; changedAt: string | null }>(
    db,
    `SELECT (SELECT min(at) FROM decision WHERE examination_id = @id AND outcome = 'referred') AS at,
       (SELECT max(at) FROM case_entry WHERE examination_id = @id) AS changedAt`,
  ).get({ id: examinationId });
  return { at: times?.at ?? '', changedAt: times?.changedAt ?? null };
}

/** What a list shows of an examination: its first document that could be read, or its first. */
export function caseHeadline(
  db: Db,
  examinationId: string,
): { documentType: string; issuer: string; number: string; name: string } {
  return (
    statement<[string], ReturnType<typeof caseHeadline>>(
      db,
      `SELECT document_type AS documentType, issuer, number, name FROM document WHERE examination_id = ?
       ORDER BY format IS NULL, position LIMIT 1`,
    ).get(examinationId) ?? { documentType: '', issuer: '', number: '', name: '' }
  );
}

/** What the items of a case follow from: each document as it was read. */
export interface CaseDocument {
  id: string;
  /** As the officer saw them; none where nothing could be read. */
  lines: string[];
  /** `YYYY-MM-DD`. */
  judgedOn: string;
}

/** The documents of an examination in their order. */
export function caseDocuments(db: Db, examinationId: string): CaseDocument[] {
  return statement<[string], { id: string; reading: string | null; judgedOn: string }>(
    db,
    'SELECT id, reading, judged_on AS judgedOn FROM document WHERE examination_id = ? ORDER BY position',
  )
    .all(examinationId)
    .map(({ reading, ...rest }) => ({
      ...rest,
      lines: reading === null ? [] : unpackReading(reading).lines,
    }));
}
