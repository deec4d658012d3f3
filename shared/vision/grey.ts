// Grey pictures: scaling, sampling between pixels, and the negative.
import type { GreyImage } from './types.ts';

/** Weights by which the pixels of one axis make the pixels of the scaled axis. */
interface Taps {
  first: Int32Array;
  weights: Float32Array;
  count: number;
}

function catmullRom(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
  if (x < 2) return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2;
  return 0;
}

function triangle(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

/** Catmull-Rom when growing; when shrinking a triangle as wide as the ratio, so that nothing is skipped. */
function tapsFor(from: number, to: number): Taps {
  const ratio = from / to;
  const shrink = ratio > 1;
  const spread = shrink ? ratio : 1;
  const reach = shrink ? ratio : 2;
  const count = Math.ceil(reach * 2) + 1;
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const start = Math.ceil(centre - reach);
    first[i] = start;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const distance = (start + j - centre) / spread;
      const weight = shrink ? triangle(distance) : catmullRom(distance);
      weights[i * count + j] = weight;
      sum += weight;
    }
    for (let j = 0; j < count; j++) weights[i * count + j]! /= sum;
  }
  return { first, weights, count };
}

function clampIndex(index: number, length: number): number {
  return index < 0 ? 0 : index >= length ? length - 1 : index;
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
}

/** One row of `image` scaled across, into `out` at `to`. */
function scaleRow(image: GreyImage, row: number, taps: Taps, out: Float32Array, to: number): void {
  const { first, weights, count } = taps;
  const { width, data } = image;
  const from = row * width;
  for (let x = 0, offset = 0; x < first.length; x++, offset += count) {
    const start = first[x]!;
    let sum = 0;
    if (start >= 0 && start + count <= width) {
      for (let j = 0, at = from + start; j < count; j++, at++) sum += weights[offset + j]! * data[at]!;
    } else {
      for (let j = 0; j < count; j++)
        sum += weights[offset + j]! * data[from + clampIndex(start + j, width)]!;
    }
    out[to + x] = sum;
  }
}

/** The picture scaled to `width` x `height` pixels (both at least 1). */
export function resize(image: GreyImage, width: number, height: number): GreyImage {
  if (width === image.width && height === image.height) return image;
  const across = tapsFor(image.width, width);
  const { first, weights, count } = tapsFor(image.height, height);
  const data = new Uint8Array(width * height);
  // Only the rows that one row of the result is made of are held, however large the picture.
  const held = new Float32Array(count * width);
  const heldRow = new Int32Array(count).fill(-1);
  const sums = new Float32Array(width);
  const places = new Int32Array(4 * Math.ceil(count / 4));
  const shares = new Float32Array(places.length);
  for (let y = 0; y < height; y++) {
    let used = 0;
    for (let j = 0; j < count; j++) {
      const weight = weights[y * count + j]!;
      if (weight === 0) continue;
      const row = clampIndex(first[y]! + j, image.height);
      const slot = row % count;
      const at = slot * width;
      if (heldRow[slot] !== row) {
        scaleRow(image, row, across, held, at);
        heldRow[slot] = row;
      }
      places[used] = at;
      shares[used++] = weight;
    }
    // Rows are added four at a time; what is missing to the last four has no weight.
    shares.fill(0, used);
    sums.fill(0);
    for (let j = 0; j < used; j += 4) {
      const a = places[j]!;
      const b = places[j + 1]!;
      const c = places[j + 2]!;
      const d = places[j + 3]!;
      const shareA = shares[j]!;
      const shareB = shares[j + 1]!;
      const shareC = shares[j + 2]!;
      const shareD = shares[j + 3]!;
      for (let x = 0; x < width; x++) {
        sums[x]! +=
          shareA * held[a + x]! + shareB * held[b + x]! + shareC * held[c + x]! + shareD * held[d + x]!;
      }
    }
    const out = y * width;
    for (let x = 0; x < width; x++) data[out + x] = toByte(sums[x]!);
  }
  return { width, height, data };
}

/** The grey value at (x, y), where whole numbers are pixel centres; outside, the nearest edge. */
export function sample(image: GreyImage, x: number, y: number): number {
  const { width, height, data } = image;
  if (width < 2 || height < 2) {
    return data[clampIndex(Math.round(y), height) * width + clampIndex(Math.round(x), width)]!;
  }
  const px = x < 0 ? 0 : x > width - 1.001 ? width - 1.001 : x;
  const py = y < 0 ? 0 : y > height - 1.001 ? height - 1.001 : y;
  const i = Math.floor(px);
  const j = Math.floor(py);
  const fx = px - i;
  const fy = py - j;
  const at = j * width + i;
  const upper = data[at]! * (1 - fx) + data[at + 1]! * fx;
  const lower = data[at + width]! * (1 - fx) + data[at + width + 1]! * fx;
  return upper * (1 - fy) + lower * fy;
}

/** One row of `image` blurred across, into `out` at `to`. `half`: the kernel from its middle outwards. */
function blurRow(image: GreyImage, y: number, half: Float64Array, out: Float32Array, to: number): void {
  const { width, data } = image;
  const reach = half.length - 1;
  const row = y * width;
  const middle = half[0]!;
  for (let x = 0; x < width; x++) {
    const at = row + x;
    let sum = middle * data[at]!;
    if (x >= reach && x + reach < width) {
      for (let i = 1; i <= reach; i++) sum += half[i]! * (data[at - i]! + data[at + i]!);
    } else {
      for (let i = 1; i <= reach; i++) {
        sum += half[i]! * (data[row + clampIndex(x - i, width)]! + data[row + clampIndex(x + i, width)]!);
      }
    }
    out[to + x] = sum;
  }
}

/** Gaussian blur; `sigma` in pixels. */
export function blur(image: GreyImage, sigma: number): GreyImage {
  const { width, height } = image;
  const reach = Math.ceil(2.5 * sigma);
  const half = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-(i ** 2) / (2 * sigma * sigma)));
  const total = 2 * half.reduce((sum, k) => sum + k, 0) - half[0]!;
  for (let i = 0; i <= reach; i++) half[i]! /= total;
  // The rows that one row of the result is made of; each is blurred across once.
  const count = 2 * reach + 1;
  const held = new Float32Array(count * width);
  const slot = (y: number): number => (clampIndex(y, height) % count) * width;
  for (let y = 0; y < Math.min(reach, height); y++) blurRow(image, y, half, held, slot(y));
  const out = new Uint8Array(width * height);
  const sums = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    if (y + reach < height) blurRow(image, y + reach, half, held, slot(y + reach));
    const here = slot(y);
    for (let x = 0; x < width; x++) sums[x] = half[0]! * held[here + x]!;
    for (let i = 1; i <= reach; i++) {
      const weight = half[i]!;
      const above = slot(y - i);
      const below = slot(y + i);
      for (let x = 0; x < width; x++) sums[x]! += weight * (held[above + x]! + held[below + x]!);
    }
    const row = y * width;
    for (let x = 0; x < width; x++) out[row + x] = toByte(sums[x]!);
  }
  return { width, height, data: out };
}

/** Light and dark exchanged, for light text on a dark ground. */
export function negative(image: GreyImage): GreyImage {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i++) data[i] = 255 - image.data[i]!;
  return { width: image.width, height: image.height, data };
}

/** Left and right exchanged. */
export function mirrored(image: GreyImage): GreyImage {
  const { width, height } = image;
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < height; y++) {
    data.set(image.data.subarray(y * width, (y + 1) * width), y * width);
    data.subarray(y * width, (y + 1) * width).reverse();
  }
  return { width, height, data };
}
