// Keys and closed boxes: bytes closed under a key, or for the owner of a key pair without any secret of theirs.
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What a box is longer than what lies in it: `seal`, and `sealTo`. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;
export const SEAL_TO_BYTES = KEY_BYTES + SEAL_BYTES;

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Forgets keys: their bytes are overwritten. */
export function wipe(...keys: (Uint8Array | null)[]): void {
  for (const key of keys) key?.fill(0);
}

/** Closes bytes under a key (AES-256-GCM): nonce, cipher text, tag. `context` says what for; opening must say the same. */
export function seal(key: Uint8Array, bytes: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** What `seal` closed; null where the key or the context is another one, or a bit was changed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Buffer | null {
  if (sealed.length < SEAL_BYTES) return null;
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
