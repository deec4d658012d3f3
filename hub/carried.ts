// Bundles that people brought to the hub's page: what came of each, and the answer, made anew as often as it is asked for.
import { type Kysely, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { answerBundle, type BundleMeans, type Carrier, type Imported, type Taken } from './bundles.ts';
import type { HubDatabase } from './db/open.ts';
import { findMember } from './db/stations.ts';
import type { Tables } from './db/tables.ts';
import { noteAudit } from './people.ts';

/** As long as an answer can be fetched; after that the bundle is brought again. */
export const CARRIED_DAYS = 30;
const MOST_SHOWN = 20;

/** A bundle that was brought. */
export interface Carried extends Taken {
  id: string;
  at: Date;
  stationCode: string;
  agencyName: string;
}

/** Notes what came of a bundle that a person brought; answers its id. */
export async function noteCarried(
  { db }: HubDatabase,
  personId: string,
  { taken, reply }: Imported,
): Promise<string> {
  const id = uuidv7();
  const { stationId, stored, repeated, images, refused } = taken;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('carried')
      .values({
        id,
        station_id: stationId,
        person_id: personId,
        stored,
        repeated,
        images,
        refused: JSON.stringify(refused),
        receipts: JSON.stringify(reply.receipts),
        cursor: reply.cursor,
      })
      .execute();
    await noteAudit(trx, personId, 'bundle.brought', stationId);
  });
  return id;
}

function carriedBy({ db }: HubDatabase, { agencyId }: Carrier) {
  const query = db
    .selectFrom('carried as c')
    .innerJoin('station as s', 's.id', 'c.station_id')
    .innerJoin('agency as a', 'a.id', 's.agency_id')
    .select(['c.id', 'c.at', 'c.station_id as stationId', 's.code as stationCode', 'a.name as agencyName'])
    .select(['c.stored', 'c.repeated', 'c.images', 'c.refused']);
  return agencyId === null ? query : query.where('s.agency_id', '=', agencyId);
}

/** The newest first; of one agency's stations where the carrier keeps to one. */
export async function listCarried(database: HubDatabase, carrier: Carrier): Promise<Carried[]> {
  return await carriedBy(database, carrier).orderBy('c.at', 'desc').limit(MOST_SHOWN).execute();
}

/** Null where there is none, or its station is of another agency. */
export async function findCarried(
  database: HubDatabase,
  carrier: Carrier,
  id: string,
): Promise<Carried | null> {
  return (await carriedBy(database, carrier).where('c.id', '=', id).executeTakeFirst()) ?? null;
}

/** The bundle that goes back, with what the feed has by now. Null also where the station was ended since. */
export async function answerCarried(
  means: BundleMeans,
  carrier: Carrier,
  id: string,
): Promise<AsyncGenerator<Buffer, void, void> | null> {
  const { database } = means;
  const row = await carriedBy(database, carrier)
    .select(['c.receipts', 'c.cursor'])
    .where('c.id', '=', id)
    .executeTakeFirst();
  const member = row && (await findMember(database.db, row.stationId));
  return member ? answerBundle(means, member, row) : null;
}

/** Forgets what was brought long ago. */
export async function forgetCarried(db: Kysely<Tables>): Promise<void> {
  await sql`delete from carried where at < now() - make_interval(days => ${CARRIED_DAYS})`.execute(db);
}
