// A thread that writes or reads one backup: seconds to minutes of ciphers and checks in which the counter goes on.
import { parentPort, workerData } from 'node:worker_threads';
import { answerWork, type Gate, type Work } from './backup/thread.ts';

const { work, gate } = workerData as { work: Work; gate: Gate };
await answerWork(work, gate, (message) => parentPort?.postMessage(message));
