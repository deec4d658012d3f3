// What whoever mends a station needs to know of it: versions, sizes, counts and codes. Nothing of any person, no name of any place.
import { readdirSync, statfsSync, statSync } from 'node:fs';
import { arch, availableParallelism, freemem, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../../shared/contract/channels.ts';
import { folderFailure, requireForeign } from '../backup/folder.ts';
import { loadPlan } from '../db/backup-plan.ts';
import { digestOf, enterAudit } from '../db/audit.ts';
import { clockDoubt } from '../db/clock.ts';
import { loadHub } from '../db/hub-link.ts';
import { versionOf } from '../db/migrate.ts';
import { outboxCounts } from '../db/outbox.ts';
import { loadStation } from '../db/station.ts';
import { stampOf, writeDurably } from '../files.ts';
import { onDuty, type ServiceContext } from './context.ts';
import type { BackupState } from '../../shared/contract/backup.ts';

export interface DiagnosticsService {
  /** Throws `folder-gone`, `folder-read-only`, `folder-own`, `disk-full`. */
  save(folder: string): Promise<Output<'diagnostics.save'>>;
}

const FORMAT = 1;
const COUNTED = [
  'examination',
  'document',
  'image',
  'finding',
  'decision',
  'draft',
  'scan',
  'audit',
  'audit_anchor',
  'erasure',
  'legal_hold',
  'case_entry',
  'case_image',
  'report_draft',
  'study_draft',
  'report',
  'report_decision',
  'report_crop',
  'outbox',
  'received_report',
  'known_agency',
  'known_station',
] as const;
const FILES = ['station.db', 'station.db-wal', 'station.keys', 'anchors.jsonl', 'erasures.jsonl'];

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;

/** Number and bytes of the pictures; nothing of the protection files, whose size is nobody's business. */
function picturesIn(folder: string): { files: number; bytes: number; unfinished: number } {
  const names = readdirSync(folder);
  const pictures = names.filter((name) => name.endsWith('.ccimg'));
  const bytes = pictures.reduce((sum, name) => sum + (sizeOf(join(folder, name)) ?? 0), 0);
  return { files: pictures.length, bytes, unfinished: names.length - pictures.length };
}

export function createDiagnosticsService(
  context: ServiceContext,
  backupState: () => BackupState,
): DiagnosticsService {
  const { db, dataFolder, version, now, shell } = context;

  /** Every field by name: what a later version adds to a table or to the settings does not get in by itself. */
  function collect(at: Date): Record<string, unknown> {
    const { bavail, blocks, bsize } = statfsSync(dataFolder);
    const { settings, id } = loadStation(db);
    const backup = loadPlan(db);
    const count = (table: string): number =>
      db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    return {
      format: FORMAT,
      madeAt: at.toISOString(),
      stationId: id,
      versions: {
        program: version,
        store: versionOf(db),
        node: process.versions.node,
        electron: process.versions['electron'] ?? null,
        sqlite: db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? null,
      },
      machine: {
        platform: platform(),
        release: release(),
        arch: arch(),
        processors: availableParallelism(),
        memoryBytes: totalmem(),
        freeMemoryBytes: freemem(),
        uptimeSeconds: Math.round(process.uptime()),
      },
      disk: { bytes: blocks * bsize, freeBytes: bavail * bsize },
      shell: { kind: shell.kind, ...shell.can },
      files: Object.fromEntries(FILES.map((name) => [name, sizeOf(join(dataFolder, name))])),
      pictures: picturesIn(join(dataFolder, 'images')),
      counts: {
        people: count('officer'),
        ...Object.fromEntries(COUNTED.map((table) => [table, count(table)])),
      },
      settings:
        settings === null
          ? null
          : {
              placeKind: settings.placeKind,
              timeZone: settings.timeZone,
              direction: settings.direction,
              language: settings.language,
              theme: settings.theme,
              clearedPolicy: settings.clearedPolicy,
              idleMinutes: settings.idleMinutes,
              secondSignature: settings.secondSignature,
              reportApproval: settings.reportApproval,
              cameraChosen: settings.cameraLabel !== null,
            },
      backup: {
        planned: backup.folder !== null,
        everyHours: backup.everyHours,
        keep: backup.keep,
        last: backup.last,
        trouble: backupState().trouble,
      },
      hub: hubFacts(),
      clockSetBack: clockDoubt(db, at) === 'clock-set-back',
    };
  }

  /** Whether there is a hub and how sending stands; not where the hub is, whose address may name a place. */
  function hubFacts(): Record<string, unknown> {
    const hub = loadHub(db);
    return {
      enrolled: hub !== null,
      clockOffsetMs: hub?.clockOffsetMs ?? null,
      paused: hub !== null && hub.pausedAt !== null,
      stopped: hub?.stopped ?? null,
      ...outboxCounts(db),
    };
  }

  return {
    async save(folder) {
      const { officer, stationId } = onDuty(context);
      await requireForeign(folder, dataFolder);
      const at = now();
      const text = Buffer.from(`${JSON.stringify(collect(at), null, 2)}\n`, 'utf8');
      const path = join(folder, `countercheck-diagnostics-${stampOf(at.toISOString())}.json`);
      try {
        await writeDurably(path, text);
      } catch (error) {
        throw folderFailure(error);
      }
      enterAudit(db, {
        at: at.toISOString(),
        officerId: officer.id,
        action: 'diagnostics.saved',
        subjectId: stationId,
        digest: digestOf(text.toString('utf8')),
      });
      return { path, bytes: text.length };
    },
  };
}
