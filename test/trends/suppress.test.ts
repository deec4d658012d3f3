// Nothing that is kept out can be computed back: tried on every small table there is, by somebody who knows the method.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_SHARED, shareable } from '../../shared/trends/suppress.ts';

const lines = (counts: readonly number[]) => counts.map((count, at) => ({ key: String(at), count }));

/** Every table of so many lines with figures up to `most`, each with a rest. */
function* tables(length: number, most: number, rests: readonly number[]): Generator<[number[], number]> {
  const counts = Array.from({ length }, () => 0);
  for (;;) {
    for (const rest of rests) yield [[...counts], rest];
    let at = 0;
    while (at < length && counts[at] === most) counts[at++] = 0;
    if (at === length) return;
    counts[at] = (counts[at] ?? 0) + 1;
  }
}

const isTold = (count: number): boolean => count === 0 || count >= LEAST_SHARED;

/**
 * Tables that look the same once they are shared, to somebody who knows the totals of all other tables too: of what the
 * filter lets through, unless it or its rest is small, and of everything, unless that is small.
 */
function lookingAlike(length: number, most: number, rests: readonly number[]): Map<string, number[][]> {
  const alike = new Map<string, number[][]>();
  for (const [counts, rest] of tables(length, most, rests)) {
    const { lines: shown } = shareable(lines(counts), rest);
    const there = new Map(shown.map(({ key, count }) => [key, count]));
    const sum = counts.reduce((total, count) => total + count, 0);
    const total = isTold(sum) && isTold(rest) ? sum : null;
    const all = isTold(sum + rest) ? sum + rest : null;
    const seen = JSON.stringify([counts.map((_count, at) => there.get(String(at)) ?? null), total, all]);
    alike.set(seen, [...(alike.get(seen) ?? []), [...counts, rest]]);
  }
  return alike;
}

/** Small figures that are left out although only one value fits everything that is seen; the last one is the rest. */
function told(length: number, most: number, rests: readonly number[]): string[] {
  const found: string[] = [];
  for (const [seen, fitting] of lookingAlike(length, most, rests)) {
    // Larger tables of the same sum were not tried: nothing is known of those.
    const sum = (fitting[0] ?? []).reduce((total, count) => total + count, 0);
    if (sum > most) continue;
    for (let at = 0; at <= length; at += 1) {
      const [only = 0, ...others] = new Set(fitting.map((table) => table[at]));
      if (others.length === 0 && !isTold(only)) found.push(`${seen} line ${at}`);
    }
  }
  return found;
}

const shown = (counts: readonly number[], rest = 0) =>
  shareable(lines(counts), rest).lines.map(({ count }) => count);

describe('small figures', () => {
  it('are not shown, and neither are empty lines, among which they hide', () => {
    expect(shown([0, 5, 1, 4, 9, 2, 3, 12])).toEqual([5, 9, 12]);
  });

  it('take the next larger ones with them where the total would tell', () => {
    expect(shareable(lines([3, 20, 7]))).toEqual({ lines: [{ key: '1', count: 20 }], total: 30 });
    // All of one size together: which of them would tell by its place.
    expect(shown([3, 7, 7, 20])).toEqual([20]);
    // With the figures of everything these would tell what the filter left out.
    expect(shareable(lines([7, 20]), 3)).toEqual({ lines: [], total: null });
  });

  it('are not told by a total of their own', () => {
    expect(shareable(lines([3])).total).toBe(null);
    expect(shareable(lines([1, 1])).total).toBe(null);
    expect(shareable(lines([4, 4])).total).toBe(null);
    expect(shareable(lines([12])).total).toBe(12);
    expect(shareable(lines([0, 0])).total).toBe(0);
  });

  it('cannot be computed back from any table of up to five lines, nor from the rest of everything', () => {
    const rests = Array.from({ length: 15 }, (_each, rest) => rest);
    expect(told(1, 14, rests)).toEqual([]);
    expect(told(2, 30, [0])).toEqual([]);
    expect(told(2, 14, rests)).toEqual([]);
    expect(told(3, 24, [0])).toEqual([]);
    expect(told(3, 12, rests)).toEqual([]);
    expect(told(4, 14, [0])).toEqual([]);
    expect(told(5, 8, [0])).toEqual([]);
  });

  it('would be, were the smallest of the others not kept out too', () => {
    // The same attacker on a method that only keeps small figures out, to show that the search finds what there is to find.
    const naive = new Map<string, Set<number>>();
    for (const [counts] of tables(2, 9, [0])) {
      const [a = 0, b = 0] = counts;
      const shown = counts.map((count) => (count > 0 && count < LEAST_SHARED ? null : count));
      const seen = JSON.stringify([shown, a + b]);
      naive.set(seen, (naive.get(seen) ?? new Set()).add(a));
    }
    expect([...naive].some(([seen, possible]) => seen.startsWith('[[null') && possible.size === 1)).toBe(
      true,
    );
  });

  it('stay out of any table, and what is shown is true', () => {
    const table = fc.array(fc.oneof(fc.nat(8), fc.nat(300)), { maxLength: 40 });
    fc.assert(
      fc.property(table, fc.nat(20), (counts, rest) => {
        const { lines: there, total } = shareable(lines(counts), rest);
        for (const { key, count } of there) {
          expect(count).toBe(counts[Number(key)]);
          expect(count).toBeGreaterThanOrEqual(LEAST_SHARED);
        }
        const sum = counts.reduce((all, count) => all + count, 0);
        const left = counts.filter((count) => count > 0).length - there.length;
        if (total !== null) expect([total, left === 1]).toEqual([sum, false]);
      }),
      { numRuns: 1000 },
    );
  });
});
