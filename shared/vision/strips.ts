// Straightened strips of one row each, cut from the picture along the grid, and their treatments.
import { frameAt, type Grid } from './grid.ts';
import { blur, sample } from './grey.ts';
import type { GreyImage } from './types.ts';

/** A picture and how many of its pixels one pixel of the grid's level is. */
export interface StripSource {
  image: GreyImage;
  scale: number;
  /** The grid is of the picture with left and right exchanged. */
  mirrored?: boolean;
  /** The grid is of light print: strips come with light and dark exchanged. */
  negative?: boolean;
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
  const { image, scale, mirrored = false, negative = false } = source;
  const middle = frameAt(grid, (cut.from + cut.to) / 2, cut.line);
  const placeLength = Math.hypot(middle.place.x, middle.place.y);
  const height = Math.round(cut.cap * (1 + 2 * cut.padding));
  const width = Math.max(20, Math.round(((cut.to - cut.from) * placeLength * cut.cap) / grid.cap[0]));
  // Where a strip has fewer pixels than its source, several points make one; else noise and dots would be picked up.
  const points = Math.max(1, Math.min(3, Math.round((grid.cap[0] * scale) / cut.cap)));
  const sums = new Float32Array(width * height);
  const reach = 1 + 2 * cut.padding;
  const rows = height * points;
  for (let column = 0; column < width * points; column++) {
    const place = cut.from + ((cut.to - cut.from) * (column + 0.5)) / (width * points);
    const { point, down } = frameAt(grid, place, cut.line);
    // Down the column the point moves by the same step each time.
    const stepX = (down.x * reach * scale) / rows;
    const stepY = (down.y * reach * scale) / rows;
    const top = 0.5 * (1 - rows);
    const x = (point.x + 0.5) * scale - 0.5 + top * stepX;
    const y = (point.y + 0.5) * scale - 0.5 + top * stepY;
    const seen = mirrored ? { x: image.width - 1 - x, stepX: -stepX } : { x, stepX };
    addColumn(sums, width, Math.floor(column / points), points, image, { ...seen, y, stepY, rows });
  }
  const data = new Uint8Array(width * height);
  const part = (negative ? -1 : 1) / (points * points);
  const base = negative ? 255.5 : 0.5;
  for (let i = 0; i < data.length; i++) data[i] = sums[i]! * part + base;
  return { width, height, data };
}

/** Points of the picture along one column of a strip. */
interface ColumnOfPoints {
  x: number;
  y: number;
  stepX: number;
  stepY: number;
  rows: number;
}

/** Adds the grey values at the points to a column of the sums, `points` of them to each row. */
function addColumn(
  sums: Float32Array,
  width: number,
  column: number,
  points: number,
  image: GreyImage,
  { x, y, stepX, stepY, rows }: ColumnOfPoints,
): void {
  const { width: stride, height, data } = image;
  const [endX, endY] = [x + (rows - 1) * stepX, y + (rows - 1) * stepY];
  const inside =
    Math.min(x, endX) >= 0 &&
    Math.min(y, endY) >= 0 &&
    Math.max(x, endX) < stride - 1 &&
    Math.max(y, endY) < height - 1;
  for (let row = 0, at = column, left = points; row < rows; row++) {
    const px = x + row * stepX;
    const py = y + row * stepY;
    if (inside) {
      const i = Math.floor(px);
      const j = Math.floor(py);
      const fx = px - i;
      const corner = j * stride + i;
      const upper = data[corner]! + (data[corner + 1]! - data[corner]!) * fx;
      const lower = data[corner + stride]! + (data[corner + stride + 1]! - data[corner + stride]!) * fx;
      sums[at]! += upper + (lower - upper) * (py - j);
    } else sums[at]! += sample(image, px, py);
    if (--left > 0) continue;
    left = points;
    at += width;
  }
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
