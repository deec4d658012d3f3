// 1,900 random histories of sending over the real hub while everything fails that can, and 100 with real processes that are
// killed: station, hub and database.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { playKilled } from '../sync/killed.ts';
import { playHistories } from '../sync/play.ts';

const HISTORIES = 1900;
const KILLED = 100;
/** Most of a history is waiting for what does not answer; of one with processes, for what starts. */
const LANES = 8;
const KILLED_LANES = 2;
const LONGEST_SECONDS = 600;
const SHOWN = 50;

/** Prints what went wrong, if anything did. */
export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const startedAt = performance.now();
  const [played, killed] = await Promise.all([
    playHistories({ histories: HISTORIES, seed, lanes: LANES }),
    playKilled({ histories: KILLED, seed, lanes: KILLED_LANES }),
  ]);
  const faults = [...played.faults, ...killed.faults];
  for (const fault of faults.slice(0, SHOWN)) console.error(fault);
  const { mishaps, ...figures } = played.figures;
  const { stationKills, hubKills, databaseKills } = killed.figures;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return {
    figures: {
      ...figures,
      ...mishaps,
      'histories with processes': killed.figures.histories,
      'approved in these': killed.figures.approved,
      'pictures in these': killed.figures.pictures,
      stationKills,
      hubKills,
      databaseKills,
      faults: faults.length,
      seconds,
    },
    goals: {
      'every approved report is in the hub once, byte for byte': faults.length === 0,
      'everything that can go wrong did': Object.values(mishaps).every((times) => times > 0),
      'station, hub and database were killed': Math.min(stationKills, hubKills, databaseKills) >= KILLED / 10,
      'within ten minutes': seconds <= LONGEST_SECONDS,
    },
  };
}
