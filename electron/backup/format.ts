// How a backup file begins: who made it and when, in clear, and the boxes that hold its key.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { fromGroupedCode } from '../../shared/contract/grouped-code.ts';
import { StationFailure } from '../failure.ts';
import { readJson } from '../json.ts';
import { deriveKey, KEY_BYTES, newKey, openSealed, seal, sealTo, unseal, wipe } from '../keys.ts';

/** Raised by whatever an older program could not read. */
const FORMAT = 1;
const MAGIC = Buffer.from('CCBKUP\r\n', 'latin1');
const LENGTH_BYTES = 4;
const MAX_HEADER_BYTES = 64 * 1024;
const PURPOSE = 'backup';

const anyFormat = z.object({ format: z.int().min(1) });

const header = anyFormat.extend({
  stationId: z.uuid(),
  madeAt: z.iso.datetime(),
  /** The program that wrote it. */
  version: z.string().max(40),
  boxes: z.array(z.object({ to: z.enum(['recovery', 'station']), box: z.base64().max(4096) })).max(8),
});

export type BackupHeader = z.infer<typeof header>;

/** What opens a backup: its own key, and the data key of the station it was made of. 32 bytes each. */
export interface BackupKeys {
  backup: Buffer;
  data: Buffer;
}

/** Whoever may open the backup: the holder of the recovery key, and the station itself as long as its data key is the same. */
export interface Recipients {
  /** The public key of the recovery key, 32 bytes. */
  recovery: Uint8Array;
}

/** What is at hand to open a backup: the private key that the recovery key's words say, or the station's data key. */
export interface Opener {
  to: 'recovery' | 'station';
  key: Uint8Array;
}

export interface OpenedHeader {
  facts: BackupHeader;
  /** SHA-256 of the whole header: every chunk behind it is bound to it. */
  digest: Buffer;
  /** Where the first chunk begins. */
  bytes: number;
}

/** Bound into every box: one of another backup does not open here. */
const contextOf = ({ stationId, madeAt }: Pick<BackupHeader, 'stationId' | 'madeAt'>): string =>
  JSON.stringify(['countercheck backup', FORMAT, stationId, madeAt]);

/** Makes new keys for one backup and the header that holds them, sealed for each recipient. */
export function makeHeader(
  facts: Pick<BackupHeader, 'stationId' | 'madeAt' | 'version'>,
  dataKey: Uint8Array,
  { recovery }: Recipients,
): { bytes: Buffer; digest: Buffer; key: Buffer } {
  const key = newKey();
  const secret = Buffer.concat([key, dataKey]);
  const context = contextOf(facts);
  const boxes = [
    { to: 'recovery', box: sealTo(recovery, secret, context).toString('base64') },
    { to: 'station', box: seal(deriveKey(dataKey, PURPOSE), secret, context).toString('base64') },
  ];
  wipe(secret);
  const text = Buffer.from(JSON.stringify({ format: FORMAT, ...facts, boxes }), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  const bytes = Buffer.concat([MAGIC, length, text]);
  return { bytes, digest: digestOf(bytes), key };
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Reads the header of a backup file. Throws `backup-damaged` where it is none, `backup-newer` where it is a later kind. */
export async function readHeader(file: FileHandle): Promise<OpenedHeader> {
  const start = await readAt(file, 0, MAGIC.length + LENGTH_BYTES);
  if (start.length < MAGIC.length + LENGTH_BYTES || !start.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new StationFailure('backup-damaged');
  }
  const length = start.readUInt32BE(MAGIC.length);
  if (length > MAX_HEADER_BYTES) throw new StationFailure('backup-damaged');
  const text = await readAt(file, start.length, length);
  if (text.length < length) throw new StationFailure('backup-damaged');
  const said = readJson(text.toString('utf8'));
  // Of a later kind no more than this need be as it is here.
  if ((anyFormat.safeParse(said).data?.format ?? 0) > FORMAT) throw new StationFailure('backup-newer');
  const facts = header.safeParse(said);
  if (!facts.success) throw new StationFailure('backup-damaged');
  return { facts: facts.data, digest: digestOf(Buffer.concat([start, text])), bytes: start.length + length };
}

/** The keys of a backup. Throws `backup-key` where no box opens with this. */
export function openKeys({ facts }: OpenedHeader, { to, key }: Opener): BackupKeys {
  const context = contextOf(facts);
  for (const { to: kind, box } of facts.boxes) {
    if (kind !== to) continue;
    const sealed = Buffer.from(box, 'base64');
    const secret =
      to === 'recovery' ? openSealed(key, sealed, context) : unseal(deriveKey(key, PURPOSE), sealed, context);
    if (secret === null || secret.length !== 2 * KEY_BYTES) continue;
    return { backup: secret.subarray(0, KEY_BYTES), data: secret.subarray(KEY_BYTES) };
  }
  throw new StationFailure('backup-key');
}

/** The private key that a recovery key's words say. Throws `recovery-wrong` with the groups that are mistyped. */
export function recoveryOpener(words: string): Opener {
  const code = fromGroupedCode(words, KEY_BYTES);
  if (!code.ok) {
    throw new StationFailure(
      'recovery-wrong',
      code.groups.map((place) => `recoveryKey.${place}`),
    );
  }
  return { to: 'recovery', key: Buffer.from(code.bytes) };
}
