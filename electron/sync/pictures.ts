// Fetches the pictures that case studies of others name, so that they can be read when there is no network.
import type { HubLink } from '../db/hub-link.ts';
import { isStill } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import { keepWanted, nextWanted, putOff, wantedAt } from '../db/wanted-pictures.ts';
import type { HubClient } from './hub-client.ts';
import { backoffMs, type Pace } from './pace.ts';

export interface PictureMeans {
  db: Db;
  client: HubClient;
  pace: Pace;
  now: () => Date;
  random: () => number;
  changed: (what: 'received') => void;
}

/**
 * Asks the hub for one picture that is due. A study comes before its pictures are whole at the hub: what is not there is
 * asked for again later and later, for ever. Answers how long until the next one is due; null where none is wanted.
 */
export async function fetchPicture(
  { db, client, pace, now, random, changed }: PictureMeans,
  hub: HubLink,
  signal: AbortSignal,
): Promise<number | null> {
  const wanted = nextWanted(db, now().toISOString());
  if (wanted !== undefined) {
    const { sha256, bytes, attempts } = wanted;
    const target = `/v1/images/${sha256}`;
    const heard = await client.ask(hub, { method: 'GET', target, signal, maxBytes: bytes });
    if (!isStill(db, hub)) return null;
    const isThere = heard.kind === 'answer' && heard.status === 200;
    if (isThere && keepWanted(db, sha256, heard.body)) changed('received');
    else {
      const ms = backoffMs(pace, attempts + 1, random());
      putOff(db, sha256, new Date(now().getTime() + ms).toISOString());
    }
  }
  const next = wantedAt(db);
  return next === null ? null : Math.max(0, Date.parse(next) - now().getTime());
}
