// Bundles for tests: a station that writes them, a hub that reads them, and what became of the attempt.
import { randomBytes, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import {
  type BundleFaultCode,
  BundleFault,
  readBundle,
  type Reader,
  type Sender,
  writeBundle,
} from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame, Party } from '../../shared/wire/bundle-frames.ts';
import { PIECE_BYTES } from '../../shared/wire/api.ts';
import { newKeyPair } from '../../shared/wire/seal.ts';
import { newSignPair, sha256, toBase64Url } from '../../shared/wire/sign.ts';

export const HUB: Party = { kind: 'hub', id: randomUUID() };
export const STATION: Party = { kind: 'station', id: randomUUID() };
export const hubBox = newKeyPair();
export const stationSign = newSignPair();

export const READER: Reader = {
  self: HUB,
  boxPrivateKey: hubBox.privateKey,
  signKeyOf: ({ kind, id }) =>
    kind === 'station' && id === STATION.id ? toBase64Url(stationSign.publicKey) : null,
  mostBytes: 50_000_000,
};

export const report = (bytes: Uint8Array): Frame<ContentHead> => ({
  head: { kind: 'report', id: uuidv7(), sha256: sha256(bytes), signature: 'A'.repeat(86) },
  bytes,
});
export const piece = (bytes: Uint8Array): Frame<ContentHead> => ({
  head: { kind: 'image', sha256: sha256(bytes), mime: 'image/jpeg', total: bytes.length, offset: 0 },
  bytes,
});

export const FRAMES = [
  report(randomBytes(900)),
  piece(randomBytes(PIECE_BYTES)),
  report(randomBytes(70_000)),
];

export const SENDER: Sender = {
  bundleId: uuidv7(),
  at: '2026-11-23T02:00:00.000Z',
  from: STATION,
  signPrivateKey: stationSign.privateKey,
  to: HUB,
  toBoxKey: toBase64Url(hubBox.publicKey),
};

export async function written(frames = FRAMES, sender: Partial<Sender> = {}): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const each of writeBundle(frames, { ...SENDER, ...sender })) pieces.push(each);
  return Buffer.concat(pieces);
}

/** The file in pieces of odd lengths, as a disk or a network gives it. */
async function* inPieces(bytes: Uint8Array, length = 10_007): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

export async function read(
  bytes: Uint8Array,
  reader: Partial<Reader> = {},
  length?: number,
): Promise<Frame[]> {
  const found: Frame[] = [];
  for await (const frame of readBundle(inPieces(bytes, length), { ...READER, ...reader })) found.push(frame);
  return found;
}

export async function fault(
  bytes: Uint8Array,
  reader: Partial<Reader> = {},
): Promise<BundleFaultCode | 'none'> {
  try {
    await read(bytes, reader);
    return 'none';
  } catch (error) {
    if (error instanceof BundleFault) return error.code;
    throw error;
  }
}

export const whole = await written();
/** Where the first chunk begins: behind two lines and the closed key. */
export const BODY = whole.indexOf(0x0a, whole.indexOf(0x0a) + 1) + 1 + 92;
export const CHUNK = 64 * 1024 + 16;
