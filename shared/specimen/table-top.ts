// The ground a document lies on when it is photographed: wood, a grey mat, dark leather, a scanner's lid.
import type { Random } from './prng.ts';
import type { RgbImage } from './raster.ts';

export const GROUNDS = ['wood', 'mat', 'leather', 'lid'] as const;

export type Ground = (typeof GROUNDS)[number];

/** Smooth noise on a lattice, 0 to 1. */
function latticeNoise(random: Random): (x: number, y: number) => number {
  const size = 64;
  const values = Float32Array.from({ length: size * size }, () => random.next());
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const sx = fx * fx * (3 - 2 * fx);
    const sy = fy * fy * (3 - 2 * fy);
    const at = (cx: number, cy: number): number =>
      values[(cy & (size - 1)) * size + (cx & (size - 1))] as number;
    const top = at(x0, y0) + (at(x0 + 1, y0) - at(x0, y0)) * sx;
    const bottom = at(x0, y0 + 1) + (at(x0 + 1, y0 + 1) - at(x0, y0 + 1)) * sx;
    return top + (bottom - top) * sy;
  };
}

/** A fresh picture of the ground. */
export function tableTop(width: number, height: number, random: Random, ground: Ground): RgbImage {
  const noise = latticeNoise(random);
  const data = new Uint8Array(width * height * 3);
  const unit = 1600 / width;
  const lean = random.range(-0.06, 0.06);
  const dark = random.range(0.86, 1.04);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x * unit;
      const v = y * unit;
      const at = (y * width + x) * 3;
      if (ground === 'wood') {
        const along = u * 0.0019;
        const across = v * 0.011 + u * lean * 0.012;
        const bend = noise(along * 1.6, across * 0.9) * 2.6 + noise(along * 5, across * 4) * 0.35;
        const ring = across * 3.1 + bend * 1.5;
        const saw = ring - Math.floor(ring);
        const grain = saw * saw * (1 - saw) * 4;
        const fibre = noise(u * 0.014, v * 0.6);
        const tone = (0.92 - 0.13 * grain - 0.1 * fibre + 0.1 * noise(along, across)) * dark;
        data[at] = 156 * tone;
        data[at + 1] = 122 * tone;
        data[at + 2] = 92 * tone;
      } else if (ground === 'mat') {
        const weave = ((Math.floor(u / 3) + Math.floor(v / 3)) & 1) * 0.05;
        const tone = (0.86 + 0.12 * noise(u * 0.012, v * 0.012) + weave) * dark;
        data[at] = 92 * tone;
        data[at + 1] = 98 * tone;
        data[at + 2] = 106 * tone;
      } else if (ground === 'leather') {
        const pore = noise(u * 0.16, v * 0.16) * 0.2 + noise(u * 0.42, v * 0.42) * 0.14;
        const tone = (0.7 + pore + 0.16 * noise(u * 0.006, v * 0.006)) * dark;
        data[at] = 58 * tone;
        data[at + 1] = 50 * tone;
        data[at + 2] = 50 * tone;
      } else {
        const tone = 0.975 + 0.025 * noise(u * 0.008, v * 0.008);
        data[at] = 232 * tone;
        data[at + 1] = 233 * tone;
        data[at + 2] = 232 * tone;
      }
    }
  }
  return { width, height, data };
}
