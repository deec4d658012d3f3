// Alerts of this station and of others as they lie in the store, and who read them.
import { v7 as uuidv7 } from 'uuid';
import type { Alert } from '../../shared/sharing/alert.ts';
import { wireReport } from '../../shared/sharing/report.ts';
import { readJson } from '../json.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';
import { ownTakenBack, receivedTakenBack } from './taken-back.ts';

export interface StoredAlert {
  id: string;
  origin: 'here' | 'others';
  agencyId: string;
  agencyName: string;
  stationId: string;
  stationCode: string;
  /** Who submitted it here; null for those of others. */
  officerId: string | null;
  /** When it was submitted or decided on here, or came to the hub. */
  at: string;
  /** Whether it leaves; null while nobody said so. Those of others have left. */
  decision: 'approved' | 'sent-back' | null;
  /** Whether it, or the report that it is made of, was taken back or replaced. */
  isTakenBack: boolean;
  content: Alert;
}

type Row = Omit<StoredAlert, 'content' | 'isTakenBack'> & { isTakenBack: 0 | 1; body: Buffer };

const ABOUT = `(CAST(own.body AS TEXT) ->> '$.about')`;

/** Nobody goes on by what was taken back, whichever of the two it was; a report that was only corrected still stands. */
const OWN = `SELECT own.id, 'here' AS origin, '' AS agencyId, '' AS agencyName, '' AS stationId, '' AS stationCode,
    own.officer_id AS officerId,
    coalesce(decision.at, own.at) AS at, decision.decision, own.body,
    EXISTS (SELECT 1 FROM report AS later JOIN report_decision AS said ON said.report_id = later.id
      WHERE said.decision = 'approved' AND later.replaces = own.id) OR ${ownTakenBack(ABOUT)} AS isTakenBack
  FROM report AS own LEFT JOIN report_decision AS decision ON decision.report_id = own.id
  WHERE own.kind = 'alert'`;

const RECEIVED = `SELECT own.id, 'others' AS origin, own.agency_id AS agencyId, coalesce(known_agency.name, '') AS agencyName,
    own.station_id AS stationId, coalesce(known_station.code, '') AS stationCode, NULL AS officerId,
    own.received_at AS at, 'approved' AS decision,
    own.body,
    EXISTS (SELECT 1 FROM received_report AS later WHERE later.agency_id = own.agency_id AND later.replaces = own.id)
      OR ${receivedTakenBack(ABOUT, 'own.agency_id')} AS isTakenBack
  FROM received_report AS own LEFT JOIN known_agency ON known_agency.id = own.agency_id
  LEFT JOIN known_station ON known_station.id = own.station_id
  WHERE own.kind = 'alert'`;

function storedAlert({ body, isTakenBack, ...row }: Row): StoredAlert[] {
  const parsed = wireReport.safeParse(readJson(body.toString('utf8')));
  if (!parsed.success || parsed.data.kind !== 'alert') return [];
  return [{ ...row, isTakenBack: isTakenBack === 1, content: parsed.data }];
}

/** Every alert that was submitted here or came from others, newest first. */
export function storedAlerts(db: Db): StoredAlert[] {
  return statement<[], Row>(db, `${OWN} UNION ALL ${RECEIVED} ORDER BY at DESC, id DESC`)
    .all()
    .flatMap(storedAlert);
}

/** Notes that this officer opened an alert, once; false where it is noted. `isToTell`: its author is to be told by the hub. */
export function noteAlertRead(
  db: Db,
  read: { alertId: string; officerId: string; role: string; at: string },
  isToTell: boolean,
): boolean {
  return (
    statement(
      db,
      `INSERT INTO alert_read (alert_id, officer_id, reader, role, at, told_at)
       VALUES (@alertId, @officerId, @reader, @role, @at, @toldAt) ON CONFLICT DO NOTHING`,
    ).run({ ...read, reader: uuidv7(), toldAt: isToTell ? null : read.at }).changes === 1
  );
}

/** Ids of the alerts that this officer has opened. */
export function alertsReadBy(db: Db, officerId: string): Set<string> {
  return new Set(
    statement<[string], string>(db, 'SELECT alert_id FROM alert_read WHERE officer_id = ?')
      .pluck()
      .all(officerId),
  );
}

/** Who of this station opened an alert, by name, the first first. */
export function readersHere(db: Db, alertId: string): { name: string; role: string; at: string }[] {
  return statement<[string], { name: string; role: string; at: string }>(
    db,
    `SELECT officer.name, alert_read.role, alert_read.at FROM alert_read JOIN officer ON officer.id = officer_id
     WHERE alert_id = ? ORDER BY alert_read.at, officer_id`,
  ).all(alertId);
}

export interface UntoldRead {
  alertId: string;
  reader: string;
  role: string;
  at: string;
}

/** What the hub is still to be told, the oldest first. */
export function untoldReads(db: Db, limit: number): UntoldRead[] {
  return statement<[number], UntoldRead>(
    db,
    'SELECT alert_id AS alertId, reader, role, at FROM alert_read WHERE told_at IS NULL ORDER BY at LIMIT ?',
  ).all(limit);
}

/** The hub was told, or can never be. */
export function noteReadTold(db: Db, reader: string, at: string): void {
  statement(db, 'UPDATE alert_read SET told_at = ? WHERE reader = ? AND told_at IS NULL').run(at, reader);
}

export interface ReadElsewhere {
  stationId: string;
  reader: string;
  role: string;
  at: string;
}

/** Keeps what the hub says of who read an alert of this station: reads are only ever added. */
export function saveReadsElsewhere(db: Db, alertId: string, reads: readonly ReadElsewhere[]): void {
  db.transaction(() => {
    for (const read of reads)
      statement(
        db,
        `INSERT INTO alert_read_elsewhere (alert_id, station_id, reader, role, at)
         VALUES (@alertId, @stationId, @reader, @role, @at) ON CONFLICT DO NOTHING`,
      ).run({ alertId, ...read });
  }).immediate();
}

/** Readers of an alert at other stations, as the hub said last; the first first. */
export function readersElsewhere(
  db: Db,
  alertId: string,
): { stationCode: string; agencyName: string; role: string; at: string }[] {
  return statement<[string], { stationCode: string; agencyName: string; role: string; at: string }>(
    db,
    `SELECT coalesce(known_station.code, '') AS stationCode, coalesce(known_agency.name, '') AS agencyName, role,
       alert_read_elsewhere.at
     FROM alert_read_elsewhere LEFT JOIN known_station ON known_station.id = station_id
     LEFT JOIN known_agency ON known_agency.id = known_station.agency_id
     WHERE alert_id = ? ORDER BY alert_read_elsewhere.at, reader`,
  ).all(alertId);
}
