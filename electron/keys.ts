// Keys of the station: derived for one purpose; and the salt and the clear key of files. Boxes lie in shared/wire/seal.ts.
import { createHash, hkdfSync } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { KEY_BYTES } from '../shared/wire/seal.ts';
import { StationFailure } from './failure.ts';

export {
  KEY_BYTES,
  type KeyPair,
  newKey,
  newKeyPair,
  openSealed,
  publicKeyOf,
  seal,
  sealTo,
  unseal,
  wipe,
} from '../shared/wire/seal.ts';

export const SALT_BYTES = 16;

/** A key for one purpose, derived from the data key (HKDF-SHA-256, RFC 5869), 32 bytes. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `countercheck ${purpose}`, KEY_BYTES));
}

/** The first bytes of an encrypted database, which stay the same as long as its key does. They are not secret. */
export function saltOf(databasePath: string): Buffer {
  const salt = Buffer.alloc(SALT_BYTES);
  const file = openSync(databasePath, 'r');
  try {
    return salt.subarray(0, readSync(file, salt, 0, SALT_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

const CLEAR_MAGIC = Buffer.from('CCKEY1', 'latin1');
const CHECK_BYTES = 8;

/** What a key file of the versions before the vault holds: the key in clear, and the salt of its database. */
export interface ClearKey {
  key: Buffer;
  salt: Buffer;
}

/** Reads a key file of a version before the vault. Throws `store-key` where it is not one, or is damaged. */
export function readClearKey(path: string): ClearKey {
  const bytes = readFileSync(path);
  const body = bytes.subarray(0, CLEAR_MAGIC.length + KEY_BYTES + SALT_BYTES);
  const check = createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES);
  const whole = bytes.length === body.length + CHECK_BYTES && body.subarray(0, 6).equals(CLEAR_MAGIC);
  if (!whole || !check.equals(bytes.subarray(body.length))) throw new StationFailure('store-key');
  return {
    key: body.subarray(CLEAR_MAGIC.length, CLEAR_MAGIC.length + KEY_BYTES),
    salt: body.subarray(CLEAR_MAGIC.length + KEY_BYTES),
  };
}
