// Who the hub is: its id and its keys, made once and kept in its database, so that a restored hub is the same one.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { newKeyPair } from '../shared/wire/seal.ts';
import { newSignPair } from '../shared/wire/sign.ts';
import type { Tables } from './db/tables.ts';

export interface HubIdentity {
  id: string;
  /** As stations show it. */
  name: string;
  /** Ed25519 and X25519, 32 bytes each. */
  signKey: Buffer;
  signPrivate: Buffer;
  boxKey: Buffer;
  boxPrivate: Buffer;
  /** Another one after each restore from a backup, and a higher one. */
  epoch: number;
}

/** The hub's identity; a new hub makes it. Of several that start at once, one makes it for all. */
export async function loadIdentity(db: Kysely<Tables>): Promise<HubIdentity> {
  const known = await readIdentity(db);
  if (known) return known;
  const sign = newSignPair();
  const box = newKeyPair();
  await db
    .insertInto('hub_identity')
    .values({
      id: randomUUID(),
      sign_key: sign.publicKey,
      sign_private: sign.privateKey,
      box_key: box.publicKey,
      box_private: box.privateKey,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await readIdentity(db);
  if (!made) throw new Error('the identity of the hub was not kept');
  return made;
}

async function readIdentity(db: Kysely<Tables>): Promise<HubIdentity | null> {
  const row = await db
    .selectFrom('hub_identity')
    .select(['id', 'name', 'epoch', 'sign_key as signKey', 'sign_private as signPrivate'])
    .select(['box_key as boxKey', 'box_private as boxPrivate'])
    .executeTakeFirst();
  return row ?? null;
}
