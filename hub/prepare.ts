// A database made ready for a hub: its tables at this version, the hub's identity, the first key for tokens of numbers.
import { newKey } from '../shared/wire/seal.ts';
import { type HubDatabase, migrate } from './db/open.ts';
import { type HubIdentity, loadIdentity } from './identity.ts';

/** Throws a HubFailure where the database does not answer, is too old or of a newer hub. */
export async function prepareDatabase(database: HubDatabase): Promise<HubIdentity> {
  await migrate(database.pool);
  const identity = await loadIdentity(database.db);
  await makeLinkKey(database, identity.id);
  return identity;
}

/** The first key carries the hub's own id, so that of several hubs that begin at once one makes it for all. */
async function makeLinkKey({ db }: HubDatabase, hubId: string): Promise<void> {
  const known = await db.selectFrom('link_key').select('id').limit(1).executeTakeFirst();
  if (known) return;
  await db
    .insertInto('link_key')
    .values({ id: hubId, key: newKey() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
