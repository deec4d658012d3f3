// Writes one backup: the database as it was held, the files beside it, every picture it names. All sealed, nothing in clear.
import { statSync } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failureOf, StationFailure } from '../failure.ts';
import { OWNER_ONLY } from '../files.ts';
import { wipe } from '../keys.ts';
import { type ImageVault, openVault, type PictureKeys } from '../images/vault.ts';
import { release } from '../release.ts';
import { folderFailure, requireFolder, requireRoom } from './folder.ts';
import { makeHeader, type Recipients } from './format.ts';
import { pictureName, writeHead } from './parts.ts';
import { sealedWriter, type SealedWriter } from './sealed-stream.ts';

export interface BackupJob {
  stationId: string;
  /** UTC, ISO 8601. */
  madeAt: string;
  version: string;
  dataKey: Uint8Array;
  /** The folder of the station's data. */
  dataFolder: string;
  /** The database file and how much of it; held still by a snapshot until this is done. */
  database: { path: string; bytes: number };
  /** Small files as they were at the same moment, by their names in the data folder. */
  sides: { name: string; bytes: Uint8Array }[];
  pictures: readonly string[];
  /** Opens them: one that does not open is left out and counted. */
  pictureKeys: PictureKeys;
  /** The file to write; its folder is there, it is not. */
  path: string;
}

export interface Written {
  /** SHA-256 of the header, hex: names this backup and no other. */
  digest: string;
  bytes: number;
  pictures: number;
  missing: number;
}

const READ_BYTES = 1024 * 1024;
/** Head and tag of a part, rounded up. */
const PART_BYTES = 128;

type Told = (share: number) => void;

const pathOf = (job: BackupJob, id: string): string => join(job.dataFolder, pictureName(id));

/** A fault in reading the station's own files is not the stick's. */
async function own<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new StationFailure(failureOf(error).code);
  }
}

function sizeOf(job: BackupJob): number {
  const sizes = job.pictures.map((id) => statSync(pathOf(job, id), { throwIfNoEntry: false })?.size ?? 0);
  const sides = job.sides.map(({ bytes }) => bytes.length);
  return [job.database.bytes, ...sizes, ...sides].reduce((sum, size) => sum + size + PART_BYTES, 0);
}

async function writeDatabase(writer: SealedWriter, { path, bytes }: BackupJob['database'], told: Told) {
  const file = await own(open(path, 'r'));
  try {
    const buffer = Buffer.alloc(READ_BYTES);
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await own(file.read(buffer, 0, Math.min(READ_BYTES, bytes - at), at));
      if (bytesRead === 0) throw new StationFailure('store-damaged');
      await writer.write(buffer.subarray(0, bytesRead));
      at += bytesRead;
      told((at / bytes) * 0.5);
    }
  } finally {
    await file.close();
  }
}

/**
 * Null where it is not there or cannot be opened: a draft that was dropped meanwhile took its picture with it, and a
 * picture that was damaged at the station must not keep the others from being saved.
 */
async function readPicture(job: BackupJob, vault: ImageVault, id: string): Promise<Buffer | null> {
  const image = await own(vault.get(id));
  if (typeof image === 'string') return null;
  release(image.bytes);
  return own(readFile(pathOf(job, id)));
}

async function writePictures(writer: SealedWriter, job: BackupJob, told: Told) {
  const vault = openVault(join(job.dataFolder, 'images'), job.pictureKeys);
  let pictures = 0;
  for (const [place, id] of job.pictures.entries()) {
    const bytes = await readPicture(job, vault, id);
    if (bytes === null) continue;
    await writeHead(writer, { name: pictureName(id), size: bytes.length });
    await writer.write(bytes);
    pictures += 1;
    if (place % 64 === 0) told(0.5 + (place / job.pictures.length) * 0.5);
  }
  return { pictures, missing: job.pictures.length - pictures };
}

async function writeAll(file: FileHandle, job: BackupJob, recipients: Recipients, told: Told) {
  const { stationId, madeAt, version, dataKey } = job;
  const { bytes, digest, key } = makeHeader({ stationId, madeAt, version }, dataKey, recipients);
  try {
    await file.writeFile(bytes);
    const writer = sealedWriter(file, { key, digest });
    for (const { name, bytes: content } of job.sides) {
      await writeHead(writer, { name, size: content.length });
      await writer.write(content);
    }
    await writeHead(writer, { name: 'station.db', size: job.database.bytes });
    await writeDatabase(writer, job.database, told);
    const counts = await writePictures(writer, job, told);
    await writeHead(writer, { end: true, ...counts });
    await writer.end();
    await file.sync();
    return { digest: digest.toString('hex'), bytes: (await file.stat()).size, ...counts };
  } finally {
    wipe(key);
  }
}

/**
 * Writes a whole backup and syncs it, its name apart; a file that could not be finished is removed again where its folder
 * still is. Throws `folder-gone`, `folder-read-only`, `disk-full`. Reading faults of the station's own files keep their
 * own codes.
 */
export async function writeBackup(
  job: BackupJob,
  recipients: Recipients,
  told: Told = () => undefined,
): Promise<Written> {
  const folder = dirname(job.path);
  await requireFolder(folder);
  await requireRoom(folder, sizeOf(job));
  let file: FileHandle;
  try {
    file = await open(job.path, 'wx', OWNER_ONLY);
  } catch (error) {
    throw folderFailure(error);
  }
  let done = false;
  try {
    const written = await writeAll(file, job, recipients, told);
    done = true;
    return written;
  } catch (error) {
    throw folderFailure(error);
  } finally {
    await file.close().catch(() => undefined);
    if (!done) await rm(job.path, { force: true }).catch(() => undefined);
  }
}
