// Ink from paper: a threshold that follows the brightness around each pixel.
import type { GreyImage } from './types.ts';

export interface ThresholdOptions {
  /** Half the side of the window, in pixels; at most 80, so that the sums stay whole 32-bit numbers. */
  radius: number;
  /** How many standard deviations darker than its surroundings ink must be. */
  deviations: number;
  /** How many grey steps darker it must be at least; keeps the noise of even ground out. */
  floor: number;
}

/** Sums and sums of squares of each column over the rows of the window, moved down a row at a time. */
interface Columns {
  sums: Int32Array;
  squares: Int32Array;
}

/** Lets the row at `enter` into the columns and the row at `leave` out of them; -1 is none. */
function slide({ sums, squares }: Columns, data: Uint8Array, enter: number, leave: number): void {
  const width = sums.length;
  if (enter >= 0 && leave >= 0) {
    for (let x = 0; x < width; x++) {
      const come = data[enter + x]!;
      const go = data[leave + x]!;
      const change = come - go;
      sums[x]! += change;
      squares[x]! += change * (come + go);
    }
    return;
  }
  const sign = enter >= 0 ? 1 : -1;
  const row = Math.max(enter, leave);
  if (row < 0) return;
  for (let x = 0; x < width; x++) {
    const value = data[row + x]!;
    sums[x]! += sign * value;
    squares[x]! += sign * value * value;
  }
}

/** 1 for ink, 0 for paper. Column sums roll with the window, so the cost does not grow with the radius. */
export function inkMask(image: GreyImage, options: ThresholdOptions): Uint8Array {
  const { width, height, data } = image;
  const { radius, deviations, floor } = options;
  const mask = new Uint8Array(width * height);
  const columns = { sums: new Int32Array(width), squares: new Int32Array(width) };
  const { sums, squares } = columns;
  const spread = deviations * deviations;
  for (let y = 0; y < Math.min(radius, height); y++) slide(columns, data, y * width, -1);
  for (let y = 0; y < height; y++) {
    const enter = y + radius < height ? (y + radius) * width : -1;
    slide(columns, data, enter, y - radius - 1 >= 0 ? (y - radius - 1) * width : -1);
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    let sum = 0;
    let square = 0;
    for (let x = 0; x < Math.min(radius, width); x++) {
      sum += sums[x]!;
      square += squares[x]!;
    }
    for (let x = 0; x < width; x++) {
      let left = x - radius;
      let right = x + radius;
      if (right < width) {
        sum += sums[right]!;
        square += squares[right]!;
      } else right = width - 1;
      if (left > 0) {
        sum -= sums[left - 1]!;
        square -= squares[left - 1]!;
      } else left = 0;
      const count = rows * (right - left + 1);
      // Whole numbers, `count` times as large: how much darker the pixel is than the mean.
      const darker = sum - data[y * width + x]! * count;
      if (darker <= floor * count) continue;
      if (darker * darker > spread * (square * count - sum * sum)) mask[y * width + x] = 1;
    }
  }
  return mask;
}
