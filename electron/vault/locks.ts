// One person's lock: a private key closed under a secret, and that once more by the system's keystore where there is one.
import { randomBytes } from 'node:crypto';
import { StationFailure } from '../failure.ts';
import { newKey, SALT_BYTES, seal, unseal, wipe } from '../keys.ts';
import { stretch, type Kdf } from './kdf.ts';
import type { Lock } from './key-file.ts';

/** The keystore of the operating system; null where the shell has none. */
export type Keystore = {
  wrapKey(key: Uint8Array): Promise<Uint8Array>;
  unwrapKey(wrapped: Uint8Array): Promise<Uint8Array>;
} | null;

const CONTEXT = 'private key';

export const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromText = (text: string): Buffer => Buffer.from(text, 'base64');

type Wrapped = Pick<Lock, 'sealedPrivate' | 'keystore'>;

/** Nested, not beside: without the secret the keystore opens nothing, without the keystore the secret does not. */
async function wrapped(sealed: Uint8Array, keystore: Keystore): Promise<Wrapped> {
  if (keystore === null) return { sealedPrivate: toText(sealed), keystore: false };
  const closed = await keystore.wrapKey(sealed).catch(() => {
    throw new StationFailure('keystore-refused');
  });
  const nested = { sealedPrivate: toText(closed), keystore: true };
  // Before anything rests on it: a keystore that does not open what it closed would shut its owner out for good.
  const opened = await unwrapped(nested, keystore);
  if (!opened.equals(sealed)) throw new StationFailure('keystore-refused');
  return nested;
}

/** Closes a private key under a secret. Throws `keystore-refused`. */
export async function lockWith(
  privateKey: Uint8Array,
  secret: string,
  kdf: Kdf,
  keystore: Keystore,
): Promise<Lock> {
  const salt = randomBytes(SALT_BYTES);
  const key = await stretch(secret, salt, kdf);
  const sealed = seal(key, privateKey, CONTEXT);
  wipe(key);
  return { kdf, salt: toText(salt), ...(await wrapped(sealed, keystore)) };
}

/** A lock that no secret opens, and of the same looks: it costs as much to try. Throws `keystore-refused`. */
export async function decoyLock(kdf: Kdf, keystore: Keystore): Promise<Lock> {
  const sealed = seal(newKey(), newKey(), CONTEXT);
  return { kdf, salt: toText(randomBytes(SALT_BYTES)), ...(await wrapped(sealed, keystore)) };
}

/** What the keystore closed, before the secret is tried. Throws `keystore-refused`. */
export async function unwrapped(lock: Wrapped, keystore: Keystore): Promise<Buffer> {
  const bytes = fromText(lock.sealedPrivate);
  if (!lock.keystore) return bytes;
  if (keystore === null) throw new StationFailure('keystore-refused');
  try {
    return Buffer.from(await keystore.unwrapKey(bytes));
  } catch {
    throw new StationFailure('keystore-refused');
  }
}

/** The private key, or null for a wrong secret. `sealed` is what `unwrapped` gave. */
export async function unlockWith(lock: Lock, sealed: Uint8Array, secret: string): Promise<Buffer | null> {
  const key = await stretch(secret, fromText(lock.salt), lock.kdf);
  const privateKey = unseal(key, sealed, CONTEXT);
  wipe(key);
  return privateKey;
}

/** The same lock inside the keystore, where one came only after it was made. */
export async function rewrapped(lock: Lock, sealed: Uint8Array, keystore: Keystore): Promise<Lock> {
  return { ...lock, ...(await wrapped(sealed, keystore)) };
}
