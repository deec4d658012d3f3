// Pictures that case studies of others name: wanted until their bytes are here, by the network or by hand.
import type { StudyImage } from '../../shared/sharing/case-study.ts';
import { sha256 as digestOf } from '../../shared/wire/sign.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

export interface WantedPicture {
  sha256: string;
  bytes: number;
  attempts: number;
}

/** From now on these are fetched where they are not here yet. Call it inside a transaction. */
export function wantPictures(
  db: Db,
  images: readonly Pick<StudyImage, 'sha256' | 'mime' | 'bytes'>[],
  at: string,
): void {
  for (const { sha256, mime, bytes } of images)
    statement(
      db,
      `INSERT INTO wanted_picture (sha256, mime, bytes, next_at) SELECT @sha256, @mime, @bytes, @at
       WHERE NOT EXISTS (SELECT 1 FROM report_crop WHERE sha256 = @sha256) ON CONFLICT DO NOTHING`,
    ).run({ sha256, mime, bytes, at });
}

/** The one that is due longest; undefined where none is due. */
export function nextWanted(db: Db, at: string): WantedPicture | undefined {
  return statement<[string], WantedPicture>(
    db,
    'SELECT sha256, bytes, attempts FROM wanted_picture WHERE next_at <= ? ORDER BY next_at, sha256 LIMIT 1',
  ).get(at);
}

/** When the next one is due, UTC; null where none is wanted. */
export function wantedAt(db: Db): string | null {
  return statement<[], string | null>(db, 'SELECT min(next_at) FROM wanted_picture').pluck().get() ?? null;
}

/** It did not come: asked for again from then on. */
export function putOff(db: Db, sha256: string, nextAt: string): void {
  statement(db, 'UPDATE wanted_picture SET attempts = attempts + 1, next_at = ? WHERE sha256 = ?').run(
    nextAt,
    sha256,
  );
}

/** Keeps a picture that was wanted and is what its digest says; false where it is neither. */
export function keepWanted(db: Db, sha256: string, bytes: Buffer): boolean {
  const mime = statement<[string], string>(db, 'SELECT mime FROM wanted_picture WHERE sha256 = ?')
    .pluck()
    .get(sha256);
  if (mime === undefined || digestOf(bytes) !== sha256) return false;
  return db
    .transaction(() => {
      statement(
        db,
        'INSERT INTO report_crop (sha256, mime, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      ).run(sha256, mime, bytes);
      statement(db, 'DELETE FROM wanted_picture WHERE sha256 = ?').run(sha256);
      return true;
    })
    .immediate();
}

/** Whether its bytes are still to come. */
export const isWanted = (db: Db, sha256: string): boolean =>
  statement<[string], 1>(db, 'SELECT 1 FROM wanted_picture WHERE sha256 = ?').pluck().get(sha256) === 1;
