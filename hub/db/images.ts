// Images in pieces: kept for the station that sends them, one image for all once its hash is right.
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { seenBy } from './policy.ts';
import type { Tables } from './tables.ts';

/** How far an image has come. `completeAt` is set once it is whole, whoever sent it. */
export interface ImageState {
  received: number;
  total: number;
  completeAt: Date | null;
}

/** Whether a report of this station names the image. */
export async function isNamedBy(db: Kysely<Tables>, stationId: string, sha256: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('report_image as i')
    .innerJoin('report as r', 'r.id', 'i.report_id')
    .select('r.id')
    .where('i.sha256', '=', sha256)
    .where('r.station_id', '=', stationId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Null where nothing of it is there yet. */
export async function imageState(
  db: Kysely<Tables>,
  stationId: string,
  sha256: Buffer,
): Promise<ImageState | null> {
  const whole = await db
    .selectFrom('image')
    .select(['total', 'complete_at as completeAt'])
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  if (whole) return { ...whole, received: whole.total };
  const upload = await db
    .selectFrom('image_upload')
    .select(['received', 'total'])
    .where('sha256', '=', sha256)
    .where('station_id', '=', stationId)
    .executeTakeFirst();
  return upload ? { ...upload, completeAt: null } : null;
}

export interface Piece {
  sha256: Buffer;
  offset: number;
  total: number;
  mime: string;
  bytes: Buffer;
}

/**
 * Takes a piece that goes on where the last one ended, and with the last piece checks the hash. A piece that begins
 * elsewhere changes nothing: the answer says where to go on. `wrong-hash`: the pieces are dropped; `other-total`: the
 * upload began with another size or kind.
 */
export async function putPiece(
  db: Kysely<Tables>,
  stationId: string,
  piece: Piece,
): Promise<ImageState | 'wrong-hash' | 'other-total'> {
  const { sha256, offset, total, mime, bytes } = piece;
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto('image_upload')
      .values({ sha256, station_id: stationId, total, mime })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const upload = await tx
      .selectFrom('image_upload')
      .select(['received', 'total', 'mime'])
      .where('sha256', '=', sha256)
      .where('station_id', '=', stationId)
      .forUpdate()
      .executeTakeFirst();
    // Only now nobody else works on it: it may have become whole while we waited, or long ago.
    const state = await imageState(tx, stationId, sha256);
    if (state?.completeAt) {
      await dropUpload(tx, stationId, sha256);
      return state;
    }
    if (!upload || upload.total !== total || upload.mime !== mime) return 'other-total';
    if (upload.received !== offset) return { received: upload.received, total, completeAt: null };
    const received = offset + bytes.length;
    await tx
      .insertInto('image_piece')
      .values({ sha256, station_id: stationId, at_offset: offset, bytes })
      .execute();
    if (received < total) {
      await tx
        .updateTable('image_upload')
        .set({ received })
        .where('sha256', '=', sha256)
        .where('station_id', '=', stationId)
        .execute();
      return { received, total, completeAt: null };
    }
    return (await finish(tx, stationId, piece)) ?? 'wrong-hash';
  });
}

async function dropUpload(tx: Kysely<Tables>, stationId: string, sha256: Buffer): Promise<void> {
  await tx
    .deleteFrom('image_upload')
    .where('sha256', '=', sha256)
    .where('station_id', '=', stationId)
    .execute();
}

/** The last piece is in: the image is whole, or, where its hash is another one, its pieces are gone. */
async function finish(
  tx: Kysely<Tables>,
  stationId: string,
  { sha256, total, mime }: Piece,
): Promise<ImageState | null> {
  const hash = createHash('sha256');
  for await (const bytes of piecesOf(tx, stationId, sha256)) hash.update(bytes);
  await dropUpload(tx, stationId, sha256);
  const right = hash.digest().equals(sha256);
  const made = right
    ? await tx
        .insertInto('image')
        .values({ sha256, station_id: stationId, total, mime })
        .onConflict((conflict) => conflict.doNothing())
        .returning('complete_at as completeAt')
        .executeTakeFirst()
    : undefined;
  if (made) return { received: total, total, completeAt: made.completeAt };
  await tx
    .deleteFrom('image_piece')
    .where('sha256', '=', sha256)
    .where('station_id', '=', stationId)
    .execute();
  // Another station was first with the same image: theirs is the one that stays.
  return right ? imageState(tx, stationId, sha256) : null;
}

/** The bytes of a station's pieces in their order, one piece in memory at a time. */
async function* piecesOf(db: Kysely<Tables>, stationId: string, sha256: Buffer): AsyncGenerator<Buffer> {
  for (let offset = 0; ; ) {
    const piece = await db
      .selectFrom('image_piece')
      .select('bytes')
      .where('sha256', '=', sha256)
      .where('station_id', '=', stationId)
      .where('at_offset', '=', offset)
      .executeTakeFirst();
    if (!piece) return;
    yield piece.bytes;
    offset += piece.bytes.length;
  }
}

export interface WholeImage {
  total: number;
  mime: string;
  bytes: AsyncGenerator<Buffer>;
}

/** A whole image that a report names which this agency sees; null otherwise. */
export async function openImage(
  db: Kysely<Tables>,
  agencyId: string | null,
  sha256: Buffer,
): Promise<WholeImage | null> {
  const image = await db
    .selectFrom('image')
    .select(['total', 'mime', 'station_id as stationId'])
    .where('sha256', '=', sha256)
    .where(
      sql<boolean>`exists (select from report_image i join report r on r.id = i.report_id
        where i.sha256 = image.sha256 and ${seenBy(agencyId)})`,
    )
    .executeTakeFirst();
  if (!image) return null;
  return { total: image.total, mime: image.mime, bytes: piecesOf(db, image.stationId, sha256) };
}

/** Drops what was begun and not gone on with for so many days; a station that comes back begins anew. */
export async function dropOldUploads(db: Kysely<Tables>, days: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ sha256: Buffer; station_id: string }>`
      delete from image_upload where at < now() - make_interval(days => ${days})
      returning sha256, station_id`.execute(tx);
    for (const { sha256, station_id } of rows) {
      await tx
        .deleteFrom('image_piece')
        .where('sha256', '=', sha256)
        .where('station_id', '=', station_id)
        .execute();
    }
  });
}
