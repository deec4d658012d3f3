// What the station notices before it stops anybody: room on the disk, the clock, whether its files are still there and the
// hub still takes what it sends.
import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HealthState, WarningCode } from '../../shared/contract/health.ts';
import { digestOf, enterAudit } from '../db/audit.ts';
import { CLOCK_CONFIRMED, clockDoubt } from '../db/clock.ts';
import { loadHub } from '../db/hub-link.ts';
import { loadStation } from '../db/station.ts';
import { failureOf, StationFailure, systemCode } from '../failure.ts';
import type { ServiceContext } from './context.ts';

/** Bytes on the disk that holds a folder. */
export interface Room {
  free: number;
  total: number;
}

export interface HealthMeans {
  /** How often it is looked, in milliseconds. */
  lookMs: number;
  /** How much room the disk has. */
  roomIn: (folder: string) => Room;
  /** The database is no longer where it was opened: what is saved now is nowhere. */
  gone: () => void;
  /** Whether a file of the agency's own document types could not be used. */
  hasBrokenProcedures: () => boolean;
  /** Whether the detection log of a day could not be written by the plan. */
  isLogLate: () => boolean;
  /** Whether a list of numbers that counts cannot be asked. */
  hasMissingLists: () => boolean;
  /** The key file lets somebody's secret be guessed at less than it must cost. */
  isGuessCheap: () => boolean;
  /** Whether the key of a version before the vault still lies in the folder. */
  isKeyInClear: () => boolean;
}

export interface HealthService {
  state(): HealthState;
  /** Somebody compared date and time and says that they are right. */
  confirmClock(): HealthState;
  /** Throws `store-gone` where the open database is no longer the file of its name. Costs one look at the folder. */
  guard(): void;
  start(): void;
  stop(): void;
}

const MEGABYTE = 1024 * 1024;
/** Early: a day's pictures still fit, and somebody has time to make room. */
const LOW_BYTES = 1024 * MEGABYTE;
const LOW_SHARE = 0.05;
/** A picture may have 64 MB. */
const FULL_BYTES = 64 * MEGABYTE;

/** Room on the disk of a folder for whoever is not the superuser. */
export function roomOnDisk(folder: string): Room {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}

/** Two digits, so that the window is not woken for every record. */
function rounded(bytes: number): number {
  const megabytes = Math.floor(bytes / MEGABYTE);
  const step = 10 ** Math.max(0, String(megabytes).length - 2);
  return Math.floor(megabytes / step) * step;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    // A system that does not say is no reason for a warning.
    return null;
  }
}

function isLocked(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (error) {
    return failureOf(error).code === 'store-read-only';
  }
}

export function createHealthService(
  { db, dataFolder, now, actor, emit }: Pick<ServiceContext, 'db' | 'dataFolder' | 'now' | 'actor' | 'emit'>,
  {
    lookMs,
    roomIn,
    gone,
    hasBrokenProcedures,
    isLogLate,
    hasMissingLists,
    isGuessCheap,
    isKeyInClear,
  }: HealthMeans,
): HealthService {
  const path = join(dataFolder, 'station.db');
  const opened = statSync(path, { bigint: true }).ino;
  let timer: NodeJS.Timeout | undefined;
  let told = '';

  function isThere(): boolean {
    try {
      return statSync(path, { bigint: true }).ino === opened;
    } catch (error) {
      // A disk that does not answer for a moment is another matter than a file that was taken away.
      return !['ENOENT', 'ENOTDIR'].includes(systemCode(error));
    }
  }

  const isStopped = (): boolean => (loadHub(db)?.stopped ?? null) !== null;

  function guard(): void {
    if (isThere()) return;
    gone();
    throw new StationFailure('store-gone');
  }

  function state(): HealthState {
    const warnings: WarningCode[] = [];
    const room = attempt(() => roomIn(dataFolder));
    if (isLocked(dataFolder)) warnings.push('folder-locked');
    if (room !== null && room.free < FULL_BYTES) warnings.push('disk-full');
    else if (room !== null && (room.free < LOW_BYTES || room.free < room.total * LOW_SHARE))
      warnings.push('disk-low');
    const clock = clockDoubt(db, now());
    if (clock !== null) warnings.push(clock);
    if (isStopped()) warnings.push('hub-stopped');
    if (isKeyInClear()) warnings.push('key-in-clear');
    if (isGuessCheap()) warnings.push('guess-cheap');
    if (hasMissingLists()) warnings.push('list-missing');
    if (hasBrokenProcedures()) warnings.push('procedure-files');
    if (isLogLate()) warnings.push('log-late');
    return { warnings, freeMegabytes: room === null ? null : rounded(room.free) };
  }

  function look(): void {
    if (!isThere()) {
      gone();
      return;
    }
    const current = attempt(state);
    if (current === null) return;
    // How much room there is concerns nobody while there is enough.
    const text = JSON.stringify(current.warnings.length === 0 ? [] : current);
    if (text === told) return;
    const wasStopped = told.includes('hub-stopped');
    told = text;
    emit('health.changed', {});
    // A locked window shows this too, and asks for nothing of those who are signed in.
    if (wasStopped !== current.warnings.includes('hub-stopped')) emit('vault.changed', {});
  }

  return {
    state,
    confirmClock() {
      const at = now().toISOString();
      const officerId = actor()?.officerId ?? null;
      const { id: subjectId } = loadStation(db);
      const entry = { at, officerId, action: CLOCK_CONFIRMED, subjectId, digest: digestOf(at) };
      enterAudit(db, entry);
      look();
      return state();
    },
    guard,
    start() {
      look();
      timer = setInterval(look, lookMs);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
