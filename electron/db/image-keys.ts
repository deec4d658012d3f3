// The keys of the pictures: random ones inside the encrypted database, so that a new data key leaves the pictures alone.
import { newKey } from '../keys.ts';
import type { Db } from './open.ts';

/** Keys by number; new pictures are closed with the highest. */
export function loadImageKeys(db: Db): Map<number, Buffer> {
  const rows = db
    .prepare<[], { number: number; key: Buffer }>('SELECT number, key FROM image_key ORDER BY number')
    .all();
  return new Map(rows.map(({ number, key }) => [number, key]));
}

/** Adds a key, which is the newest from now on: a random one, or the one given. */
export function addImageKey(db: Db, at: string, key: Buffer = newKey()): void {
  db.prepare(
    'INSERT INTO image_key (number, key, made_at) SELECT coalesce(max(number), 0) + 1, ?, ? FROM image_key',
  ).run(key, at);
}

/** Drops every key but the newest, once no picture needs another. */
export function dropOldImageKeys(db: Db): void {
  db.prepare('DELETE FROM image_key WHERE number < (SELECT max(number) FROM image_key)').run();
}
