// Examinations in the order of their days, without a word of who was examined: what the detection log is made of.
import type { Outcome } from '../../shared/contract/records.ts';
import { MADE_HERE } from './day-log.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** One examination; what an erasing took is empty. */
export interface LogRecord {
  /** Its place in the order of saving. */
  place: number;
  startedAt: string;
  savedAt: string;
  /** The station's own calendar day of `savedAt`. */
  day: string;
  post: string;
  placeName: string;
  /** Of the document that History shows first. */
  documentType: string;
  format: string | null;
  issuer: string;
  nationality: string;
  documents: number;
  pictures: number;
  /** Ids of what the machine found, separated by spaces; null where it found nothing. */
  findings: string | null;
  outcome: Outcome;
  /** As JSON. */
  reasons: string;
  /** What the second line concluded; null where it did not. */
  secondLine: string | null;
  /** Approved reports of it. */
  reports: number;
}

/** Which examinations; `upTo` is the last place, so that nothing comes in while they are read. */
export interface LogRange {
  from: string;
  to: string;
  upTo: number;
}

/** Behind which examination of which day. */
export interface LogPlace {
  day: string;
  place: number;
  upTo: number;
}

const PAGE = `SELECT examination.rowid AS place, examination.started_at AS startedAt, examination.saved_at AS savedAt,
    examination.saved_on AS day, examination.station_code AS post, examination.place AS placeName,
    shown.document_type AS documentType, shown.format, shown.issuer, shown.nationality,
    (SELECT count(*) FROM document WHERE examination_id = examination.id) AS documents,
    (SELECT count(*) FROM document JOIN image ON image.document_id = document.id
      WHERE document.examination_id = examination.id) AS pictures,
    (SELECT group_concat(finding.content ->> '$.id', ' ') FROM document JOIN finding ON finding.document_id = document.id
      WHERE document.examination_id = examination.id) AS findings,
    decision.outcome, decision.reasons,
    (SELECT CASE kind WHEN 'outcome' THEN outcome END FROM case_entry WHERE examination_id = examination.id
      AND (kind = 'outcome' OR kind = 'reopened') ORDER BY seq DESC LIMIT 1) AS secondLine,
    (SELECT count(*) FROM report JOIN report_decision ON report_id = report.id AND decision = 'approved'
      WHERE report.examination_id = examination.id AND report.kind = 'report') AS reports
  FROM examination
  JOIN decision ON decision.examination_id = examination.id
    AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)
  JOIN document AS shown ON shown.row = (SELECT row FROM document WHERE examination_id = examination.id
    ORDER BY format IS NULL, position LIMIT 1)
  WHERE examination.saved_on = @day AND examination.rowid > @place AND examination.rowid <= @upTo AND ${MADE_HERE}
  ORDER BY examination.rowid LIMIT @limit`;

/** The place of the examination that was saved last; 0 where there is none. */
export function lastPlace(db: Db): number {
  return statement<[], number | null>(db, 'SELECT max(rowid) FROM examination').pluck().get() ?? 0;
}

/** How many examinations there are to look at: the index alone tells. */
export function logLength(db: Db, range: LogRange): number {
  return (
    statement<[LogRange], number>(
      db,
      'SELECT count(*) FROM examination WHERE saved_on BETWEEN @from AND @to AND rowid <= @upTo',
    )
      .pluck()
      .get(range) ?? 0
  );
}

/** The first day from one to another on which there is an examination; null where there is none. */
export function firstLogDay(db: Db, { from, to }: Pick<LogRange, 'from' | 'to'>): string | null {
  return (
    statement<[string, string], string | null>(
      db,
      'SELECT min(saved_on) FROM examination WHERE saved_on BETWEEN ? AND ?',
    )
      .pluck()
      .get(from, to) ?? null
  );
}

/** The next examinations of a day behind a place, at most `limit`. */
export function logPage(db: Db, behind: LogPlace, limit: number): LogRecord[] {
  return statement<[LogPlace & { limit: number }], LogRecord>(db, PAGE).all({ ...behind, limit });
}

/** Codes of the posts that examinations were made at. */
export function postsOf(db: Db): string[] {
  return statement<[], string>(db, 'SELECT code FROM log_post ORDER BY code').pluck().all();
}
