// Files that must survive a power cut: written beside, synced, renamed, and the folder synced after.
import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';

/** Only the owner may read what the station writes. */
export const OWNER_ONLY = 0o600;

/** A moment (UTC, ISO 8601) as it stands in the name of a file: `20261122T195300Z`. */
export const stampOf = (at: string): string => at.replaceAll(/[-:]|\.\d+/gu, '');

/** Takes a file from everybody but its owner where it is there; with `make` it is made so, empty. */
export function ownerOnly(path: string, { make = false } = {}): void {
  if (make) closeSync(openSync(path, 'wx', OWNER_ONLY));
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o077) === 0) return;
  try {
    chmodSync(path, OWNER_ONLY);
  } catch {
    // Another account's file, or a disk without permissions: no reason not to open, what lies there is cipher text.
  }
}

/** Makes a rename or a removal in this folder last. Windows cannot open a folder; NTFS journals names itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Syncs a file that another writer (SQLite) has closed. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Renames and makes the new name last. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** Writes a whole file so that either nothing or all of it is there afterwards. For the small files of opening. */
export function writeDurablySync(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.tmp`;
  rmSync(temporary, { force: true });
  const handle = openSync(temporary, 'wx', OWNER_ONLY);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameDurably(temporary, path);
}

/** The same without holding up the thread; a failed write leaves nothing behind. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const handle = await open(temporary, 'wx', OWNER_ONLY);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a folder is `own` or lies in it, whichever link leads there. Rejects where one of them is not there. */
export async function liesIn(own: string, folder: string): Promise<boolean> {
  const way = relative(await realpath(own), await realpath(folder));
  return !/^\.\.([\\/]|$)/u.test(way) && !isAbsolute(way);
}
