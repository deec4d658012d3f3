// 1,000 kills in the middle of saving and 100 in the middle of cases; the goals of the store's promise.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { killAgainAndAgain } from '../electron/kill.ts';
import { killInCases } from '../electron/kill-cases.ts';

const KILLS = 1000;
/** Most of a kill is the starting of the next station: two at a time keep two processors busy. */
const LANES = 2;
/** Folders of cases, and kills in each: looking through all that was entered takes longer each time. */
const CASES = { folders: 2, kills: 50 };

/** Prints what went wrong, if anything did. */
export async function bench(options: { seed: number }): Promise<BenchResult> {
  const startedAt = performance.now();
  const { figures, faults } = await killAgainAndAgain({ kills: KILLS, seed: options.seed, lanes: LANES });
  const cases = await Promise.all(
    Array.from({ length: CASES.folders }, (_, index) =>
      killInCases({ kills: CASES.kills, seed: options.seed + index }),
    ),
  );
  const inCases = cases.flatMap((each) => each.faults);
  for (const fault of [...faults, ...inCases]) console.error(fault);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return {
    figures: {
      ...figures,
      caseKills: CASES.folders * CASES.kills,
      caseEntriesAnswered: cases.reduce((sum, { answered }) => sum + answered, 0),
      faults: faults.length + inCases.length,
      seconds,
    },
    goals: {
      'nothing answered is missing, nothing is half there, every picture is whole': faults.length === 0,
      'no answered entry of a case is missing, each is in the chain': inCases.length === 0,
      'kills fell into saves': figures.inSave >= KILLS / 10,
    },
  };
}
