// 10,000 random single changes to an audit chain, each on the untouched one; and what verifying costs.
import { keptAnchors, makeAnchor } from '../../electron/db/anchors.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { changeAtRandom } from '../electron/audit-changes.ts';
import { memoryStore, onDay, saveRecord, STATION_ID } from '../electron/records.ts';

const CHANGES = 10_000;
const RECORDS = 20_000;

/** Processor time of this process for an entry of a chain whose every record is checked, in microseconds. */
function microsecondsAnEntry(): number {
  const db = memoryStore();
  for (let index = 0; index < RECORDS; index += 1) {
    saveRecord(db, { name: `record ${index}`, at: onDay(index % 365), outcome: 'referred' });
  }
  makeAnchor(db, STATION_ID, onDay(400));
  const before = process.cpuUsage();
  const { ok, entries } = verifyAudit(db, keptAnchors(db, null).anchors);
  const { user, system } = process.cpuUsage(before);
  db.close();
  if (!ok) throw new Error('the chain that was measured is not whole');
  return Math.round((10 * (user + system)) / entries) / 10;
}

export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const { made, missed, alarms, untouched } = changeAtRandom({ changes: CHANGES, seed });
  for (const change of missed) console.error(`not told: ${change}`);
  const cost = microsecondsAnEntry();
  return {
    figures: { ...made, missed: missed.length, untouched, alarms, 'microseconds an entry': cost },
    goals: {
      'every change is told by the chain itself': missed.length === 0,
      'nothing is told of the untouched chain': alarms === 0,
    },
  };
}
