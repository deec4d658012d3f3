// Pictures turned by quarters for the eye alone; the picture itself and every place in it stay as they are.
import type { Point } from '../../shared/vision/types.ts';

/** Quarter turns clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

interface Size {
  width: number;
  height: number;
}

const AFTER: Record<Quarters, Quarters> = { 0: 1, 1: 2, 2: 3, 3: 0 };

/** One quarter further clockwise. */
export function turnedOn(quarters: Quarters): Quarters {
  return AFTER[quarters];
}

/** The size of a picture once it is turned, in its own pixels. */
export function turnedSize({ width, height }: Size, quarters: Quarters): Size {
  return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a point of a picture of this size stands once it is turned. */
export function turnedPoint({ x, y }: Point, { width, height }: Size, quarters: Quarters): Point {
  if (quarters === 1) return { x: height - y, y: x };
  if (quarters === 2) return { x: width - x, y: height - y };
  return quarters === 3 ? { x: y, y: width - x } : { x, y };
}
