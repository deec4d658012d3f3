// Letters as outlines: reads the glyph tables and sets lines of text on a sheet.
import { fill, type PaintOptions } from './paint.ts';
import type { Paint, Polyline, Sheet } from './raster.ts';

/** Outlines of a face: for each character its advance and its path (absolute, y upwards, whole font units). */
export interface GlyphTable {
  readonly unitsPerEm: number;
  readonly capHeight: number;
  readonly glyphs: Readonly<Record<string, readonly [advance: number, path: string]>>;
}

const CURVE_STEPS = 6;
const parsed = new WeakMap<GlyphTable, Map<string, number[][]>>();

/** The closed contours of one character in font units; empty for a character that the table lacks. */
export function glyphContours(table: GlyphTable, character: string): number[][] {
  let known = parsed.get(table);
  if (!known) {
    known = new Map();
    parsed.set(table, known);
  }
  let contours = known.get(character);
  if (!contours) {
    contours = flatten(table.glyphs[character]?.[1] ?? '');
    known.set(character, contours);
  }
  return contours;
}

function flatten(path: string): number[][] {
  const contours: number[][] = [];
  let current: number[] = [];
  for (const [, op = '', text = ''] of path.matchAll(/([MLQC])([^MLQC]*)/g)) {
    const n = text.trim().split(' ').map(Number);
    const [p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0] = n;
    if (op === 'M') {
      current = [p0, p1];
      contours.push(current);
      continue;
    }
    const x = current[current.length - 2] ?? 0;
    const y = current[current.length - 1] ?? 0;
    if (op === 'L') current.push(p0, p1);
    else {
      for (let i = 1; i <= CURVE_STEPS; i++) {
        const t = i / CURVE_STEPS;
        const u = 1 - t;
        if (op === 'Q') {
          current.push(u * u * x + 2 * u * t * p0 + t * t * p2, u * u * y + 2 * u * t * p1 + t * t * p3);
        } else {
          const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
          current.push(a * x + b * p0 + c * p2 + d * p4, a * y + b * p1 + c * p3 + d * p5);
        }
      }
    }
  }
  return contours;
}

export interface TextStyle {
  readonly face: GlyphTable;
  /** Height of a capital letter in millimetres. */
  readonly capMm: number;
  /** Extra space after each letter, in millimetres. */
  readonly trackingMm?: number;
}

/** Width of a line of text in millimetres. */
export function textWidth(text: string, style: TextStyle): number {
  const unit = style.capMm / style.face.capHeight;
  let width = 0;
  for (const character of text) {
    width += (style.face.glyphs[character]?.[0] ?? 300) * unit + (style.trackingMm ?? 0);
  }
  return Math.max(0, width - (style.trackingMm ?? 0));
}

export interface TextPlace {
  /** Left end, middle or right end of the line, see `align`. */
  readonly x: number;
  readonly baseline: number;
  readonly align?: 'left' | 'middle' | 'right';
  /** Degrees, clockwise, about (x, baseline). */
  readonly turn?: number;
}

/** Contours of a line of text in millimetres, ready to fill. */
export function textContours(text: string, style: TextStyle, place: TextPlace): Polyline[] {
  const unit = style.capMm / style.face.capHeight;
  const width = textWidth(text, style);
  let cursor = place.align === 'middle' ? -width / 2 : place.align === 'right' ? -width : 0;
  const angle = ((place.turn ?? 0) * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const out: number[][] = [];
  for (const character of text) {
    for (const contour of glyphContours(style.face, character)) {
      const points: number[] = [];
      for (let i = 0; i + 1 < contour.length; i += 2) {
        const x = cursor + (contour[i] as number) * unit;
        const y = -(contour[i + 1] as number) * unit;
        points.push(place.x + x * cos - y * sin, place.baseline + x * sin + y * cos);
      }
      out.push(points);
    }
    cursor += (style.face.glyphs[character]?.[0] ?? 300) * unit + (style.trackingMm ?? 0);
  }
  return out;
}

/** Sets a line of text and returns its width in millimetres. */
export function drawText(
  sheet: Sheet,
  text: string,
  style: TextStyle,
  place: TextPlace,
  paint: Paint,
  options: PaintOptions = {},
): number {
  // Letter by letter, so that the coverage boxes stay small.
  const turned = (place.turn ?? 0) !== 0;
  if (turned) fill(sheet, textContours(text, style, place), paint, options);
  else {
    const start = place.x - alignShift(text, style, place);
    let cursor = start;
    for (const character of text) {
      const contours = textContours(character, style, { x: cursor, baseline: place.baseline });
      if (contours.length > 0) fill(sheet, contours, paint, options);
      cursor += textWidth(character, style) + (style.trackingMm ?? 0);
    }
  }
  return textWidth(text, style);
}

function alignShift(text: string, style: TextStyle, place: TextPlace): number {
  if (place.align === 'middle') return textWidth(text, style) / 2;
  return place.align === 'right' ? textWidth(text, style) : 0;
}
