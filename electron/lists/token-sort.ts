// Brings the tokens of a list in order with little memory: dealt by their first bits into heaps, each sorted by itself.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER_ONLY } from '../files.ts';
import { TOKEN_BYTES } from './token-file.ts';

/** By the first six bits: of ten million tokens a heap has 2.5 MB. */
const HEAPS = 64;
const HEAP_SHIFT = 2;
/** Of each heap, until it is written. */
const BUFFERED_BYTES = 4096 * TOKEN_BYTES;
/** By the next sixteen bits of a token a heap is dealt once more; what is left is a handful. */
const SLOTS = 1 << 16;

const slotOf = (bytes: Buffer, at: number): number =>
  (((bytes[at] ?? 0) & 3) << 14) | ((bytes[at + 1] ?? 0) << 6) | ((bytes[at + 2] ?? 0) >> 2);

/** The tokens of a heap in order. */
function sorted(heap: Buffer): Buffer {
  /** Where the tokens of a slot begin, and where the next one of it goes. */
  const begins = new Uint32Array(SLOTS + 1);
  for (let at = 0; at < heap.length; at += TOKEN_BYTES) {
    const after = slotOf(heap, at) + 1;
    begins[after] = (begins[after] ?? 0) + TOKEN_BYTES;
  }
  for (let slot = 1; slot <= SLOTS; slot += 1) begins[slot] = (begins[slot] ?? 0) + (begins[slot - 1] ?? 0);
  const next = begins.slice();
  const out = Buffer.allocUnsafe(heap.length);
  for (let at = 0; at < heap.length; at += TOKEN_BYTES) {
    const slot = slotOf(heap, at);
    const end = next[slot] ?? 0;
    const first = begins[slot] ?? 0;
    let place = end;
    // Among the few of its slot: those above it make room.
    while (place > first && heap.compare(out, place - TOKEN_BYTES, place, at, at + TOKEN_BYTES) < 0)
      place -= TOKEN_BYTES;
    if (place < end) out.copyWithin(place + TOKEN_BYTES, place, end);
    heap.copy(out, place, at, at + TOKEN_BYTES);
    next[slot] = end + TOKEN_BYTES;
  }
  return out;
}

/** A heap without those that repeat the one before; they lie in order. */
function once(tokens: Buffer): Buffer {
  let end = Math.min(TOKEN_BYTES, tokens.length);
  for (let at = TOKEN_BYTES; at < tokens.length; at += TOKEN_BYTES) {
    if (tokens.compare(tokens, end - TOKEN_BYTES, end, at, at + TOKEN_BYTES) === 0) continue;
    if (at !== end) tokens.copyWithin(end, at, at + TOKEN_BYTES);
    end += TOKEN_BYTES;
  }
  return tokens.subarray(0, end);
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

export interface TokenSort {
  add(token: Buffer): void;
  /** Writes every token once, in order, and syncs the file; `told` hears the share of it that is done. */
  finish(path: string, told: (share: number) => void): { tokens: number; sha256: string };
  /** Removes what lies beside. */
  end(): void;
}

/** `folder` is made for heaps that outgrow memory, and goes with `end`; tokens alone lie in it. */
export function createTokenSort(folder: string): TokenSort {
  const heaps = Array.from({ length: HEAPS }, () => ({
    buffer: Buffer.allocUnsafe(BUFFERED_BYTES),
    used: 0,
    file: null as number | null,
  }));
  const pathOf = (heap: number): string => join(folder, String(heap));

  function spill(index: number): void {
    const heap = heaps[index];
    if (heap === undefined) return;
    if (heap.file === null) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      heap.file = openSync(pathOf(index), 'wx', OWNER_ONLY);
    }
    writeAll(heap.file, heap.buffer.subarray(0, heap.used));
    heap.used = 0;
  }

  function taken(index: number): Buffer {
    const heap = heaps[index];
    if (heap === undefined) return Buffer.alloc(0);
    if (heap.file === null) return heap.buffer.subarray(0, heap.used);
    spill(index);
    closeSync(heap.file);
    heap.file = null;
    const bytes = readFileSync(pathOf(index));
    rmSync(pathOf(index));
    return bytes;
  }

  return {
    add(token) {
      const index = (token[0] ?? 0) >> HEAP_SHIFT;
      const heap = heaps[index];
      if (heap === undefined) return;
      token.copy(heap.buffer, heap.used, 0, TOKEN_BYTES);
      heap.used += TOKEN_BYTES;
      if (heap.used === BUFFERED_BYTES) spill(index);
    },
    finish(path, told) {
      const file = openSync(path, 'wx', OWNER_ONLY);
      const hash = createHash('sha256');
      let tokens = 0;
      try {
        for (const [index] of heaps.entries()) {
          const bytes = once(sorted(taken(index)));
          writeAll(file, bytes);
          hash.update(bytes);
          tokens += bytes.length / TOKEN_BYTES;
          told((index + 1) / HEAPS);
        }
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return { tokens, sha256: hash.digest('hex') };
    },
    end() {
      for (const { file } of heaps) if (file !== null) closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
