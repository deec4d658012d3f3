// Stations as the network knows them: enrolled by a one-time code, listed with their keys for the others.
import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What a station says of itself when it enrols. */
export interface NewStation {
  id: string;
  code: string;
  place: string;
  country: string;
  signKey: Buffer;
  boxKey: Buffer;
}

export interface Enrolled {
  stationId: string;
  agencyId: string;
  agencyName: string;
}

/**
 * Enrols a station by the hash of its code. The same keys with the same code get the same answer again, since an
 * answer may be lost; keys that the agency knows already come back as the station that they were, revoked ones by a code
 * that was made for them alone. Null where the code is unknown, spent, withdrawn or past its time, or its agency closed;
 * `key-taken` where another station has the key, or the code is for another one.
 */
export async function enrolStation(
  db: Kysely<Tables>,
  codeHash: Buffer,
  station: NewStation,
): Promise<Enrolled | 'key-taken' | null> {
  return db.transaction().execute(async (tx) => {
    // The row stays locked until the end, so that of two users of one code one waits and then finds it spent.
    const invitation = await tx
      .selectFrom('enrolment_code as c')
      .innerJoin('agency as a', 'a.id', 'c.agency_id')
      .select(['c.agency_id as agencyId', 'a.name as agencyName', 'c.station_id as stationId'])
      .select(sql<boolean>`c.used_at is not null`.as('used'))
      .select(sql<boolean>`c.expires_at > now()`.as('fresh'))
      .where('c.hash', '=', codeHash)
      .where('c.revoked_at', 'is', null)
      .where('a.closed_at', 'is', null)
      .forUpdate('c')
      .executeTakeFirst();
    if (!invitation) return null;
    const { agencyId, agencyName } = invitation;
    if (invitation.used) {
      const same = await tx
        .selectFrom('station')
        .select('id')
        .where('id', '=', invitation.stationId)
        .where('sign_key', '=', station.signKey)
        .where('box_key', '=', station.boxKey)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return same ? { stationId: same.id, agencyId, agencyName } : null;
    }
    if (!invitation.fresh) return null;
    const stationId = await (invitation.stationId === null
      ? enter(tx, agencyId, station)
      : revive(tx, invitation.stationId, station));
    if (stationId === null) return 'key-taken';
    await tx
      .updateTable('enrolment_code')
      .set({ used_at: sql<Date>`now()`, station_id: stationId })
      .where('hash', '=', codeHash)
      .execute();
    await tx.insertInto('feed_waiting').values({ kind: 'directory', subject: null }).execute();
    await tx
      .insertInto('audit')
      .values({ who: stationId, action: 'station.enrolled', subject: stationId })
      .execute();
    return { stationId, agencyId, agencyName };
  });
}

/** One that was not here before, or that left and comes back to its agency. Null where the keys are somebody else's. */
async function enter(tx: Kysely<Tables>, agencyId: string, station: NewStation): Promise<string | null> {
  const { id, code, place, country, signKey, boxKey } = station;
  const made = await tx
    .insertInto('station')
    .values({ id, agency_id: agencyId, code, place, country, sign_key: signKey, box_key: boxKey })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id ?? (await comesBack(tx, agencyId, station));
}

/** A revoked station that was invited back by a code of its own: with the keys that it had, and no others. */
async function revive(
  tx: Kysely<Tables>,
  id: string,
  { code, place, country, signKey, boxKey }: NewStation,
): Promise<string | null> {
  const same = await tx
    .updateTable('station')
    .set({ code, place, country, revoked_at: null })
    .where('id', '=', id)
    .where('sign_key', '=', signKey)
    .where('box_key', '=', boxKey)
    .returning('id')
    .executeTakeFirst();
  return same?.id ?? null;
}

/**
 * One that left the hub and comes back to its agency by a new code is the one that it was, so that the reports it still
 * holds are its own; its name and place may be others by now. Null where these keys are somebody else's, or were revoked.
 */
async function comesBack(
  tx: Kysely<Tables>,
  agencyId: string,
  { code, place, country, signKey, boxKey }: NewStation,
): Promise<string | null> {
  const same = await tx
    .updateTable('station')
    .set({ code, place, country })
    .where('sign_key', '=', signKey)
    .where('box_key', '=', boxKey)
    .where('agency_id', '=', agencyId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return same?.id ?? null;
}

/** Forgets codes past their time, used or not: until then a lost answer can be had again. The audit keeps who enrolled. */
export async function forgetCodes(db: Kysely<Tables>): Promise<void> {
  await sql`delete from enrolment_code where expires_at < now()`.execute(db);
}

/** A station that may send. */
export interface Member {
  id: string;
  agencyId: string;
  signKey: Buffer;
  boxKey: Buffer;
}

/** The station of this id; null where it was revoked, its agency closed, or there is none. */
export async function findMember(db: Kysely<Tables>, id: string): Promise<Member | null> {
  const row = await db
    .selectFrom('station as s')
    .innerJoin('agency as a', 'a.id', 's.agency_id')
    .select(['s.id', 's.agency_id as agencyId', 's.sign_key as signKey', 's.box_key as boxKey'])
    .where('s.id', '=', id)
    .where('s.revoked_at', 'is', null)
    .where('a.closed_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export interface DirectoryRows {
  agencies: { id: string; name: string; country: string; closedAt: Date | null }[];
  stations: {
    id: string;
    agencyId: string;
    code: string;
    place: string;
    country: string;
    signKey: Buffer;
    boxKey: Buffer;
    enrolledAt: Date;
    revokedAt: Date | null;
  }[];
}

/** Every agency and station with its public keys; also those that are no more, whose signatures are still met. */
export async function directory(db: Kysely<Tables>): Promise<DirectoryRows> {
  const [agencies, stations] = await Promise.all([
    db
      .selectFrom('agency')
      .select(['id', 'name', 'country', 'closed_at as closedAt'])
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('station')
      .select(['id', 'agency_id as agencyId', 'code', 'place', 'country'])
      .select(['sign_key as signKey', 'box_key as boxKey'])
      .select(['enrolled_at as enrolledAt', 'revoked_at as revokedAt'])
      .orderBy('enrolled_at')
      .orderBy('id')
      .execute(),
  ]);
  return { agencies, stations };
}

export interface LinkKey {
  id: string;
  key: Buffer;
  from: Date;
}

/** The keys under which stations of this network make number tokens, the oldest first. */
export async function linkKeys(db: Kysely<Tables>): Promise<LinkKey[]> {
  return db
    .selectFrom('link_key')
    .select(['id', 'key', 'from_at as from'])
    .orderBy('from_at')
    .orderBy('id')
    .execute();
}
