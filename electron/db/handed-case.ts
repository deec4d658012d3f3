// A case with all that belongs to it as it is handed over, out of the store and into another one. Of what stands in a
// protection file nothing lies here, nor whether there is one.
import type { CaseEntry } from '../../shared/contract/cases.ts';
import { caseEntry } from '../../shared/contract/cases.ts';
import type { HandedCase } from '../../shared/contract/handover-file.ts';
import { appendAudit, digestOf } from './audit.ts';
import { insertCaseEntry, loadCaseEntries } from './cases.ts';
import {
  type Headline,
  insertDecision,
  insertExamination,
  isDecision,
  loadExamination,
} from './examinations.ts';
import type { Db } from './open.ts';
import { caseEntryDigest, decisionDigest, recordDigest } from './record-digests.ts';
import { statement } from './statements.ts';

type HandedRecord = HandedCase['record'];

/** An entry as both stations write it, so that the same ones are the same. */
export const plainEntry = (entry: CaseEntry): string => {
  const { elsewhere: _elsewhere, ...rest } = caseEntry.parse(entry);
  return JSON.stringify(rest);
};

/** The record and the entries of a case that still holds a person; null where there is none. */
export function packCase(db: Db, examinationId: string): Pick<HandedCase, 'record' | 'entries'> | null {
  const whole = loadExamination(db, examinationId);
  const head = statement<[string], { savedOn: string; officerId: string }>(
    db,
    'SELECT saved_on AS savedOn, officer_id AS officerId FROM examination WHERE id = ? AND erased_at IS NULL',
  ).get(examinationId);
  if (whole === null || head === undefined) return null;
  const headlines = statement<[string], Headline>(
    db,
    `SELECT document_type AS documentType, format, issuer, nationality, number, name FROM document
     WHERE examination_id = ? ORDER BY position`,
  ).all(examinationId);
  const deciders = statement<[string], { id: string; officerId: string }>(
    db,
    'SELECT id, officer_id AS officerId FROM decision WHERE examination_id = ?',
  ).all(examinationId);
  const { id, startedAt, savedAt, officerName, stationCode, place, documents, decisions, procedure } = whole;
  const empty = { documentType: '', format: null, issuer: '', nationality: '', number: '', name: '' };
  return {
    record: {
      id,
      startedAt,
      savedAt,
      savedOn: head.savedOn,
      stationCode,
      place,
      officer: { id: head.officerId, name: officerName },
      documents: documents.map((document, at) => ({ ...document, headline: headlines[at] ?? empty })),
      decisions: decisions.map((decision) => ({
        ...decision,
        officerId: deciders.find((each) => each.id === decision.id)?.officerId ?? head.officerId,
      })),
      ...(procedure === undefined ? {} : { procedure }),
    },
    entries: loadCaseEntries(db, examinationId),
  };
}

/** Whom and what the rows of another station are written for. */
export interface Taking {
  /** This station's own id. */
  stationId: string;
  /** Code of the station that the case came from. */
  from: string;
  /** Who takes it in, and when. */
  officerId: string;
  at: string;
}

/** An officer of another station: somebody to name, who is nobody here. */
function nameOfficer(db: Db, { stationId, at }: Taking, id: string, name: string): void {
  statement(
    db,
    `INSERT INTO officer (id, station_id, name, role, created_at, left_at)
     VALUES (@id, @stationId, @name, 'elsewhere', @at, @at) ON CONFLICT (id) DO NOTHING`,
  ).run({ id, stationId, name, at });
}

function tell(db: Db, { officerId, at }: Taking, action: string, subjectId: string, digest?: string): void {
  appendAudit(db, { at, officerId, action, subjectId, digest: digest ?? '' });
}

/** Writes a record that was not here. Call it inside a transaction. */
export function insertHandedRecord(db: Db, taking: Taking, record: HandedRecord): void {
  const { id, startedAt, savedAt, savedOn, stationCode, place, officer, documents, decisions } = record;
  const [first, ...later] = decisions;
  if (first === undefined) throw new Error('a record without a decision');
  nameOfficer(db, taking, officer.id, officer.name);
  const author = { stationId: taking.stationId, officerId: officer.id, officerName: officer.name };
  insertExamination(db, author, {
    id,
    startedAt,
    savedAt,
    savedOn,
    stationCode,
    place,
    // No request of this station made it: none is a repeated one.
    submittedSha256: digestOf([id, savedAt]),
    procedure: record.procedure ?? null,
    documents,
  });
  insertHandedDecision(db, taking, id, first);
  tell(db, taking, 'examination.received', id, recordDigest(db, id));
  for (const decision of later) {
    insertHandedDecision(db, taking, id, decision);
    tell(db, taking, 'decision.received', decision.id, decisionDigest(db, decision.id));
  }
}

function insertHandedDecision(
  db: Db,
  taking: Taking,
  examinationId: string,
  { officerId, officerName, ...decision }: HandedRecord['decisions'][number],
): void {
  nameOfficer(db, taking, officerId, officerName);
  insertDecision(db, { stationId: taking.stationId, officerId, officerName }, { ...decision, examinationId });
}

/** Decisions on a record that is here, made since elsewhere. Call it inside a transaction. */
export function insertHandedDecisions(db: Db, taking: Taking, record: HandedRecord): void {
  for (const decision of record.decisions) {
    if (isDecision(db, decision.id)) continue;
    insertHandedDecision(db, taking, record.id, decision);
    tell(db, taking, 'decision.received', decision.id, decisionDigest(db, decision.id));
  }
}

/** Writes entries behind those that are here. Call it inside a transaction. */
export function insertHandedEntries(
  db: Db,
  taking: Taking,
  examinationId: string,
  entries: readonly CaseEntry[],
): void {
  for (const entry of entries) {
    const { id, seq, at, officerId, officerName, kind, elsewhere, ...content } = entry;
    nameOfficer(db, taking, officerId, officerName);
    const place = insertCaseEntry(
      db,
      { stationId: taking.stationId, officerId, officerName },
      {
        id,
        examinationId,
        at,
        kind,
        content,
        outcome: entry.kind === 'outcome' ? entry.outcome : null,
        needsSignature: entry.kind === 'outcome' ? entry.needsSignature : null,
        signs: entry.kind === 'signed' ? entry.entryId : null,
        picture: entry.kind === 'image' ? { id: entry.image.id, sha256: entry.image.sha256 } : null,
      },
    );
    if (place !== seq) throw new Error('an entry out of its place');
    statement(db, 'INSERT INTO case_elsewhere (entry_id, station_code) VALUES (?, ?)').run(
      id,
      elsewhere ?? taking.from,
    );
    tell(db, taking, 'case.received', id, caseEntryDigest(db, id));
  }
}

/** Whether somebody works here who has this id: nobody else writes in their name. */
export function isOwnOfficer(db: Db, id: string): boolean {
  return statement(db, `SELECT 1 FROM officer WHERE id = ? AND role <> 'elsewhere'`).get(id) !== undefined;
}
