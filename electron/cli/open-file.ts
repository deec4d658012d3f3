// Opens the files that `read` is given, whatever they are: never hangs on a pipe, never takes a folder for a picture.
import { constants, existsSync } from 'node:fs';
import { glob, open } from 'node:fs/promises';
import { MAX_IMAGE_BYTES } from '../../shared/contract/images.ts';

export type OpenedFile =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; code: 'image-unreadable' | 'image-too-large' };

/**
 * The bytes of one regular file. Anything else (a folder, a pipe, a device, a locked or missing file) is
 * `image-unreadable`; a file larger than the station takes is `image-too-large` before a byte is read.
 */
export async function openFile(path: string): Promise<OpenedFile> {
  try {
    // Without O_NONBLOCK opening a pipe waits for somebody to write into it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return { ok: false, code: 'image-unreadable' };
      if (stat.size > MAX_IMAGE_BYTES) return { ok: false, code: 'image-too-large' };
      return { ok: true, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch {
    return { ok: false, code: 'image-unreadable' };
  }
}

/** The files meant by the arguments: a pattern that the shell left as it is (Windows does) is filled in here. */
export async function* filesOf(args: readonly string[]): AsyncGenerator<string> {
  for (const arg of args) {
    const found: string[] = [];
    if (/[*?[{]/.test(arg) && !existsSync(arg)) {
      for await (const path of glob(arg)) found.push(path);
    }
    yield* found.length > 0 ? found.sort() : [arg];
  }
}
