// A zone as its check digits see it: what each character weighs in each digit, and what each digit is off by.

import { characterValue } from '../check-digit.ts';
import type { CheckDigitState } from '../check-digits-of.ts';
import { judgeCheckDigits } from '../check-digits-of.ts';
import type { Alphabet, CheckDigitId, FieldId, Format, Place } from '../formats.ts';
import { CHECK_DIGIT_IDS, FORMATS, formatOf, liesIn } from '../formats.ts';
import type { MrzRead } from '../parse.ts';
import type { Change } from './types.ts';

const WEIGHTS = [7, 3, 1] as const;

/** The field whose digit it is; the composite belongs to none. */
export const FIELD_OF: Readonly<Record<CheckDigitId, FieldId | null>> = {
  number: 'number',
  birth: 'birthDate',
  expiry: 'expiryDate',
  optional: 'optional',
  composite: null,
};

/** One check digit over the whole zone; places are counted through all rows. */
export interface DigitView {
  id: CheckDigitId;
  state: CheckDigitState;
  at: number;
  /** What one more in value at a place adds to `residue`: the weight, 9 (one less) at the digit itself, else 0. */
  weight: readonly number[];
  /** Computed less printed, modulo 10; 0 where the digit holds. */
  residue: number;
}

export interface ZoneView {
  reading: MrzRead;
  format: Format;
  columns: number;
  /** All rows in one. */
  text: string;
  digits: readonly DigitView[];
  failing: readonly DigitView[];
  /** Places of characters that no zone has; they count as nothing. */
  foreign: readonly number[];
}

export const mod10 = (value: number): number => ((value % 10) + 10) % 10;

/** The number that a weight must be multiplied by to give 1 modulo 10: every weight is coprime to 10. */
export function inverse(weight: number): number {
  return weight === 3 ? 7 : weight === 7 ? 3 : weight;
}

// Readings of one format share their places, so the weights of each digit are laid out once: by length of the rows, since
// formats of two rows share the places of the lower one.
const WEIGHTS_OF = new Map<number, WeakMap<readonly Place[], readonly number[]>>();

function weightsOf(columns: number, length: number, at: Place, covers: readonly Place[]): readonly number[] {
  const ofColumns = WEIGHTS_OF.get(columns) ?? new WeakMap<readonly Place[], readonly number[]>();
  WEIGHTS_OF.set(columns, ofColumns);
  const known = ofColumns.get(covers);
  if (known !== undefined) return known;
  const weight = Array.from({ length }, () => 0);
  let index = 0;
  for (const { row, start, end } of covers) {
    for (let column = start; column < end; column += 1, index += 1) {
      weight[row * columns + column] = WEIGHTS[index % 3] ?? 0;
    }
  }
  weight[at.row * columns + at.start] = 9;
  ofColumns.set(covers, weight);
  return weight;
}

function digitView(
  view: Pick<ZoneView, 'text' | 'columns'>,
  id: CheckDigitId,
  state: CheckDigitState,
  at: Place,
  covers: readonly Place[],
): DigitView {
  const { text, columns } = view;
  const weight = weightsOf(columns, text.length, at, covers);
  let sum = 0;
  for (let place = 0; place < weight.length; place += 1) {
    const factor = weight[place] ?? 0;
    if (factor !== 0) sum += factor * Math.max(0, characterValue(text.charAt(place)));
  }
  return { id, state, at: at.row * columns + at.start, weight, residue: mod10(sum) };
}

/** The view of a reading; digits that the format does not have are left out. */
export function viewOf(reading: MrzRead): ZoneView {
  const format = FORMATS[reading.format];
  const base = { text: reading.lines.join(''), columns: format.columns };
  const digits = CHECK_DIGIT_IDS.flatMap((id): DigitView[] => {
    const { at, covers } = reading.places.checkDigits[id];
    if (at === null) return [];
    const state = reading.checkDigits[id];
    const view = digitView(base, id, state, at, covers);
    if (state !== 'holds' || view.residue === 0) return [view];
    // A long number whose digit counts the filler between its two parts.
    const row = format.checkDigits.find((digit) => digit.id === id);
    const [first, ...rest] = covers;
    return row === undefined || first === undefined
      ? [view]
      : [digitView(base, id, state, at, [first, row.at, ...rest])];
  });
  return {
    reading,
    format,
    ...base,
    digits,
    failing: digits.filter(({ state }) => state === 'fails'),
    foreign: placesIn(format, reading.foreign),
  };
}

/** The places of the zone, counted through all rows, that these cover. */
export function placesIn(view: Pick<ZoneView, 'columns'>, covered: readonly Place[]): number[] {
  return covered.flatMap(({ row, start, end }) =>
    Array.from({ length: end - start }, (_, i) => row * view.columns + start + i),
  );
}

/** Row and column of a place that is counted through all rows. */
export function rowAndColumn({ columns }: Pick<ZoneView, 'columns'>, place: number): [number, number] {
  return [Math.floor(place / columns), place % columns];
}

/** Whether a digit covers nothing but fillers: it may then be 0 or a filler alike (Doc 9303-4 §4.2.2.2). */
export function coversNothing({ weight, at }: DigitView, text: string): boolean {
  return weight.every((factor, place) => factor === 0 || place === at || text.charAt(place) === '<');
}

/** The field a place belongs to, a check digit's place to the field of its digit; null for the composite. */
export function fieldAt(view: ZoneView, place: number): FieldId | null {
  const digit = view.digits.find(({ at }) => at === place);
  if (digit !== undefined) return FIELD_OF[digit.id];
  const [row, column] = rowAndColumn(view, place);
  for (const [id, places] of Object.entries(view.reading.places.fields)) {
    if (places.some((at) => liesIn(at, row, column))) return id as FieldId;
  }
  return null;
}

/** What may stand at a place: `digit` at a check digit's, else the field's alphabet. */
export function alphabetAt(view: ZoneView, place: number): Alphabet | 'digit' {
  if (view.digits.some(({ at }) => at === place)) return 'digit';
  const [row, column] = rowAndColumn(view, place);
  const field = view.format.fields.find((at) => liesIn(at, row, column));
  return field?.alphabet ?? 'any';
}

const LAWFUL: Readonly<Record<Alphabet | 'digit', string>> = {
  digit: '0123456789<',
  date: '0123456789<',
  alpha: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<',
  sex: 'FM<',
  any: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<',
};

/** The characters that may stand at a place. */
export function lawfulAt(view: ZoneView, place: number): string {
  return LAWFUL[alphabetAt(view, place)];
}

/** The rows with some characters changed; what is given stays as it is. */
export function applyChanges(lines: readonly string[], changes: readonly Change[]): string[] {
  return lines.map((line, row) => {
    let changed = line;
    for (const change of changes) {
      if (change.row === row)
        changed = changed.slice(0, change.column) + change.to + changed.slice(change.column + 1);
    }
    return changed;
  });
}

export function changeAt(view: ZoneView, place: number, to: string): Change {
  const [row, column] = rowAndColumn(view, place);
  return { row, column, from: view.text.charAt(place), to };
}

/**
 * Whether every check digit holds with these changes, by the judgement that also judged the zone itself; rows that begin
 * as those of another format are another zone.
 */
export function repairs(view: ZoneView, changes: readonly Change[]): boolean {
  const lines = applyChanges(view.reading.lines, changes);
  if (formatOf(lines) !== view.format) return false;
  const judged = judgeCheckDigits(view.format, lines);
  return CHECK_DIGIT_IDS.every((id) => judged[id].state !== 'fails');
}
