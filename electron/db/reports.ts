// Reports: their exact bytes as they leave, who approved them, and the pictures that they name.
import { createHash, randomBytes } from 'node:crypto';
import type { ReportFilter, ReportRow } from '../../shared/contract/reports.ts';
import type { Tier } from '../../shared/sharing/codes.ts';
import { digestOf } from './audit.ts';
import type { Author } from './examinations.ts';
import type { Db } from './open.ts';
import { aboutOf, aboutSql, FILTER_SQL, type FilterValues, filterValues } from './report-about.ts';
import { statement } from './statements.ts';

const SALT_BYTES = 16;

const salted = (salt: Uint8Array, text: string): string =>
  createHash('sha256').update(salt).update(text, 'utf8').digest('hex');

export interface NewReport {
  id: string;
  submissionId: string;
  examinationId: string;
  tier: Tier;
  /** The partner at T1; null for all others, as is the basis. */
  agencyId: string | null;
  basisId: string | null;
  kind: ReportRow['kind'];
  replaces: string | null;
  at: string;
  needsApproval: boolean;
  body: Buffer;
  /** The request that it came with, to know a repeated one. */
  request: string;
}

/** Writes a report for good. Call it inside a transaction. */
export function insertReport(db: Db, author: Author, { request, body, ...report }: NewReport): void {
  const salt = randomBytes(SALT_BYTES);
  statement(
    db,
    `INSERT INTO report (id, submission_id, examination_id, tier, agency_id, basis_id, kind, replaces, station_id,
       officer_id, officer_name, at, needs_approval, body, sha256, request_sha256, salt)
     VALUES (@id, @submissionId, @examinationId, @tier, @agencyId, @basisId, @kind, @replaces, @stationId,
       @officerId, @officerName, @at, @needsApproval, @body, @sha256, @requestSha256, @salt)`,
  ).run({
    ...author,
    ...report,
    needsApproval: Number(report.needsApproval),
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
    requestSha256: salted(salt, request),
    salt,
  });
}

/** Ids of what a submission made, and whether it was this request of this officer; null where there was none of this id. */
export function findSubmission(
  db: Db,
  submissionId: string,
  asked: { request: string; officerId: string },
): { ids: string[]; isSame: boolean } | null {
  const rows = statement<[string], { id: string; officerId: string; sha256: string; salt: Buffer | null }>(
    db,
    `SELECT id, officer_id AS officerId, request_sha256 AS sha256, salt FROM report
     WHERE submission_id = ? ORDER BY rowid`,
  ).all(submissionId);
  if (rows.length === 0) return null;
  const isSame = rows.every(
    ({ officerId, sha256, salt }) =>
      officerId === asked.officerId && salt !== null && salted(salt, asked.request) === sha256,
  );
  return { ids: rows.map(({ id }) => id), isSame };
}

export interface NewReportDecision {
  reportId: string;
  decision: 'approved' | 'sent-back';
  at: string;
  note: string;
  /** Of the station over the report; null where it is sent back. */
  signature: string | null;
}

/** Says of a report for good whether it leaves. Call it inside a transaction. */
export function insertReportDecision(
  db: Db,
  { officerId, officerName }: Author,
  decision: NewReportDecision,
): void {
  const salt = randomBytes(SALT_BYTES);
  statement(
    db,
    `INSERT INTO report_decision (report_id, decision, officer_id, officer_name, at, note, note_sha256, salt, signature)
     VALUES (@reportId, @decision, @officerId, @officerName, @at, @note, @noteSha256, @salt, @signature)`,
  ).run({ ...decision, officerId, officerName, noteSha256: salted(salt, decision.note), salt });
}

const ROW = `SELECT report.id, report.submission_id AS submissionId, report.examination_id AS examinationId, report.tier,
  report.agency_id AS agencyId, report.kind, report.replaces, report.at, report.officer_id AS officerId,
  report.officer_name AS officerName, report.sha256, length(report.body) AS bytes,
  report.needs_approval AS needsApproval, own.decision, own.at AS decidedAt, own.officer_name AS decidedBy,
  own.note AS decisionNote, outbox.state AS outboxState, outbox.sent_at AS sentAt,
  CASE report.kind WHEN 'withdrawal' THEN (SELECT ${aboutSql('before')} FROM report AS before
    WHERE before.id = report.replaces) ELSE ${aboutSql('report')} END AS about,
  (SELECT max(kind = 'withdrawal') FROM report AS later JOIN report_decision ON report_id = later.id
    AND report_decision.decision = 'approved' WHERE later.replaces = report.id) AS isWithdrawn
  FROM report LEFT JOIN report_decision AS own ON own.report_id = report.id
  LEFT JOIN outbox ON outbox.kind = 'report' AND outbox.subject = report.id`;

type Decision = NewReportDecision['decision'];
type Raw = Omit<ReportRow, 'about' | 'state' | 'sending' | 'standing' | 'erased' | 'needsApproval'> & {
  about: string | null;
  decision: Decision | null;
  needsApproval: 0 | 1;
  outboxState: ReportRow['sending'];
  isWithdrawn: 0 | 1 | null;
};

function rowOf({ about, decision, outboxState, isWithdrawn, needsApproval, ...rest }: Raw): ReportRow {
  const replaced = isWithdrawn === 1 ? 'withdrawn' : 'replaced';
  return {
    ...rest,
    about: aboutOf(about),
    state: decision ?? 'to-approve',
    needsApproval: needsApproval === 1,
    sending: outboxState,
    standing: isWithdrawn === null ? 'in-force' : replaced,
    erased: rest.bytes === 0,
  };
}

/** A report without its bytes; undefined where there is none. */
export function loadReportRow(db: Db, id: string): ReportRow | undefined {
  const row = statement<[string], Raw>(db, `${ROW} WHERE report.id = ?`).get(id);
  return row === undefined ? undefined : rowOf(row);
}

/** All reports of a case, as they were made, and what was made of them. */
export function reportsOf(db: Db, examinationId: string): ReportRow[] {
  return statement<[string], Raw>(db, `${ROW} WHERE report.examination_id = ? ORDER BY report.rowid`)
    .all(examinationId)
    .map(rowOf);
}

/** Reports alone: no alert, no case study, and nothing that takes one of them back. */
const REPORTS_ONLY = `NOT report.kind IN ('alert', 'case-study') AND NOT EXISTS (SELECT 1 FROM report AS before
  WHERE before.id = report.replaces AND before.kind IN ('alert', 'case-study'))`;

const LISTS = {
  'to-approve': 'own.decision IS NULL',
  open: `(own.decision IS NULL OR (own.decision = 'approved' AND outbox.state <> 'sent')) AND ${REPORTS_ONLY}`,
  all: REPORTS_ONLY,
} as const;

/** Newest first, those that the filter lets through; at most `limit`, after the first `offset`. */
export function listReports(
  db: Db,
  {
    show,
    limit,
    offset,
    ...filter
  }: { show: keyof typeof LISTS; limit: number; offset: number } & ReportFilter,
): ReportRow[] {
  return statement<[FilterValues & { limit: number; offset: number }], Raw>(
    db,
    `${ROW} WHERE (${LISTS[show]}) AND ${FILTER_SQL} ORDER BY report.rowid DESC LIMIT @limit OFFSET @offset`,
  )
    .all({ ...filterValues(filter), limit, offset })
    .map(rowOf);
}

/** The exact bytes; empty where they went with the examination, undefined where there is no such report. */
export function reportBody(db: Db, id: string): Buffer | undefined {
  return statement<[string], Buffer>(db, 'SELECT body FROM report WHERE id = ?').pluck().get(id);
}

/** What leaves of an approved report; undefined where it is none. */
export function reportBytes(db: Db, id: string): { body: Buffer; signature: string } | undefined {
  return statement<[string], { body: Buffer; signature: string }>(
    db,
    `SELECT body, signature FROM report JOIN report_decision ON report_id = report.id
     WHERE report.id = ? AND decision = 'approved'`,
  ).get(id);
}

export interface NewCrop {
  sha256: string;
  mime: string;
  bytes: Buffer;
}

/** Keeps a picture that a report names; the same one is kept once. Call it inside a transaction. */
export function insertCrop(db: Db, reportId: string, crop: NewCrop): void {
  statement(
    db,
    'INSERT INTO report_crop (sha256, mime, bytes) VALUES (@sha256, @mime, @bytes) ON CONFLICT DO NOTHING',
  ).run(crop);
  statement(db, 'INSERT INTO report_image (report_id, sha256) VALUES (?, ?)').run(reportId, crop.sha256);
}

/** Sizes of the pictures that a report names. */
export function cropsOf(db: Db, reportId: string): { sha256: string; bytes: number }[] {
  return statement<[string], { sha256: string; bytes: number }>(
    db,
    `SELECT sha256, length(bytes) AS bytes FROM report_image JOIN report_crop USING (sha256)
     WHERE report_id = ? ORDER BY sha256`,
  ).all(reportId);
}

export function cropBytes(db: Db, sha256: string): { bytes: Buffer; mime: string } | undefined {
  return statement<[string], { bytes: Buffer; mime: string }>(
    db,
    'SELECT bytes, mime FROM report_crop WHERE sha256 = ?',
  ).get(sha256);
}

/**
 * Digest of a report with the pictures that it names, by their digests; undefined where it is not there. All of it outlives
 * an erasing: it names the body's digest, not the body.
 */
export function reportDigest(db: Db, id: string): string | undefined {
  const row = statement<[string], unknown[]>(
    db,
    `SELECT id, submission_id, examination_id, tier, agency_id, basis_id, kind, replaces, station_id, officer_id,
       officer_name, at, needs_approval, sha256 FROM report WHERE id = ?`,
  )
    .raw()
    .get(id);
  if (row === undefined) return undefined;
  return digestOf([row, cropsOf(db, id).map(({ sha256 }) => sha256)]);
}

/** Digest of what was said of a report; undefined where nothing was. Its note counts by its salted digest. */
export function reportDecisionDigest(db: Db, reportId: string): string | undefined {
  const row = statement<[string], unknown[]>(
    db,
    `SELECT report_id, decision, officer_id, officer_name, at, note_sha256, signature FROM report_decision
     WHERE report_id = ?`,
  )
    .raw()
    .get(reportId);
  return row === undefined ? undefined : digestOf(row);
}

const isErased = `EXISTS (SELECT 1 FROM erasure WHERE erasure.examination_id = report.examination_id)`;

/** Reports, notes and pictures whose bytes are not what their digests say; none where all is as it was written. */
export function changedReports(db: Db): string[] {
  const changed: string[] = [];
  const bodies = db.prepare<[], { id: string; body: Buffer; sha256: string; gone: 0 | 1 }>(
    `SELECT id, body, sha256, tier = 'T1' AND ${isErased} AS gone FROM report`,
  );
  for (const { id, body, sha256, gone } of bodies.iterate()) {
    const isGone = body.length === 0 && gone === 1;
    if (!isGone && createHash('sha256').update(body).digest('hex') !== sha256) changed.push(id);
  }
  const notes = db.prepare<
    [],
    { id: string; note: string; sha256: string; salt: Buffer | null; gone: 0 | 1 }
  >(
    `SELECT report_id AS id, note, note_sha256 AS sha256, report_decision.salt, ${isErased} AS gone
     FROM report_decision JOIN report ON report.id = report_id`,
  );
  for (const { id, note, sha256, salt, gone } of notes.iterate()) {
    const fits = salt === null ? note === '' && gone === 1 : salted(salt, note) === sha256;
    if (!fits) changed.push(id);
  }
  const crops = db.prepare<[], { sha256: string; bytes: Buffer; id: string }>(
    `SELECT sha256, bytes, (SELECT min(report_id) FROM report_image WHERE report_image.sha256 = report_crop.sha256) AS id
     FROM report_crop`,
  );
  for (const { sha256, bytes, id } of crops.iterate())
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) changed.push(id);
  return changed;
}

/** What goes of reports with an examination that is erased; one to a partner keeps its bytes until its receipt is there. */
export const ERASE_REPORTS: readonly string[] = [
  'DELETE FROM report_draft WHERE examination_id = ?',
  `UPDATE report SET request_sha256 = '', salt = NULL, body = CASE WHEN tier = 'T1' AND kind <> 'withdrawal' AND NOT EXISTS
     (SELECT 1 FROM outbox WHERE outbox.kind = 'report' AND outbox.subject = report.id AND outbox.state <> 'sent')
     THEN x'' ELSE body END WHERE examination_id = ?`,
  `UPDATE report_decision SET note = '', salt = NULL
     WHERE report_id IN (SELECT id FROM report WHERE examination_id = ?)`,
];
