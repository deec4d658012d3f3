// How surely each place was read, and how readily one character is taken for another there.

import type { Likeness } from './look-alikes.ts';
import type { Clues } from './types.ts';
import type { ZoneView } from './zone-view.ts';

/** How surely a place was read; `read-first`: the reader first gave just what would repair it, and a rule changed that. */
export type Trust = 'unsure' | 'corrected' | 'read-first' | 'sure' | 'unknown';

/** Chances of a slip at a place, by how it was read; only their ratios matter. */
const SLIP_AT: Readonly<Record<Exclude<Trust, 'read-first'>, number>> = {
  unsure: 0.25,
  corrected: 0.15,
  sure: 0.0003,
  unknown: 0.01,
};
/** Chances that a printed character is read as another, by how alike they are. */
export const TAKEN_FOR: Readonly<Record<Likeness, number>> = { twin: 0.2, kin: 0.06, stranger: 0.004 };

/** How surely each place was read, and what it was before the reader changed it. */
export interface Trusts {
  at: (place: number) => Exclude<Trust, 'read-first'>;
  chance: (place: number) => number;
  before: (place: number) => string;
  unsure: number[];
}

/** What the clues say of every place; places outside the zone are left out. */
export function trustsOf(
  { columns, format }: ZoneView,
  { lowConfidence, corrections = [], typed = false }: Clues,
): Trusts {
  const inside = (row: number, column: number) =>
    row >= 0 && row < format.rows && column >= 0 && column < columns;
  const unsure = new Map(
    (lowConfidence ?? [])
      .filter(({ line, column }) => inside(line, column))
      .map(({ line, column, confidence }) => [line * columns + column, confidence]),
  );
  const corrected = new Map(
    corrections
      .filter(({ row, column, to }) => to !== '' && inside(row, column))
      .map(({ row, column, from }) => [row * columns + column, from]),
  );
  const at: Trusts['at'] = (place) => {
    if (unsure.has(place)) return 'unsure';
    if (corrected.has(place)) return 'corrected';
    return lowConfidence === undefined || typed ? 'unknown' : 'sure';
  };
  return {
    at,
    chance: (place) => {
      const trust = unsure.get(place);
      return trust === undefined ? SLIP_AT[at(place)] : 0.1 + 0.4 * Math.max(0, 1 - trust);
    },
    before: (place) => corrected.get(place) ?? '',
    unsure: [...new Set([...unsure.keys(), ...corrected.keys()])],
  };
}
