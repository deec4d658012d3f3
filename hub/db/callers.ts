// The stations that ask: their keys, and the nonces that make each request count once.
import { sql, type Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { Tables } from './tables.ts';

/** What never changes about a station, so that it may be remembered. */
export interface KnownStation {
  id: string;
  agencyId: string;
  /** Ed25519, 32 bytes. */
  signKey: Buffer;
}

/** The station of this id, also a revoked one; null where there is none. */
export async function findStation(db: Kysely<Tables>, id: string): Promise<KnownStation | null> {
  const row = await db
    .selectFrom('station')
    .select(['id', 'agency_id as agencyId', 'sign_key as signKey'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

const ADMIT = {
  name: 'admit',
  text: `with caller as (
    select s.id from station s join agency a on a.id = s.agency_id
    where s.id = $1 and s.revoked_at is null and a.closed_at is null
  ), fresh as (
    insert into nonce (station_id, nonce) select id, $2 from caller on conflict do nothing returning 1
  )
  select exists (select from caller) as known, exists (select from fresh) as fresh`,
};

/** Spends a nonce of a station that may ask. `refused`: revoked, or its agency closed. */
export async function admit(
  pool: Pool,
  stationId: string,
  nonce: Buffer,
): Promise<'admitted' | 'refused' | 'replayed'> {
  const { rows } = await pool.query<{ known: boolean; fresh: boolean }>({
    ...ADMIT,
    values: [stationId, nonce],
  });
  if (rows[0]?.known !== true) return 'refused';
  return rows[0].fresh ? 'admitted' : 'replayed';
}

/** Forgets nonces whose requests a clock check would refuse anyway. */
export async function forgetNonces(db: Kysely<Tables>, minutes: number): Promise<void> {
  await sql`delete from nonce where at < now() - make_interval(mins => ${minutes})`.execute(db);
}
