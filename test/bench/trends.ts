// Trends of a hundred thousand reports: every view, as the window asks for it at a station, and every page of the hub.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { hubPart } from './trends/hub.ts';
import { stationPart } from './trends/station.ts';

export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const [station, hub] = [await stationPart(seed), await hubPart(seed)];
  return { figures: { ...station.figures, ...hub.figures }, goals: { ...station.goals, ...hub.goals } };
}
