// Straightened strips of one row each, cut from the picture along the grid, and their treatments.
import { frameAt, type Grid } from './grid.ts';
import { blur, sample } from './grey.ts';
import type { GreyImage } from './types.ts';

/** A picture and how many of its pixels one pixel of the grid's level is. */
export interface StripSource {
  image: GreyImage;
  scale: number;
}

export interface StripCut {
  line: number;
  /** Places at the strip's left and right edge; may be fractions. */
  from: number;
  to: number;
  /** Height of a capital in the strip, in pixels. */
  cap: number;
  /** Free room above and below, in capitals. */
  padding: number;
}

/** The row between two places, upright, every place equally wide. */
export function cutStrip(source: StripSource, grid: Grid, cut: StripCut): GreyImage {
  const { image, scale } = source;
  const middle = frameAt(grid, (cut.from + cut.to) / 2, cut.line);
  const placeLength = Math.hypot(middle.place.x, middle.place.y);
  const height = Math.round(cut.cap * (1 + 2 * cut.padding));
  const width = Math.max(20, Math.round(((cut.to - cut.from) * placeLength * cut.cap) / grid.cap[0]));
  // Where a strip has fewer pixels than its source, several points make one; else noise and dots would be picked up.
  const points = Math.max(1, Math.min(3, Math.round((grid.cap[0] * scale) / cut.cap)));
  const sums = new Float32Array(width * height);
  for (let column = 0; column < width * points; column++) {
    const place = cut.from + ((cut.to - cut.from) * (column + 0.5)) / (width * points);
    const { point, down } = frameAt(grid, place, cut.line);
    const x = Math.floor(column / points);
    for (let row = 0; row < height * points; row++) {
      const away = ((row + 0.5) / (height * points) - 0.5) * (1 + 2 * cut.padding);
      const px = (point.x + down.x * away + 0.5) * scale - 0.5;
      const py = (point.y + down.y * away + 0.5) * scale - 0.5;
      sums[Math.floor(row / points) * width + x]! += sample(image, px, py);
    }
  }
  return { width, height, data: Uint8Array.from(sums, (sum) => Math.round(sum / (points * points))) };
}

/** Dark and light ends of the grey values in part of a strip. */
function greyRange(strip: GreyImage, from: number, to: number): { dark: number; light: number } {
  const counts = new Int32Array(256);
  for (let y = 0; y < strip.height; y++) {
    for (let x = from; x < to; x++) counts[strip.data[y * strip.width + x]!]!++;
  }
  const total = strip.height * (to - from);
  let dark = 0;
  for (let seen = 0; seen < total * 0.03 && dark < 255; dark++) seen += counts[dark]!;
  let light = 255;
  for (let seen = 0; seen < total * 0.25 && light > 0; light--) seen += counts[light]!;
  return { dark, light: Math.max(light, dark + 12) };
}

/** Contrast stretched to 20..240, by windows three strip heights wide, so that shadow and glare even out. */
export function stretchContrast(strip: GreyImage): GreyImage {
  const { width, height } = strip;
  const count = Math.max(1, Math.round(width / (height * 3)));
  const ranges = Array.from({ length: count }, (_, i) =>
    greyRange(strip, Math.floor((i * width) / count), Math.floor(((i + 1) * width) / count)),
  );
  const data = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) {
    const at = (x / width) * count - 0.5;
    const left = ranges[Math.max(0, Math.min(count - 1, Math.floor(at)))]!;
    const right = ranges[Math.max(0, Math.min(count - 1, Math.floor(at) + 1))]!;
    const part = Math.max(0, Math.min(1, at - Math.floor(at)));
    const dark = left.dark * (1 - part) + right.dark * part;
    const light = left.light * (1 - part) + right.light * part;
    for (let y = 0; y < height; y++) {
      const value = 20 + ((strip.data[y * width + x]! - dark) * 220) / (light - dark);
      data[y * width + x] = Math.max(0, Math.min(255, value));
    }
  }
  return { width, height, data };
}

/** Unsharp mask: brings back edges that blur has softened. `sigma` in pixels. */
export function sharpen(strip: GreyImage, sigma: number, amount: number): GreyImage {
  const soft = blur(strip, sigma);
  const data = strip.data.map((value, i) =>
    Math.max(0, Math.min(255, Math.round(value + amount * (value - soft.data[i]!)))),
  );
  return { width: strip.width, height: strip.height, data };
}
