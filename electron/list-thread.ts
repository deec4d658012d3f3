// Runs the import of a list in a thread of its own, and ends it where somebody stops it or the station closes.
import { Worker } from 'node:worker_threads';
import { StationFailure } from './failure.ts';
import type { FromListThread } from './list-worker.ts';
import type { Importer } from './services/lists.ts';
import { workerBeside } from './worker-beside.ts';

/** So that tables of any length are read within as much memory: what a row leaves is gone with the next thousands. */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 96 };

export function createListThread(): Importer {
  let worker: Worker | null = null;
  return {
    run: (job, told) =>
      new Promise((resolve, reject) => {
        const own = new Worker(workerBeside(import.meta.url, 'list-worker'), {
          workerData: job,
          resourceLimits: MEMORY,
        });
        worker = own;
        own.on('message', (message: FromListThread) => {
          if (message.type === 'told') told(message.step, message.share);
          else if (message.type === 'done') resolve(message.value);
          else {
            const { code, fields } = message.failure;
            reject(new StationFailure(code, fields));
          }
        });
        own.on('error', () => reject(new StationFailure('internal')));
        own.on('exit', () => {
          worker = null;
          reject(new StationFailure('list-cancelled'));
        });
      }),
    async end() {
      await worker?.terminate();
    },
  };
}
