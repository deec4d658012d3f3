// A list as a file of tokens alone: 16 bytes each under a key of its own, in order, so that one is found by a few reads.
import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Of HMAC-SHA-256: among ten million of them another text meets one once in 3e31 questions. */
export const TOKEN_BYTES = 16;
export const LIST_SUFFIX = '.cclist';

/** The token of a text (`ListKey`) in a list with this key. */
export function tokenOf(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(`countercheck-list/1\n${text}`).digest().subarray(0, TOKEN_BYTES);
}

/** The first six bytes of a token as a number, by which its place is guessed: tokens lie as evenly as dice fall. */
const HEAD_BYTES = 6;
const HEADS = 2 ** (8 * HEAD_BYTES);
const headAt = (bytes: Buffer, token: number): number => bytes.readUIntBE(token * TOKEN_BYTES, HEAD_BYTES);

/** Tokens of one read. */
const WINDOW = 256;

export interface TokenFile {
  readonly tokens: number;
  has(token: Buffer): boolean;
  close(): void;
}

/** Opens a file of so many tokens; null where it is not there or has another length. */
export function openTokens(path: string, tokens: number): TokenFile | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  if (fstatSync(file).size !== tokens * TOKEN_BYTES) {
    closeSync(file);
    return null;
  }
  const window = Buffer.alloc(WINDOW * TOKEN_BYTES);

  /** Place of a token in what was read: 0 where it is one of them, below or above them otherwise. */
  function within(token: Buffer, count: number): -1 | 0 | 1 | null {
    const compare = (at: number): number => token.compare(window, at * TOKEN_BYTES, (at + 1) * TOKEN_BYTES);
    if (compare(0) < 0) return -1;
    if (compare(count - 1) > 0) return 1;
    let [low, high] = [0, count - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = compare(middle);
      if (order === 0) return 0;
      if (order < 0) high = middle - 1;
      else low = middle + 1;
    }
    return null;
  }

  return {
    tokens,
    has(token) {
      const head = headAt(token, 0);
      let [low, high] = [0, tokens];
      let [lowHead, highHead] = [0, HEADS];
      while (low < high) {
        const share = highHead > lowHead ? (head - lowHead) / (highHead - lowHead) : 0.5;
        const place = low + Math.floor(share * (high - low)) - WINDOW / 2;
        const start = Math.max(low, Math.min(place, high - WINDOW));
        const count = Math.min(WINDOW, high - start);
        const bytes = count * TOKEN_BYTES;
        // Cut while it was open: nothing can be said, and the next opening tells.
        if (readSync(file, window, 0, bytes, start * TOKEN_BYTES) !== bytes) return false;
        const order = within(token, count);
        if (order === 0) return true;
        if (order === null) return false;
        if (order < 0) {
          high = start;
          highHead = headAt(window, 0);
        } else {
          low = start + count;
          lowHead = headAt(window, count - 1);
        }
      }
      return false;
    },
    close: () => closeSync(file),
  };
}

/** SHA-256 of a file, hex, read in pieces beside everything else; null where it cannot be read. */
export async function digestOfFile(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  const hash = createHash('sha256');
  const piece = Buffer.alloc(64 * 1024);
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytesRead));
    }
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
