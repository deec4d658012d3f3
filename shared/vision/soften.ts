// A slight blur of a whole picture in whole numbers, four pixels at a time: what a threshold needs, and fast.
import type { GreyImage } from './types.ts';

/** Pixels to each side that make one of the result; enough for a sigma of 1.7. */
const REACH = 4;
/** Weights are parts of 256, so that the sums of two pixels fit into one 32-bit number. */
const WHOLE = 256;
/** Half of `WHOLE`, so that the sums are rounded; for one pixel and for two. */
const HALF = WHOLE / 2;
const TWO_HALVES = (HALF << 16) | HALF;
/** The bytes of every other pixel. */
const EVERY_OTHER = 0x00ff00ff;

/** The weight of the middle, then of the pixels to each side. */
type Weights = readonly [number, number, number, number, number];

/** The weights from the middle outwards; what rounding takes from one goes to the next, the middle has the rest. */
function weightsFor(sigma: number): Weights {
  const exact = Array.from({ length: REACH + 1 }, (_, i) => Math.exp(-(i ** 2) / (2 * sigma * sigma)));
  const total = 2 * exact.reduce((sum, k) => sum + k, 0) - exact[0]!;
  let left = 0;
  const [w1, w2, w3, w4] = exact
    .slice(1)
    .reverse()
    .map((k) => {
      left += (k / total) * WHOLE;
      const weight = Math.round(left);
      left -= weight;
      return weight;
    })
    .reverse() as [number, number, number, number];
  return [WHOLE - 2 * (w1 + w2 + w3 + w4), w1, w2, w3, w4];
}

/** One row blurred across into `out`; `line` is room for the row with its ends repeated. */
function across(row: Uint8Array, line: Uint8Array, weights: Weights, out: Uint8Array): void {
  const width = row.length;
  line.fill(row[0]!, 0, REACH);
  line.set(row, REACH);
  line.fill(row[width - 1]!, REACH + width);
  const [w0, w1, w2, w3, w4] = weights;
  let a = line[0]!;
  let b = line[1]!;
  let c = line[2]!;
  let d = line[3]!;
  let e = line[4]!;
  let f = line[5]!;
  let g = line[6]!;
  let h = line[7]!;
  for (let x = 0; x < width; x++) {
    const i = line[x + 2 * REACH]!;
    out[x] = (w0 * e + w1 * (d + f) + w2 * (c + g) + w3 * (b + h) + w4 * (a + i) + HALF) >> 8;
    a = b;
    b = c;
    c = d;
    d = e;
    e = f;
    f = g;
    g = h;
    h = i;
  }
}

/** Gaussian blur; `sigma` in pixels, at most 1.7. Rounded twice: a grey value is rarely more than one off. */
export function soften(image: GreyImage, sigma: number): GreyImage {
  const { width, height, data } = image;
  const weights = weightsFor(sigma);
  const [w0, w1, w2, w3, w4] = weights;
  // The rows that one row of the result is made of, each blurred across once, and the result's row.
  const count = 2 * REACH + 1;
  const words = Math.ceil(width / 4);
  const held = Array.from({ length: count }, () => new Uint32Array(words));
  const bytes = held.map((row) => new Uint8Array(row.buffer));
  const made = new Uint32Array(words);
  const madeBytes = new Uint8Array(made.buffer, 0, width);
  const line = new Uint8Array(width + 2 * REACH);
  const slot = (y: number): number => Math.max(0, Math.min(height - 1, y)) % count;
  const hold = (y: number): void =>
    across(data.subarray(y * width, (y + 1) * width), line, weights, bytes[slot(y)]!);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < Math.min(REACH, height); y++) hold(y);
  for (let y = 0; y < height; y++) {
    if (y + REACH < height) hold(y + REACH);
    const m = held[slot(y)]!;
    const a1 = held[slot(y - 1)]!;
    const b1 = held[slot(y + 1)]!;
    const a2 = held[slot(y - 2)]!;
    const b2 = held[slot(y + 2)]!;
    const a3 = held[slot(y - 3)]!;
    const b3 = held[slot(y + 3)]!;
    const a4 = held[slot(y - 4)]!;
    const b4 = held[slot(y + 4)]!;
    for (let i = 0; i < words; i++) {
      // `| 0` keeps the sums whole 32-bit numbers.
      let even = (Math.imul(w0, m[i]! & EVERY_OTHER) + TWO_HALVES) | 0;
      let odd = (Math.imul(w0, (m[i]! >>> 8) & EVERY_OTHER) + TWO_HALVES) | 0;
      const p1 = a1[i]!;
      const q1 = b1[i]!;
      even = (even + Math.imul(w1, (p1 & EVERY_OTHER) + (q1 & EVERY_OTHER))) | 0;
      odd = (odd + Math.imul(w1, ((p1 >>> 8) & EVERY_OTHER) + ((q1 >>> 8) & EVERY_OTHER))) | 0;
      const p2 = a2[i]!;
      const q2 = b2[i]!;
      even = (even + Math.imul(w2, (p2 & EVERY_OTHER) + (q2 & EVERY_OTHER))) | 0;
      odd = (odd + Math.imul(w2, ((p2 >>> 8) & EVERY_OTHER) + ((q2 >>> 8) & EVERY_OTHER))) | 0;
      const p3 = a3[i]!;
      const q3 = b3[i]!;
      even = (even + Math.imul(w3, (p3 & EVERY_OTHER) + (q3 & EVERY_OTHER))) | 0;
      odd = (odd + Math.imul(w3, ((p3 >>> 8) & EVERY_OTHER) + ((q3 >>> 8) & EVERY_OTHER))) | 0;
      const p4 = a4[i]!;
      const q4 = b4[i]!;
      even = (even + Math.imul(w4, (p4 & EVERY_OTHER) + (q4 & EVERY_OTHER))) | 0;
      odd = (odd + Math.imul(w4, ((p4 >>> 8) & EVERY_OTHER) + ((q4 >>> 8) & EVERY_OTHER))) | 0;
      made[i] = ((even >>> 8) & EVERY_OTHER) | (odd & ~EVERY_OTHER);
    }
    out.set(madeBytes, y * width);
  }
  return { width, height, data: out };
}
