// Runs the work of a backup in a thread of its own, one at a time, and ends it when the station closes.
import { Worker } from 'node:worker_threads';
import {
  type FromThread,
  type Gate,
  mayCancel,
  newGate,
  type Results,
  type Told,
  type Work,
} from './backup/thread.ts';
import { StationFailure } from './failure.ts';
import { workerBeside } from './worker-beside.ts';

export interface BackupThread {
  /**
   * Rejects with the code of what stood in the way; `not-ready` where the station closes meanwhile. Where it is ended,
   * what it left on the disk stays for the caller to remove.
   */
  run<W extends Work>(work: W, told: Told): Promise<Results[W['kind']]>;
  /** Ends what is under way with `backup-cancelled`, unless its backup is whole and about to get its name. */
  cancel(): Promise<void>;
  end(): Promise<void>;
}

export function createBackupThread(): BackupThread {
  const workers = new Map<Worker, Gate>();
  const cancelled = new WeakSet<Worker>();
  return {
    run: <W extends Work>(work: W, told: Told) =>
      new Promise<Results[W['kind']]>((resolve, reject) => {
        const gate = newGate();
        const worker = new Worker(workerBeside(import.meta.url, 'backup-worker'), {
          workerData: { work, gate },
        });
        workers.set(worker, gate);
        worker.on('message', (message: FromThread) => {
          // The kind of the work is the kind of its result.
          if (message.type === 'done') resolve(message.value as Results[W['kind']]);
          else if (message.type === 'failed') reject(new StationFailure(message.code));
          else told(message.step, message.share);
        });
        worker.on('error', () => reject(new StationFailure('internal')));
        worker.on('exit', () => {
          workers.delete(worker);
          reject(new StationFailure(cancelled.has(worker) ? 'backup-cancelled' : 'not-ready'));
        });
      }),
    async cancel() {
      for (const [worker, gate] of workers) {
        if (!mayCancel(gate)) continue;
        cancelled.add(worker);
        await worker.terminate();
      }
    },
    async end() {
      await Promise.all([...workers.keys()].map((worker) => worker.terminate()));
    },
  };
}
