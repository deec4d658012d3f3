// Keys: made, derived for one purpose, closed under another key or for the owner of a key pair.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { StationFailure } from './failure.ts';

export const KEY_BYTES = 32;
export const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Forgets keys: their bytes are overwritten. */
export function wipe(...keys: (Uint8Array | null)[]): void {
  for (const key of keys) key?.fill(0);
}

/** A key for one purpose, derived from the data key (HKDF-SHA-256, RFC 5869), 32 bytes. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `countercheck ${purpose}`, KEY_BYTES));
}

/** Closes bytes under a key (AES-256-GCM): nonce, cipher text, tag. `context` says what for; opening must say the same. */
export function seal(key: Uint8Array, bytes: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** What `seal` closed; null where the key or the context is another one, or a bit was changed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Buffer | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context, 'utf8'))
    .setAuthTag(sealed.subarray(end));
  const bytes = decipher.update(sealed.subarray(NONCE_BYTES, end));
  try {
    decipher.final();
    return bytes;
  } catch {
    wipe(bytes);
    return null;
  }
}

/** X25519 (RFC 7748), each key as its 32 bytes. */
export interface KeyPair {
  publicKey: Buffer;
  privateKey: Buffer;
}

// The fixed bytes that stand before a raw key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

const privateObject = (raw: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, raw]), format: 'der', type: 'pkcs8' });
const publicObject = (raw: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' });

/** The public key that belongs to a private one; any 32 bytes are a private key. */
export function publicKeyOf(privateKey: Uint8Array): Buffer {
  return createPublicKey(privateObject(privateKey))
    .export({ format: 'der', type: 'spki' })
    .subarray(PUBLIC_HEAD.length);
}

export function newKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('x25519');
  const raw = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_HEAD.length);
  return { privateKey: raw, publicKey: publicKeyOf(raw) };
}

function sharedKey(own: Uint8Array, other: Uint8Array, ephemeral: Uint8Array, owner: Uint8Array): Buffer {
  const secret = diffieHellman({ privateKey: privateObject(own), publicKey: publicObject(other) });
  const both = Buffer.concat([ephemeral, owner]);
  const key = Buffer.from(hkdfSync('sha256', secret, both, 'countercheck sealed-to', KEY_BYTES));
  wipe(secret);
  return key;
}

/**
 * Closes bytes for the owner of a public key, without any secret of theirs (ephemeral X25519, HKDF-SHA-256,
 * AES-256-GCM): the ephemeral public key, then as `seal`.
 */
export function sealTo(publicKey: Uint8Array, bytes: Uint8Array, context: string): Buffer {
  const ephemeral = newKeyPair();
  const key = sharedKey(ephemeral.privateKey, publicKey, ephemeral.publicKey, publicKey);
  try {
    return Buffer.concat([ephemeral.publicKey, seal(key, bytes, context)]);
  } finally {
    wipe(key, ephemeral.privateKey);
  }
}

/** What `sealTo` closed for this private key; null where it was for another one, or a bit was changed. */
export function openSealed(privateKey: Uint8Array, sealed: Uint8Array, context: string): Buffer | null {
  if (sealed.length < KEY_BYTES) return null;
  const ephemeral = sealed.subarray(0, KEY_BYTES);
  let key: Buffer;
  try {
    key = sharedKey(privateKey, ephemeral, ephemeral, publicKeyOf(privateKey));
  } catch {
    // A point of small order, which only a changed file holds.
    return null;
  }
  const bytes = unseal(key, sealed.subarray(KEY_BYTES), context);
  wipe(key);
  return bytes;
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
