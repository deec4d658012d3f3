// Whether a document was decided on a moment ago: kept for minutes, in memory alone, under a key that no other start knows.
import { createHmac, randomBytes } from 'node:crypto';
import type { Output } from '../../shared/contract/channels.ts';
import type { Outcome } from '../../shared/contract/records.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { wipe } from '../keys.ts';

type Lines = readonly string[];

export interface LaneMemory {
  /** A decision on an examination with these documents; of each the rows as the officer saw them. */
  decided(examinationId: string, documents: readonly Lines[], outcome: Outcome): void;
  /** The decision was changed. */
  changed(examinationId: string, outcome: Outcome): void;
  /** It was taken back. */
  forget(examinationId: string): void;
  seen(lines: Lines): Output<'lane.seen'>;
  close(): void;
}

const KEPT_MS = 15 * 60_000;
/** Far more than a lane decides on in a quarter of an hour. */
const MOST = 2000;
/** Any day: only what does not depend on one is used. */
const SOME_DAY = '2026-01-01';

/** The document by issuer and number, which a slip elsewhere leaves alone; all rows where they cannot be told. */
function nameOf(lines: Lines): string {
  const reading = parseMrz(lines, { today: SOME_DAY });
  if (!reading.ok || reading.fields.number === '') return JSON.stringify(lines);
  const { issuer, number } = reading.fields;
  return JSON.stringify([reading.format, issuer, number]);
}

export function createLaneMemory(now: () => Date): LaneMemory {
  const key = randomBytes(32);
  const known = new Map<string, { examinationId: string; at: number; outcome: Outcome }>();
  const hashed = (lines: Lines): string =>
    createHmac('sha256', key).update(nameOf(lines)).digest('base64url');

  function dropOld(): void {
    const time = now().getTime();
    // A clock that was set back must not keep anything longer.
    for (const [name, { at }] of known) if (Math.abs(time - at) > KEPT_MS) known.delete(name);
  }

  return {
    decided(examinationId, documents, outcome) {
      dropOld();
      const at = now().getTime();
      for (const lines of documents.filter(({ length }) => length > 0)) {
        const name = hashed(lines);
        known.delete(name);
        known.set(name, { examinationId, at, outcome });
      }
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(oldest);
      }
    },
    changed(examinationId, outcome) {
      for (const entry of known.values()) if (entry.examinationId === examinationId) entry.outcome = outcome;
    },
    forget(examinationId) {
      for (const [name, entry] of known) if (entry.examinationId === examinationId) known.delete(name);
    },
    seen(lines) {
      dropOld();
      const entry = known.get(hashed(lines));
      if (entry === undefined) return { seen: null };
      return { seen: { at: new Date(entry.at).toISOString(), outcome: entry.outcome } };
    },
    close() {
      known.clear();
      wipe(key);
    },
  };
}
