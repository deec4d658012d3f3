// Measures of a whole frame of a camera, for when no zone is found in it: its light and its focus.
import type { GreyImage } from './types.ts';

/** Steepest step of a blurred edge, times its deviation: the top of a Gaussian. */
export const GAUSSIAN_TOP = 1 / Math.sqrt(2 * Math.PI);

/** Mean grey of a picture, 0 to 255, from one pixel in 64 [img.bright]. */
export function meanGrey({ width, height, data }: GreyImage): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 8) {
    for (let x = 0; x < width; x += 8) {
      sum += data[y * width + x]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Half the length of a stretch of pixels in which an edge is looked for. */
const REACH = 8;
/** Grey steps that an edge has at least; the grain of a table has fewer. */
const CLEAR_EDGE = 70;
/** A picture with fewer stretches that hold an edge says nothing of its focus. */
const FEW_EDGES = 150;

/**
 * Standard deviation of the blur in pixels, from the sharpest of the clear edges of a picture, the worse of along and
 * down [img.focus]; null where there are too few. For a picture in which no zone is found.
 */
export function edgeBlur({ width, height, data }: GreyImage): number | null {
  const along = steepness(data, height, width, width, 1);
  const down = steepness(data, width, height, 1, width);
  if (along === null || down === null) return null;
  return GAUSSIAN_TOP / Math.min(along, down);
}

/** Steepest step over what lies between light and dark, near the top of all stretches that hold a clear edge. */
function steepness(
  data: Uint8Array,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
): number | null {
  const counts = new Uint32Array(101);
  let total = 0;
  for (let line = 0; line < lines; line += 6) {
    for (let from = 0; from + 2 * REACH < length; from += REACH) {
      let at = line * lineStep + from * step;
      let before = data[at]!;
      let [dark, light, steepest] = [before, before, 0];
      for (let i = 0; i < 2 * REACH; i++) {
        at += step;
        const value = data[at]!;
        if (value < dark) dark = value;
        else if (value > light) light = value;
        const rise = value > before ? value - before : before - value;
        if (rise > steepest) steepest = rise;
        before = value;
      }
      if (light - dark < CLEAR_EDGE) continue;
      counts[Math.round((100 * steepest) / (light - dark))]! += 1;
      total += 1;
    }
  }
  if (total < FEW_EDGES) return null;
  let left = 0.1 * total;
  let at = 100;
  while (at > 1 && (left -= counts[at]!) > 0) at -= 1;
  return at / 100;
}
