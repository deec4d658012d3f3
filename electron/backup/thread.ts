// What a thread beside the station's is given to do with a backup, and what it answers.
import { failureOf } from '../failure.ts';
import { wipe } from '../keys.ts';
import type { FailureCode } from '../../shared/contract/bridge.ts';
import type { BackupStep } from '../../shared/contract/backup.ts';
import { createBackup, type Created, type CreateJob } from './create.ts';
import { asBackups, readBackup, type ReadBackup, type ReadJob } from './read.ts';

/** One piece of work; keys in it are a copy that ends with the thread. */
export type Work = { kind: 'create'; job: CreateJob } | { kind: 'verify'; job: ReadJob };

export interface Results {
  create: Created;
  verify: ReadBackup;
}

export type Told = (step: BackupStep, share: number) => void;

/** One number both threads see: whether a backup got its name, or was given up. Never both. */
export type Gate = Int32Array<SharedArrayBuffer>;

const [OPEN, NAMED, CANCELLED] = [0, 1, 2];

export const newGate = (): Gate => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Whether the backup may have its name; from then on it is not cancelled any more. */
export const mayName = (gate: Gate): boolean => Atomics.compareExchange(gate, 0, OPEN, NAMED) === OPEN;

/** Whether the work may be ended where it stands. */
export const mayCancel = (gate: Gate): boolean => Atomics.compareExchange(gate, 0, OPEN, CANCELLED) === OPEN;

export type FromThread =
  | { type: 'told'; step: BackupStep; share: number }
  | { type: 'done'; value: Results[Work['kind']] }
  | { type: 'failed'; code: FailureCode };

/** Does the work where it is called. */
function doWork(work: Work, gate: Gate, told: Told): Promise<Results[Work['kind']]> {
  return work.kind === 'create'
    ? createBackup(work.job, told, () => mayName(gate))
    : readBackup(work.job, (share) => told('checking', share)).catch(asBackups);
}

const keysOf = (work: Work): Uint8Array[] =>
  work.kind === 'create' ? [work.job.dataKey, ...work.job.pictureKeys.values()] : [work.job.opener.key];

/** Does the work with keys of its own, says how it went, and overwrites them; never rejects. */
export async function answerWork(work: Work, gate: Gate, say: (message: FromThread) => void): Promise<void> {
  try {
    const value = await doWork(work, gate, (step, share) => say({ type: 'told', step, share }));
    say({ type: 'done', value });
  } catch (error) {
    say({ type: 'failed', code: failureOf(error).code });
  } finally {
    wipe(...keysOf(work));
  }
}
