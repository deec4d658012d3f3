// Files of the watched folder: which were seen, and which wait for an officer. The name of a file is kept only while it waits.
import type { StoredImage } from '../../shared/contract/images.ts';
import type { WatchSettings } from '../../shared/contract/scans.ts';
import type { Db } from './open.ts';

/** A file that waits for an officer. */
export interface WaitingScan {
  id: string;
  fingerprint: string;
  kind: 'picture' | 'pdf';
  /** Where a PDF lies; null for a picture, which lies in the store. */
  path: string | null;
  image: StoredImage | null;
}

export function loadWatch(db: Db): WatchSettings {
  const row = db.prepare<[], WatchSettings>('SELECT folder, afterwards FROM watched_folder').get();
  if (row === undefined) throw new Error('the store has no watched folder');
  return row;
}

export function saveWatch(db: Db, { folder, afterwards }: WatchSettings): void {
  db.prepare('UPDATE watched_folder SET folder = ?, afterwards = ?').run(folder, afterwards);
}

/** Fingerprints of every file that was seen. */
export function seenPrints(db: Db): string[] {
  return db.prepare<[], string>('SELECT fingerprint FROM scan').pluck().all();
}

interface NewScan extends WaitingScan {
  toRemove: boolean;
  day: string;
}

export function addWaiting(db: Db, scan: NewScan): void {
  const { id, fingerprint, kind, path, image, toRemove, day } = scan;
  db.prepare(
    `INSERT INTO scan (id, fingerprint, kind, state, to_remove, path, image, image_id, seen_on)
     VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?)`,
  ).run(
    id,
    fingerprint,
    kind,
    toRemove ? 1 : 0,
    path,
    image === null ? null : JSON.stringify(image),
    image?.id ?? null,
    day,
  );
}

/** A file that is left alone: it lay there before, or is no picture. */
export function addLeft(db: Db, id: string, fingerprint: string, day: string): void {
  db.prepare(
    `INSERT INTO scan (id, fingerprint, kind, state, to_remove, seen_on) VALUES (?, ?, 'other', 'done', 0, ?)
     ON CONFLICT (fingerprint) DO NOTHING`,
  ).run(id, fingerprint, day);
}

/** What waits, the one found first in front. */
export function waitingScans(db: Db): WaitingScan[] {
  return db
    .prepare<[], Omit<WaitingScan, 'image'> & { image: string | null }>(
      `SELECT id, fingerprint, kind, path, image FROM scan WHERE state = 'waiting' ORDER BY rowid`,
    )
    .all()
    .map((row) => ({ ...row, image: row.image === null ? null : JSON.parse(row.image) }));
}

/** Says in which picture of the store a page of this PDF lies. */
export function setPage(db: Db, id: string, imageId: string): void {
  db.prepare(`UPDATE scan SET image_id = ? WHERE id = ? AND state = 'waiting'`).run(imageId, id);
}

/** These need no officer any more; what was known of them but the fingerprint goes. */
export function settleScans(db: Db, ids: readonly string[]): void {
  const settle = db.prepare(
    `UPDATE scan SET state = 'done', path = NULL, image = NULL, image_id = NULL WHERE id = ?`,
  );
  for (const id of ids) settle.run(id);
}

/** Ids of waiting scans whose picture is one of these. */
export function scansOfImages(db: Db, imageIds: readonly string[]): string[] {
  const wanted = new Set(imageIds);
  return db
    .prepare<[], { id: string; imageId: string }>(
      `SELECT id, image_id AS imageId FROM scan WHERE state = 'waiting' AND image_id IS NOT NULL`,
    )
    .all()
    .filter(({ imageId }) => wanted.has(imageId))
    .map(({ id }) => id);
}

/** Pictures in the store that only a waiting scan names. */
export function waitingImages(db: Db): string[] {
  return waitingScans(db).flatMap(({ image }) => (image === null ? [] : [image.id]));
}

/** The files of these stay where they are, whatever the policy says. */
export function keepFiles(db: Db, ids: readonly string[]): void {
  const keep = db.prepare('UPDATE scan SET to_remove = 0 WHERE id = ?');
  for (const id of ids) keep.run(id);
}

/** Fingerprints of files to be removed: their picture lies in the store. A PDF waits until one of its pages does. */
export function printsToRemove(db: Db): string[] {
  return db
    .prepare<[], string>(
      `SELECT fingerprint FROM scan WHERE to_remove = 1 AND (kind = 'picture' OR state = 'done')`,
    )
    .pluck()
    .all();
}

export function markRemoved(db: Db, fingerprint: string): void {
  db.prepare('UPDATE scan SET to_remove = 0 WHERE fingerprint = ?').run(fingerprint);
}

/** Notes which files are there on a day, and forgets those that nobody has seen since another. */
export function noteSeen(db: Db, present: readonly string[], day: string, forgetBefore: string): void {
  const note = db.prepare('UPDATE scan SET seen_on = ? WHERE fingerprint = ?');
  for (const fingerprint of present) note.run(day, fingerprint);
  db.prepare(`DELETE FROM scan WHERE state = 'done' AND seen_on < ?`).run(forgetBefore);
}

/** Another folder: its files are new, what waits goes on waiting. */
export function forgetDone(db: Db): void {
  db.prepare(`DELETE FROM scan WHERE state = 'done'`).run();
}
