// Whether the print of all rows goes on beyond the columns that were read: then the rows are longer than the format.
import type { RowColumns } from './assemble.ts';
import type { Grid } from './grid.ts';
import { cutStrip, type StripSource } from './strips.ts';

/** Places beyond each end that are looked at; fewer than two could be a frame or the card's edge. */
const LOOKED_AT = 3;
const FEWEST = 2;
/** Small strips are enough to tell print from paper. */
const CAP = 10;
/** A place with less than this share of the contrast of the row's paler places is empty. */
const PRINTED = 0.6;

/** How many places carry on the print before the first and after the last column, in every row. */
export interface GoingOn {
  before: number;
  after: number;
}

/** Deviation of the grey values of each place of a row, from LOOKED_AT places before it to as many after. */
function contrasts(
  source: StripSource,
  grid: Grid,
  line: number,
  columns: RowColumns,
  count: number,
): number[] {
  const { start, scale } = columns;
  const places = count + 2 * LOOKED_AT;
  const from = start - (LOOKED_AT + 0.5) * scale;
  const strip = cutStrip(source, grid, { line, from, to: from + places * scale, cap: CAP, padding: 0.05 });
  return Array.from({ length: places }, (_, place) => {
    const left = Math.floor((place * strip.width) / places);
    const right = Math.floor(((place + 1) * strip.width) / places);
    let sum = 0;
    let squares = 0;
    let seen = 0;
    for (let y = 0; y < strip.height; y++) {
      for (let x = left; x < right; x++) {
        const value = strip.data[y * strip.width + x]!;
        sum += value;
        squares += value * value;
        seen++;
      }
    }
    return Math.sqrt(Math.max(0, squares / seen - (sum / seen) ** 2));
  });
}

function runOf(contrast: readonly number[], least: number): number {
  const end = contrast.findIndex((value) => value < least);
  return end < 0 ? contrast.length : end;
}

/** How far the print of all rows goes on beyond `count` columns; 0 where it ends there, or one place further. */
export function printGoingOn(
  source: StripSource,
  grid: Grid,
  columns: readonly RowColumns[],
  count: number,
): GoingOn {
  let before = LOOKED_AT;
  let after = LOOKED_AT;
  for (const [line, row] of columns.entries()) {
    const contrast = contrasts(source, grid, line, row, count);
    const inside = contrast.slice(LOOKED_AT, LOOKED_AT + count).sort((a, b) => a - b);
    const least = PRINTED * inside[Math.floor(count * 0.2)]!;
    before = Math.min(before, runOf(contrast.slice(0, LOOKED_AT).reverse(), least));
    after = Math.min(after, runOf(contrast.slice(LOOKED_AT + count), least));
    if (before < FEWEST && after < FEWEST) return { before: 0, after: 0 };
  }
  return { before: before < FEWEST ? 0 : before, after: after < FEWEST ? 0 : after };
}
