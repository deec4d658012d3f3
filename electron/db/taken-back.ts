// Whether a report was taken back: itself, or a correction that stands in its place.

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
