// Runs the work of a backup in a thread of its own, one at a time, and ends it when the station closes.
import { Worker } from 'node:worker_threads';
import type { FromThread, Results, Told, Work } from './backup/thread.ts';
import { StationFailure } from './failure.ts';

/** Beside this file: the source under Node, the bundle under Electron. */
function workerUrl(): URL {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./backup-worker.${suffix}`, import.meta.url);
}

export interface BackupThread {
  /** Rejects with the code of what stood in the way; `not-ready` where the station closes meanwhile. */
  run<W extends Work>(work: W, told: Told): Promise<Results[W['kind']]>;
  end(): Promise<void>;
}

export function createBackupThread(): BackupThread {
  const workers = new Set<Worker>();
  return {
    run: <W extends Work>(work: W, told: Told) =>
      new Promise<Results[W['kind']]>((resolve, reject) => {
        const worker = new Worker(workerUrl(), { workerData: work });
        workers.add(worker);
        worker.on('message', (message: FromThread) => {
          // The kind of the work is the kind of its result.
          if (message.type === 'done') resolve(message.value as Results[W['kind']]);
          else if (message.type === 'failed') reject(new StationFailure(message.code));
          else told(message.step, message.share);
        });
        worker.on('error', () => reject(new StationFailure('internal')));
        worker.on('exit', () => {
          workers.delete(worker);
          reject(new StationFailure('not-ready'));
        });
      }),
    async end() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}
