// What the network's first layer sees: the surroundings of each pixel, and noise beyond the edges.
import { CELL, ONE, POOL, TAPS } from './kernel.ts';
import type { StripInput } from './strip-input.ts';

/** The noise that the model has learnt to see beyond the edges: the same sequence for every strip. */
export function createNoise(seed: bigint): (length: number) => Int8Array {
  let state = seed;
  let drawn = 0;
  let noise = new Int8Array(8192);
  const next = (): number => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 33n);
  };
  next();
  return (length) => {
    if (length > noise.length) {
      const longer = new Int8Array(2 * length);
      longer.set(noise);
      noise = longer;
    }
    for (; drawn < length; drawn++) noise[drawn] = Math.trunc((2 * ONE * next()) / 0x7fffffff - ONE);
    return noise;
  };
}

/** The 3 x 3 surroundings of every pixel, in the order of the pool's cells: column by column of cells. */
export function surroundings(
  out: Int16Array,
  { width, height, data, values }: StripInput,
  noise: Int8Array,
): void {
  const across = Math.floor(width / POOL);
  const down = Math.floor(height / POOL);
  let drawn = 0;
  for (let y = 0; y < height; y++) {
    const inner = y > 0 && y < height - 1;
    const cellY = Math.floor(y / POOL);
    const pixelY = y % POOL;
    const used = cellY < down;
    for (let x = 0; x < width; x++) {
      const cellX = Math.floor(x / POOL);
      let at = ((cellX * down + cellY) * CELL + (x % POOL) * POOL + pixelY) * TAPS;
      const kept = used && cellX < across;
      if (inner && x > 0 && x < width - 1) {
        if (!kept) continue;
        for (let from = (y - 1) * width + x - 1, end = from + 3; from < end; from++) {
          out[at++] = values[data[from]!]!;
          out[at++] = values[data[from + width]!]!;
          out[at++] = values[data[from + 2 * width]!]!;
        }
        out[at] = ONE;
        continue;
      }
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++, at++) {
          const outside = x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height;
          const value = outside ? noise[drawn++]! : values[data[(y + dy) * width + x + dx]!]!;
          if (kept) out[at] = value;
        }
      }
      if (kept) out[at] = ONE;
    }
  }
}
