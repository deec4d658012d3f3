// What is signed, word for word, and the keys that sign it (Ed25519, RFC 8032). Keys and signatures travel as base64url
// of their raw 32 and 64 bytes.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { KEY_BYTES, type KeyPair } from './seal.ts';

export const SIGNATURE_BYTES = 64;

// The fixed bytes before a raw key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** A pair that signs, each key as its 32 bytes. */
export function newSignPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_HEAD.length),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_HEAD.length),
  };
}

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

export const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Bytes of exactly this length, spelled in the one way that base64url has for them; null for anything else. */
export function fromBase64Url(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : null;
}

/** Signs a text with a raw private key; base64url. */
export function signText(privateKey: Uint8Array, text: string): string {
  const key = createPrivateKey({
    key: Buffer.concat([PRIVATE_HEAD, privateKey]),
    format: 'der',
    type: 'pkcs8',
  });
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64url');
}

/** Whether the owner of this public key (base64url) signed this text. Never throws. */
export function verifyText(publicKey: string, text: string, signature: string): boolean {
  const raw = fromBase64Url(publicKey, KEY_BYTES);
  const signed = fromBase64Url(signature, SIGNATURE_BYTES);
  if (raw === null || signed === null) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text, 'utf8'), key, signed);
  } catch {
    // 32 bytes that are no point of the curve.
    return false;
  }
}

/** Headers of a signed request, in the spelling of HTTP/2. */
export const REQUEST_HEADERS = {
  station: 'cc-station',
  time: 'cc-time',
  nonce: 'cc-nonce',
  signature: 'cc-signature',
} as const;
/** Carries the signature of a report, which is kept with it for ever. */
export const REPORT_SIGNATURE_HEADER = 'cc-report-signature';
export const REQUEST_NONCE_BYTES = 16;
/** A request's time may differ from the hub's by this much. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
/** Nonces are kept for longer than any time that is let pass. */
export const NONCE_LIFE_MS = 15 * 60 * 1000;

export interface SignedRequest {
  /** In capitals. */
  method: string;
  /** As sent: path, and `?` with the query where there is one. */
  target: string;
  /** Of the body, hex; of no bytes where there is none. */
  bodySha256: string;
  /** UTC with milliseconds, `2026-11-23T02:00:00.000Z`. */
  time: string;
  /** base64url of `REQUEST_NONCE_BYTES`. */
  nonce: string;
  stationId: string;
  hubId: string;
}

export const EMPTY_SHA256 = sha256('');

// A line break inside a part would let two different requests sign the same text.
function lines(...parts: string[]): string {
  if (parts.some((part) => /[\r\n]/u.test(part))) throw new Error('a line break in a text to sign');
  return parts.join('\n');
}

/** The text that a station signs for a request. Throws where a part holds a line break. */
export const requestText = (of: SignedRequest): string =>
  lines(
    'countercheck-request/1',
    of.method,
    of.target,
    of.bodySha256,
    of.time,
    of.nonce,
    of.stationId,
    of.hubId,
  );

/** The text that a station signs for a report, whatever way it goes. */
export const reportSignText = (id: string, bodySha256: string): string =>
  lines('countercheck-report/1', id, bodySha256);

export interface Receipt {
  kind: 'report' | 'image';
  /** Of the report; of a picture its SHA-256. */
  id: string;
  sha256: string;
  /** When the hub had it safe, by the hub's clock. */
  at: string;
  hubId: string;
}

/** The text that a hub signs for a receipt. */
export const receiptText = (of: Receipt): string =>
  lines('countercheck-receipt/1', of.kind, of.id, of.sha256, of.at, of.hubId);

/** The text that a hub signs when it tells its time to a station whose clock is wrong. */
export const hubTimeText = (of: { hubTime: string; hubId: string; nonce: string }): string =>
  lines('countercheck-time/1', of.hubTime, of.hubId, of.nonce);

/** The text that a station signs when it enrols: it owns the keys that it shows. */
export const enrolmentText = (of: { code: string; signKey: string; boxKey: string }): string =>
  lines('countercheck-enrolment/1', of.code, of.signKey, of.boxKey);

/** The text that the sender of a bundle signs; the digest is that of the key under which all of it lies. */
export const bundleText = (of: {
  bundleId: string;
  from: { kind: string; id: string };
  to: { kind: string; id: string };
  at: string;
  keySha256: string;
}): string =>
  lines(
    'countercheck-bundle/1',
    of.bundleId,
    of.from.kind,
    of.from.id,
    of.to.kind,
    of.to.id,
    of.at,
    of.keySha256,
  );

const FINGERPRINT_LENGTH = 24;

/** A public key in six groups of four characters, for two people to compare by telephone. The key is base64url. */
export function keyFingerprint(key: string): string {
  const short = sha256(key).slice(0, FINGERPRINT_LENGTH).toUpperCase();
  return (short.match(/.{1,4}/gu) ?? []).join(' ');
}
