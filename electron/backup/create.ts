// A backup from beginning to end: written beside, verified by restoring it, named, and only then older ones go.
import { rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StationFailure } from '../failure.ts';
import { syncFolder } from '../files.ts';
import {
  backupName,
  clearOld,
  clearUnfinished,
  folderFailure,
  listErasures,
  requireFolder,
} from './folder.ts';
import type { Recipients } from './format.ts';
import { readBackup, type ReadBackup } from './read.ts';
import { type BackupJob, writeBackup } from './write.ts';

export interface CreateJob extends Omit<BackupJob, 'path'> {
  /** Takes the backup; there, and not the station's own. */
  folder: string;
  recipients: Recipients;
  /** A folder to try the backup in, made and removed again. */
  scratch: string;
  /** Backups of this station that stay, this one among them. */
  keep: number;
  /** Older ones of this station go, too; UTC, null for none. */
  expiredBefore: string | null;
  /** What was erased at this station, as signed lines. */
  erasures: readonly string[];
}

export interface Created extends ReadBackup {
  path: string;
  bytes: number;
  /** SHA-256 of its header, hex: names this backup and no other. */
  digest: string;
  /** Older backups that were removed. */
  removed: number;
}

/** Writing, then verifying; the share of the work that is done. */
export type CreateStep = 'writing' | 'checking';

/**
 * Makes one backup. Whatever fails, and wherever a stick is torn out: what lay in the folder before is still there, and
 * an unfinished file never has a backup's name. `mayName` is asked once, when all was verified. Throws what `writeBackup`
 * and `readBackup` throw.
 */
export async function createBackup(
  job: CreateJob,
  told: (step: CreateStep, share: number) => void = () => undefined,
  mayName: () => boolean = () => true,
): Promise<Created> {
  const { folder, stationId, madeAt, scratch } = job;
  await requireFolder(folder);
  await clearUnfinished(folder, stationId);
  const path = join(folder, backupName(stationId, madeAt));
  const unfinished = `${path}.part`;
  const written = await writeBackup({ ...job, path: unfinished }, job.recipients, (share) =>
    told('writing', share),
  );
  try {
    rmSync(scratch, { recursive: true, force: true });
    const opener = { to: 'station', key: job.dataKey } as const;
    const read = await readBackup({ path: unfinished, opener, folder: scratch, keep: false }, (share) =>
      told('checking', share),
    );
    if (!mayName()) throw new StationFailure('backup-cancelled');
    // Before the name: where the list cannot be kept, older backups would bring back what was erased, and nobody be told.
    listErasures(folder, stationId, job.erasures);
    await rename(unfinished, path);
    syncFolder(folder);
    const removed = await clearOld(folder, stationId, path, job);
    return { ...read, path, bytes: written.bytes, digest: written.digest, removed };
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw folderFailure(error);
  }
}
