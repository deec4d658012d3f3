// Pictures at rest: one file each, AES-256-GCM under a numbered key, bound to its id; nothing about a picture lies in clear.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../failure.ts';
import { syncFolder, writeDurably } from '../files.ts';
import { createQueue } from '../queue.ts';
import type { ImageFormat } from './decode.ts';
import { release } from '../release.ts';

/** What is known of a picture; kept encrypted in front of its bytes. */
export interface ImageFacts {
  /** Of the bytes as they came in, lower-case hex. */
  sha256: string;
  format: ImageFormat;
  /** Pixels after orientation. */
  width: number;
  height: number;
}

export interface VaultImage {
  facts: ImageFacts;
  bytes: Uint8Array;
}

const MAGIC = Buffer.from('CCIMG2', 'latin1');
/** Of a version before the vault: no number behind it, and always the first key. */
const FIRST_MAGIC = Buffer.from('CCIMG1', 'latin1');
const NUMBER_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const SUFFIX = '.ccimg';
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Keys of 32 bytes by their number; new pictures are closed with the highest. */
export type PictureKeys = ReadonlyMap<number, Uint8Array>;

const newestOf = (keys: PictureKeys): number => Math.max(...keys.keys());

function seal(keys: PictureKeys, id: string, image: VaultImage): Buffer {
  const number = newestOf(keys);
  const key = keys.get(number);
  if (key === undefined) throw new Error('no key for pictures');
  const head = Buffer.alloc(MAGIC.length + NUMBER_BYTES);
  MAGIC.copy(head);
  head.writeUInt32BE(number, MAGIC.length);
  const facts = Buffer.from(JSON.stringify(image.facts), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(facts.length);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id, 'utf8'));
  const parts = [length, facts, image.bytes].map((part) => cipher.update(part));
  const sealed = Buffer.concat([head, nonce, ...parts, cipher.final(), cipher.getAuthTag()]);
  for (const part of parts) release(part);
  return sealed;
}

/** Which key closed a picture and where its nonce begins; null where this is no picture of ours. */
function headOf(sealed: Buffer): { number: number; start: number } | null {
  const magic = sealed.subarray(0, MAGIC.length);
  if (magic.equals(FIRST_MAGIC)) return { number: 1, start: MAGIC.length };
  if (!magic.equals(MAGIC) || sealed.length < MAGIC.length + NUMBER_BYTES) return null;
  return { number: sealed.readUInt32BE(MAGIC.length), start: MAGIC.length + NUMBER_BYTES };
}

function unseal(keys: PictureKeys, id: string, sealed: Buffer): VaultImage | null {
  const head = headOf(sealed);
  const key = head === null ? undefined : keys.get(head.number);
  if (head === null || key === undefined) return null;
  const start = head.start + NONCE_BYTES;
  const end = sealed.length - TAG_BYTES;
  if (end < start + LENGTH_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(head.start, start))
      .setAAD(Buffer.from(id, 'utf8'))
      .setAuthTag(sealed.subarray(end));
    const clear = decipher.update(sealed.subarray(start, end));
    // Nothing is left for the end; it throws where the picture was changed.
    decipher.final();
    const bytesAt = LENGTH_BYTES + clear.readUInt32BE(0);
    const facts: ImageFacts = JSON.parse(clear.toString('utf8', LENGTH_BYTES, bytesAt));
    return { facts, bytes: clear.subarray(bytesAt) };
  } catch {
    return null;
  }
}

/** The first bytes of a file, enough for `headOf`; none where it has gone meanwhile. */
async function readHead(path: string): Promise<Buffer> {
  const bytes = Buffer.alloc(MAGIC.length + NUMBER_BYTES);
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return bytes.subarray(0, 0);
  try {
    return bytes.subarray(0, (await file.read(bytes, 0, bytes.length, 0)).bytesRead);
  } finally {
    await file.close();
  }
}

export interface ImageVault {
  /** Writes a picture under this id; it lies safe on disk when the promise resolves. Rejects with what the disk says. */
  put(id: string, image: VaultImage): Promise<void>;
  /** `missing` where there is no such file, `damaged` where it was changed or belongs to another key or id. */
  get(id: string): Promise<VaultImage | 'missing' | 'damaged'>;
  /** Removes pictures; ids that are not there are passed over. */
  remove(ids: readonly string[]): Promise<void>;
  /**
   * Looks now at what lies there. The answer sweeps later, and only of that: it removes every picture that is not named
   * to it, and what an interrupted write left, and says how many.
   */
  beforeSweep(): Promise<(keep: ReadonlySet<string>) => Promise<number>>;
  /** Ids of the pictures that are closed with another key than the newest. Reads the head of every file. */
  older(): Promise<string[]>;
  /** Closes a picture anew with the newest key. One that is gone or damaged stays as it is. */
  renew(id: string): Promise<void>;
}

/** Opens the folder of pictures, creating it where it is not there. */
export function openVault(folder: string, keys: PictureKeys): ImageVault {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** Removing waits for renewing and the other way round: a picture that was removed must not be written again. */
  const inTurn = createQueue();
  const pathOf = (id: string): string => {
    // An id comes from outside and becomes a file's name.
    if (!ID.test(id)) throw new RangeError('not an image id');
    return join(folder, id + SUFFIX);
  };
  async function beforeSweep() {
    const names = await readdir(folder);
    return (keep: ReadonlySet<string>): Promise<number> =>
      inTurn(async () => {
        const left = names.filter((name) => {
          const id = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : null;
          const ours = id !== null && ID.test(id);
          return (ours && !keep.has(id)) || name.endsWith(`${SUFFIX}.tmp`);
        });
        for (const name of left) await rm(join(folder, name), { force: true });
        if (left.length > 0) syncFolder(folder);
        return left.length;
      });
  }

  return {
    async put(id, image) {
      const sealed = seal(keys, id, image);
      await writeDurably(pathOf(id), sealed);
      release(sealed);
    },
    async get(id) {
      if (!ID.test(id)) return 'missing';
      try {
        const sealed = await readFile(pathOf(id));
        const image = unseal(keys, id, sealed);
        release(sealed);
        return image ?? 'damaged';
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return 'missing';
        throw error;
      }
    },
    remove: (ids) =>
      inTurn(async () => {
        for (const id of ids) await rm(pathOf(id), { force: true });
        if (ids.length > 0) syncFolder(folder);
      }),
    beforeSweep,
    async older() {
      const newest = newestOf(keys);
      const ids: string[] = [];
      for (const name of await readdir(folder)) {
        const id = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '';
        if (!ID.test(id)) continue;
        const head = headOf(await readHead(join(folder, name)));
        if (head !== null && head.number !== newest) ids.push(id);
      }
      return ids;
    },
    renew: (id) =>
      inTurn(async () => {
        const path = pathOf(id);
        const sealed = await readFile(path).catch(() => null);
        const image = sealed === null ? null : unseal(keys, id, sealed);
        if (image === null) return;
        await writeDurably(path, seal(keys, id, image));
        release(image.bytes);
      }),
  };
}
