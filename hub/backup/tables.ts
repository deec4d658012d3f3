// Which tables a backup holds, and how their rows follow each other in it.
import { byteSource } from '../../shared/wire/byte-source.ts';

/**
 * Every table with what cannot be had again, those that others refer to first. Left out: sessions and one-time links,
 * which end with the hub that gave them, nonces, which live for minutes, bundles that were brought by hand, which can be
 * brought again, what trends count, which is made anew, and the note of the steps, which is in the head.
 */
export const KEPT_TABLES = [
  'hub_identity',
  'link_key',
  'agency',
  'station',
  'enrolment_code',
  'person',
  'policy',
  'report',
  'report_image',
  'alert_read',
  'image',
  'image_upload',
  'image_piece',
  'feed',
  'feed_waiting',
  'audit',
] as const;

export const LEFT_OUT = [
  'carried',
  'trend_row',
  'session',
  'setup_link',
  'nonce',
  'schema_migration',
] as const;

/** The first frame of a backup. */
export interface BackupHead {
  format: 1;
  /** The step of the tables. */
  step: number;
  hubId: string;
  /** When it was begun, UTC. */
  at: string;
  tables: { name: string; columns: string[] }[];
}

/** The last frame: rows by table. */
export type BackupEnd = { rows: Record<string, number> };

const LENGTH_BYTES = 4;

/** Bytes with their length before them; an empty frame ends a table. */
export function frame(bytes: Uint8Array): Buffer {
  const framed = Buffer.alloc(LENGTH_BYTES + bytes.length);
  framed.writeUInt32BE(bytes.length, 0);
  framed.set(bytes, LENGTH_BYTES);
  return framed;
}

/** The frames of clear chunks, one after the other; null where the chunks end. */
export function frameReader(chunks: AsyncIterable<Buffer>): () => Promise<Buffer | null> {
  const source = byteSource(chunks, Number.MAX_SAFE_INTEGER, () => new Error('a backup without end'));
  return async () => {
    const head = await source.take(LENGTH_BYTES);
    if (head.length < LENGTH_BYTES) return null;
    const length = head.readUInt32BE(0);
    const bytes = await source.take(length);
    return bytes.length < length ? null : bytes;
  };
}
