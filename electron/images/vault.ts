// Pictures at rest: one file each, AES-256-GCM, bound to its id; nothing about a picture lies in clear.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeDurably } from '../files.ts';
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

const MAGIC = Buffer.from('CCIMG1', 'latin1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const SUFFIX = '.ccimg';
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function seal(key: Uint8Array, id: string, image: VaultImage): Buffer {
  const facts = Buffer.from(JSON.stringify(image.facts), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(facts.length);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id, 'utf8'));
  const parts = [length, facts, image.bytes].map((part) => cipher.update(part));
  const sealed = Buffer.concat([MAGIC, nonce, ...parts, cipher.final(), cipher.getAuthTag()]);
  for (const part of parts) release(part);
  return sealed;
}

function unseal(key: Uint8Array, id: string, sealed: Buffer): VaultImage | null {
  const start = MAGIC.length + NONCE_BYTES;
  const end = sealed.length - TAG_BYTES;
  if (end < start + LENGTH_BYTES || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(MAGIC.length, start))
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

export interface ImageVault {
  /** Writes a picture under this id; it lies safe on disk when the promise resolves. Rejects with what the disk says. */
  put(id: string, image: VaultImage): Promise<void>;
  /** `missing` where there is no such file, `damaged` where it was changed or belongs to another key or id. */
  get(id: string): Promise<VaultImage | 'missing' | 'damaged'>;
  /** Removes pictures; ids that are not there are passed over. */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes every picture that is not named here, and what an interrupted write left; answers how many. */
  sweep(keep: ReadonlySet<string>): Promise<number>;
}

/** Opens the folder of pictures, creating it where it is not there. `key` is 32 bytes, for pictures alone. */
export function openVault(folder: string, key: Uint8Array): ImageVault {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string): string => {
    // An id comes from outside and becomes a file's name.
    if (!ID.test(id)) throw new RangeError('not an image id');
    return join(folder, id + SUFFIX);
  };
  return {
    async put(id, image) {
      const sealed = seal(key, id, image);
      await writeDurably(pathOf(id), sealed);
      release(sealed);
    },
    async get(id) {
      if (!ID.test(id)) return 'missing';
      try {
        const sealed = await readFile(pathOf(id));
        const image = unseal(key, id, sealed);
        release(sealed);
        return image ?? 'damaged';
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
        throw error;
      }
    },
    async remove(ids) {
      for (const id of ids) await rm(pathOf(id), { force: true });
      if (ids.length > 0) syncFolder(folder);
    },
    async sweep(keep) {
      const names = await readdir(folder);
      const left = names.filter((name) => {
        const id = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : null;
        const ours = id !== null && ID.test(id);
        return (ours && !keep.has(id)) || name.endsWith(`${SUFFIX}.tmp`);
      });
      for (const name of left) await rm(join(folder, name), { force: true });
      if (left.length > 0) syncFolder(folder);
      return left.length;
    },
  };
}
