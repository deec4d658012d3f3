// Checks the whole database some time after it was opened, beside the work: a large one takes half a minute to read.
import { Worker } from 'node:worker_threads';
import type { CheckAnswer, CheckStart } from './check-worker.ts';
import { wipe } from './keys.ts';
import { workerBeside } from './worker-beside.ts';

export interface Check {
  /** Ends it, wherever it is. */
  end(): Promise<void>;
}

/**
 * Begins after so many milliseconds, and says what it found. The key is this function's to wipe. Neither the waiting nor
 * the check holds up the end of the process.
 */
export function startCheck(start: CheckStart, afterMs: number, found: (answer: CheckAnswer) => void): Check {
  let worker: Worker | null = null;
  const timer = setTimeout(() => {
    worker = new Worker(workerBeside(import.meta.url, 'check-worker'), { workerData: start });
    // The thread has its own copy.
    wipe(start.key);
    worker.unref();
    worker.once('message', found);
    worker.once('error', () => found('unknown'));
  }, afterMs);
  timer.unref();
  return {
    async end() {
      clearTimeout(timer);
      wipe(start.key);
      await worker?.terminate();
    },
  };
}
