// Ten million inputs of any shape through reading and every rule, a part of them through the detective, a part beside
// typed pages and a label: none may throw, none may take long.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { type FuzzOutcome, percentile, runFuzz, together } from './fuzz/run.ts';

const INPUTS = 10_000_000;
const WARM_UP = 20_000;
const GOAL_MS = 1;

function inThread(seed: number, from: number, count: number): Promise<FuzzOutcome> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./fuzz/worker.ts', import.meta.url), {
      workerData: { seed, from, count },
    });
    worker.once('message', done);
    worker.once('error', failed);
  });
}

/** Says on the error stream which inputs went wrong: `fuzzInput(seed, index)` makes them again. */
export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const startedAt = performance.now();
  runFuzz({ seed, from: 0, count: WARM_UP });
  const threads = Math.min(4, Math.max(1, availableParallelism()));
  const share = Math.ceil(INPUTS / threads);
  const parts = Array.from({ length: threads }, (_, part) =>
    inThread(seed, part * share, Math.min(share, INPUTS - part * share)),
  );
  const { inputs, read, thrown, disagreeing, slow, first, quickest, explaining, examining } = together(
    await Promise.all(parts),
  );
  for (const line of thrown.slice(0, 20)) console.error(`threw: seed ${seed}, input ${line}`);
  for (const index of slow.slice(0, 20)) console.error(`slow: seed ${seed}, input ${index}`);
  for (const index of disagreeing.slice(0, 20)) console.error(`disagrees: seed ${seed}, input ${index}`);
  const p9999 = percentile(quickest, 0.9999);
  return {
    figures: {
      inputs,
      read,
      thrown: thrown.length,
      disagreeing: disagreeing.length,
      medianMs: percentile(quickest, 0.5),
      p99Ms: percentile(quickest, 0.99),
      p9999Ms: p9999,
      // With whatever else the machine did meanwhile.
      p9999FirstMs: percentile(first, 0.9999),
      explained: explaining.reduce((sum, each) => sum + each, 0),
      explainMedianMs: percentile(explaining, 0.5),
      explainP99Ms: percentile(explaining, 0.99),
      explainP9999Ms: percentile(explaining, 0.9999),
      examined: examining.reduce((sum, each) => sum + each, 0),
      examineMedianMs: percentile(examining, 0.5),
      examineP9999Ms: percentile(examining, 0.9999),
      slow: slow.length,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    },
    goals: {
      'nothing throws': thrown.length === 0,
      'findings say of the digits what the reading says': disagreeing.length === 0,
      '9,999 of 10,000 inputs are read and judged in less than a millisecond': p9999 < GOAL_MS,
      'no input takes more than five milliseconds three times of three': slow.length === 0,
    },
  };
}
