// People of the hub's own page: one-time links, signing in with a growing wait, sessions. Times are the database's own.
import { type Kysely, sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { secretFault } from '../shared/contract/secret-rule.ts';
import type { PersonRole, Tables } from './db/tables.ts';
import { hashSecret, isSecret, newToken, tokenHash } from './secrets.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

export interface Person {
  id: string;
  name: string;
  role: PersonRole;
  /** Null for those of the hub itself. */
  agencyId: string | null;
}

/** Why a link does not give a secret; the words stand in the catalogue. */
export type Refusal = 'link-used' | 'name-missing' | 'secret-short' | 'secret-easy';

const LINK_HOURS = 24;
const SESSION_HOURS = 12;
const IDLE_MINUTES = 30;
/** Wrong secrets before each further one must wait, twice as long as the one before. */
const FREE_TRIES = 5;
const LONGEST_WAIT_SECONDS = 900;

/** An agency that was ended shows its people nothing any more. */
const ofOpenAgency = sql<boolean>`not exists (select from agency a where a.id = person.agency_id and a.closed_at is not null)`;

/** Whoever was not seen since has left. */
const idleSince = sql<Date>`now() - ${IDLE_MINUTES} * interval '1 minute'`;

const hoursFromNow = (hours: number) => sql<Date>`now() + ${hours} * interval '1 hour'`;

/** Enters in the hub's audit who did what. Call it in the transaction of what was done. */
export async function noteAudit(db: Db, who: string, action: string, subject: string | null): Promise<void> {
  await db.insertInto('audit').values({ who, action, subject }).execute();
}

async function newLink(db: Db, personId: string | null): Promise<string> {
  const token = newToken();
  let old = db.deleteFrom('setup_link');
  old = personId === null ? old.where('person_id', 'is', null) : old.where('person_id', '=', personId);
  await old.execute();
  await db
    .insertInto('setup_link')
    .values({ hash: tokenHash(token), person_id: personId, expires_at: hoursFromNow(LINK_HOURS) })
    .execute();
  return token;
}

async function hasAdministrator(db: Db): Promise<boolean> {
  const known = await db
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'administrator')
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return known !== undefined;
}

/** A link for the first administrator; null where there is an administrator already. Links before it end. */
export async function firstLink(db: Kysely<Tables>): Promise<string | null> {
  return await db.transaction().execute(async (trx) => {
    return (await hasAdministrator(trx)) ? null : await newLink(trx, null);
  });
}

/** One more person, who chooses their secret by the link. Throws the database's own error where the name is taken. */
export async function addPerson(
  db: Kysely<Tables>,
  person: Omit<Person, 'id'>,
  who: string,
): Promise<{ id: string; link: string }> {
  return await db.transaction().execute(async (trx) => {
    const id = uuidv7();
    const { name, role, agencyId } = person;
    await trx.insertInto('person').values({ id, name, role, agency_id: agencyId, secret: null }).execute();
    await noteAudit(trx, who, 'person.added', id);
    return { id, link: await newLink(trx, id) };
  });
}

/** Ends secret and sessions of a person, who chooses anew by the link. Null where there is no such person. */
export async function resetPerson(db: Kysely<Tables>, id: string, who: string): Promise<string | null> {
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('person')
      .set({ secret: null, failed_attempts: 0, locked_until: null })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return null;
    await trx.deleteFrom('session').where('person_id', '=', id).execute();
    await noteAudit(trx, who, 'person.reset', id);
    return await newLink(trx, id);
  });
}

/** Ends a person for good. False where there is no such person, or they are the last administrator. */
export async function removePerson(db: Kysely<Tables>, id: string, who: string): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const administrators = await trx
      .selectFrom('person')
      .select('id')
      .where('role', '=', 'administrator')
      .where('removed_at', 'is', null)
      .forUpdate()
      .execute();
    if (administrators.length === 1 && administrators[0]?.id === id) return false;
    const { numUpdatedRows } = await trx
      .updateTable('person')
      .set({ removed_at: sql<Date>`now()`, secret: null })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await trx.deleteFrom('session').where('person_id', '=', id).execute();
    await trx.deleteFrom('setup_link').where('person_id', '=', id).execute();
    await noteAudit(trx, who, 'person.removed', id);
    return true;
  });
}

/** Whose link it is: their name, or null for the first administrator; undefined where it was used or is too old. */
export async function linkName(db: Db, token: string): Promise<string | null | undefined> {
  const row = await db
    .selectFrom('setup_link')
    .leftJoin('person', 'person.id', 'setup_link.person_id')
    .select(['person.name', 'setup_link.person_id'])
    .where('setup_link.hash', '=', tokenHash(token))
    .where('setup_link.used_at', 'is', null)
    .where('setup_link.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row === undefined ? undefined : row.name;
}

/**
 * Sets the secret that a link is for, once, and makes the first administrator of `name`.
 * @returns a session's token, or why not
 */
export async function takeLink(
  db: Kysely<Tables>,
  token: string,
  given: { name: string; secret: string },
): Promise<{ session: string } | { refused: Refusal }> {
  const known = await linkName(db, token);
  if (known === undefined) return { refused: 'link-used' };
  const name = known ?? given.name.trim();
  const fault = secretFault(given.secret, name);
  if (fault !== null) return { refused: `secret-${fault}` };
  if (name === '') return { refused: 'name-missing' };
  const secret = await hashSecret(given.secret);
  return await db.transaction().execute(async (trx) => {
    const link = await trx
      .updateTable('setup_link')
      .set({ used_at: sql<Date>`now()` })
      .where('hash', '=', tokenHash(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning('person_id')
      .executeTakeFirst();
    if (link === undefined) return { refused: 'link-used' as const };
    // The command line may have made the first administrator since.
    if (link.person_id === null && (await hasAdministrator(trx))) return { refused: 'link-used' as const };
    const id = link.person_id ?? uuidv7();
    if (link.person_id === null)
      await trx.insertInto('person').values({ id, name, role: 'administrator', secret }).execute();
    else await trx.updateTable('person').set({ secret }).where('id', '=', id).execute();
    await noteAudit(trx, id, 'person.secret-chosen', id);
    return { session: await beginSession(trx, id) };
  });
}

async function beginSession(db: Db, personId: string): Promise<string> {
  const token = newToken();
  await db
    .insertInto('session')
    .values({ hash: tokenHash(token), person_id: personId, expires_at: hoursFromNow(SESSION_HOURS) })
    .execute();
  return token;
}

/** Signs in by name and secret. A name that nobody has is answered as a wrong secret, in the same time. */
export async function signIn(
  db: Kysely<Tables>,
  name: string,
  secret: string,
): Promise<{ session: string } | { refused: 'wrong' } | { refused: 'wait'; seconds: number }> {
  // The try is counted before it is made: many at once gain nothing.
  const tried = await db
    .updateTable('person')
    .set({
      failed_attempts: sql<number>`failed_attempts + 1`,
      locked_until: sql<Date | null>`case when failed_attempts + 1 < ${FREE_TRIES} then null else now() + interval '1 second'
        * least(${LONGEST_WAIT_SECONDS}, 5 * power(2, least(failed_attempts + 1 - ${FREE_TRIES}, 20))) end`,
    })
    .where(sql<string>`lower(name)`, '=', name.trim().toLowerCase())
    .where('removed_at', 'is', null)
    .where(ofOpenAgency)
    .where((where) =>
      where.or([where('locked_until', 'is', null), where('locked_until', '<=', sql<Date>`now()`)]),
    )
    .returning(['id', 'secret'])
    .executeTakeFirst();
  if (tried === undefined) {
    const waiting = await db
      .selectFrom('person')
      .select(sql<number>`ceil(extract(epoch from locked_until - now()))::int`.as('seconds'))
      .where(sql<string>`lower(name)`, '=', name.trim().toLowerCase())
      .where('removed_at', 'is', null)
      .where('locked_until', '>', sql<Date>`now()`)
      .executeTakeFirst();
    if (waiting !== undefined) return { refused: 'wait', seconds: waiting.seconds };
  }
  if (!(await isSecret(secret, tried?.secret ?? null)) || tried === undefined) return { refused: 'wrong' };
  return await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('person')
      .set({ failed_attempts: 0, locked_until: null })
      .where('id', '=', tried.id)
      .execute();
    await noteAudit(trx, tried.id, 'person.signed-in', tried.id);
    return { session: await beginSession(trx, tried.id) };
  });
}

/** Who has this session; null where it ended. Being seen keeps it for another half an hour. */
export async function personOf(db: Kysely<Tables>, token: string): Promise<Person | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select(['person.id', 'person.name', 'person.role', 'person.agency_id as agencyId'])
    .select(sql<boolean>`session.seen_at < now() - interval '1 minute'`.as('isLong'))
    .where('session.hash', '=', tokenHash(token))
    .where('session.expires_at', '>', sql<Date>`now()`)
    .where('session.seen_at', '>', idleSince)
    .where('person.removed_at', 'is', null)
    .where(ofOpenAgency)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { isLong, ...person } = row;
  // Once a minute is enough: no page waits for the disk each time.
  if (isLong)
    await db
      .updateTable('session')
      .set({ seen_at: sql<Date>`now()` })
      .where('hash', '=', tokenHash(token))
      .execute();
  return person;
}

export async function signOut(db: Kysely<Tables>, token: string): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', tokenHash(token)).execute();
}

/** Forgets sessions that ended by themselves, and one-time links that were used or are too old. */
export async function forgetSessions(db: Kysely<Tables>): Promise<void> {
  await db
    .deleteFrom('session')
    .where((where) =>
      where.or([where('expires_at', '<=', sql<Date>`now()`), where('seen_at', '<=', idleSince)]),
    )
    .execute();
  await db
    .deleteFrom('setup_link')
    .where((where) =>
      where.or([where('expires_at', '<=', sql<Date>`now()`), where('used_at', 'is not', null)]),
    )
    .execute();
}

export async function listPeople(db: Kysely<Tables>, agencyId: string | null) {
  let query = db
    .selectFrom('person')
    .leftJoin('agency', 'agency.id', 'person.agency_id')
    .select([
      'person.id',
      'person.name',
      'person.role',
      'person.agency_id as agencyId',
      'agency.name as agencyName',
      sql<boolean>`person.secret is not null`.as('hasSecret'),
    ])
    .where('person.removed_at', 'is', null)
    .orderBy('person.name');
  if (agencyId !== null) query = query.where('person.agency_id', '=', agencyId);
  return await query.execute();
}
