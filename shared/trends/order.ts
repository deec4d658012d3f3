// In which order the lines of a view stand, and what of a view is written to a file: what the window needs as values too.
import type { Dimension } from './row.ts';

/** What of a view is written to a file: its lines as CSV, its map or its time line as SVG. */
export const TREND_FILES = ['table', 'map', 'time'] as const;
export type TrendFile = (typeof TREND_FILES)[number];

/** States stand by their names and weeks by their time, never by how many there are: no state is first for its figures. */
export const byName = (by: Dimension): boolean => by === 'issuer' || by === 'country';

/** Lines in the order in which they are shown: states by name, the rest by how many; what is not told last. */
export function ordered<Line extends { key: string; count: number }>(
  by: Dimension,
  lines: readonly Line[],
  nameOf: (key: string) => string,
): Line[] {
  const named = lines.map((line) => ({ line, name: nameOf(line.key) }));
  named.sort((a, b) => {
    if ((a.line.key === '') !== (b.line.key === '')) return a.line.key === '' ? 1 : -1;
    const most = byName(by) ? 0 : b.line.count - a.line.count;
    return most || a.name.localeCompare(b.name, 'en');
  });
  return named.map(({ line }) => line);
}
