// 1,000 kills in the middle of saving; the goals of the store's promise.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { killAgainAndAgain } from '../electron/kill.ts';

const KILLS = 1000;
/** Most of a kill is the starting of the next station: two at a time keep two processors busy. */
const LANES = 2;

/** Prints what went wrong, if anything did. */
export async function bench(options: { seed: number }): Promise<BenchResult> {
  const startedAt = performance.now();
  const { figures, faults } = await killAgainAndAgain({ kills: KILLS, seed: options.seed, lanes: LANES });
  for (const fault of faults) console.error(fault);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return {
    figures: { ...figures, faults: faults.length, seconds },
    goals: {
      'nothing answered is missing, nothing is half there, every picture is whole': faults.length === 0,
      'kills fell into saves': figures.inSave >= KILLS / 10,
    },
  };
}
