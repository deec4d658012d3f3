// The grid that all rows of a zone share: from (place, line) to a point of the picture and back.
import type { PlacedMember } from './places.ts';
import type { Point } from './types.ts';

/** One line of the grid: x and y as polynomials of t, moved across the line by `offset` capitals. */
export interface GridLine {
  x: readonly number[];
  y: readonly number[];
  offset: number;
}

export interface Grid {
  /** From the upper line to the lower, as seen along the direction of reading. */
  lines: GridLine[];
  /** t = (place - middle) / half. */
  middle: number;
  half: number;
  /** Height of a capital in pixels: `cap[0] + cap[1] t`. */
  cap: [number, number];
  /** How far a step across the lines leans along them: `shear[0] + shear[1] t`. */
  shear: [number, number];
  /** Which places carry ink, per line: place -> member. */
  ink: Map<number, PlacedMember>[];
  /** Typical distance of the members from the grid, in places. */
  error: number;
}

const clampT = (t: number): number => Math.max(-1, Math.min(1, t));

/** Value and slope of a polynomial at t. */
export function polynomial(terms: readonly number[], t: number): { value: number; slope: number } {
  let value = 0;
  let slope = 0;
  for (let power = terms.length - 1; power >= 0; power--) {
    slope = slope * t + value;
    value = value * t + terms[power]!;
  }
  return { value, slope };
}

/** A place of the grid with the vector of one place along the line and of one capital across it (downwards). */
export interface GridFrame {
  point: Point;
  place: Point;
  down: Point;
}

/** The frame at a place of a line; places may be fractions and may lie outside, where the tangent goes on. */
export function frameAt(grid: Grid, place: number, line: number): GridFrame {
  const t = (place - grid.middle) / grid.half;
  const inside = clampT(t);
  const { x, y, offset } = grid.lines[line]!;
  const px = polynomial(x, inside);
  const py = polynomial(y, inside);
  const length = Math.hypot(px.slope, py.slope) || 1;
  const tx = px.slope / length;
  const ty = py.slope / length;
  const wide = Math.max(-1.2, Math.min(1.2, t));
  const cap = grid.cap[0] + grid.cap[1] * wide;
  const shear = grid.shear[0] + grid.shear[1] * inside;
  const down = { x: cap * (shear * tx - ty), y: cap * (shear * ty + tx) };
  return {
    point: {
      x: px.value + px.slope * (t - inside) + down.x * offset,
      y: py.value + py.slope * (t - inside) + down.y * offset,
    },
    place: { x: px.slope / grid.half, y: py.slope / grid.half },
    down,
  };
}

/** The place nearest to a point on a line, and the distance from the line in capitals (downwards positive). */
export function placeOf(grid: Grid, line: number, point: Point): { place: number; away: number } {
  let place = grid.middle;
  let away = 0;
  for (let round = 0; round < 4; round++) {
    const frame = frameAt(grid, place, line);
    const dx = point.x - frame.point.x;
    const dy = point.y - frame.point.y;
    const det = frame.place.x * frame.down.y - frame.place.y * frame.down.x;
    if (Math.abs(det) < 1e-9) break;
    place += (dx * frame.down.y - dy * frame.down.x) / det;
    away = (frame.place.x * dy - frame.place.y * dx) / det;
  }
  return { place, away };
}

/** The same grid with other lines: each names a line of the grid and a distance from it in capitals. */
export function withLines(grid: Grid, lines: readonly { line: number; offset: number }[]): Grid {
  return {
    ...grid,
    lines: lines.map(({ line, offset }) => {
      const base = grid.lines[line]!;
      return { ...base, offset: base.offset + offset };
    }),
    ink: lines.map(({ line, offset }) => (offset === 0 ? grid.ink[line]! : new Map())),
  };
}

/** The grid read the other way up: the last line first, the last place first. Place p becomes 2 middle - p. */
export function turned(grid: Grid): Grid {
  const mirror = (terms: readonly number[]): number[] =>
    terms.map((term, power) => (power % 2 === 1 ? -term : term));
  return {
    ...grid,
    lines: grid.lines
      .map((line) => ({ x: mirror(line.x), y: mirror(line.y), offset: -line.offset }))
      .reverse(),
    cap: [grid.cap[0], -grid.cap[1]],
    shear: [grid.shear[0], -grid.shear[1]],
    ink: grid.ink
      .map(
        (line) =>
          new Map(
            [...line.entries()].map(([place, member]) => {
              const other = 2 * grid.middle - place;
              return [other, { ...member, place: other }];
            }),
          ),
      )
      .reverse(),
  };
}
