// The folder of an agency's document types: listed and read in the background, within bounds, whatever lies there.
import { constants } from 'node:fs';
import { open, opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCode } from '../failure.ts';

/** One file as it stood at one look. */
export interface ListedFile {
  name: string;
  /** In bytes; -1 where it is no plain file. */
  size: number;
  /** Changes whenever the file does. */
  seen: string;
}

export interface Listing {
  /** By name; at most `MOST_FILES`. */
  files: ListedFile[];
  /** Names of files beyond those, and of the folder itself where not all of it was looked through. */
  left: string[];
}

const FILE = /\.procedure\.json$/i;
const MOST_FILES = 40;
/** Names of any kind: somebody may have named the wrong folder. */
const MOST_NAMES = 2_000;
/** Names that are told of the files that are left. */
const MOST_LEFT = 20;
const MOST_BYTES = 1024 * 1024;
/** Of all files together. */
const MOST_BYTES_TOGETHER = 8 * 1024 * 1024;

async function namesIn(folder: string): Promise<{ names: string[]; isWhole: boolean }> {
  const names: string[] = [];
  let looked = 0;
  for await (const { name } of await opendir(folder, { bufferSize: 256 })) {
    looked += 1;
    if (looked > MOST_NAMES) return { names: names.sort(), isWhole: false };
    if (FILE.test(name)) names.push(name);
  }
  return { names: names.sort(), isWhole: true };
}

async function listedFile(folder: string, name: string): Promise<ListedFile> {
  const found = await stat(join(folder, name)).catch(() => null);
  const size = found?.isFile() === true ? found.size : -1;
  return { name, size, seen: `${name}\0${size}\0${found?.mtimeMs ?? 0}` };
}

/**
 * An agency's files with what changes when one does; none where there is no such folder. Rejects where the folder cannot
 * be read.
 */
export async function listFiles(folder: string): Promise<Listing> {
  let found: Awaited<ReturnType<typeof namesIn>>;
  try {
    found = await namesIn(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return { files: [], left: [] };
    throw error;
  }
  const { names, isWhole } = found;
  const files: ListedFile[] = [];
  const left = names.slice(MOST_FILES, MOST_FILES + MOST_LEFT);
  let bytes = 0;
  for (const name of names.slice(0, MOST_FILES)) {
    const file = await listedFile(folder, name);
    // One that is too large by itself is told so, and costs nothing.
    const own = file.size > MOST_BYTES ? 0 : Math.max(0, file.size);
    if (bytes + own > MOST_BYTES_TOGETHER) left.push(name);
    else files.push(file);
    bytes += own;
  }
  return { files, left: isWhole ? left.sort() : [...left.sort(), basename(folder)] };
}

/** The text of one file, at most 1 MB, or why it cannot be had. What is no plain file is not waited for. */
export async function readText(
  folder: string,
  { name, size }: ListedFile,
): Promise<{ text: string } | { code: 'unreadable' | 'too-large' }> {
  if (size < 0) return { code: 'unreadable' };
  if (size > MOST_BYTES) return { code: 'too-large' };
  try {
    const file = await open(join(folder, name), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await file.stat()).isFile()) return { code: 'unreadable' };
      // It may have grown since, and some files tell no size at all.
      const bytes = Buffer.alloc(MOST_BYTES + 1);
      let length = 0;
      for (let got = -1; got !== 0 && length < bytes.length; length += got)
        got = (await file.read(bytes, length, bytes.length - length)).bytesRead;
      return length > MOST_BYTES ? { code: 'too-large' } : { text: bytes.toString('utf8', 0, length) };
    } finally {
      await file.close();
    }
  } catch {
    return { code: 'unreadable' };
  }
}
