// A thread that writes or reads one backup: seconds to minutes of ciphers and checks in which the counter goes on.
import { parentPort, workerData } from 'node:worker_threads';
import { answerWork, type Work } from './backup/thread.ts';

await answerWork(workerData as Work, (message) => parentPort?.postMessage(message));
