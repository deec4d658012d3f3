// Ink from paper: a threshold that follows the brightness around each pixel.
import type { GreyImage } from './types.ts';

export interface ThresholdOptions {
  /** Half the side of the window, in pixels. */
  radius: number;
  /** How many standard deviations darker than its surroundings ink must be. */
  deviations: number;
  /** How many grey steps darker it must be at least; keeps the noise of even ground out. */
  floor: number;
}

/** 1 for ink, 0 for paper. Column sums roll with the window, so the cost does not grow with the radius. */
export function inkMask(image: GreyImage, options: ThresholdOptions): Uint8Array {
  const { width, height, data } = image;
  const { radius, deviations, floor } = options;
  const mask = new Uint8Array(width * height);
  const sums = new Int32Array(width);
  const squares = new Float64Array(width);
  const slide = (y: number, sign: 1 | -1): void => {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const value = data[row + x]!;
      sums[x]! += sign * value;
      squares[x]! += sign * value * value;
    }
  };
  for (let y = 0; y < Math.min(radius, height); y++) slide(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) slide(y + radius, 1);
    if (y - radius - 1 >= 0) slide(y - radius - 1, -1);
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    let sum = 0;
    let square = 0;
    for (let x = 0; x < Math.min(radius, width); x++) {
      sum += sums[x]!;
      square += squares[x]!;
    }
    for (let x = 0; x < width; x++) {
      if (x + radius < width) {
        sum += sums[x + radius]!;
        square += squares[x + radius]!;
      }
      if (x - radius - 1 >= 0) {
        sum -= sums[x - radius - 1]!;
        square -= squares[x - radius - 1]!;
      }
      const count = rows * (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
      const mean = sum / count;
      const variance = square / count - mean * mean;
      const margin = variance > 0 ? Math.max(floor, deviations * Math.sqrt(variance)) : floor;
      if (data[y * width + x]! < mean - margin) mask[y * width + x] = 1;
    }
  }
  return mask;
}
