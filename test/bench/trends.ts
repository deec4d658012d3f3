// Trends of a hundred thousand reports: every view, as the window asks for it at a station.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { stationPart } from './trends/station.ts';

export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  return stationPart(seed);
}
