// A small canvas in typed arrays: coverage masks of filled and stroked paths, painted onto an RGB sheet in millimetres.

/** An RGB picture, three bytes a pixel, rows from the top. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture that is drawn on in millimetres. */
export interface Sheet extends RgbImage {
  /** Pixels per millimetre. */
  readonly scale: number;
}

export type Rgb = readonly [number, number, number];

/** A linear or radial run of colours, in millimetres. */
export interface Gradient {
  readonly kind: 'linear' | 'radial';
  /** Linear: from one point to the other. Radial: the first point is the centre, the second lies on the rim. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Two or more colours at even distances. */
  readonly stops: readonly Rgb[];
}

export type Paint = Rgb | Gradient;
export type Blend = 'over' | 'multiply' | 'screen';

/** A line through points: x0, y0, x1, y1 … in millimetres. */
export type Polyline = readonly number[];

/** How much of each pixel a shape covers (0 to 255) within a box of the sheet. */
export interface Mask {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A blank sheet of one colour. */
export function createSheet(widthMm: number, heightMm: number, scale: number, colour: Rgb): Sheet {
  const width = Math.round(widthMm * scale);
  const height = Math.round(heightMm * scale);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) {
    data[i] = colour[0];
    data[i + 1] = colour[1];
    data[i + 2] = colour[2];
  }
  return { width, height, scale, data };
}

function boxOf(sheet: Sheet, lines: readonly Polyline[], margin: number): Mask | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const line of lines) {
    for (let i = 0; i + 1 < line.length; i += 2) {
      const x = line[i] as number;
      const y = line[i + 1] as number;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  const x = Math.max(0, Math.floor(left * sheet.scale - margin));
  const y = Math.max(0, Math.floor(top * sheet.scale - margin));
  const width = Math.min(sheet.width, Math.ceil(right * sheet.scale + margin) + 1) - x;
  const height = Math.min(sheet.height, Math.ceil(bottom * sheet.scale + margin) + 1) - y;
  if (!(width > 0 && height > 0)) return null;
  return { x, y, width, height, data: new Uint8Array(width * height) };
}

/** A mask of nothing. */
export const EMPTY_MASK: Mask = { x: 0, y: 0, width: 0, height: 0, data: new Uint8Array(0) };

/**
 * Exact area coverage of closed contours. Contours of one direction add up; a contour of the other direction cuts a hole,
 * as in font outlines.
 */
export function fillMask(sheet: Sheet, contours: readonly Polyline[]): Mask {
  const mask = boxOf(sheet, contours, 1);
  if (!mask) return EMPTY_MASK;
  const { x: ox, y: oy, width, height } = mask;
  const stride = width + 2;
  const sums = new Float32Array(stride * height);
  for (const line of contours) {
    const count = line.length >> 1;
    for (let i = 0; i < count; i++) {
      const j = i + 1 === count ? 0 : i + 1;
      addEdge(
        sums,
        stride,
        width,
        height,
        (line[2 * i] as number) * sheet.scale - ox,
        (line[2 * i + 1] as number) * sheet.scale - oy,
        (line[2 * j] as number) * sheet.scale - ox,
        (line[2 * j + 1] as number) * sheet.scale - oy,
      );
    }
  }
  for (let row = 0; row < height; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++) {
      sum += sums[row * stride + column] as number;
      const cover = sum < 0 ? -sum : sum;
      mask.data[row * width + column] = cover >= 1 ? 255 : cover * 255 + 0.5;
    }
  }
  return mask;
}

/** Adds the signed area that an edge leaves to its right, row by row, as differences along the row. */
function addEdge(
  sums: Float32Array,
  stride: number,
  width: number,
  height: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): void {
  if (ay === by) return;
  const sign = ay < by ? 1 : -1;
  const [tx, ty, ux, uy] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const slope = (ux - tx) / (uy - ty);
  const first = Math.max(0, Math.floor(ty));
  const last = Math.min(height - 1, Math.ceil(uy) - 1);
  for (let row = first; row <= last; row++) {
    const y0 = Math.max(ty, row);
    const y1 = Math.min(uy, row + 1);
    const dy = y1 - y0;
    if (dy <= 0) continue;
    const xa = clamp(tx + (y0 - ty) * slope, 0, width);
    const xb = clamp(tx + (y1 - ty) * slope, 0, width);
    const x0 = Math.min(xa, xb);
    const x1 = Math.max(xa, xb);
    const amount = sign * dy;
    const at = row * stride;
    const left = Math.floor(x0);
    const right = Math.ceil(x1);
    if (right <= left + 1) {
      const middle = (x0 + x1) / 2 - left;
      sums[at + left] = (sums[at + left] as number) + amount * (1 - middle);
      sums[at + left + 1] = (sums[at + left + 1] as number) + amount * middle;
      continue;
    }
    // The edge crosses several pixels of the row: each is covered as far as the edge lies left of its right side.
    let before = 0;
    let reached = 0;
    for (let column = left; column <= right; column++) {
      const t = column + 1;
      const area = t >= x1 ? t - (x0 + x1) / 2 : ((t - x0) * (t - x0)) / (2 * (x1 - x0));
      const cover = area - reached;
      sums[at + column] = (sums[at + column] as number) + amount * (cover - before);
      reached = area;
      before = cover;
    }
  }
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/**
 * Coverage of lines with round ends, of one width or of a width for each point; crossings of one call do not darken,
 * like one ink printed once. Lines thinner than a pixel grow paler instead.
 */
export function strokeMask(
  sheet: Sheet,
  lines: readonly Polyline[],
  widthMm: number | ((index: number, count: number) => number),
): Mask {
  const widthAt = typeof widthMm === 'number' ? () => widthMm : widthMm;
  let widest = 0;
  for (const line of lines) {
    const count = line.length >> 1;
    for (let i = 0; i < count; i++) widest = Math.max(widest, widthAt(i, count) * sheet.scale);
  }
  const mask = boxOf(sheet, lines, widest / 2 + 2);
  if (!mask) return EMPTY_MASK;
  for (const line of lines) {
    const count = line.length >> 1;
    for (let i = 0; i + 1 < count || (count === 1 && i === 0); i++) {
      const j = Math.min(i + 1, count - 1);
      addCapsule(
        mask,
        (line[2 * i] as number) * sheet.scale - mask.x,
        (line[2 * i + 1] as number) * sheet.scale - mask.y,
        (line[2 * j] as number) * sheet.scale - mask.x,
        (line[2 * j + 1] as number) * sheet.scale - mask.y,
        ((widthAt(i, count) + widthAt(j, count)) / 2) * sheet.scale,
      );
    }
  }
  return mask;
}

function addCapsule(mask: Mask, ax: number, ay: number, bx: number, by: number, width: number): void {
  const strength = Math.min(1, width) * 255;
  const radius = Math.max(width, 1) / 2;
  const reach = radius + 0.5;
  const x0 = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const x1 = Math.min(mask.width - 1, Math.ceil(Math.max(ax, bx) + reach));
  const y0 = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const y1 = Math.min(mask.height - 1, Math.ceil(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  for (let y = y0; y <= y1; y++) {
    const py = y + 0.5 - ay;
    for (let x = x0; x <= x1; x++) {
      const px = x + 0.5 - ax;
      let t = square > 0 ? (px * dx + py * dy) / square : 0;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const ex = px - t * dx;
      const ey = py - t * dy;
      const distance = ex * ex + ey * ey;
      if (distance >= reach * reach) continue;
      const cover = reach - Math.sqrt(distance);
      const value = (cover >= 1 ? 1 : cover) * strength + 0.5;
      const at = y * mask.width + x;
      if (value > (mask.data[at] as number)) mask.data[at] = value;
    }
  }
}
