// A station reduced to its store and what sends from it: the real tables, the real writing of reports, the real loops.
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { appendAudit } from '../../electron/db/audit.ts';
import { hubDigest, saveHub } from '../../electron/db/hub-link.ts';
import { outboxCounts } from '../../electron/db/outbox.ts';
import type { Db } from '../../electron/db/open.ts';
import type { OnDuty } from '../../electron/services/context.ts';
import { createReportWriting, type ReportWriting } from '../../electron/services/report-writing.ts';
import { ensureIdentity } from '../../electron/sync/identity.ts';
import { createSync, type Sync, type SyncOptions } from '../../electron/sync/sync.ts';
import type { FullWireReport } from '../../shared/sharing/report.ts';
import type { Random } from '../../shared/specimen/prng.ts';
import { bytesOfReport, countedReport, partnerReport, variedReport } from '../hub/wire-reports.ts';
import { SETTINGS } from '../electron/set-up.ts';
import { idOf, memoryStore, OFFICER_ID, onDay, saveRecord, STATION_ID } from '../electron/records.ts';

export const HUB_ADDRESS = 'http://127.0.0.1:1';

const CASE = 'case';
/** The same tables and one case in it, made once: most of a history is not about them. */
let template: Buffer | null = null;

function newStore(): Db {
  if (template === null) {
    const db = memoryStore();
    saveRecord(db, { name: CASE, at: onDay(0), outcome: 'referred' });
    template = db.serialize();
    db.close();
  }
  return openStore(template);
}

/** A store as it lies in these bytes. */
export function openStore(bytes: Buffer): Db {
  const db = new Database(bytes);
  for (const pragma of ['foreign_keys = ON', 'recursive_triggers = ON']) db.pragma(pragma);
  return db;
}

export interface HubFacts {
  hubId: string;
  signKey: string;
  boxKey: string;
}

export interface StationIds {
  stationId: string;
  agencyId: string;
}

/** A new store that is enrolled; answers its public keys, to be entered at the hub. */
export function enrolledStore(
  { stationId, agencyId }: StationIds,
  hub: HubFacts,
): { db: Db; signKey: string; boxKey: string } {
  const db = newStore();
  const at = onDay(1);
  const { signKey, boxKey } = ensureIdentity(db, at);
  db.transaction(() => {
    const link = { address: HUB_ADDRESS, agencyName: 'Utopia', enrolledAt: at, linkKeys: [], epoch: 1 };
    saveHub(db, { ...hub, ...link, stationId, agencyId }, 0);
    const entry = { at, officerId: OFFICER_ID, action: 'hub.enrolled', subjectId: STATION_ID };
    appendAudit(db, { ...entry, digest: hubDigest(db) });
  })();
  return { db, signKey, boxKey };
}

export const DUTY: OnDuty = {
  stationId: STATION_ID,
  settings: {
    ...SETTINGS,
    placeKind: 'seaport',
    direction: 'arrivals',
    theme: 'system',
    clearedPolicy: 'counter',
    idleMinutes: 5,
    secondSignature: 'off',
    reportApproval: 'off',
  },
  officer: { id: OFFICER_ID, name: 'A. Officer', role: 'supervisor' },
  author: { stationId: STATION_ID, officerId: OFFICER_ID, officerName: 'A. Officer' },
};
const WITH_APPROVAL: OnDuty = { ...DUTY, settings: { ...DUTY.settings, reportApproval: 'required' } };

export interface RunningStation {
  db: Db;
  sync: Sync;
  writing: ReportWriting;
}

/** Runs what sends from a store. `now` is this machine's clock, right or not. */
export function runStation(
  db: Db,
  options: SyncOptions & { now?: () => Date; report?: (error: unknown) => void },
): RunningStation {
  const { now = () => new Date(), report = () => undefined, ...rest } = options;
  const sync = createSync({ ...rest, db, now, changed: () => undefined, report });
  const sign = (text: string): string | null => ensureIdentity(db, onDay(1)).sign(text);
  const writing = createReportWriting(
    { db, emit: () => undefined },
    { people: () => [], sending: sync, sign },
  );
  sync.start();
  return { db, sync, writing };
}

export interface Written {
  id: string;
  body: Buffer;
  crops: { sha256: string; bytes: Buffer }[];
}

/** Writes a report with so many pictures of these sizes; approved at once, or left for a supervisor. */
export function writeReport(
  { writing }: Pick<RunningStation, 'writing'>,
  ids: StationIds,
  random: Random,
  { pictureBytes, waits, at }: { pictureBytes: readonly number[]; waits: boolean; at: Date },
): Written {
  const crops = pictureBytes.map((length) => {
    const bytes = Buffer.alloc(length, random.int(0, 255));
    bytes.writeDoubleLE(random.next(), 0);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes, mime: 'image/jpeg' as const };
  });
  const images = crops.map(({ sha256, bytes, mime }) => ({
    sha256,
    mime,
    bytes: bytes.length,
    light: 'white' as const,
    what: 'crop' as const,
  }));
  const report = oneOf(ids, random, images);
  const body = bytesOfReport(report);
  const { tier, kind, replaces, id } = report;
  const audience = { tier, agencyId: report.to, basisId: report.to };
  writing.write(
    waits ? WITH_APPROVAL : DUTY,
    {
      id: uuidv7(),
      examinationId: idOf(CASE),
      request: id,
      at: at.toISOString(),
      made: [{ audience, kind, replaces, id, body, pieces: crops }],
    },
    () => undefined,
  );
  return { id, body, crops };
}

function oneOf(ids: StationIds, random: Random, images: FullWireReport['images']): FullWireReport {
  const next = (): number => random.next();
  if (images.length > 0 || random.chance(0.6)) return variedReport(ids, next, { images });
  return random.chance(0.5) ? countedReport(ids) : partnerReport(ids, uuidv7());
}

export const approve = ({ writing }: RunningStation, id: string, at: Date): void =>
  writing.approve(DUTY, id, at.toISOString());

export const sendBack = ({ writing }: RunningStation, id: string, at: Date): void =>
  writing.sendBack(DUTY, id, 'not yet', at.toISOString());

/** Whether everything that was approved has its receipt. */
export function isEmpty(db: Db): boolean {
  const { waiting, parked } = outboxCounts(db);
  return waiting === 0 && parked === 0;
}
