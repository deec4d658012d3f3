// Rows of trends for tests: a report of each kind by seed, and the counting that the store's is held against.
import type { TrendFilter, TrendView } from '../../shared/trends/question.ts';
import { DIMENSIONS, type Dimension, type TrendRow } from '../../shared/trends/row.ts';
import { weekNumber } from '../../shared/trends/weeks.ts';

/** A row of one document, or what `other` makes of it. */
export function trendRow(id: string, other: { week?: string } & Partial<TrendRow['values']> = {}): TrendRow {
  const { week = '2026-W47', ...values } = other;
  return {
    id,
    week,
    values: {
      issuer: ['UTO'],
      country: ['THA'],
      place: ['THA BKK'],
      fraud: ['FG.photo_sub'],
      part: ['portrait'],
      family: ['passport'],
      route: [],
      source: ['own'],
      ...values,
    },
  };
}

/** A generator of numbers from 0 to 1 by seed (mulberry32). */
export function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number of rare things in a week of this mean (Knuth). */
export function poisson(random: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

const told = (row: TrendRow, by: Dimension): readonly string[] =>
  row.values[by].length === 0 ? [''] : row.values[by];

/** Rows that fit a filter, found the slow way. */
export function fitting(rows: readonly TrendRow[], filter: TrendFilter, but?: Dimension): TrendRow[] {
  const within = (week: string): boolean =>
    weekNumber(week) >= weekNumber(filter.from) &&
    weekNumber(week) <= weekNumber(filter.to) &&
    (filter.week === null || filter.week === week);
  return rows.filter(
    (row) =>
      within(row.week) &&
      DIMENSIONS.every((each) => {
        const chosen = filter.only[each];
        return each === but || chosen === undefined || told(row, each).includes(chosen);
      }),
  );
}

/** How many rows have each value, by name of the value. */
export function countedBy(rows: readonly TrendRow[], by: Dimension): TrendView['map'] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of told(row, by)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
