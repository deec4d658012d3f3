// Whether a report was taken back: itself, or a correction that stands in its place.
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Of this station, by what was approved; `id` and the answer are SQL. */
export const ownTakenBack = (id: string): string => `EXISTS (WITH RECURSIVE after (id, kind) AS (
    SELECT report.id, report.kind FROM report JOIN report_decision ON report_id = report.id AND decision = 'approved'
      WHERE report.replaces = ${id}
    UNION SELECT report.id, report.kind FROM after JOIN report ON report.replaces = after.id
      JOIN report_decision ON report_id = report.id AND decision = 'approved')
  SELECT 1 FROM after WHERE kind = 'withdrawal')`;

/** Of others: by one agency alone, whose reports they are. */
export const receivedTakenBack = (
  id: string,
  agencyId: string,
): string => `EXISTS (WITH RECURSIVE after (id, kind) AS (
    SELECT later.id, later.kind FROM received_report AS later
      WHERE later.replaces = ${id} AND later.agency_id = ${agencyId}
    UNION SELECT later.id, later.kind FROM after JOIN received_report AS later ON later.replaces = after.id
      AND later.agency_id = ${agencyId})
  SELECT 1 FROM after WHERE kind = 'withdrawal')`;

/** Whether this is an alert or a case study of this station whose report was taken back. */
export const isAboutTakenBack = (db: Db, id: string): boolean =>
  statement<[string], 1>(
    db,
    `SELECT 1 FROM report AS own WHERE own.id = ? AND own.kind IN ('alert', 'case-study')
       AND ${ownTakenBack(`(CAST(own.body AS TEXT) ->> '$.about')`)}`,
  )
    .pluck()
    .get(id) === 1;
