// What the key file says of one person and of the recovery key: made anew, and the data key closed for each.
import { randomBytes } from 'node:crypto';
import { toGroupedCode } from '../../shared/contract/grouped-code.ts';
import { StationFailure } from '../failure.ts';
import { KEY_BYTES, newKeyPair, openSealed, publicKeyOf, SALT_BYTES, sealTo, wipe } from '../keys.ts';
import { NO_ATTEMPTS } from './attempts.ts';
import { nameTag, type Kdf } from './kdf.ts';
import type { KeyFile, KeyHolder } from './key-file.ts';
import { decoyLock, fromText, lockWith, toText, type Keystore } from './locks.ts';

/** The data key, and while keys change the one that comes after it. */
export interface DataKeys {
  current: Buffer;
  next: Buffer | null;
}

export interface NewHolder {
  id: string;
  signInName: string;
  secret: string;
}

const DATA_KEY = 'data key';

/** The data keys closed for the owner of a public key. */
export const wrapFor = (publicKey: Uint8Array, { current, next }: DataKeys): string => {
  const both = next === null ? Buffer.from(current) : Buffer.concat([current, next]);
  const text = toText(sealTo(publicKey, both, DATA_KEY));
  wipe(both);
  return text;
};

/** Throws `store-key` where they were closed for somebody else. */
export function unwrapWith(privateKey: Uint8Array, wrappedKey: string): DataKeys {
  const both = openSealed(privateKey, fromText(wrappedKey), DATA_KEY);
  if (both === null || (both.length !== KEY_BYTES && both.length !== 2 * KEY_BYTES))
    throw new StationFailure('store-key');
  const part = (at: number): Buffer => both.subarray(at, at + KEY_BYTES);
  return { current: part(0), next: both.length > KEY_BYTES ? part(KEY_BYTES) : null };
}

/** A person's entry: a new key pair under their first secret, and the data key closed for it. */
export async function makeHolder(
  { id, signInName, secret }: NewHolder,
  keys: DataKeys,
  { kdf, nameSalt }: Pick<KeyFile, 'kdf' | 'nameSalt'>,
  keystore: Keystore,
): Promise<KeyHolder> {
  const { privateKey, publicKey } = newKeyPair();
  const lock = await lockWith(privateKey, secret, kdf, keystore);
  wipe(privateKey);
  return {
    id,
    tag: toText(await nameTag(signInName, fromText(nameSalt), kdf)),
    publicKey: toText(publicKey),
    wrappedKey: wrapFor(publicKey, keys),
    ...lock,
    ...NO_ATTEMPTS,
    refused: 0,
    lockOuts: 0,
  };
}

/** A new recovery key: its words, shown once, and what the key file keeps. */
export function makeRecovery(keys: DataKeys): { words: string; recovery: KeyFile['recovery'] } {
  const privateKey = randomBytes(KEY_BYTES);
  const words = toGroupedCode(privateKey);
  const publicKey = publicKeyOf(privateKey);
  wipe(privateKey);
  return { words, recovery: { publicKey: toText(publicKey), wrappedKey: wrapFor(publicKey, keys) } };
}

/** The content of a new key file for these people, and the words of its recovery key. */
export async function makeKeyFile(
  people: readonly NewHolder[],
  keys: DataKeys,
  options: { storeSalt: Buffer; kdf: Kdf; keystore: Keystore },
): Promise<{ content: KeyFile; words: string }> {
  const { storeSalt, kdf, keystore } = options;
  const head = { kdf, nameSalt: toText(randomBytes(SALT_BYTES)) };
  const holders: KeyHolder[] = [];
  for (const person of people) holders.push(await makeHolder(person, keys, head, keystore));
  const { words, recovery } = makeRecovery(keys);
  const content: KeyFile = {
    ...head,
    storeSalt: storeSalt.toString('hex'),
    nextSalt: null,
    people: holders,
    decoy: await decoyLock(kdf, keystore),
    unknownRefused: 0,
    recoveryRefused: 0,
    recovery,
  };
  return { content, words };
}
