// A station brought back from a backup, into a folder that holds none: whole at once, or not at all.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, enterAudit } from '../db/audit.ts';
import { addErasures, keptErasures, replayErasures, writeErasureFile } from '../db/erasures.ts';
import { StationFailure } from '../failure.ts';
import { renameDurably, syncFolder, writeDurablySync } from '../files.ts';
import type { CheckedCopy } from './check-copy.ts';
import { listedErasures } from './folder.ts';
import type { Opener } from './format.ts';
import { pictureName, SIDE_FILES } from './parts.ts';
import { asBackups, readBackup, type ReadBackup } from './read.ts';

export interface RestoreJob {
  /** The backup. */
  path: string;
  opener: Opener;
  /** The folder of a station that is not there yet. Its lock is held by the caller. */
  dataFolder: string;
  now: () => Date;
}

export interface Restored extends ReadBackup {
  /** Records of the backup that had been erased since it was made, and were erased again. */
  erasedAgain: number;
}

const UNDER_WAY = 'restoring';
/** In the folder under way once everything in it is whole: from then on a cut is finished, before that undone. */
const COMPLETE = 'complete';
/** The last to get its name: only with it the folder is a station. */
const LAST = 'station.keys';
const IMAGES = 'images';

/** What makes a folder the folder of a station, or of what is left of one. */
const isOccupied = (folder: string): boolean =>
  readdirSync(folder).some((name) => /^(station|protection)\.(db|key|keys)(-wal|\.new)?$/u.test(name)) ||
  (existsSync(join(folder, IMAGES)) && readdirSync(join(folder, IMAGES)).length > 0);

/**
 * Brings what lies whole under way to its place, or removes what does not. To be called with the folder's lock held,
 * before anything else looks at it.
 */
export function finishRestore(dataFolder: string): void {
  const from = join(dataFolder, UNDER_WAY);
  if (!existsSync(from)) return;
  if (existsSync(join(from, COMPLETE))) {
    if (existsSync(join(from, IMAGES))) {
      // An empty one, which every start makes; a full one was refused before.
      rmSync(join(dataFolder, IMAGES), { recursive: true, force: true });
      renameSync(join(from, IMAGES), join(dataFolder, IMAGES));
    }
    const names = [...SIDE_FILES.filter((name) => name !== LAST), 'station.db'];
    for (const name of names) {
      if (existsSync(join(from, name))) renameSync(join(from, name), join(dataFolder, name));
    }
    syncFolder(dataFolder);
    if (existsSync(join(from, LAST))) renameDurably(join(from, LAST), join(dataFolder, LAST));
  }
  rmSync(from, { recursive: true, force: true });
  syncFolder(dataFolder);
}

/** Erases again what was erased after the backup was made, and says in the audit chain that this store was restored. */
function bringUpToDate(job: RestoreJob, { db }: CheckedCopy, folder: string): number {
  const at = job.now().toISOString();
  const stationId = db.prepare<[], string>('SELECT id FROM station').pluck().get() ?? '';
  const kept = [job.dataFolder, folder].flatMap((each) => keptErasures(each));
  const lines = [...new Set([...kept, ...listedErasures(job.path, stationId)])];
  const { erased, pictures, sound } = replayErasures(db, lines, at);
  enterAudit(db, {
    at,
    officerId: null,
    action: 'station.restored',
    subjectId: stationId,
    digest: digestOf(lines.length),
  });
  for (const id of pictures) rmSync(join(folder, pictureName(id)), { force: true });
  writeErasureFile(db, folder);
  // Records that this backup does not hold may be in the next one that is brought back here.
  addErasures(folder, sound);
  return erased;
}

/**
 * Restores a station. Every bit of the backup was checked, and what was erased since is erased again, before the folder
 * becomes a station's; until then it stays empty, whatever cuts in. Throws `folder-not-empty` and what `readBackup` throws.
 */
export async function restoreBackup(job: RestoreJob, told?: (share: number) => void): Promise<Restored> {
  const { dataFolder } = job;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (isOccupied(dataFolder)) throw new StationFailure('folder-not-empty');
  const folder = join(dataFolder, UNDER_WAY);
  rmSync(folder, { recursive: true, force: true });
  let erasedAgain = 0;
  const { path, opener } = job;
  const read = await readBackup({ path, opener, folder, keep: true }, told, (copy) => {
    erasedAgain = bringUpToDate(job, copy, folder);
  }).catch(asBackups);
  // Somebody may have set a station up meanwhile: that one stays.
  if (isOccupied(dataFolder)) throw new StationFailure('folder-not-empty');
  writeDurablySync(join(folder, COMPLETE), new Uint8Array());
  finishRestore(dataFolder);
  return { ...read, erasedAgain };
}
