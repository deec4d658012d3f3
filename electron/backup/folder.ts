// The folder that takes backups, a stick more often than not: which files are ours, what it refuses, what may go.
import { existsSync } from 'node:fs';
import { open, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { addLines, readLines } from '../db/plain-lines.ts';
import { failureOf, StationFailure, systemCode } from '../failure.ts';
import { liesIn, stampOf, syncFolder, writeDurably } from '../files.ts';
import { readHeader, type BackupHeader } from './format.ts';

const SUFFIX = '.ccbackup';
/** Written beside and renamed once it was verified; whatever still has this name was cut. */
const UNFINISHED = `${SUFFIX}.part`;
const NAME = /^countercheck-([0-9a-f-]{36})-(\d{8}T\d{6}Z)\.ccbackup$/u;
/** Tells the folder of the stick from the empty place where the stick would be. */
const MARK = 'countercheck-backups';

/** `countercheck-STATION-20261122T195300Z.ccbackup` */
export function backupName(stationId: string, madeAt: string): string {
  return `countercheck-${stationId}-${stampOf(madeAt)}${SUFFIX}`;
}

export interface BackupFile extends Pick<BackupHeader, 'stationId' | 'madeAt' | 'version'> {
  path: string;
  bytes: number;
}

/** A device that is torn out answers with any of these. */
const GONE = new Set(['ENOENT', 'ENOTDIR', 'EIO', 'ENODEV', 'ENXIO', 'ESTALE', 'EBADF', 'UNKNOWN']);
const UNWRITABLE = new Set(['EROFS', 'EACCES', 'EPERM']);

/** What stands behind an error of the folder that takes a backup or an export; a fault of our own as it is. */
export function folderFailure(error: unknown): unknown {
  if (error instanceof StationFailure) return error;
  const code = systemCode(error);
  if (GONE.has(code)) return new StationFailure('folder-gone');
  if (UNWRITABLE.has(code)) return new StationFailure('folder-read-only');
  const { code: other } = failureOf(error);
  return other === 'internal' ? error : new StationFailure(other);
}

/** What a device that fails says is its own trouble, and none of the station's store. */
function told(error: unknown): never {
  throw folderFailure(error);
}

/**
 * The path of something new in this folder, with a number behind its name where that is taken: what is written twice
 * within a second is there twice.
 */
export function freePath(folder: string, name: string, ending = ''): string {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}${ending}`);
    if (!existsSync(path) && !existsSync(`${path}.part`)) return path;
  }
}

/** Refuses what is no whole path of a folder that is there: `folder-gone`. */
export async function requireFolder(folder: string): Promise<void> {
  const there = isAbsolute(folder) ? await stat(folder).catch(() => null) : null;
  if (there?.isDirectory() !== true) throw new StationFailure('folder-gone');
}

/** The same, and refuses the station's own folder and all below it: `folder-own`. */
export async function requireForeign(folder: string, dataFolder: string): Promise<void> {
  await requireFolder(folder);
  if (await liesIn(dataFolder, folder).catch(told)) throw new StationFailure('folder-own');
}

/** Throws `disk-full` where the folder's disk has not so much room left, before anything is written. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder).catch(told);
  if (bavail * bsize < bytes) throw new StationFailure('disk-full');
}

/** Puts the mark into a folder that was chosen, for backups unless another mark is named. */
export async function markFolder(folder: string, mark = MARK): Promise<void> {
  try {
    await requireFolder(folder);
    await writeDurably(join(folder, mark), new Uint8Array());
  } catch (error) {
    throw folderFailure(error);
  }
}

/** Whether this is the chosen folder itself, and not the place where its stick is missing. */
export async function isMarked(folder: string, mark = MARK): Promise<boolean> {
  return (await readFile(join(folder, mark)).catch(() => null)) !== null;
}

/** Backups in a folder, newest first; files that are none, or are damaged, are passed over. Throws `folder-gone`. */
export async function findBackups(folder: string): Promise<BackupFile[]> {
  await requireFolder(folder);
  const found: BackupFile[] = [];
  for (const name of await readdir(folder).catch(told)) {
    if (!NAME.test(name)) continue;
    const path = join(folder, name);
    const file = await open(path, 'r').catch(() => null);
    if (file === null) continue;
    try {
      const { stationId, madeAt, version } = (await readHeader(file)).facts;
      found.push({ path, bytes: (await file.stat()).size, stationId, madeAt, version });
    } catch (error) {
      // One that a newer program wrote is no reason to hide the others.
      if (failureOf(error).code === 'internal') throw error;
    } finally {
      await file.close();
    }
  }
  return found.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

/**
 * Removes what is no longer wanted of one station: all beyond the `keep` newest, whatever is older than `expiredBefore`
 * (ISO time or null), and what a cut left. Only for the moment after a new backup was verified; that one stays.
 */
export async function clearOld(
  folder: string,
  stationId: string,
  newest: string,
  { keep, expiredBefore }: { keep: number; expiredBefore: string | null },
): Promise<number> {
  const ours = (await findBackups(folder)).filter((file) => file.stationId === stationId);
  const old = ours.filter(
    ({ path, madeAt }, place) =>
      path !== newest && (place >= keep || (expiredBefore !== null && madeAt < expiredBefore)),
  );
  for (const { path } of old) await rm(path, { force: true });
  await clearUnfinished(folder, stationId);
  if (old.length > 0) syncFolder(folder);
  return old.length;
}

/** Removes unfinished files of this station. */
export async function clearUnfinished(folder: string, stationId: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith(`countercheck-${stationId}-`) && name.endsWith(UNFINISHED)) {
      await rm(join(folder, name), { force: true }).catch(told);
    }
  }
}

const listIn = (folder: string, stationId: string): string =>
  join(folder, `countercheck-${stationId}-erasures.jsonl`);

/**
 * Keeps the list of what was erased beside the backups: whoever restores an older one erases the same again. Lines are
 * signed and name nobody.
 */
export function listErasures(folder: string, stationId: string, lines: readonly string[]): void {
  if (lines.length > 0) addLines(listIn(folder, stationId), lines);
}

/** What was erased at a station, by the list that lies beside one of its backups. */
export function listedErasures(backup: string, stationId: string): string[] {
  return readLines(listIn(dirname(backup), stationId));
}
