// Reads a backup: into a folder to be used, or into a scratch folder only to see that it could be.
import { mkdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, StationFailure } from '../failure.ts';
import { OWNER_ONLY, syncFolder } from '../files.ts';
import { wipe } from '../keys.ts';
import { checkCopy, type CheckedCopy } from './check-copy.ts';
import { folderFailure, requireRoom } from './folder.ts';
import { type Opener, openKeys, readHeader, type BackupKeys } from './format.ts';
import { pictureId, type PartHead, readHead } from './parts.ts';
import { sealedReader, type SealedReader } from './sealed-stream.ts';

export interface ReadJob {
  /** The backup. */
  path: string;
  opener: Opener;
  /** Where its files go; made here, and not there before. Nothing in it is ever in clear. */
  folder: string;
  /** Pictures are left there; else each goes again once it was checked, so that a check needs little room. */
  keep: boolean;
}

export interface ReadBackup {
  stationId: string;
  madeAt: string;
  version: string;
  examinations: number;
  pictures: number;
  /** Pictures of records that the backup does not hold: the station had lost them before. */
  missing: number;
  auditEntries: number;
  auditWhole: boolean;
}

type Told = (share: number) => void;

/** A trial lies on the disk of the station at work: what the counter saves meanwhile must find room beside it. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** Writes one part to its file, synced where it is to stay. */
async function unpack(reader: SealedReader, size: number, path: string, last: boolean): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    for await (const part of reader.parts(size)) await file.writeFile(part);
    if (last) await file.sync();
  } finally {
    await file.close();
  }
}

interface Under {
  job: ReadJob;
  reader: SealedReader;
  keys: BackupKeys;
  told: Told;
}

/** Reads part after part; every picture is checked against the database, which comes before them. */
async function readParts({ job, reader, keys, told }: Under, hold: (copy: CheckedCopy) => void) {
  let copy: CheckedCopy | null = null;
  let pictures = 0;
  for (;;) {
    const part: PartHead = await readHead(reader);
    if ('end' in part) {
      await reader.expectEnd();
      if (copy === null || part.pictures !== pictures) throw new StationFailure('backup-damaged');
      // What was lost at the station cannot be here; what is missing beyond that was lost on the way.
      if (copy.missing() > part.missing) throw new StationFailure('backup-damaged');
      return { copy, pictures };
    }
    const path = join(job.folder, part.name);
    if (part.name === 'station.db') await requireRoom(job.folder, part.size + (job.keep ? 0 : SPARE_BYTES));
    await unpack(reader, part.size, path, job.keep);
    if (part.name === 'station.db') {
      copy = checkCopy(path, keys.data);
      hold(copy);
    }
    const id = pictureId(part.name);
    if (id !== null) {
      if (copy === null) throw new StationFailure('backup-damaged');
      await copy.checkPicture(id);
      pictures += 1;
      if (!job.keep) await rm(path);
    }
    told(reader.done());
  }
}

async function readWith(file: FileHandle, job: ReadJob, told: Told, finish: (copy: CheckedCopy) => void) {
  const header = await readHeader(file);
  const keys = openKeys(header, job.opener);
  const { size } = await file.stat();
  const reader = sealedReader(file, size, header.bytes, { key: keys.backup, digest: header.digest });
  let held: Pick<CheckedCopy, 'db'> | undefined;
  try {
    const { copy, pictures } = await readParts({ job, reader, keys, told }, (opened) => (held = opened));
    finish(copy);
    const { stationId, madeAt, version } = header.facts;
    const { examinations, auditEntries, auditWhole } = copy;
    const missing = copy.missing();
    return { stationId, madeAt, version, examinations, pictures, missing, auditEntries, auditWhole };
  } finally {
    held?.db.close();
    wipe(keys.backup, keys.data);
  }
}

/** The backup's own file could not be read: the stick was torn out, or it is not there. */
async function openBackup(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw folderFailure(error);
  }
}

/**
 * Reads the whole backup: every chunk's tag, SQLite's check, the audit chain against every record, every picture
 * against its digest. `finish` is given the open copy at the end (only where it is kept). A reading that fails leaves
 * no folder behind. Throws `backup-damaged`, `backup-newer`, `backup-key`, `folder-gone`, `disk-full`, and
 * `store-damaged` where the database was not whole when it was copied.
 */
export async function readBackup(
  job: ReadJob,
  told: Told = () => undefined,
  finish: (copy: CheckedCopy) => void = () => undefined,
): Promise<ReadBackup> {
  const file = await openBackup(job.path);
  let done = false;
  try {
    mkdirSync(join(job.folder, 'images'), { recursive: true, mode: 0o700 });
    const read = await readWith(file, job, told, finish);
    if (job.keep) {
      syncFolder(join(job.folder, 'images'));
      syncFolder(job.folder);
    }
    done = true;
    return read;
  } catch (error) {
    throw readingFailure(error);
  } finally {
    await file.close().catch(() => undefined);
    if (!done || !job.keep) rmSync(job.folder, { recursive: true, force: true });
  }
}

/** In a finished backup a database that is not whole is the backup's damage: the store of this station is another. */
export function asBackups(error: unknown): never {
  if (failureOf(error).code === 'store-damaged') throw new StationFailure('backup-damaged');
  throw error;
}

/** Reading faults of a device that went away; everything else as it is. */
function readingFailure(error: unknown): unknown {
  if (error instanceof StationFailure) return error;
  const { code } = failureOf(error);
  return code === 'store-damaged' || code === 'store-read-only' ? folderFailure(error) : error;
}
