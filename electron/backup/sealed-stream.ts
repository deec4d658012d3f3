// The body of a backup: chunks of AES-256-GCM, each bound to its place, the last one marked; a cut file is told.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { StationFailure } from '../failure.ts';

/** Clear bytes in every chunk but the last, which has at least one. */
const CHUNK_BYTES = 1024 * 1024;
const TAG_BYTES = 16;

/**
 * The nonce of a chunk: its number, and whether it is the last (the construction STREAM of Hoang, Reyhanitabar, Rogaway
 * and Vizár, 2015). Chunks cannot be swapped, left out or added; a file that ends between two chunks has no last one.
 */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 0);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** `key` is used for one file only, so the numbers of chunks are nonces that never come again. */
export interface StreamKey {
  key: Uint8Array;
  /** Bound to every chunk. */
  digest: Uint8Array;
}

export interface SealedWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Writes the last chunk. Nothing may be written after it. */
  end(): Promise<void>;
}

/** Seals what is written and appends it to the file. Rejects with what the disk says. */
export function sealedWriter(file: FileHandle, { key, digest }: StreamKey): SealedWriter {
  let chunk = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  let number = 0;

  async function put(last: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last)).setAAD(digest);
    const sealed = Buffer.concat([
      cipher.update(chunk.subarray(0, filled)),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    number += 1;
    filled = 0;
    // One call may take less than all where the disk is nearly full; `writeFile` of a handle writes on or rejects.
    await file.writeFile(sealed);
  }

  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        // Only now: a chunk that is exactly full may be the last.
        if (filled === CHUNK_BYTES) await put(false);
        const part = bytes.subarray(from, from + CHUNK_BYTES - filled);
        chunk.set(part, filled);
        filled += part.length;
        from += part.length;
      }
    },
    async end() {
      await put(true);
      chunk.fill(0);
      chunk = Buffer.alloc(0);
    },
  };
}

export interface SealedReader {
  /** The next bytes in clear, all of them. Throws `backup-damaged` where a chunk was changed or the file was cut. */
  read(length: number): Promise<Buffer>;
  /** The same in parts as they come, for what need not be held as a whole. */
  parts(length: number): AsyncGenerator<Buffer>;
  /** Throws `backup-damaged` where something is left. */
  expectEnd(): Promise<void>;
  /** Share of the file that was read, 0 to 1. */
  done(): number;
}

/** Reads chunks that begin at `start`. */
export function sealedReader(
  file: FileHandle,
  fileBytes: number,
  start: number,
  { key, digest }: StreamKey,
): SealedReader {
  const sealedChunk = CHUNK_BYTES + TAG_BYTES;
  const chunks = Math.ceil((fileBytes - start) / sealedChunk);
  const buffer = Buffer.alloc(sealedChunk);
  let number = 0;
  let clear = Buffer.alloc(0);

  async function next(): Promise<boolean> {
    if (number >= chunks) return false;
    const { bytesRead } = await file.read(buffer, 0, sealedChunk, start + number * sealedChunk);
    if (bytesRead <= TAG_BYTES) throw new StationFailure('backup-damaged');
    const end = bytesRead - TAG_BYTES;
    const last = number === chunks - 1;
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last))
      .setAAD(digest)
      .setAuthTag(buffer.subarray(end, bytesRead));
    const opened = decipher.update(buffer.subarray(0, end));
    try {
      decipher.final();
    } catch {
      throw new StationFailure('backup-damaged');
    }
    number += 1;
    clear = opened;
    return true;
  }

  async function* parts(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (clear.length === 0 && !(await next())) throw new StationFailure('backup-damaged');
      const part = clear.subarray(0, left);
      clear = clear.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  return {
    parts,
    async read(length) {
      const all: Buffer[] = [];
      for await (const part of parts(length)) all.push(part);
      return all.length === 1 ? (all[0] ?? Buffer.alloc(0)) : Buffer.concat(all);
    },
    async expectEnd() {
      if (clear.length > 0 || number !== chunks || (await next())) throw new StationFailure('backup-damaged');
    },
    done: () => (chunks <= 0 ? 1 : number / chunks),
  };
}
