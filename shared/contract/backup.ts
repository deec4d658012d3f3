// Shapes of backups, of the export of one case and of the diagnostics bundle, and the channels that ask for them.
import { z } from 'zod';
import { id } from './records.ts';

/** An absolute path on the station's machine. */
const path = z.string().max(1000);
const utc = z.iso.datetime();
/** As typed; spaces, hyphens and case do not count. */
const recoveryKey = z.string().min(1).max(200);

/** When backups are made by themselves. */
export const backupPlan = z.object({
  /** Where to; null makes none by itself. The folder is marked, so that a stick that is missing is known. */
  folder: path.nullable(),
  everyHours: z.int().min(1).max(168),
  /** Backups of this station that stay in the folder. */
  keep: z.int().min(1).max(100),
});

/** What was read of a backup, all of which was checked. */
export const backupContent = z.object({
  stationId: z.uuid(),
  madeAt: utc,
  /** The program that wrote it. */
  version: z.string(),
  examinations: z.int(),
  pictures: z.int(),
  /** Pictures of records that were lost or damaged at the station before. */
  missing: z.int(),
  auditEntries: z.int(),
  /** Whether the audit chain in it fits itself and every record. */
  auditWhole: z.boolean(),
});

export const backupFile = z.object({
  path: z.string(),
  bytes: z.int(),
  stationId: z.uuid(),
  madeAt: utc,
  version: z.string(),
});

export const BACKUP_STEPS = ['writing', 'checking', 'restoring', 'exporting'] as const;

export const backupState = backupPlan.extend({
  /** The last one that was made here and verified; null for none. */
  last: z.object({ at: utc, bytes: z.int(), examinations: z.int(), missing: z.int() }).nullable(),
  /** When the next is due; null where none is made by itself. */
  dueAt: utc.nullable(),
  /** What is under way, and the share of it that is done, 0 to 1; null for nothing. */
  running: z.object({ step: z.enum(BACKUP_STEPS), share: z.number().min(0).max(1) }).nullable(),
  /** Why the last try by itself failed, `error.<code>.*`; null where it did not. */
  trouble: z.string().nullable(),
});

export const createdBackup = z.object({
  path: z.string(),
  bytes: z.int(),
  content: backupContent,
  /** Older backups that were removed by the plan. */
  removed: z.int(),
});

export const restored = z.object({
  content: backupContent,
  /** Records of the backup that had been erased since, and were erased again. */
  erasedAgain: z.int(),
});

export const exportedCase = z.object({
  /** The new folder. */
  path: z.string(),
  files: z.int(),
  bytes: z.int(),
  /** SHA-256 of `manifest.json`, hex: to be written down where the export is handed over. */
  manifestSha256: z.string(),
  /** Pictures of the record that could not be read. */
  missing: z.int(),
});

const nothing = z.object({});

export const backupChannels = {
  'backup.state': { input: nothing, output: backupState },
  'backup.plan': { input: backupPlan, output: backupState },
  /** Makes one now, in the folder of the plan where none is named; answers once it was verified. */
  'backup.create': { input: z.object({ folder: path.nullable() }), output: createdBackup },
  /** Ends the backup or the check that is under way; answers once nothing is. A backup that is whole already stays. */
  'backup.cancel': { input: nothing, output: backupState },
  /** Restores one into a scratch folder, which goes again; by the recovery key where this station's key is another. */
  'backup.verify': {
    input: z.object({ path, recoveryKey: recoveryKey.nullable().default(null) }),
    output: backupContent,
  },
  /** Backups in a folder, newest first. */
  'backup.find': { input: z.object({ folder: path }), output: z.object({ files: z.array(backupFile) }) },
  /** Only where no station is there yet; afterwards it is sealed, and signing in or the recovery key opens it. */
  'backup.restore': { input: z.object({ path, recoveryKey }), output: restored },
} as const;

/** What leaves the station in clear, or tells of it. */
export const exportChannels = {
  /** Writes one examination in clear, with its pictures and a manifest of digests, into a new folder in this one. */
  'case.export': { input: z.object({ examinationId: id, folder: path }), output: exportedCase },
  /** Writes versions, sizes, counts and codes into a new file in this folder; nothing of any person. */
  'diagnostics.save': {
    input: z.object({ folder: path }),
    output: z.object({ path: z.string(), bytes: z.int() }),
  },
} as const;

export type BackupPlan = z.infer<typeof backupPlan>;
export type BackupState = z.infer<typeof backupState>;
export type BackupContent = z.infer<typeof backupContent>;
export type BackupStep = (typeof BACKUP_STEPS)[number];
export type CreatedBackup = z.infer<typeof createdBackup>;
