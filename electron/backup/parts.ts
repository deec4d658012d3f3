// What lies in a backup, one part after the other: files of the data folder under their own names, and an end that counts.
import { z } from 'zod';
import { StationFailure } from '../failure.ts';
import { readJson } from '../json.ts';
import type { SealedReader, SealedWriter } from './sealed-stream.ts';

/** Files of the data folder that a backup holds beside the database and the pictures, where they are there. */
export const SIDE_FILES = [
  'station.keys',
  'protection.db',
  'protection.key',
  'anchors.jsonl',
  'erasures.jsonl',
] as const;

const PICTURE = /^images\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.ccimg$/u;
const LENGTH_BYTES = 4;
const MAX_HEAD_BYTES = 1024;
const MAX_PART_BYTES = 2 ** 42;

/** A name becomes a path where it is restored: only these. */
const isPartName = (name: string): boolean =>
  name === 'station.db' || SIDE_FILES.some((side) => side === name) || PICTURE.test(name);

const head = z.union([
  z.object({ name: z.string().refine(isPartName), size: z.int().min(0).max(MAX_PART_BYTES) }),
  z.object({
    end: z.literal(true),
    pictures: z.int().min(0),
    /** Pictures that the database names and that could not be read when the backup was made. */
    missing: z.int().min(0),
  }),
]);

export type PartHead = z.infer<typeof head>;

export const pictureName = (id: string): string => `images/${id}.ccimg`;

/** The id of a picture's part; null for any other part. */
export function pictureId(name: string): string | null {
  return PICTURE.test(name) ? name.slice('images/'.length, -'.ccimg'.length) : null;
}

/** Writes the head of a part; exactly `size` bytes must follow. */
export async function writeHead(writer: SealedWriter, part: PartHead): Promise<void> {
  const text = Buffer.from(JSON.stringify(part), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  await writer.write(Buffer.concat([length, text]));
}

/** The head of the next part. Throws `backup-damaged` where it is none. */
export async function readHead(reader: SealedReader): Promise<PartHead> {
  const length = (await reader.read(LENGTH_BYTES)).readUInt32BE();
  if (length > MAX_HEAD_BYTES) throw new StationFailure('backup-damaged');
  const text = (await reader.read(length)).toString('utf8');
  // The chunk passed its tag: what does not fit was written by another program.
  const part = head.safeParse(readJson(text));
  if (!part.success) throw new StationFailure('backup-newer');
  return part.data;
}
