// The data key: 32 random bytes in a file that only its owner can read, until the vault wraps it.
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { StationFailure } from './failure.ts';
import { OWNER_ONLY, writeDurablySync } from './files.ts';

const MAGIC = Buffer.from('CCKEY1', 'latin1');
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const CHECK_BYTES = 8;

/** What a key file holds: the key, and the first bytes of the database made with it (they are not secret). */
export interface StoredKey {
  key: Buffer;
  /** Tells a key of another station from a damaged database; all zero until the database stands. */
  salt: Buffer;
}

const checkOf = (body: Uint8Array): Buffer =>
  createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES);

export function newKey(): StoredKey {
  return { key: randomBytes(KEY_BYTES), salt: Buffer.alloc(SALT_BYTES) };
}

export function writeKey(path: string, stored: StoredKey): void {
  const body = Buffer.concat([MAGIC, stored.key, stored.salt]);
  writeDurablySync(path, Buffer.concat([body, checkOf(body)]));
}

/** Reads a key file. Throws `store-key` where it is not one, or is damaged. */
export function readKey(path: string): StoredKey {
  const bytes = readFileSync(path);
  const body = bytes.subarray(0, MAGIC.length + KEY_BYTES + SALT_BYTES);
  const whole = bytes.length === body.length + CHECK_BYTES && bytes.subarray(0, MAGIC.length).equals(MAGIC);
  if (!whole || !checkOf(body).equals(bytes.subarray(body.length))) throw new StationFailure('store-key');
  if (process.platform !== 'win32') chmodSync(path, OWNER_ONLY);
  return {
    key: body.subarray(MAGIC.length, MAGIC.length + KEY_BYTES),
    salt: body.subarray(MAGIC.length + KEY_BYTES),
  };
}

/** The first bytes of an encrypted database, which stay the same as long as it lives. */
export function saltOf(databasePath: string): Buffer {
  return readFileSync(databasePath).subarray(0, SALT_BYTES);
}

/** A key for one purpose, derived from the data key (HKDF-SHA-256, RFC 5869), 32 bytes. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `countercheck ${purpose}`, KEY_BYTES));
}
