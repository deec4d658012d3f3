// From a strip to the network's input: scaled to its height, its contrast measured, its edges noted.
import type { GreyImage } from '../types.ts';

/** Scaling works with sixteenths of a pixel, as leptonica does. */
const PARTS = 16;

/** Linear interpolation, as tesseract's library scales where rows become little smaller, or larger. */
function interpolated(strip: GreyImage, width: number, height: number): GreyImage {
  const { width: from, height: rows, data } = strip;
  const out = new Uint8Array(width * height);
  const stepX = (PARTS * from) / width;
  const stepY = (PARTS * rows) / height;
  const left = new Int32Array(width);
  const part = new Int32Array(width);
  for (let x = 0; x < width; x++) {
    const place = Math.trunc(stepX * x);
    left[x] = place >> 4;
    part[x] = place & 15;
  }
  for (let y = 0; y < height; y++) {
    const place = Math.trunc(stepY * y);
    const upper = (place >> 4) * from;
    const lower = place >> 4 > rows - 2 ? upper : upper + from;
    const fy = place & 15;
    for (let x = 0; x < width; x++) {
      const at = left[x]!;
      const next = at > from - 2 ? at : at + 1;
      const fx = part[x]!;
      const above = (PARTS - fx) * data[upper + at]! + fx * data[upper + next]!;
      const below = (PARTS - fx) * data[lower + at]! + fx * data[lower + next]!;
      out[y * width + x] = ((PARTS - fy) * above + fy * below + 128) >> 8;
    }
  }
  return { width, height, data: out };
}

/** The mean of all that a pixel covers, as the library scales where rows become much smaller. */
function averaged(strip: GreyImage, width: number, height: number): GreyImage {
  const { width: from, height: rows, data } = strip;
  const out = new Uint8Array(width * height);
  const sums = new Float64Array(from);
  for (let y = 0; y < height; y++) {
    const top = (y * rows) / height;
    const bottom = ((y + 1) * rows) / height;
    sums.fill(0);
    for (let row = Math.floor(top); row < bottom; row++) {
      const part = Math.min(row + 1, bottom) - Math.max(row, top);
      for (let x = 0; x < from; x++) sums[x]! += part * data[row * from + x]!;
    }
    for (let x = 0; x < width; x++) {
      const left = (x * from) / width;
      const right = ((x + 1) * from) / width;
      let sum = 0;
      for (let at = Math.floor(left); at < right; at++) {
        sum += (Math.min(at + 1, right) - Math.max(at, left)) * (sums[at] ?? 0);
      }
      out[y * width + x] = sum / ((bottom - top) * (right - left)) + 0.5;
    }
  }
  return { width, height, data: out };
}

/** Adds a part of each pixel's difference from its surroundings, `reach` pixels to each side; edges stay. */
function sharpened(image: GreyImage, reach: number, amount: number): GreyImage {
  const { width, height, data } = image;
  const out = data.slice();
  const across = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = reach; x < width - reach; x++) {
      let sum = 0;
      for (let at = row + x - reach; at <= row + x + reach; at++) sum += data[at]!;
      across[row + x] = sum;
    }
  }
  const area = (2 * reach + 1) ** 2;
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x;
      let sum = 0;
      for (let near = at - reach * width; near <= at + reach * width; near += width) sum += across[near]!;
      const value = data[at]! + amount * (data[at]! - sum / area) + 0.5;
      out[at] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return { width, height, data: out };
}

/** The strip at another height, scaled and sharpened as the rows were that the model was trained on. */
function atHeight(strip: GreyImage, height: number): GreyImage {
  const scale = height / strip.height;
  const width = Math.max(1, Math.trunc(scale * strip.width + 0.5));
  if (scale === 1) return strip;
  if (scale < 0.7) return sharpened(averaged(strip, width, height), 1, 0.2);
  const image = interpolated(strip, width, height);
  return scale < 1.4 ? sharpened(image, 2, 0.4) : image;
}

/** The value below which `part` of the counted values lie, with a fraction. */
function quantileOf(counts: Int32Array, part: number): number {
  const target = part * counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  let index = 0;
  while (index < 256 && sum < target) sum += counts[index++]!;
  return index === 0 ? 0 : index - (sum - target) / counts[index - 1]!;
}

/** Black and white of a row: the usual local minimum and maximum along its middle line; null where it has none. */
function greyRange({ width, height, data }: GreyImage): { black: number; white: number } | null {
  const lows = new Int32Array(256);
  const highs = new Int32Array(256);
  let lowest = false;
  let highest = false;
  const line = (height >> 1) * width;
  for (let x = 1; x + 1 < width; x++) {
    const [before, here, after] = [data[line + x - 1]!, data[line + x]!, data[line + x + 1]!];
    if ((here < before && here <= after) || (here <= before && here < after)) {
      lows[here]!++;
      lowest = true;
    }
    if ((here > before && here >= after) || (here >= before && here > after)) {
      highs[here]!++;
      highest = true;
    }
  }
  if (!lowest && !highest) return null;
  if (!lowest) lows[0] = 1;
  if (!highest) highs[255] = 1;
  return { black: quantileOf(lows, 0.25), white: quantileOf(highs, 0.75) };
}

/** A row at the network's height, and what each grey value is for it: -127 (ink) to 127 (paper). */
export interface StripInput {
  width: number;
  height: number;
  data: Uint8Array;
  values: Int8Array;
}

/** The strip as the network takes it, `height` pixels high; null for bare ground. */
export function stripInput(strip: GreyImage, height: number): StripInput | null {
  const image = atHeight(strip, height);
  const range = greyRange(image);
  if (range === null) return null;
  const { black, white } = range;
  const contrast = white > black ? (white - black) / 2 : 1;
  const values = Int8Array.from({ length: 256 }, (_, grey) =>
    Math.max(-127, Math.min(127, Math.round(128 * ((grey - black) / contrast - 1)))),
  );
  return { ...image, values };
}
