// Backups of the station: now or by the plan, verified, and what the window is told of them.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BackupContent, BackupPlan, BackupState, CreatedBackup } from '../../shared/contract/backup.ts';
import type { FailureCode } from '../../shared/contract/bridge.ts';
import type { Created, CreateJob } from '../backup/create.ts';
import { clearUnfinished, isMarked, markFolder, requireForeign } from '../backup/folder.ts';
import { type Opener, recoveryOpener } from '../backup/format.ts';
import { SIDE_FILES } from '../backup/parts.ts';
import type { ReadBackup } from '../backup/read.ts';
import type { Results, Told, Work } from '../backup/thread.ts';
import { appendAudit, digestOf, enterAudit } from '../db/audit.ts';
import { loadPlan, saveLast, savePlan } from '../db/backup-plan.ts';
import { erasureLines } from '../db/erasures.ts';
import { loadImageKeys } from '../db/image-keys.ts';
import { namedImages } from '../db/named-images.ts';
import { holdSnapshot, type Snapshot } from '../db/snapshot.ts';
import { loadStation } from '../db/station.ts';
import { failureOf, StationFailure } from '../failure.ts';
import { wipe } from '../keys.ts';
import type { ServiceContext } from './context.ts';
import { createUnderWay } from './under-way.ts';

export interface BackupService {
  state(): BackupState;
  plan(plan: BackupPlan): Promise<BackupState>;
  /** Answers once the backup was verified. Throws `backup-busy`, `folder-…`, `disk-full`, `store-damaged`. */
  create(folder: string | null): Promise<CreatedBackup>;
  verify(path: string, recoveryKey: string | null): Promise<BackupContent>;
  /** Ends what is under way; answers once nothing is. A backup that is whole already keeps its name. */
  cancel(): Promise<BackupState>;
  /** Begins to look whether a backup is due. */
  start(): void;
  /** Ends what is under way. */
  close(): Promise<void>;
}

export interface BackupMeans {
  /** The station's data key. */
  key: Buffer;
  /** Does the work beside this thread. */
  run<W extends Work>(work: W, told: Told): Promise<Results[W['kind']]>;
  /** Ends it with `backup-cancelled` where it stands. */
  cancel(): Promise<void>;
  end(): Promise<void>;
  /** Days after which no rule keeps a record; 0 where there is no rule. */
  longestDays(): number;
  /** How often it is looked whether one is due, in milliseconds. */
  lookMs: number;
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** After one that failed: a stick that is missing is looked for again, but not all the time. */
const AGAIN_MS = 10 * 60_000;
const HOLD_MS = 500;
const HOLD_TRIES = 600;

export const contentOf = (read: ReadBackup): BackupContent => {
  const { stationId, madeAt, version, examinations, pictures, missing, auditEntries, auditWhole } = read;
  return { stationId, madeAt, version, examinations, pictures, missing, auditEntries, auditWhole };
};

export function createBackupService(context: ServiceContext, means: BackupMeans): BackupService {
  const { db, dataFolder, version, now, actor, emit } = context;
  const scratch = join(dataFolder, 'scratch');
  const underWay = createUnderWay(() => {
    if (!closed) emit('backup.changed', {});
  });
  let trouble: FailureCode | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** What a cut left of a try holds every record once more: it is to outlive neither them nor their key. */
  function removeScratch(): void {
    try {
      rmSync(scratch, { recursive: true, force: true });
    } catch {
      // The next start tries again, and so does the next backup.
    }
  }

  function dueAt(): number | null {
    const { folder, everyHours, last } = loadPlan(db);
    if (folder === null) return null;
    const time = now().getTime();
    // One made while the clock stood ahead would put the next one off until then.
    const isPast = last !== null && Date.parse(last.at) <= time;
    const due = isPast ? Date.parse(last.at) + everyHours * HOUR_MS : time;
    return Math.max(due, failedAt > time ? 0 : failedAt + AGAIN_MS);
  }

  function state(): BackupState {
    const { folder, everyHours, keep, last } = loadPlan(db);
    const due = dueAt();
    return {
      folder,
      everyHours,
      keep,
      last,
      dueAt: due === null ? null : new Date(due).toISOString(),
      running: underWay.running(),
      trouble,
    };
  }

  /** What a thread that was ended left behind. */
  async function clearCancelled(error: unknown, folder: string | null): Promise<never> {
    if (failureOf(error).code === 'backup-cancelled') {
      removeScratch();
      // A stick that was torn out meanwhile: the next backup on it removes what it finds.
      if (folder !== null) await clearUnfinished(folder, loadStation(db).id).catch(() => undefined);
    }
    throw error;
  }

  /** The check of the whole database may be reading: it takes as long as the database is large. */
  async function hold(): Promise<Snapshot> {
    for (let tries = 0; tries < HOLD_TRIES && !closed; tries += 1) {
      underWay.checkCancelled();
      const snapshot = holdSnapshot(db, join(dataFolder, 'station.db'), means.key);
      if (snapshot !== null) return snapshot;
      await pause(HOLD_MS);
    }
    throw new StationFailure(closed ? 'not-ready' : 'backup-busy');
  }

  /**
   * Backups from before this go. By the plan, ages are those at the backup before: a clock that stands years ahead at one
   * moment takes none of them while nobody looks.
   */
  function expiry(at: Date, isPlanned: boolean): string | null {
    const days = means.longestDays();
    const { last } = loadPlan(db);
    const from = isPlanned && last !== null ? Math.min(at.getTime(), Date.parse(last.at)) : at.getTime();
    return days === 0 ? null : new Date(from - days * DAY_MS).toISOString();
  }

  async function make(folder: string, isPlanned: boolean): Promise<Created> {
    await requireForeign(folder, dataFolder);
    const { id: stationId, recoveryPublicKey } = loadStation(db);
    if (recoveryPublicKey === null) throw new StationFailure('not-set-up');
    const at = now();
    const snapshot = await hold();
    const pictureKeys = loadImageKeys(snapshot.db);
    try {
      const job: CreateJob = {
        stationId,
        madeAt: at.toISOString(),
        version,
        dataKey: means.key,
        dataFolder,
        database: { path: snapshot.path, bytes: snapshot.bytes },
        // Read in the same breath as the snapshot was taken, so that all of it fits together.
        sides: SIDE_FILES.filter((name) => existsSync(join(dataFolder, name))).map((name) => ({
          name,
          bytes: readFileSync(join(dataFolder, name)),
        })),
        pictures: namedImages(snapshot.db),
        pictureKeys,
        folder,
        recipients: { recovery: Buffer.from(recoveryPublicKey, 'base64') },
        scratch,
        keep: loadPlan(db).keep,
        expiredBefore: expiry(at, isPlanned),
        erasures: erasureLines(db),
      };
      return await means.run({ kind: 'create', job }, underWay.tell);
    } catch (error) {
      return await clearCancelled(error, folder);
    } finally {
      wipe(...pictureKeys.values());
      if (!closed) snapshot.release();
      else snapshot.db.close();
    }
  }

  function note(
    { digest, madeAt, bytes, examinations, missing, stationId }: Created,
    by: string | null,
  ): void {
    db.transaction(() => {
      saveLast(db, { at: madeAt, bytes, examinations, missing });
      appendAudit(db, {
        at: now().toISOString(),
        officerId: by,
        action: 'backup.made',
        subjectId: stationId,
        digest,
      });
    }).immediate();
  }

  /** A plan that somebody stops each time leaves no backups: the chain says who. */
  function noteCancelled(error: unknown): never {
    if (failureOf(error).code === 'backup-cancelled') {
      const { id: subjectId } = loadStation(db);
      const at = now().toISOString();
      const entry = {
        at,
        officerId: underWay.cancelledBy(),
        action: 'backup.cancelled',
        subjectId,
        digest: digestOf(at),
      };
      enterAudit(db, entry);
    }
    throw error;
  }

  async function create(folder: string | null, by: string | null): Promise<CreatedBackup> {
    const target = folder ?? loadPlan(db).folder;
    if (target === null) throw new StationFailure('folder-gone');
    return underWay.alone('writing', async () => {
      const made = await make(target, by === null).catch(noteCancelled);
      note(made, by);
      trouble = null;
      const { path, bytes, removed } = made;
      return { path, bytes, removed, content: contentOf(made) };
    });
  }

  /** One that is due; what stands in its way is told by the state, and tried again later. */
  async function look(): Promise<void> {
    const due = dueAt();
    const { folder } = loadPlan(db);
    if (closed || folder === null || due === null || due > now().getTime() || underWay.running() !== null)
      return;
    try {
      if (!(await isMarked(folder))) throw new StationFailure('folder-gone');
      await create(folder, null);
    } catch (error) {
      if (closed) return;
      trouble = failureOf(error).code;
      failedAt = now().getTime();
      emit('backup.changed', {});
    }
  }

  return {
    state,
    async plan(plan) {
      if (plan.folder !== null) {
        await requireForeign(plan.folder, dataFolder);
        await markFolder(plan.folder);
      }
      const { id: stationId } = loadStation(db);
      db.transaction(() => {
        savePlan(db, plan);
        appendAudit(db, {
          at: now().toISOString(),
          officerId: actor()?.officerId ?? null,
          action: 'backup.planned',
          subjectId: stationId,
          digest: digestOf([plan.everyHours, plan.keep, plan.folder]),
        });
      }).immediate();
      trouble = null;
      failedAt = Number.NEGATIVE_INFINITY;
      emit('backup.changed', {});
      return state();
    },
    create: (folder) => create(folder, actor()?.officerId ?? null),
    verify: (path, recoveryKey) =>
      underWay.alone('checking', async () => {
        const opener: Opener =
          recoveryKey === null ? { to: 'station', key: means.key } : recoveryOpener(recoveryKey);
        try {
          const job = { path, opener, folder: scratch, keep: false };
          return contentOf(await means.run({ kind: 'verify', job }, underWay.tell));
        } catch (error) {
          return await clearCancelled(error, null);
        } finally {
          if (recoveryKey !== null) wipe(opener.key);
        }
      }),
    async cancel() {
      await underWay.cancel(actor()?.officerId ?? null, () => means.cancel());
      return state();
    },
    start() {
      removeScratch();
      timer = setInterval(() => void look(), means.lookMs);
      timer.unref();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await means.end();
      removeScratch();
    },
  };
}
