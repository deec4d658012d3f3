// 1,900 random histories of sending over the real hub, while everything that can fails.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { playHistories } from '../sync/play.ts';

const HISTORIES = 1900;
/** Most of a history is waiting for what does not answer. */
const LANES = 8;

/** Prints what went wrong, if anything did. */
export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const startedAt = performance.now();
  const played = await playHistories({ histories: HISTORIES, seed, lanes: LANES });
  for (const fault of played.faults.slice(0, 50)) console.error(fault);
  const { mishaps, ...figures } = played.figures;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return {
    figures: { ...figures, ...mishaps, faults: played.faults.length, seconds },
    goals: {
      'every approved report is in the hub once, byte for byte': played.faults.length === 0,
      'everything that can go wrong did': Object.values(mishaps).every((times) => times > 0),
    },
  };
}
