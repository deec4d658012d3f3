// What a running hub forgets by itself: nonces that no clock would let pass, uploads that nobody goes on with.
import type { Kysely } from 'kysely';
import { NONCE_LIFE_MS } from '../shared/wire/sign.ts';
import { forgetNonces } from './db/callers.ts';
import { dropOldUploads } from './db/images.ts';
import type { Tables } from './db/tables.ts';

const MINUTE_MS = 60_000;
const UPLOAD_DAYS = 30;

/** Starts the chores; answers how to stop them. Several hubs may do the same ones. */
export function startChores(db: Kysely<Tables>, fault: (error: unknown) => void): () => void {
  const timers = [
    setInterval(() => void forgetNonces(db, NONCE_LIFE_MS / MINUTE_MS).catch(fault), MINUTE_MS),
    setInterval(() => void dropOldUploads(db, UPLOAD_DAYS).catch(fault), 60 * MINUTE_MS),
  ];
  return () => timers.forEach(clearInterval);
}
