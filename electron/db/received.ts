// Reports of other stations as the hub handed them on: exact bytes with the signature of the station that made them.
import type { ReceivedRow } from '../../shared/contract/reports.ts';
import type { Db } from './open.ts';
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

/** One takes the place of another only where both are of the same agency. */
const ROW = `SELECT own.id, own.agency_id AS agencyId, coalesce(known_agency.name, '') AS agencyName,
  own.station_id AS stationId, coalesce(known_station.code, '') AS stationCode, own.tier, own.kind, own.replaces,
  own.received_at AS receivedAt, coalesce((SELECT CASE max(later.kind = 'withdrawal') WHEN 1 THEN 'withdrawn'
    WHEN 0 THEN 'replaced' END FROM received_report AS later WHERE later.replaces = own.id
    AND later.agency_id = own.agency_id), 'in-force') AS standing
  FROM received_report AS own LEFT JOIN known_agency ON known_agency.id = own.agency_id
  LEFT JOIN known_station ON known_station.id = own.station_id`;

/** Newest first; at most `limit`, after the first `offset`. */
export function listReceived(db: Db, limit: number, offset: number): ReceivedRow[] {
  return statement<[number, number], ReceivedRow>(db, `${ROW} ORDER BY own.seq DESC LIMIT ? OFFSET ?`).all(
    limit,
    offset,
  );
}

/** A report of somebody else with its bytes; undefined where there is none. */
export function loadReceived(db: Db, id: string): { row: ReceivedRow; body: Buffer } | undefined {
  const row = statement<[string], ReceivedRow>(db, `${ROW} WHERE own.id = ?`).get(id);
  const body = statement<[string], Buffer>(db, 'SELECT body FROM received_report WHERE id = ?')
    .pluck()
    .get(id);
  return row === undefined || body === undefined ? undefined : { row, body };
}
