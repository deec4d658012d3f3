// The file of a backup: chunks of AES-256-GCM, each bound to its place, the last one marked; a cut or changed file is told.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asFolderFailure } from '../postgres/folder.ts';
import { codeOf, HubFailure, reasonOf } from '../failure.ts';

export const RECOVERY_KEY_BYTES = 32;
const MAGIC = Buffer.from('CCHUBBK1', 'latin1');
const SALT_BYTES = 32;
const HEAD_BYTES = MAGIC.length + SALT_BYTES;
/** Clear bytes in every chunk but the last. */
const CHUNK_BYTES = 1024 * 1024;
const TAG_BYTES = 16;

/** A key for one file, so that numbers of chunks are nonces that never come again. */
const fileKey = (recoveryKey: Uint8Array, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', recoveryKey, salt, 'countercheck hub backup', 32));

/** The construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015: number of the chunk, and whether it is the last. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 0);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export interface SealedWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Puts the whole file in its place, safe on the disk; answers its SHA-256, hex. */
  finish(): Promise<string>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/** Begins a backup at `path`, where nothing may be yet. Throws `file-exists`, `no-permission`, `disk-full`. */
export async function sealedWriter(path: string, recoveryKey: Uint8Array): Promise<SealedWriter> {
  const draft = `${path}.part`;
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(recoveryKey, salt);
  const head = Buffer.concat([MAGIC, salt]);
  const digest = createHash('sha256');
  let file: FileHandle;
  try {
    // Takes the name, so that no file is ever replaced.
    await (await open(path, 'wx', 0o600)).close();
    file = await open(draft, 'w', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new HubFailure('file-exists', { path }, { cause: error });
    throw asFolderFailure(error, path);
  }
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  let number = 0;

  async function append(bytes: Buffer): Promise<void> {
    digest.update(bytes);
    await file.writeFile(bytes).catch((error: unknown) => {
      throw asFolderFailure(error, path);
    });
  }

  async function put(last: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last)).setAAD(head);
    await append(
      Buffer.concat([cipher.update(chunk.subarray(0, filled)), cipher.final(), cipher.getAuthTag()]),
    );
    number += 1;
    filled = 0;
  }

  await append(head);
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
    async finish() {
      await put(true);
      await file.sync();
      await file.close();
      await rename(draft, path);
      const folder = await open(dirname(path), 'r');
      // Some systems do not sync folders; the file itself is safe.
      await folder.sync().catch(() => undefined);
      await folder.close();
      return digest.digest('hex');
    },
    async abandon() {
      await file.close().catch(() => undefined);
      await rm(draft, { force: true });
      await rm(path, { force: true });
    },
  };
}

async function openBackup(path: string): Promise<FileHandle> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new HubFailure('file-unreadable', { path, reason: reasonOf(error) }, { cause: error });
  });
  const magic = Buffer.alloc(MAGIC.length);
  try {
    await file.read(magic, 0, magic.length, 0);
  } catch (error) {
    await file.close();
    throw new HubFailure('file-unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
  if (magic.equals(MAGIC)) return file;
  await file.close();
  throw new HubFailure('no-backup', { path });
}

/** Throws `file-unreadable`, `no-backup`: what is seen without the key. */
export async function checkBackup(path: string): Promise<void> {
  await (await openBackup(path)).close();
}

/** The clear bytes of a backup, chunk by chunk. Throws `file-unreadable`, `no-backup`, `backup-key`, `backup-damaged`. */
export async function* sealedReader(path: string, recoveryKey: Uint8Array): AsyncGenerator<Buffer> {
  const file = await openBackup(path);
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(HEAD_BYTES);
    await file.read(head, 0, HEAD_BYTES, 0);
    const key = fileKey(recoveryKey, head.subarray(MAGIC.length));
    const sealedChunk = CHUNK_BYTES + TAG_BYTES;
    const chunks = Math.ceil((size - HEAD_BYTES) / sealedChunk);
    const buffer = Buffer.alloc(sealedChunk);
    if (chunks === 0) throw new HubFailure('backup-damaged', { path });
    for (let number = 0; number < chunks; number += 1) {
      const { bytesRead } = await file.read(buffer, 0, sealedChunk, HEAD_BYTES + number * sealedChunk);
      const end = Math.max(0, bytesRead - TAG_BYTES);
      const opened = openChunk(
        key,
        nonceOf(number, number === chunks - 1),
        head,
        buffer.subarray(0, end),
        buffer.subarray(end, bytesRead),
      );
      if (opened === null) throw new HubFailure(number === 0 ? 'backup-key' : 'backup-damaged', { path });
      yield opened;
    }
  } finally {
    await file.close();
  }
}

function openChunk(key: Buffer, nonce: Buffer, head: Buffer, sealed: Buffer, tag: Buffer): Buffer | null {
  if (tag.length !== TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(head).setAuthTag(tag);
  const clear = decipher.update(sealed);
  try {
    decipher.final();
    return clear;
  } catch {
    return null;
  }
}
