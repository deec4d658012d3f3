// A bundle: what would go over the network as one file, for whoever carries it. Sealed to its recipient, signed by its
// sender, streamed both ways. Layout: a magic line, a line that names the recipient, the file's key closed for them, then
// chunks under that key, each with its place and whether it is the last (the STREAM construction of Hoang, Reyhanitabar,
// Rogaway and Vizár, 2015): no chunk can be changed, moved, left out or added.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import {
  FRAME_BYTES,
  type ContentHead,
  type Frame,
  frameHead,
  type FrameHead,
  type Opening,
  type Party,
} from './bundle-frames.ts';
import { byteSource, type ByteSource } from './byte-source.ts';
import { KEY_BYTES, newKey, openSealed, SEAL_TO_BYTES, sealTo, wipe } from './seal.ts';
import { bundleText, fromBase64Url, sha256, signText, verifyText } from './sign.ts';

const MAGIC = 'countercheck-bundle/1';
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
/** No head of a frame is longer. */
const HEAD_BYTES = 8 * 1024;
const LENGTHS_BYTES = 8;
const LINE_BYTES = 64;

/**
 * `not-a-bundle`; `not-ours`, it is for somebody else; `unknown-sender`, nobody known signed it; `too-large`; `newer`, a
 * kind of frame that this version does not know; `damaged`, all else: cut short, changed, or not what its sender wrote.
 */
export type BundleFaultCode =
  | 'not-a-bundle'
  | 'not-ours'
  | 'unknown-sender'
  | 'too-large'
  | 'newer'
  | 'damaged';

export class BundleFault extends Error {
  readonly code: BundleFaultCode;

  constructor(code: BundleFaultCode) {
    super(code);
    this.name = 'BundleFault';
    this.code = code;
  }
}

const context = ({ kind, id }: Party): string => `${MAGIC} ${kind} ${id}`;

/** The place and whether it is the last: no two chunks of a key have the same. */
function chunkNonce(place: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(place, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function closeChunk(key: Buffer, place: number, last: boolean, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, chunkNonce(place, last));
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(key: Buffer, place: number, last: boolean, closed: Buffer): Buffer {
  if (closed.length < TAG_BYTES) throw new BundleFault('damaged');
  const end = closed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, chunkNonce(place, last));
  decipher.setAuthTag(closed.subarray(end));
  const bytes = decipher.update(closed.subarray(0, end));
  try {
    decipher.final();
    return bytes;
  } catch {
    throw new BundleFault('damaged');
  }
}

export interface Sender {
  /** UUIDv7 of the bundle. */
  bundleId: string;
  /** UTC with milliseconds. */
  at: string;
  from: Party;
  signPrivateKey: Uint8Array;
  to: Party;
  /** base64url. */
  toBoxKey: string;
}

/** What the sender signs: the digest of the key vouches for every chunk, which nobody else can make. */
const signedText = (opening: Omit<Opening, 'signature'>, key: Uint8Array): string =>
  bundleText({ ...opening, keySha256: sha256(key) });

function framed(head: FrameHead, bytes: Uint8Array): Buffer {
  const text = Buffer.from(JSON.stringify(head), 'utf8');
  if (text.length > HEAD_BYTES || bytes.length > FRAME_BYTES[head.kind])
    throw new Error('a frame that no reader takes');
  const lengths = Buffer.alloc(LENGTHS_BYTES);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([lengths, text, bytes]);
}

/** Writes a bundle piece by piece; holds no more than a chunk and a frame. Throws where the recipient's key is none. */
export async function* writeBundle(
  frames: AsyncIterable<Frame<ContentHead>> | Iterable<Frame<ContentHead>>,
  sender: Sender,
): AsyncGenerator<Buffer, void, void> {
  const { bundleId, from, to, at, signPrivateKey } = sender;
  const boxKey = fromBase64Url(sender.toBoxKey, KEY_BYTES);
  if (boxKey === null) throw new Error('no key of a recipient');
  const key = newKey();
  try {
    yield Buffer.from(`${MAGIC}\n${to.kind} ${to.id}\n`, 'latin1');
    yield sealTo(boxKey, key, context(to));
    const opening = { kind: 'from', bundleId, from, to, at } as const;
    const signature = signText(signPrivateKey, signedText(opening, key));
    let waiting = framed({ ...opening, signature }, Buffer.alloc(0));
    let place = 0;
    for await (const { head, bytes } of frames) {
      waiting = Buffer.concat([waiting, framed(head, bytes)]);
      // What is left is never nothing: the last chunk says that it is.
      while (waiting.length > CHUNK_BYTES) {
        yield closeChunk(key, place, false, waiting.subarray(0, CHUNK_BYTES));
        waiting = waiting.subarray(CHUNK_BYTES);
        place += 1;
      }
    }
    yield closeChunk(key, place, true, waiting);
  } finally {
    wipe(key);
  }
}

export interface Reader {
  self: Party;
  boxPrivateKey: Uint8Array;
  /** The public key (base64url) that a sender signs with; null for one who is not known or not trusted any more. */
  signKeyOf: (sender: Party) => string | null | Promise<string | null>;
  /** More bytes than these are not read. */
  mostBytes: number;
}

/** The clear bytes of all chunks. */
async function* opened(source: ByteSource, key: Buffer): AsyncGenerator<Uint8Array, void, void> {
  for (let place = 0; ; place += 1) {
    const closed = await source.take(CHUNK_BYTES + TAG_BYTES);
    const last = await source.atEnd();
    yield openChunk(key, place, last, closed);
    if (last) return;
  }
}

function headOf(text: Buffer): FrameHead {
  let json: unknown;
  try {
    json = JSON.parse(text.toString('utf8'));
  } catch {
    throw new BundleFault('damaged');
  }
  const read = frameHead.safeParse(json);
  // What is authentic and does not fit was written by a version with other kinds.
  if (!read.success) throw new BundleFault('newer');
  return read.data;
}

async function* framesOf(clear: ByteSource): AsyncGenerator<Frame, void, void> {
  while (!(await clear.atEnd())) {
    const lengths = await clear.take(LENGTHS_BYTES);
    if (lengths.length < LENGTHS_BYTES) throw new BundleFault('damaged');
    const [headLength, length] = [lengths.readUInt32BE(0), lengths.readUInt32BE(4)];
    if (headLength > HEAD_BYTES) throw new BundleFault('damaged');
    const text = await clear.take(headLength);
    if (text.length < headLength) throw new BundleFault('damaged');
    const head = headOf(text);
    if (length > FRAME_BYTES[head.kind]) throw new BundleFault('damaged');
    const bytes = await clear.take(length);
    if (bytes.length < length) throw new BundleFault('damaged');
    yield { head, bytes };
  }
}

async function checkSender(first: Frame | undefined, key: Buffer, reader: Reader): Promise<Opening> {
  const head = first?.head;
  if (head?.kind !== 'from') throw new BundleFault('damaged');
  if (head.to.id !== reader.self.id || head.to.kind !== reader.self.kind) throw new BundleFault('not-ours');
  const signKey = await reader.signKeyOf(head.from);
  const { signature, ...opening } = head;
  const signed = signKey !== null && verifyText(signKey, signedText(opening, key), signature);
  if (!signed) throw new BundleFault('unknown-sender');
  return head;
}

/**
 * Reads a bundle frame by frame, the opening first; nothing is given out before its sender is known. Frames given out are
 * what the sender wrote even where a later part turns out to be cut off: importing them again does no harm. Throws a
 * `BundleFault`.
 */
export async function* readBundle(
  pieces: AsyncIterable<Uint8Array>,
  reader: Reader,
): AsyncGenerator<Frame, void, void> {
  const tooLarge = (): Error => new BundleFault('too-large');
  const source = byteSource(pieces, reader.mostBytes, tooLarge);
  let key: Buffer | null = null;
  try {
    if ((await source.line(LINE_BYTES)) !== MAGIC) throw new BundleFault('not-a-bundle');
    const { kind, id } = reader.self;
    if ((await source.line(LINE_BYTES)) !== `${kind} ${id}`) throw new BundleFault('not-ours');
    const closedKey = await source.take(SEAL_TO_BYTES + KEY_BYTES);
    key = openSealed(reader.boxPrivateKey, closedKey, context(reader.self));
    if (key === null) throw new BundleFault('damaged');
    const frames = framesOf(byteSource(opened(source, key), reader.mostBytes, tooLarge));
    const first = await frames.next();
    const opening = await checkSender(first.done === true ? undefined : first.value, key, reader);
    yield { head: opening, bytes: Buffer.alloc(0) };
    for await (const frame of frames) {
      if (frame.head.kind === 'from') throw new BundleFault('damaged');
      yield frame;
    }
  } finally {
    wipe(key);
    await source.close();
  }
}
