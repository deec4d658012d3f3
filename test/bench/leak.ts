// A thousand reports at each tier, written by careless officers: nothing that leaves tells of a person or of protection.
import type { BenchResult } from '../../scripts/bench-result.ts';
import { leakScan } from './leak/run.ts';

const REPORTS = 1000;

export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const told = await leakScan({ count: REPORTS, seed });
  for (const line of [...told.hits, ...told.missed].slice(0, 50)) process.stderr.write(`${line}\n`);
  return {
    figures: {
      'reports at each tier': told.reports,
      bytes: told.bytes,
      'places kept back': told.keptBack,
      pictures: told.pictures,
      traces: told.hits.length,
      'not found where it is': told.missed.length,
    },
    goals: {
      'no name, number, day, contact, face or protection in what leaves': told.hits.length === 0,
      'the search finds each of them in the full report, the partner in the sealed part':
        told.missed.length === 0,
      'drafts were careless, and pictures among what left':
        told.keptBack > told.reports && told.pictures > told.reports / 10,
    },
  };
}
