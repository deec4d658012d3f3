// Whether a week of a series is more than its own past makes likely: a one-sided test against its own baseline.
// After the algorithms of public health, which ask the same of reported cases: the threshold is a quantile of a
// negative binomial whose mean and dispersion come from the baseline, as in the improved Farrington algorithm (Noufaily et
// al., Statistics in Medicine 32 (2013) 1206-1222), with the short moving baseline of EARS (Hutwagner et al., Journal of
// Urban Health 80 (2003) i89-i96) in place of years of history. What they have and this has not: season and trend.

/** Weeks before the one that is tested; fewer where there are not so many yet. */
export const BASELINE_WEEKS = 52;
/** With fewer nothing is said. */
export const LEAST_BASELINE_WEEKS = 12;
/** One or two reports are no pattern, however rare they are. */
export const LEAST_REPORTS = 3;
/** How often a week of a series without any pattern is called one, at most; counted, it is under 0.8 % at any rate. */
export const CHANCE = 0.01;

export interface Pattern {
  /** Reports of the week. */
  count: number;
  /** What a week of the baseline has, on average. */
  usual: number;
  /** Weeks of the baseline. */
  weeks: number;
  /** How likely chance alone brings as many or more, 0 to 1. */
  chance: number;
}

/** ln Γ(x) for x > 0: Stirling's series, after steps up to where it holds (Abramowitz and Stegun, 6.1.15 and 6.1.41). */
function logGamma(x: number): number {
  let at = x;
  let steps = 0;
  for (; at < 10; at += 1) steps += Math.log(at);
  const series = 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1260 * at ** 5);
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - steps;
}

/** How likely a negative binomial of this mean and variance (greater than it) gives `least` or more. */
export function upperTail(least: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean);
  const step = mean / (mean + size);
  let each = Math.exp(
    logGamma(least + size) -
      logGamma(size) -
      logGamma(least + 1) +
      size * Math.log1p(-step) +
      least * Math.log(step),
  );
  let sum = 0;
  for (let count = least; each > sum * 1e-12; count += 1) {
    sum += each;
    each *= ((count + size) / (count + 1)) * step;
  }
  return Math.min(1, sum);
}

/** Sums of a series and of its squares before each place, so that any week's baseline is told at once. */
interface Sums {
  plain: Float64Array;
  squares: Float64Array;
}

function sumsOf(counts: ArrayLike<number>): Sums {
  const plain = new Float64Array(counts.length + 1);
  const squares = new Float64Array(counts.length + 1);
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] ?? 0;
    plain[at + 1] = (plain[at] ?? 0) + count;
    squares[at + 1] = (squares[at] ?? 0) + count ** 2;
  }
  return { plain, squares };
}

const between = (sums: Float64Array, from: number, to: number): number => (sums[to] ?? 0) - (sums[from] ?? 0);

/**
 * What stands out of a series, by its place: weeks in a row, the first of all that are known first. `from` is the first
 * place that is asked about.
 */
export function patternsIn(counts: ArrayLike<number>, from: number): Map<number, Pattern> {
  const found = new Map<number, Pattern>();
  const { plain, squares } = sumsOf(counts);
  for (let at = Math.max(from, LEAST_BASELINE_WEEKS); at < counts.length; at += 1) {
    const count = counts[at] ?? 0;
    if (count < LEAST_REPORTS) continue;
    const begin = Math.max(0, at - BASELINE_WEEKS);
    const weeks = at - begin;
    const sum = between(plain, begin, at);
    const usual = sum / weeks;
    if (count <= usual) continue;
    const spread = (between(squares, begin, at) - sum * usual) / (weeks - 1);
    const dispersion = usual === 0 ? 1 : Math.max(1, spread / usual);
    // Half a report is added, so that an empty baseline is a rare one and no impossible one.
    const mean = (sum + 0.5) / weeks;
    // What a week varies by, and what the mean itself is uncertain by.
    const chance = upperTail(count, mean, dispersion * mean * (1 + 1 / weeks));
    if (chance < CHANCE) found.set(at, { count, usual, weeks, chance });
  }
  return found;
}
