// Pictures of two greys, as scanners set to text save them, in which small letters have lost their strokes.
import type { Grid } from './grid.ts';
import type { StripSource } from './strips.ts';

/** Capitals of less than so many pixels need the greys of their edges to be told apart: M from H, E from F. */
const SMALL = 9;
/** Greys nearer to black or white than this are those. */
const NEARLY = 16;
/** A picture with a smaller share of other greys has none to speak of. */
const FEW = 0.005;

/** Whether the print is so small in a picture of two greys that letters read surely may be others. */
export function isCoarse({ image, scale }: StripSource, grid: Grid): boolean {
  if (Math.abs(grid.cap[0]) * scale >= SMALL) return false;
  const most = FEW * image.data.length;
  let between = 0;
  for (const value of image.data) {
    if (value > NEARLY && value < 255 - NEARLY && ++between > most) return false;
  }
  return true;
}
