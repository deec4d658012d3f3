// Checks the whole database some time after it was opened, beside the work: a large one takes half a minute to read.
import { Worker } from 'node:worker_threads';
import type { CheckAnswer, CheckStart } from './check-worker.ts';

export interface Check {
  /** Ends it, wherever it is. */
  end(): Promise<void>;
}

/** Beside this file: the source under Node, the bundle under Electron. */
function workerUrl(): URL {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./check-worker.${suffix}`, import.meta.url);
}

/** Begins after so many milliseconds, and says what it found. The key is this function's to wipe. Neither holds up the end of the process. */
export function startCheck(start: CheckStart, afterMs: number, found: (answer: CheckAnswer) => void): Check {
  let worker: Worker | null = null;
  const timer = setTimeout(() => {
    worker = new Worker(workerUrl(), { workerData: start });
    // The thread has its own copy.
    start.key.fill(0);
    worker.unref();
    worker.once('message', found);
    worker.once('error', () => found('unknown'));
  }, afterMs);
  timer.unref();
  return {
    async end() {
      clearTimeout(timer);
      start.key.fill(0);
      await worker?.terminate();
    },
  };
}
