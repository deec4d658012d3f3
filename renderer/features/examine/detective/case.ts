// The case that the detective's page shows: explanations, protection of every character, and where to begin.
import type { Finding } from '../../../../shared/examination/findings.ts';
import type { Place } from '../../../../shared/mrz/formats.ts';
import { explain } from '../../../../shared/mrz/detective/explain.ts';
import { protectionOf } from '../../../../shared/mrz/detective/protection.ts';
import type { Change, Explanation, Protection } from '../../../../shared/mrz/detective/types.ts';
import { unseenText } from '../../../../shared/mrz/detective/words.ts';
import type { MrzRead } from '../../../../shared/mrz/parse.ts';
import type { Judged } from '../judged.ts';
import type { CellAt } from '../marks.ts';
import { BY_LAYOUT, BY_OFFICER, type ReadingWork } from '../work.ts';

export interface Case {
  reading: MrzRead;
  explanations: Explanation[];
  protection: Protection[][];
  /** Id of the line about what no digit of this format sees. */
  unseen: string;
}

/** The case of a document; null where its rows are not whole. */
export function caseOf(work: ReadingWork, judged: Judged): Case | null {
  const { reading, today } = judged;
  if (!reading.ok) return null;
  const { source } = work;
  const typed = source === 'typed';
  // What a hand has settled is no change of the reader's, and no longer in doubt.
  const byHand = work.corrections.filter(({ rule }) => rule === BY_OFFICER);
  const corrections = work.corrections.filter(({ rule }) => rule !== BY_OFFICER && rule !== BY_LAYOUT);
  const lowConfidence = work.lowConfidence.filter(
    ({ line, column }) => !byHand.some((change) => change.row === line && change.column === column),
  );
  // Of typed rows and of a reader device nobody knows how surely they were read.
  const told = typed || source === 'wedge' ? {} : { lowConfidence };
  return {
    reading,
    explanations: explain(reading, { today, corrections, typed, ...told }),
    protection: protectionOf(reading),
    unseen: unseenText(reading),
  };
}

const overlap = (a: Place, b: Place): boolean => a.row === b.row && a.start < b.end && b.start < a.end;

/** The explanation to begin with: the first that touches what the officer asked about, else the first of all. */
export function firstFor(explanations: readonly Explanation[], finding: Finding | undefined): number {
  if (finding === undefined) return 0;
  const touches = ({ field, places }: Explanation) =>
    (field !== null && finding.fields.includes(field)) ||
    places.some((place) => finding.places.some((other) => overlap(place, other)));
  return Math.max(0, explanations.findIndex(touches));
}

/** Where the eye goes first: the first character that would change, else the first place to look at. */
export function startOf(explanation: Explanation | undefined, finding: Finding | undefined): CellAt {
  const [change] = explanation?.repair ?? [];
  const [place] = explanation?.places ?? finding?.places ?? [];
  return change ?? (place === undefined ? { row: 0, column: 0 } : { row: place.row, column: place.start });
}

/** What would stand in a cell, by the repair that is previewed. */
export function changeFor(repair: readonly Change[], { row, column }: CellAt): Change | undefined {
  return repair.find((change) => change.row === row && change.column === column);
}

/** The cell so many places further in reading order; at either end it stays. */
export function moved(lines: readonly string[], { row, column }: CellAt, by: number): CellAt {
  const width = lines[0]?.length ?? 1;
  const last = Math.max(0, lines.length * width - 1);
  const at = Math.max(0, Math.min(last, row * width + column + by));
  return { row: Math.floor(at / width), column: at % width };
}
