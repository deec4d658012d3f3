// What each place of the MRZ rows is marked with: doubtful, changed, a digit that fails, a place of a finding.
import type { ReadingSubmission } from '../../../shared/contract/records.ts';
import type { Place } from '../../../shared/mrz/formats.ts';
import type { TypedDigit } from './typing.ts';
import { BY_LAYOUT, BY_OFFICER } from './work.ts';

export interface CellMark {
  /** The recogniser was not sure, and no hand has settled it since. */
  unsure: boolean;
  /** As it was read before a change; null where nothing was changed. `` where nothing was read. */
  from: string | null;
  /** The rule that changed it; null where none did. */
  rule: string | null;
  digit: TypedDigit['state'] | null;
  /** Belongs to the finding that the officer is looking at. */
  lit: boolean;
}

export interface CellAt {
  row: number;
  column: number;
}

const PLAIN: CellMark = { unsure: false, from: null, rule: null, digit: null, lit: false };

/** Marks of every place, row by row; rows may be shorter than their format. */
export function marksOf(
  reading: Pick<ReadingSubmission, 'lines' | 'corrections' | 'lowConfidence'>,
  digits: readonly TypedDigit[],
  lit: readonly Place[],
): CellMark[][] {
  const marks = reading.lines.map((line) => Array.from(line, (): CellMark => PLAIN));
  const change = (row: number, column: number, part: Partial<CellMark>) => {
    const line = marks[row];
    const mark = line?.[column];
    if (line !== undefined && mark !== undefined) line[column] = { ...mark, ...part };
  };
  for (const { line, column } of reading.lowConfidence) change(line, column, { unsure: true });
  for (const { row, column, from, to, rule } of reading.corrections) {
    // A layout's exchange touches every filler and is told once beside the rows; what was taken out has no place.
    if (rule === BY_LAYOUT || to === '') continue;
    change(row, column, rule === BY_OFFICER ? { from, rule, unsure: false } : { from, rule });
  }
  for (const { at, state } of digits) change(at.row, at.start, { digit: state });
  for (const { row, start, end } of lit) {
    for (let column = start; column < end; column++) change(row, column, { lit: true });
  }
  return marks;
}

export function isDoubtful(mark: CellMark | undefined): boolean {
  return (
    mark !== undefined &&
    (mark.unsure || mark.digit === 'fails' || (mark.rule !== null && mark.rule !== BY_OFFICER))
  );
}

/** How many places the officer is asked to compare with the document. */
export function doubtfulCount(marks: readonly (readonly CellMark[])[]): number {
  return marks.flat().filter(isDoubtful).length;
}

/** The next doubtful place in reading order, from the start again after the last; null where there is none. */
export function nextDoubtful(marks: readonly (readonly CellMark[])[], after: CellAt | null): CellAt | null {
  const places = marks.flatMap((line, row) =>
    line.flatMap((mark, column) => (isDoubtful(mark) ? [{ row, column }] : [])),
  );
  const later = places.find(
    (place) =>
      after === null || place.row > after.row || (place.row === after.row && place.column > after.column),
  );
  return later ?? places[0] ?? null;
}
