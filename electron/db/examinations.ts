// Examinations with their documents, images, findings and decisions: written once, read as they were.
import { randomBytes } from 'node:crypto';
import type { DecisionRecord, Draft, ExaminationRecord } from '../../shared/contract/records.ts';
import { secondLineOf } from './cases.ts';
import type { Db } from './open.ts';
import { packFinding, packReading, unpackFinding, unpackReading } from './packed.ts';
import { statement } from './statements.ts';

type DocumentRecord = ExaminationRecord['documents'][number];

/** Who wrote a row, and where. */
export interface Author {
  stationId: string;
  officerId: string;
  officerName: string;
}

/** What History shows and searches of one document; empty where it could not be read. */
export interface Headline {
  documentType: string;
  format: string | null;
  issuer: string;
  nationality: string;
  number: string;
  name: string;
}

export interface NewExamination {
  id: string;
  startedAt: string;
  savedAt: string;
  /** The station's own calendar day of `savedAt`. */
  savedOn: string;
  stationCode: string;
  place: string;
  /** Digest of the request, to know a repeated one. */
  submittedSha256: string;
  /** Which procedure was followed; null in what older versions recorded. */
  procedure: ExaminationRecord['procedure'] | null;
  documents: (DocumentRecord & { headline: Headline })[];
}

export interface NewDecision extends Omit<DecisionRecord, 'officerName'> {
  examinationId: string;
}

/** Goes into the digest of a record and out of the store with it: see `record-digests.ts`. */
const SALT_BYTES = 16;

/** Letters and digits only, upper case: a number as search compares it. */
export function numberKey(number: string): string {
  return number.toUpperCase().replace(/[^A-Z0-9]/gu, '');
}

/** The row of a version of the procedure, written where it is followed for the first time. */
function procedureRow(db: Db, followed: NewExamination['procedure']): number | null {
  if (followed === null || followed === undefined) return null;
  const { version, sha256 } = followed;
  statement(db, 'INSERT INTO procedure_version (version, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    version,
    sha256,
  );
  return (
    statement<[string, string], number>(
      db,
      'SELECT id FROM procedure_version WHERE version = ? AND sha256 = ?',
    )
      .pluck()
      .get(version, sha256) ?? null
  );
}

/** Writes an examination without its decision. Call it inside a transaction. */
export function insertExamination(db: Db, author: Author, examination: NewExamination): void {
  const { stationId, officerId } = author;
  statement(
    db,
    `INSERT INTO examination (id, station_id, officer_id, officer_name, station_code, place, started_at, saved_at,
       saved_on, submitted_sha256, salt, procedure)
     VALUES (@id, @stationId, @officerId, @officerName, @stationCode, @place, @startedAt, @savedAt, @savedOn,
       @submittedSha256, @salt, @procedure)`,
  ).run({
    ...author,
    ...examination,
    documents: null,
    salt: randomBytes(SALT_BYTES),
    procedure: procedureRow(db, examination.procedure),
  });
  const insertDocument = statement(
    db,
    `INSERT INTO document (id, examination_id, station_id, officer_id, position, reading, document_type, format,
       issuer, nationality, number, name, rules_version, judged_on)
     VALUES (@id, @examinationId, @stationId, @officerId, @position, @reading, @documentType, @format,
       @issuer, @nationality, @number, @name, @rulesVersion, @judgedOn)`,
  );
  const insertSearch = statement(db, 'INSERT INTO document_search (rowid, number, name) VALUES (?, ?, ?)');
  const insertImage = statement(
    db,
    `INSERT INTO image (id, document_id, station_id, officer_id, position, light, source, sha256, width, height)
     VALUES (@id, @documentId, @stationId, @officerId, @position, @light, @source, @sha256, @width, @height)`,
  );
  const insertFinding = statement(
    db,
    'INSERT INTO finding (document_id, station_id, officer_id, position, content) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [position, document] of examination.documents.entries()) {
    const { id, headline, images, findings, reading, rulesVersion, judgedOn } = document;
    const by = { stationId, officerId, position };
    const { lastInsertRowid } = insertDocument.run({
      ...by,
      ...headline,
      id,
      rulesVersion,
      judgedOn,
      examinationId: examination.id,
      reading: reading === null ? null : packReading(reading),
    });
    insertSearch.run(lastInsertRowid, numberKey(headline.number), headline.name);
    for (const [place, image] of images.entries()) {
      insertImage.run({ ...by, ...image, position: place, documentId: id });
    }
    for (const [place, content] of findings.entries()) {
      insertFinding.run(id, stationId, officerId, place, packFinding(db, content));
    }
  }
}

/** Writes one decision: the first of an examination, or one that names the decision it replaces. */
export function insertDecision(db: Db, author: Author, decision: NewDecision): void {
  statement(
    db,
    `INSERT INTO decision (id, examination_id, station_id, officer_id, officer_name, replaces, at, outcome, reasons, note,
       salt)
     VALUES (@id, @examinationId, @stationId, @officerId, @officerName, @replaces, @at, @outcome, @reasons, @note,
       @salt)`,
  ).run({
    ...author,
    ...decision,
    reasons: JSON.stringify(decision.reasons),
    salt: randomBytes(SALT_BYTES),
  });
}

/** When this examination was saved and what was submitted then; undefined where it is not recorded. */
export function savedExamination(
  db: Db,
  id: string,
): { savedAt: string; submittedSha256: string } | undefined {
  return statement<[string], { savedAt: string; submittedSha256: string }>(
    db,
    'SELECT saved_at AS savedAt, submitted_sha256 AS submittedSha256 FROM examination WHERE id = ?',
  ).get(id);
}

interface DocumentRow {
  id: string;
  reading: string | null;
  rulesVersion: string;
  judgedOn: string;
}

function loadDocument(db: Db, row: DocumentRow): DocumentRecord {
  return {
    id: row.id,
    images: statement<[string], DocumentRecord['images'][number]>(
      db,
      'SELECT id, light, source, sha256, width, height FROM image WHERE document_id = ? ORDER BY position',
    ).all(row.id),
    reading: row.reading === null ? null : unpackReading(row.reading),
    findings: statement<[string], string>(
      db,
      'SELECT content FROM finding WHERE document_id = ? ORDER BY position',
    )
      .pluck()
      .all(row.id)
      .map((content) => unpackFinding(db, content)),
    rulesVersion: row.rulesVersion,
    judgedOn: row.judgedOn,
  };
}

/** Decisions of an examination, oldest first. */
function loadDecisions(db: Db, examinationId: string): DecisionRecord[] {
  return statement<[string], Omit<DecisionRecord, 'reasons'> & { reasons: string }>(
    db,
    `SELECT id, outcome, reasons, note, at, officer_name AS officerName, replaces
       FROM decision WHERE examination_id = ? ORDER BY rowid`,
  )
    .all(examinationId)
    .map((row) => ({ ...row, reasons: JSON.parse(row.reasons) }));
}

/** One examination as it was recorded; null where there is none. */
export function loadExamination(db: Db, id: string): ExaminationRecord | null {
  const row = statement<
    [string],
    Omit<
      ExaminationRecord,
      'documents' | 'decisions' | 'secondLine' | 'procedure' | 'erasedAt' | 'holdId'
    > & {
      version: string | null;
      sha256: string | null;
      erasedAt: string | null;
      holdId: string | null;
    }
  >(
    db,
    `SELECT examination.id, started_at AS startedAt, saved_at AS savedAt, officer_name AS officerName,
         station_code AS stationCode, place, erased_at AS erasedAt, version, sha256,
         (SELECT id FROM legal_hold WHERE examination_id = examination.id AND released_at IS NULL) AS holdId
       FROM examination LEFT JOIN procedure_version ON procedure_version.id = examination.procedure
       WHERE examination.id = ?`,
  ).get(id);
  if (row === undefined) return null;
  const documents = statement<[string], DocumentRow>(
    db,
    `SELECT id, reading, rules_version AS rulesVersion, judged_on AS judgedOn
       FROM document WHERE examination_id = ? ORDER BY position`,
  )
    .all(id)
    .map((document) => loadDocument(db, document));
  const { erasedAt, holdId, version, sha256, ...rest } = row;
  const secondLine = secondLineOf(db, id);
  return {
    ...rest,
    documents,
    decisions: loadDecisions(db, id),
    ...(version === null || sha256 === null ? {} : { procedure: { version, sha256 } }),
    ...(secondLine === undefined ? {} : { secondLine }),
    ...(erasedAt === null ? {} : { erasedAt }),
    ...(holdId === null ? {} : { holdId }),
  };
}

/** Ids of all images that a recorded document or its case names. */
export function recordedImages(db: Db): string[] {
  return statement<[], string>(db, 'SELECT id FROM image UNION ALL SELECT id FROM case_image').pluck().all();
}

export function isRecordedImage(db: Db, id: string): boolean {
  return (
    statement(db, 'SELECT 1 FROM image WHERE id = @id UNION ALL SELECT 1 FROM case_image WHERE id = @id').get(
      { id },
    ) !== undefined
  );
}

export function isDecision(db: Db, id: string): boolean {
  return statement(db, 'SELECT 1 FROM decision WHERE id = ?').get(id) !== undefined;
}

/** Places in a submission whose ids another record has: `documents.0`, `documents.0.images.0`, `decision.id`. */
export function takenIds(db: Db, { documents, decision }: Draft & { decision: { id: string } }): string[] {
  const isDocument = statement(db, 'SELECT 1 FROM document WHERE id = ?');
  const taken = documents.flatMap(({ id, images }, place) => [
    ...(isDocument.get(id) === undefined ? [] : [`documents.${place}`]),
    ...images.flatMap((image, index) =>
      isRecordedImage(db, image.id) ? [`documents.${place}.images.${index}`] : [],
    ),
  ]);
  return isDecision(db, decision.id) ? [...taken, 'decision.id'] : taken;
}
