// What stands out of a series: what was planted does, noise hardly ever, and the arithmetic is right.
import { describe, expect, it } from 'vitest';
import {
  BASELINE_WEEKS,
  CHANCE,
  LEAST_BASELINE_WEEKS,
  patternsIn,
  upperTail,
} from '../../shared/trends/pattern.ts';
import { poisson, randomBy } from './rows.ts';

const WEEKS = 1000;
/** Reports a week, from hardly any to a flood. */
const RATES = [0.02, 0.1, 0.3, 0.5, 1, 2, 5, 10, 40, 300];

/** Of all shown weeks of noise those that are called a pattern; every rate is a line of the same table. */
function calledOfNoise(seed: number, next: (random: () => number, rate: number) => number): number[] {
  const random = randomBy(seed);
  return RATES.map((rate) => {
    const counts = Array.from({ length: BASELINE_WEEKS + WEEKS }, () => next(random, rate));
    return patternsIn(counts, BASELINE_WEEKS).size / WEEKS;
  });
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe('the tail', () => {
  it('is that of the sum of all that is below', () => {
    for (const [average, variance] of [
      [0.01, 0.0102],
      [1, 1.02],
      [3, 9],
      [25, 30],
    ] as const) {
      const size = average ** 2 / (variance - average);
      let each = (size / (size + average)) ** size;
      let below = 0;
      for (let count = 0; count < 40; count += 1) {
        expect(upperTail(count, average, variance)).toBeCloseTo(1 - below, 9);
        below += each;
        each *= ((count + size) / (count + 1)) * (average / (size + average));
      }
    }
  });

  it('comes near to that of Poisson where the variance is hardly more than the mean', () => {
    // P(X >= 5) at a mean of 1.
    expect(upperTail(5, 1, 1.000001)).toBeCloseTo(0.00365985, 6);
    expect(upperTail(1100, 1000, 1000.01)).toBeCloseTo(0.00098, 4);
  });
});

describe('what was planted', () => {
  it('is found: five in a week where one is usual', () => {
    const steady = Array.from({ length: BASELINE_WEEKS }, () => 1);
    expect(patternsIn([...steady, 5], BASELINE_WEEKS).get(BASELINE_WEEKS)).toMatchObject({
      count: 5,
      usual: 1,
      weeks: BASELINE_WEEKS,
    });
    expect(patternsIn([...steady, 4], BASELINE_WEEKS).size).toBe(0);
    const few = steady.slice(0, LEAST_BASELINE_WEEKS);
    expect(patternsIn([...few, 5], LEAST_BASELINE_WEEKS).size).toBe(1);
  });

  it('is found in nearly every series whose weeks have one by chance', () => {
    const random = randomBy(7);
    const found = Array.from({ length: 500 }, () => {
      const counts = Array.from({ length: BASELINE_WEEKS }, () => poisson(random, 1));
      return [5, 6].map((planted) => patternsIn([...counts, planted], BASELINE_WEEKS).size);
    });
    expect(mean(found.map(([five = 0]) => five))).toBeGreaterThan(0.75);
    expect(mean(found.map(([, six = 0]) => six))).toBeGreaterThan(0.95);
  });

  it('is not told with too few weeks to hold it against, or of fewer than three reports', () => {
    const few = Array.from({ length: LEAST_BASELINE_WEEKS - 1 }, () => 0);
    expect(patternsIn([...few, 50], 0).size).toBe(0);
    const none = Array.from({ length: BASELINE_WEEKS }, () => 0);
    expect(patternsIn([...none, 2], 0).size).toBe(0);
    expect(patternsIn([...none, 3], 0).size).toBe(1);
  });
});

describe('noise', () => {
  it('alone is called a pattern in at most one week of a hundred, at every rate', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const called = calledOfNoise(seed, poisson);
      expect(mean(called)).toBeLessThan(CHANCE);
      expect(Math.max(...called)).toBeLessThanOrEqual(0.02);
    }
    const many = Array.from({ length: 20 }, (_, seed) => calledOfNoise(100 + seed, poisson));
    for (const at of RATES.keys()) expect(mean(many.map((one) => one[at] ?? 1))).toBeLessThanOrEqual(0.01);
  });

  it('that comes in clusters is called hardly more often: its spread is part of the baseline', () => {
    // Each week's rate is drawn anew: variance about twice the mean.
    const clustered = (random: () => number, rate: number): number =>
      rate > 20
        ? poisson(random, rate * (0.8 + 0.4 * random()))
        : poisson(random, random() < 0.5 ? 0.4 * rate : 1.6 * rate);
    const many = Array.from({ length: 20 }, (_, seed) => calledOfNoise(500 + seed, clustered));
    expect(mean(many.map(mean))).toBeLessThanOrEqual(0.01);
  });
});
