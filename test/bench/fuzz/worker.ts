// A thread that runs its part of the inputs and posts what came of it.
import { parentPort, workerData } from 'node:worker_threads';
import { type FuzzPart, runFuzz } from './run.ts';

parentPort?.postMessage(runFuzz(workerData as FuzzPart));
