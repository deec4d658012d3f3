// A file that grows beside its name and gets it when everything is whole: as long as it grows it is `….part`.
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { OWNER_ONLY } from '../files.ts';

export interface WrittenFile {
  readonly path: string;
  write(part: string | Uint8Array): Promise<void>;
  /** Syncs and closes it; it keeps its unfinished name. */
  finish(): Promise<{ bytes: number; sha256: string }>;
  /** Gives it its name; what had it before is gone. */
  settle(): Promise<void>;
  /** Removes it, whether it has its name or not. */
  drop(): Promise<void>;
}

/** So much text is handed to the disk at a time. */
const PART_CHARACTERS = 1 << 18;

export async function createWrittenFile(path: string): Promise<WrittenFile> {
  const unfinished = `${path}.part`;
  // What a cut left of the same file.
  await rm(unfinished, { force: true });
  const handle = await open(unfinished, 'wx', OWNER_ONLY);
  const hash = createHash('sha256');
  let bytes = 0;
  let text = '';
  let isOpen = true;
  let place = unfinished;

  async function put(part: Uint8Array): Promise<void> {
    hash.update(part);
    bytes += part.length;
    await handle.writeFile(part);
  }

  async function flush(): Promise<void> {
    const part = text;
    text = '';
    if (part !== '') await put(Buffer.from(part, 'utf8'));
  }

  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  }

  return {
    path,
    async write(part) {
      if (typeof part === 'string') {
        text += part;
        if (text.length >= PART_CHARACTERS) await flush();
        return;
      }
      await flush();
      await put(part);
    },
    async finish() {
      await flush();
      await handle.sync();
      await close();
      return { bytes, sha256: hash.digest('hex') };
    },
    async settle() {
      await rename(unfinished, path);
      place = path;
    },
    async drop() {
      await close();
      await rm(place, { force: true });
    },
  };
}
