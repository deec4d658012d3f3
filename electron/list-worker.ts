// A thread that imports one list: minutes of reading and hashing in which the counter goes on.
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from './failure.ts';
import { wipe } from './keys.ts';
import { type Imported, importTable, type ImportJob } from './lists/import.ts';
import type { Failure } from '../shared/contract/bridge.ts';
import type { ListStep } from '../shared/contract/lists.ts';

export type FromListThread =
  | { type: 'told'; step: ListStep; share: number }
  | { type: 'done'; value: Imported }
  | { type: 'failed'; failure: Failure };

const say = (message: FromListThread): void => parentPort?.postMessage(message);
const job = workerData as ImportJob;
try {
  say({ type: 'done', value: await importTable(job, (step, share) => say({ type: 'told', step, share })) });
} catch (error) {
  say({ type: 'failed', failure: failureOf(error) });
} finally {
  wipe(job.key);
}
