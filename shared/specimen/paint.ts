// Puts coverage masks onto a sheet in a colour or a run of colours, and pictures into a rectangle.
import {
  type Blend,
  type Gradient,
  type Mask,
  type Paint,
  type Rgb,
  type RgbImage,
  type Sheet,
} from './raster.ts';
import { fillMask, type Polyline, strokeMask } from './raster.ts';

export interface PaintOptions {
  /** 0 to 1; 1 unless told. */
  readonly opacity?: number;
  /** How the ink meets what is there; 'over' unless told. */
  readonly blend?: Blend;
}

const STEPS = 256;

function rampOf(gradient: Gradient): Uint8Array {
  const ramp = new Uint8Array((STEPS + 1) * 3);
  const last = gradient.stops.length - 1;
  for (let i = 0; i <= STEPS; i++) {
    const place = (i / STEPS) * last;
    const index = Math.min(last - 1, Math.floor(place));
    const low = gradient.stops[Math.max(0, index)] ?? [0, 0, 0];
    const high = gradient.stops[Math.max(0, index) + 1] ?? low;
    for (let c = 0; c < 3; c++) {
      const from = low[c] as number;
      ramp[i * 3 + c] = from + ((high[c] as number) - from) * (place - index) + 0.5;
    }
  }
  return ramp;
}

/** A colour between two others; `share` 0 gives the first, 1 the second. */
export function mix(first: Rgb, second: Rgb, share: number): Rgb {
  return [
    first[0] + (second[0] - first[0]) * share,
    first[1] + (second[1] - first[1]) * share,
    first[2] + (second[2] - first[2]) * share,
  ];
}

/** Puts a mask onto the sheet. */
export function paintMask(sheet: Sheet, mask: Mask, paint: Paint, options: PaintOptions = {}): void {
  const opacity = options.opacity ?? 1;
  const blend = options.blend ?? 'over';
  const gradient = 'kind' in paint ? paint : null;
  const ramp = gradient ? rampOf(gradient) : null;
  const place = gradient ? placeOn(gradient, sheet.scale) : null;
  let [red, green, blue] = gradient ? [0, 0, 0] : (paint as Rgb);
  for (let row = 0; row < mask.height; row++) {
    for (let column = 0; column < mask.width; column++) {
      const cover = mask.data[row * mask.width + column] as number;
      if (cover === 0) continue;
      const x = mask.x + column;
      const y = mask.y + row;
      if (ramp && place) {
        const step = Math.round(place(x + 0.5, y + 0.5) * STEPS) * 3;
        red = ramp[step] as number;
        green = ramp[step + 1] as number;
        blue = ramp[step + 2] as number;
      }
      const alpha = (cover / 255) * opacity;
      const at = (y * sheet.width + x) * 3;
      blendPixel(sheet.data, at, red, green, blue, alpha, blend);
    }
  }
}

function blendPixel(
  data: Uint8Array,
  at: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
  blend: Blend,
): void {
  const r = data[at] as number;
  const g = data[at + 1] as number;
  const b = data[at + 2] as number;
  if (blend === 'multiply') {
    red = (red * r) / 255;
    green = (green * g) / 255;
    blue = (blue * b) / 255;
  } else if (blend === 'screen') {
    red = 255 - ((255 - red) * (255 - r)) / 255;
    green = 255 - ((255 - green) * (255 - g)) / 255;
    blue = 255 - ((255 - blue) * (255 - b)) / 255;
  }
  data[at] = r + (red - r) * alpha + 0.5;
  data[at + 1] = g + (green - g) * alpha + 0.5;
  data[at + 2] = b + (blue - b) * alpha + 0.5;
}

/** Where a pixel lies on the run of colours, 0 to 1. */
function placeOn(gradient: Gradient, scale: number): (x: number, y: number) => number {
  const [fx, fy] = [gradient.from[0] * scale, gradient.from[1] * scale];
  const dx = gradient.to[0] * scale - fx;
  const dy = gradient.to[1] * scale - fy;
  const square = dx * dx + dy * dy || 1;
  if (gradient.kind === 'radial') {
    const reach = Math.sqrt(square);
    return (x, y) => Math.min(1, Math.hypot(x - fx, y - fy) / reach);
  }
  return (x, y) => Math.min(1, Math.max(0, ((x - fx) * dx + (y - fy) * dy) / square));
}

/** Fills closed contours (millimetres). */
export function fill(
  sheet: Sheet,
  contours: readonly Polyline[],
  paint: Paint,
  options: PaintOptions = {},
): void {
  paintMask(sheet, fillMask(sheet, contours), paint, options);
}

/** Strokes lines (millimetres). */
export function stroke(
  sheet: Sheet,
  lines: readonly Polyline[],
  widthMm: number | ((index: number, count: number) => number),
  paint: Paint,
  options: PaintOptions = {},
): void {
  paintMask(sheet, strokeMask(sheet, lines, widthMm), paint, options);
}

/** How a picture is put down: as it is, or as one ink whose amount follows its darkness. */
export interface PictureOptions {
  readonly ink?: Rgb;
  readonly opacity?: number;
  /** Width of the soft border, in millimetres. */
  readonly featherMm?: number;
  /** A shape that the picture is cut to. */
  readonly clip?: Mask;
}

/** Puts a picture into a rectangle (millimetres), averaging where it is made smaller. */
export function drawPicture(
  sheet: Sheet,
  picture: RgbImage,
  x: number,
  y: number,
  width: number,
  height: number,
  options: PictureOptions = {},
): void {
  const left = Math.round(x * sheet.scale);
  const top = Math.round(y * sheet.scale);
  const columns = Math.round(width * sheet.scale);
  const rows = Math.round(height * sheet.scale);
  const feather = (options.featherMm ?? 0) * sheet.scale;
  if (columns === picture.width && rows === picture.height && Object.keys(options).length === 0) {
    copyPicture(sheet, picture, left, top);
    return;
  }
  const sx = picture.width / columns;
  const sy = picture.height / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const px = left + column;
      const py = top + row;
      if (px < 0 || py < 0 || px >= sheet.width || py >= sheet.height) continue;
      let alpha = options.opacity ?? 1;
      if (feather > 0) {
        const edge = Math.min(column, row, columns - 1 - column, rows - 1 - row) / feather;
        const soft = Math.min(1, edge);
        alpha *= soft * soft * (3 - 2 * soft);
      }
      if (options.clip) alpha *= coverAt(options.clip, px, py) / 255;
      if (alpha <= 0) continue;
      let [r, g, b] = averageOf(picture, column * sx, row * sy, sx, sy);
      const at = (py * sheet.width + px) * 3;
      if (options.ink) {
        alpha *= 1 - (0.3 * r + 0.59 * g + 0.11 * b) / 255;
        [r, g, b] = options.ink;
      }
      blendPixel(sheet.data, at, r, g, b, alpha, options.ink ? 'multiply' : 'over');
    }
  }
}

/** Pixel for pixel, cut at the edges of the sheet. */
function copyPicture(sheet: Sheet, picture: RgbImage, left: number, top: number): void {
  const skip = Math.max(0, -left);
  const count = Math.min(picture.width, sheet.width - left) - skip;
  if (count <= 0) return;
  for (let row = Math.max(0, -top); row < picture.height && row + top < sheet.height; row++) {
    const from = (row * picture.width + skip) * 3;
    const pixels = picture.data.subarray(from, from + count * 3);
    sheet.data.set(pixels, ((row + top) * sheet.width + left + skip) * 3);
  }
}

function coverAt(mask: Mask, x: number, y: number): number {
  const column = x - mask.x;
  const row = y - mask.y;
  if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return 0;
  return mask.data[row * mask.width + column] as number;
}

function averageOf(
  picture: RgbImage,
  x: number,
  y: number,
  width: number,
  height: number,
): [number, number, number] {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const x1 = Math.min(picture.width, Math.max(x0 + 1, Math.round(x + width)));
  const y1 = Math.min(picture.height, Math.max(y0 + 1, Math.round(y + height)));
  let r = 0;
  let g = 0;
  let b = 0;
  for (let row = y0; row < y1; row++) {
    for (let column = x0; column < x1; column++) {
      const at = (row * picture.width + column) * 3;
      r += picture.data[at] as number;
      g += picture.data[at + 1] as number;
      b += picture.data[at + 2] as number;
    }
  }
  const count = Math.max(1, (x1 - x0) * (y1 - y0));
  return [r / count, g / count, b / count];
}
