// Reports of other stations as the hub handed them on: exact bytes with the signature of the station that made them.
import type { ReceivedRow, ReportFilter } from '../../shared/contract/reports.ts';
import { appendAudit, digestOf } from './audit.ts';
import type { Db } from './open.ts';
import { aboutOf, aboutSql, FILTER_SQL, type FilterValues, filterValues } from './report-about.ts';
import { statement } from './statements.ts';

export interface NewReceived {
  id: string;
  /** Its place in the hub's feed. */
  seq: number;
  agencyId: string;
  stationId: string;
  tier: ReceivedRow['tier'];
  kind: ReceivedRow['kind'];
  replaces: string | null;
  body: Buffer;
  sha256: string;
  signature: string;
  receivedAt: string;
  storedAt: string;
}

/** Keeps a report whose signature was found right; one that is there already stays. False where it was. */
export function insertReceived(db: Db, report: NewReceived): boolean {
  return (
    statement(
      db,
      `INSERT INTO received_report (id, seq, agency_id, station_id, tier, kind, replaces, body, sha256, signature,
         received_at, stored_at)
       VALUES (@id, @seq, @agencyId, @stationId, @tier, @kind, @replaces, @body, @sha256, @signature, @receivedAt,
         @storedAt) ON CONFLICT (id) DO NOTHING`,
    ).run(report).changes === 1
  );
}

/** For one agency, and its sealed part is not here: it went with its time, as `eraseReceived` did it, or never was. */
const GONE = `(own.tier = 'T1' AND own.kind <> 'withdrawal' AND json_type(CAST(own.body AS TEXT), '$.sealed') = 'null')`;

/** One takes the place of another only where both are of the same agency. */
const ROW = `SELECT own.id, own.agency_id AS agencyId, coalesce(known_agency.name, '') AS agencyName,
  own.station_id AS stationId, coalesce(known_station.code, '') AS stationCode, own.tier, own.kind, own.replaces,
  own.received_at AS receivedAt, CASE own.kind WHEN 'withdrawal' THEN (SELECT ${aboutSql('before')}
    FROM received_report AS before WHERE before.id = own.replaces AND before.agency_id = own.agency_id)
    ELSE ${aboutSql('own')} END AS about, ${GONE} AS isGone, coalesce((SELECT CASE max(later.kind = 'withdrawal') WHEN 1 THEN 'withdrawn'
    WHEN 0 THEN 'replaced' END FROM received_report AS later WHERE later.replaces = own.id
    AND later.agency_id = own.agency_id), 'in-force') AS standing
  FROM received_report AS own LEFT JOIN known_agency ON known_agency.id = own.agency_id
  LEFT JOIN known_station ON known_station.id = own.station_id`;

/** Reports alone: no alert, no case study, and nothing that takes one of them back. */
const REPORTS_ONLY = `own.kind NOT IN ('alert', 'case-study') AND NOT EXISTS (SELECT 1 FROM received_report AS before
  WHERE before.id = own.replaces AND before.kind IN ('alert', 'case-study'))`;

type Raw = Omit<ReceivedRow, 'about' | 'personalGone'> & { about: string | null; isGone: 0 | 1 };

const rowOf = ({ about, isGone, ...rest }: Raw): ReceivedRow => ({
  ...rest,
  about: aboutOf(about),
  personalGone: isGone === 1,
});

/** Reports that the filter lets through, newest first; at most `limit`, after the first `offset`. */
export function listReceived(
  db: Db,
  { limit, offset, ...filter }: { limit: number; offset: number } & ReportFilter,
): ReceivedRow[] {
  return statement<[FilterValues & { limit: number; offset: number }], Raw>(
    db,
    `${ROW} WHERE ${REPORTS_ONLY} AND ${FILTER_SQL} ORDER BY own.seq DESC LIMIT @limit OFFSET @offset`,
  )
    .all({ ...filterValues(filter), limit, offset })
    .map(rowOf);
}

/** A report of somebody else with its bytes; undefined where there is none. */
export function loadReceived(db: Db, id: string): { row: ReceivedRow; body: Buffer } | undefined {
  const row = statement<[string], Raw>(db, `${ROW} WHERE own.id = ?`).get(id);
  const body = statement<[string], Buffer>(db, 'SELECT body FROM received_report WHERE id = ?')
    .pluck()
    .get(id);
  return row === undefined || body === undefined ? undefined : { row: rowOf(row), body };
}

/**
 * Reports for this agency alone whose sealed part is here longer than it may be: stored before `storedBefore` (UTC; null
 * where no rule says so), or past the last day that their sender gave them, on the station's day `today`. Oldest first.
 */
export function dueReceived(db: Db, storedBefore: string | null, today: string): string[] {
  return db
    .prepare<[{ storedBefore: string | null; today: string }], string>(
      `SELECT own.id FROM received_report AS own WHERE own.tier = 'T1' AND own.kind <> 'withdrawal' AND NOT ${GONE}
         AND (own.stored_at < @storedBefore OR CAST(own.body AS TEXT) ->> '$.expiresOn' < @today)
       ORDER BY own.seq, own.id`,
    )
    .pluck()
    .all({ storedBefore, today });
}

/**
 * Takes what concerns a person out of reports of others, for good, with an entry of the chain for each. What they say in
 * the open stays, with the digest and the signature of what came.
 */
export function eraseReceived(db: Db, ids: readonly string[], at: string, officerId: string): void {
  const erase = db.prepare<[string]>(
    `UPDATE received_report SET body = CAST(json_set(CAST(body AS TEXT), '$.sealed', NULL) AS BLOB) WHERE id = ?`,
  );
  db.transaction(() => {
    for (const id of ids) {
      erase.run(id);
      appendAudit(db, { at, officerId, action: 'received.erased', subjectId: id, digest: digestOf(id) });
    }
  }).immediate();
}

/** Whether what concerned a person in this report of others is not here; false where there is no such report. */
export function isReceivedErased(db: Db, id: string): boolean {
  return (
    statement<[string], 0 | 1>(db, `SELECT ${GONE} FROM received_report AS own WHERE own.id = ?`)
      .pluck()
      .get(id) === 1
  );
}
