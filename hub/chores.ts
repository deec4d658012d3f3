// What a running hub forgets by itself: nonces that no clock would let pass, sessions, links and codes past their time.
import type { Kysely } from 'kysely';
import { NONCE_LIFE_MS } from '../shared/wire/sign.ts';
import { forgetCarried } from './carried.ts';
import { forgetNonces } from './db/callers.ts';
import { dropOldUploads } from './db/images.ts';
import { forgetCodes } from './db/stations.ts';
import type { Tables } from './db/tables.ts';
import { forgetSessions } from './people.ts';

const MINUTE_MS = 60_000;
const UPLOAD_DAYS = 30;

/** Starts the chores; answers how to stop them. Several hubs may do the same ones. */
export function startChores(db: Kysely<Tables>, fault: (error: unknown) => void): () => void {
  const nonces = (): Promise<void> => forgetNonces(db, NONCE_LIFE_MS / MINUTE_MS);
  const timers = [
    setInterval(() => void nonces().catch(fault), MINUTE_MS),
    setInterval(() => void forgetOld(db).catch(fault), 60 * MINUTE_MS),
  ];
  return () => timers.forEach(clearInterval);
}

/** What is of no use to anybody any more, but for nonces; once an hour. */
export async function forgetOld(db: Kysely<Tables>): Promise<void> {
  await forgetSessions(db);
  await forgetCodes(db);
  await forgetCarried(db);
  await dropOldUploads(db, UPLOAD_DAYS);
}
