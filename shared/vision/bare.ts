// Places of a reading at which nothing is printed: what was read there was guessed from what stands around it.
import type { RowColumns } from './assemble.ts';
import type { Grid } from './grid.ts';
import { cutStrip, type StripSource } from './strips.ts';

/** Small strips are enough to tell print from paper. */
const CAP = 14;
/** The part of a place, about its middle, that is looked at: what reaches over from its neighbours is none of its own. */
const WIDTH = 0.8;
/** Shares of a place's grey values from dark to light: its print, and its paper. */
const INK = 0.08;
const PAPER = 0.8;
/** Paper is as light as it usually is so many places to either side: a white patch is no lighter paper. */
const AROUND = 4;
/** A place whose print is this share as deep as is usual in its row shows none; what glare washes out shows more. */
const BARE = 0.25;

function at(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The grey values of each place of a row, dark ones first. */
function placesOf(source: StripSource, grid: Grid, line: number, columns: RowColumns, count: number) {
  const from = columns.start - 0.5 * columns.scale;
  const to = from + count * columns.scale;
  const strip = cutStrip(source, grid, { line, from, to, cap: CAP, padding: 0 });
  return Array.from({ length: count }, (_, place): Uint8Array => {
    const left = Math.round(((place + 0.5 - WIDTH / 2) * strip.width) / count);
    const right = Math.round(((place + 0.5 + WIDTH / 2) * strip.width) / count);
    const values = new Uint8Array(strip.height * (right - left));
    for (let y = 0; y < strip.height; y++) {
      const row = strip.data.subarray(y * strip.width + left, y * strip.width + right);
      values.set(row, y * (right - left));
    }
    return values.sort();
  });
}

/** Tells for each row and column whether the place shows no print, beside the rest of its row. */
export function barePlaces(
  source: StripSource,
  grid: Grid,
  columns: readonly RowColumns[],
  count: number,
): boolean[][] {
  return columns.map((row, line) => {
    const places = placesOf(source, grid, line, row, count);
    const papers = places.map((values) => at(values, PAPER));
    const depths = places.map((values, place) => {
      const near = papers.slice(Math.max(0, place - AROUND), place + AROUND + 1);
      return at(ascending(near), 0.5) - at(values, INK);
    });
    const usual = at(ascending(depths), 0.5);
    return depths.map((depth) => depth < BARE * usual);
  });
}
