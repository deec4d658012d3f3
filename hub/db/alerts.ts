// Alerts and case studies as others find them, and who read an alert.
import { type Kysely, sql } from 'kysely';
import type { AlertRead, AlertReads } from '../../shared/wire/api.ts';
import { READS_LIMIT } from '../../shared/wire/api.ts';
import { seenBy } from './policy.ts';
import type { ListPlace } from './reports.ts';
import type { ReportState, Tables } from './tables.ts';

export type DetachedKind = 'alert' | 'case-study';

/** Notes that somebody at a station read an alert, once. False where its agency sees no alert of this id. */
export async function noteRead(
  db: Kysely<Tables>,
  by: { stationId: string; agencyId: string },
  alertId: string,
  { reader, role, at }: AlertRead,
): Promise<boolean> {
  const { rows } = await sql<{ seen: boolean }>`
    with alert as (
      select r.id from report r where r.id = ${alertId} and r.kind = 'alert' and ${seenBy(by.agencyId)}
    ), noted as (
      insert into alert_read (alert_id, station_id, reader, role, read_at)
      select id, ${by.stationId}::uuid, ${reader}::uuid, ${role}, ${at}::timestamptz from alert
      on conflict do nothing
    )
    select exists (select from alert) as seen`.execute(db);
  return rows[0]?.seen === true;
}

/** Who read an alert, the earliest first; null where this agency sent none of this id. */
export async function readsOf(
  db: Kysely<Tables>,
  agencyId: string,
  alertId: string,
): Promise<AlertReads['reads'] | null> {
  const alert = await db
    .selectFrom('report')
    .select('id')
    .where('id', '=', alertId)
    .where('kind', '=', 'alert')
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
  if (alert === undefined) return null;
  const rows = await db
    .selectFrom('alert_read as d')
    .innerJoin('station as s', 's.id', 'd.station_id')
    .select(['d.station_id as stationId', 's.agency_id as agencyId', 'd.reader', 'd.role', 'd.read_at as at'])
    .where('d.alert_id', '=', alertId)
    .orderBy('d.read_at')
    .orderBy('d.reader')
    .limit(READS_LIMIT)
    .execute();
  // Roles were held to their list when they came.
  return rows.map(({ at, role, ...read }) => ({
    ...read,
    role: role as AlertReads['reads'][number]['role'],
    at: at.toISOString(),
  }));
}

/** Who read an alert, by station: how many people, and when the first of them. */
export interface StationReads {
  stationCode: string;
  place: string;
  agencyName: string;
  readers: number;
  first: Date;
}

export async function readsByStation(db: Kysely<Tables>, alertId: string): Promise<StationReads[]> {
  return await db
    .selectFrom('alert_read as d')
    .innerJoin('station as s', 's.id', 'd.station_id')
    .innerJoin('agency as a', 'a.id', 's.agency_id')
    .select(['s.code as stationCode', 's.place', 'a.name as agencyName'])
    .select([sql<number>`count(*)::int`.as('readers'), sql<Date>`min(d.read_at)`.as('first')])
    .where('d.alert_id', '=', alertId)
    .groupBy(['s.id', 's.code', 's.place', 'a.name'])
    .orderBy(sql`lower(a.name)`)
    .orderBy('s.code')
    .execute();
}

/** An alert or a case study in a list; its words are in its body. */
export interface Detached {
  id: string;
  agencyId: string;
  agencyName: string;
  stationCode: string;
  receivedAt: Date;
  state: ReportState;
  /** Of an alert. */
  expiresAt: Date | null;
  body: Buffer;
  /** Stations at which an alert was read. */
  stations: number;
}

function detached(db: Kysely<Tables>, agencyId: string | null, kind: DetachedKind) {
  return db
    .selectFrom('report as r')
    .innerJoin('agency as a', 'a.id', 'r.agency_id')
    .innerJoin('station as s', 's.id', 'r.station_id')
    .select(['r.id', 'r.agency_id as agencyId', 'a.name as agencyName', 's.code as stationCode'])
    .select(['r.received_at as receivedAt', 'r.state', 'r.expires_at as expiresAt', 'r.body'])
    .select(
      sql<number>`(select count(distinct d.station_id)::int from alert_read d where d.alert_id = r.id)`.as(
        'stations',
      ),
    )
    .where(sql<boolean>`r.kind = ${sql.lit(kind)}`)
    .where(seenBy(agencyId));
}

/** The newest first; a null agency stands for the people of the hub. */
export async function listDetached(
  db: Kysely<Tables>,
  agencyId: string | null,
  kind: DetachedKind,
  below: ListPlace | null,
  limit: number,
): Promise<Detached[]> {
  let query = detached(db, agencyId, kind);
  if (below !== null)
    query = query.where(sql<boolean>`(r.received_at, r.id) < (${below.receivedAt}, ${below.id}::uuid)`);
  return await query.orderBy('r.received_at', 'desc').orderBy('r.id', 'desc').limit(limit).execute();
}

/** Null where there is none of this id that the agency sees. */
export async function findDetached(
  db: Kysely<Tables>,
  agencyId: string | null,
  kind: DetachedKind,
  id: string,
): Promise<Detached | null> {
  return (await detached(db, agencyId, kind).where('r.id', '=', id).executeTakeFirst()) ?? null;
}
