// From places of the MRZ rows to places in the picture.
import type { Place } from '../../../shared/mrz/formats.ts';
import type { Point, Quad } from '../../../shared/vision/types.ts';
import type { ReadingWork } from './work.ts';

/** The cell of one place in pixels of the reading's image; null where the reading came from no image. */
export function cellQuad(reading: ReadingWork, row: number, column: number): Quad | null {
  const told = reading.quads?.[row]?.[column];
  if (told !== undefined) return told;
  if (reading.outline === null) return null;
  // A restored draft keeps the outline only: the rows share it evenly.
  const columns = Math.max(1, ...reading.lines.map((line) => line.length));
  const rows = Math.max(1, reading.lines.length);
  const [left, right] = [column / columns, (column + 1) / columns];
  const [top, bottom] = [row / rows, (row + 1) / rows];
  const outline = reading.outline;
  return [
    within(outline, left, top),
    within(outline, right, top),
    within(outline, right, bottom),
    within(outline, left, bottom),
  ];
}

/** The place of a run of characters, corner to corner. */
export function placeQuad(reading: ReadingWork, place: Place): Quad | null {
  const last = Math.max(place.start, Math.min(place.end, reading.lines[place.row]?.length ?? 0) - 1);
  const [from, to] = [cellQuad(reading, place.row, place.start), cellQuad(reading, place.row, last)];
  return from === null || to === null ? null : [from[0], to[1], to[2], from[3]];
}

function within([a, b, c, d]: Quad, u: number, v: number): Point {
  const mix = (p: number, q: number, t: number) => p + (q - p) * t;
  return {
    x: mix(mix(a.x, b.x, u), mix(d.x, c.x, u), v),
    y: mix(mix(a.y, b.y, u), mix(d.y, c.y, u), v),
  };
}

/** How to draw a cell upright: its centre, its turn in radians and its height in pixels of the image. */
export function uprightView([a, b, c, d]: Quad): {
  centre: Point;
  turn: number;
  height: number;
  width: number;
} {
  return {
    centre: { x: (a.x + b.x + c.x + d.x) / 4, y: (a.y + b.y + c.y + d.y) / 4 },
    turn: Math.atan2(b.y - a.y, b.x - a.x),
    height: Math.hypot(d.x - a.x, d.y - a.y),
    width: Math.hypot(b.x - a.x, b.y - a.y),
  };
}

export function svgPoints(quad: Quad): string {
  return quad.map(({ x, y }) => `${x},${y}`).join(' ');
}

/** The middle of a quad. */
export function centreOf(quad: Quad): Point {
  return uprightView(quad).centre;
}
