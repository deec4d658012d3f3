// Where the portrait of a document lies in its picture, told from where its machine-readable zone lies.
import type { FormatId } from '../mrz/formats.ts';
import type { Point, Quad } from './types.ts';

/** Millimetres: from the start of the first place of a row to the right, from the middle of the last row upwards. */
interface Place {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/**
 * Zone V with room around it: half a thumb, because two rows tell the lean of a page only roughly. It stands at the left
 * above the machine-readable zone (ICAO Doc 9303-4 §3, -6 §3, -7 §3; the French card is set as a TD2).
 */
const SMALL: Place = { left: -3.5, right: 31, bottom: 14, top: 53 };
const PLACES: Readonly<Record<FormatId, Place | null>> = {
  TD3: { left: -4.5, right: 39, bottom: 13.8, top: 62.5 },
  TD2: SMALL,
  'FR-ID': SMALL,
  'MRV-A': { left: -3, right: 35, bottom: 14, top: 57 },
  'MRV-B': SMALL,
  // The other side of the card has it (Doc 9303-5 §3).
  TD1: null,
};

/** Ten characters to the inch (Doc 9303-3 §4.1). */
const PITCH_MM = 2.54;
/** From row to row (Doc 9303-4 §4.1, -6 §4.1, -7 §4.1). */
const ROW_MM = 6.35;
/** What the reader outlines beyond the middle of the outer rows. */
const BESIDE_MM = 1.55;

/** A rectangle of a document that lies in a picture anyhow: turned, leaning, mirrored. */
export interface UprightPart {
  /** Corners in pixels of the picture, read upright: upper left, upper right, lower right, lower left. */
  corners: Quad;
  widthMm: number;
  heightMm: number;
}

/** Whether the portrait of this format stands on the side with the machine-readable zone. */
export function hasPortraitBeside(format: FormatId): boolean {
  return PLACES[format] !== null;
}

/**
 * The part of a picture that holds the portrait. `outline` is that of the reading, in its reading order.
 * Null where the format has the portrait on its other side, or the outline encloses nothing.
 */
export function portraitPart(format: FormatId, outline: Quad, columns: number): UprightPart | null {
  const place = PLACES[format];
  if (place === null) return null;
  const [a, b, c, d] = outline;
  const along = columns * PITCH_MM;
  const right = vector(middle(a, d), middle(b, c), along);
  // The start of the rows is nearest to the portrait: its slant and its shortening are those of the portrait.
  const down = vector(a, d, ROW_MM + 2 * BESIDE_MM);
  if (Math.abs(right.x * down.y - right.y * down.x) < 1e-6) return null;
  const at = (x: number, y: number): Point => ({
    x: d.x + right.x * x - down.x * (y + BESIDE_MM),
    y: d.y + right.y * x - down.y * (y + BESIDE_MM),
  });
  return {
    corners: [
      at(place.left, place.top),
      at(place.right, place.top),
      at(place.right, place.bottom),
      at(place.left, place.bottom),
    ],
    widthMm: place.right - place.left,
    heightMm: place.top - place.bottom,
  };
}

/** A rectangle with its sides along those of the picture that holds the corners. */
export function boundsOf(corners: Quad): { x: number; y: number; width: number; height: number } {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return {
    x: left,
    y: top,
    width: Math.ceil(Math.max(...xs)) - left,
    height: Math.ceil(Math.max(...ys)) - top,
  };
}

function middle(p: Point, q: Point): Point {
  return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
}

function vector(from: Point, to: Point, mm: number): Point {
  return { x: (to.x - from.x) / mm, y: (to.y - from.y) / mm };
}
