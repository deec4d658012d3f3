// Small figures kept out of what is shared, and as many others as it takes that none of them can be computed back.

/** A figure under this many reports is small: it could point at one person. */
export const LEAST_SHARED = 5;

export interface Counted {
  key: string;
  count: number;
}

export interface Shared<Line> {
  /** Those that may be shown, in the order given. A line that is not here has few reports, more, or none. */
  lines: Line[];
  /** Null where it would tell what is left out. */
  total: number | null;
}

const isSmall = (count: number): boolean => count > 0 && count < LEAST_SHARED;

/**
 * Whether the kept out figures can be told from their sum: there is only one, or all of them are one, or all are as large
 * as a small one can be. Otherwise at least two unlike ones fit, and nothing says which of them is whose.
 */
function canBeTold(kept: readonly number[]): boolean {
  const sum = kept.reduce((total, count) => total + count, 0);
  const isMixed = kept.some((count) => !isSmall(count));
  if (kept.length === 0) return false;
  return kept.length === 1 || (!isMixed && (sum === kept.length || sum === (LEAST_SHARED - 1) * kept.length));
}

/**
 * What may be shared of the lines of a table that add up to their total. Lines of few reports are left out, and so are
 * empty ones, so that nobody sees which are which. Where the total, which other tables may tell, would give a figure away,
 * the smallest of the others are left out too, all of one size together, until it does not. `rest` is what the filter left
 * out of the same weeks: if that is small, nothing is shared, because the figures of everything less these would tell it.
 *
 * Whoever knows the total, the method and every figure that is shown finds for each that is left out two that fit: which
 * lines are left out depends on sizes alone, so what two unlike ones of them say could stand the other way round.
 */
export function shareable<Line extends Counted>(lines: readonly Line[], rest = 0): Shared<Line> {
  if (isSmall(rest)) return { lines: [], total: null };
  const counts = lines.map(({ count }) => count);
  let bound = LEAST_SHARED - 1;
  const kept = () => counts.filter((count) => count > 0 && count <= bound);
  while (canBeTold(kept())) {
    const next = Math.min(...counts.filter((count) => count > bound));
    if (next === Number.POSITIVE_INFINITY) break;
    bound = next;
  }
  const shown = lines.filter(({ count }) => count > bound);
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  const isTold = shown.length > 0 || total === 0;
  return { lines: shown, total: isTold && !isSmall(total) ? total : null };
}
