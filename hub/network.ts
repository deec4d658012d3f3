// Agencies and stations of this network, as the hub's page and its command line change them.
import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { fromGroupedCode, toGroupedCode } from '../shared/contract/grouped-code.ts';
import { ENROLMENT_BYTES } from '../shared/wire/api.ts';
import { FEED_CHANNEL } from './db/feed.ts';
import type { Tables } from './db/tables.ts';
import { noteAudit } from './people.ts';

const CODE_DAYS = 7;

/** What the database keeps of an enrolment code; null where it is mistyped. */
export function enrolmentHash(code: string): Buffer | null {
  const read = fromGroupedCode(code, ENROLMENT_BYTES);
  return read.ok ? createHash('sha256').update(read.bytes).digest() : null;
}

/** Tells every station that agencies or stations are others now; `revoked` names a station that ended. */
async function tell(trx: Transaction<Tables>, revoked: string | null = null): Promise<void> {
  const kind = revoked === null ? ('directory' as const) : ('revoked' as const);
  await trx.insertInto('feed_waiting').values({ kind, subject: revoked }).execute();
}

/** Adds an agency. `country` is its three-letter code (ICAO Doc 9303-3). Throws the database's error on a name twice. */
export async function addAgency(
  db: Kysely<Tables>,
  given: { name: string; country: string },
  who: string,
): Promise<string> {
  return await db.transaction().execute(async (trx) => {
    const id = uuidv7();
    await trx
      .insertInto('agency')
      .values({ id, ...given })
      .execute();
    await tell(trx);
    await noteAudit(trx, who, 'agency.added', id);
    return id;
  });
}

/** Ends an agency: its stations send and read nothing from here on. False where there is none that is open. */
export async function closeAgency(db: Kysely<Tables>, id: string, who: string): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('agency')
      .set({ closed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await tell(trx);
    // Whoever of them listens for news hears no more.
    await sql`select pg_notify(${FEED_CHANNEL}, id::text) from station where agency_id = ${id}`.execute(trx);
    await noteAudit(trx, who, 'agency.closed', id);
    return true;
  });
}

export interface Invitation {
  id: string;
  code: string;
}

/** A code with which one station of the agency enrols; shown once. Null where the agency is not open. */
export async function inviteStation(
  db: Kysely<Tables>,
  agencyId: string,
  who: string,
): Promise<Invitation | null> {
  return await db.transaction().execute((trx) => invite(trx, agencyId, null, who));
}

/**
 * A code with which one revoked station comes back as the one that it was, with the keys that it still has; nobody else
 * can use it. Null where there is no such station, or its agency is not open.
 */
export async function inviteBack(
  db: Kysely<Tables>,
  stationId: string,
  who: string,
): Promise<Invitation | null> {
  return await db.transaction().execute(async (trx) => {
    const station = await trx
      .selectFrom('station')
      .select('agency_id as agencyId')
      .where('id', '=', stationId)
      .where('revoked_at', 'is not', null)
      .executeTakeFirst();
    return station === undefined ? null : await invite(trx, station.agencyId, stationId, who);
  });
}

async function invite(
  trx: Transaction<Tables>,
  agencyId: string,
  back: string | null,
  who: string,
): Promise<Invitation | null> {
  const bytes = randomBytes(ENROLMENT_BYTES);
  const agency = await trx
    .selectFrom('agency')
    .select('id')
    .where('id', '=', agencyId)
    .where('closed_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  if (agency === undefined) return null;
  const { id } = await trx
    .insertInto('enrolment_code')
    .values({
      hash: createHash('sha256').update(bytes).digest(),
      agency_id: agencyId,
      expires_at: sql<Date>`now() + ${CODE_DAYS} * interval '1 day'`,
      station_id: back,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await noteAudit(trx, who, back === null ? 'station.invited' : 'station.invited-back', back ?? id);
  return { id, code: toGroupedCode(bytes) };
}

/** Ends a station in one step. False where there is none, or it was ended before. */
export async function revokeStation(db: Kysely<Tables>, id: string, who: string): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('station')
      .set({ revoked_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    // A code that would bring it back and was not used yet ends with it.
    await trx
      .updateTable('enrolment_code')
      .set({ revoked_at: sql<Date>`now()` })
      .where('station_id', '=', id)
      .where('used_at', 'is', null)
      .execute();
    await tell(trx, id);
    await noteAudit(trx, who, 'station.revoked', id);
    return true;
  });
}

/** Agencies by name, with how many stations send for each. */
export async function listAgencies(db: Kysely<Tables>) {
  return await db
    .selectFrom('agency')
    .select([
      'id',
      'name',
      'country',
      'closed_at as closedAt',
      sql<number>`(select count(*)::int from station
        where station.agency_id = agency.id and station.revoked_at is null)`.as('stations'),
    ])
    .orderBy(sql`lower(name)`)
    .execute();
}

/** Stations by agency and code, of one agency where it is given, with what they sent last. */
export async function listStations(db: Kysely<Tables>, agencyId: string | null) {
  let query = db
    .selectFrom('station')
    .innerJoin('agency', 'agency.id', 'station.agency_id')
    .select([
      'station.id',
      'station.code',
      'station.place',
      'station.country',
      'station.enrolled_at as enrolledAt',
      'station.revoked_at as revokedAt',
      'agency.id as agencyId',
      'agency.name as agencyName',
      // By the index of the agency: few stations share one.
      sql<Date | null>`(select received_at from report where report.agency_id = station.agency_id
        and report.station_id = station.id order by received_at desc limit 1)`.as('lastReportAt'),
    ])
    .orderBy(sql`lower(agency.name)`)
    .orderBy('station.code');
  if (agencyId !== null) query = query.where('station.agency_id', '=', agencyId);
  return await query.execute();
}
