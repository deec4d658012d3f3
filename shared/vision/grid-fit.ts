// Fits the grid of a zone to its rows, completed by all ink that lies on it.
import { type Component, extentAlong } from './components.ts';
import { frameAt, type Grid, type GridLine, placeOf, polynomial } from './grid.ts';
import { addRidge, createNormal, median, observe, quantile, solve } from './least-squares.ts';
import type { PlacedMember, PlacedRow } from './places.ts';
import { pointOnRow, toRowFrame } from './rows.ts';
import { ROW_LENGTHS } from './windows.ts';

/** True when a row has as many places as a format's, nearly all of them with ink. */
function isComplete(row: PlacedRow): boolean {
  return ROW_LENGTHS.includes(row.count) && row.members.length >= 0.9 * row.count;
}

/** How many places a row's first place lies after the other's, when the rows are printed one above the other. */
function shiftBetween(upper: PlacedRow, lower: PlacedRow): number {
  // Two complete rows begin together, however obliquely they are seen.
  if (upper.count === lower.count && isComplete(upper) && isComplete(lower)) return 0;
  const pitch = (upper.row.pitch + lower.row.pitch) / 2;
  const middle = lower.members[lower.members.length >> 1]!;
  const nearest = upper.members.reduce((a, b) =>
    Math.abs(toRowFrame(upper.row, b).u - toRowFrame(upper.row, middle).u) <
    Math.abs(toRowFrame(upper.row, a).u - toRowFrame(upper.row, middle).u)
      ? b
      : a,
  );
  // Distance along the upper row's own direction at that member, so that a bend does not add up.
  const u = toRowFrame(upper.row, nearest).u;
  const a = pointOnRow(upper.row, u - 0.5 * pitch);
  const b = pointOnRow(upper.row, u + 0.5 * pitch);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const ahead = ((middle.x - nearest.x) * (b.x - a.x) + (middle.y - nearest.y) * (b.y - a.y)) / length;
  const straight = nearest.place + ahead / pitch - middle.place;
  // A slanted view moves one row against the other by up to a place or so; where that leaves two, equal ends settle.
  let best = Math.round(straight);
  let bestCost = Number.POSITIVE_INFINITY;
  for (let shift = Math.ceil(straight - 1.4); shift <= straight + 1.4; shift++) {
    const start = Math.abs(shift);
    const end = Math.abs(shift + lower.count - upper.count);
    const cost =
      Math.abs(shift - straight) + 0.25 * Math.min(start, end, 2) + 0.05 * Math.min(start + end, 6);
    if (cost < bestCost) {
      bestCost = cost;
      best = shift;
    }
  }
  return best;
}

/** Basis of the smooth map: a bend of degree 4 common to all lines, and a gentler difference between lines. */
function basisAt(t: number, line: number, lines: number): number[] {
  const basis = [1, t, t * t, t ** 3, t ** 4];
  if (lines === 1) return basis;
  const q = line - (lines - 1) / 2;
  basis.push(q, q * t, q * t * t);
  if (lines === 3) basis.push(q * q, q * q * t);
  return basis;
}

interface Fitted {
  lines: GridLine[];
  middle: number;
  half: number;
  error: number;
}

function fitLines(ink: readonly Map<number, PlacedMember>[], pitch: number): Fitted {
  const places = ink.flatMap((line) => [...line.keys()]);
  const first = Math.min(...places);
  const last = Math.max(...places);
  const middle = (first + last) / 2;
  const half = (last - first) / 2 || 1;
  const observations = ink.flatMap((line, index) =>
    [...line.values()].map((member) => ({
      member,
      basis: basisAt((member.place - middle) / half, index, ink.length),
      weight: 1,
    })),
  );
  const size = basisAt(0, 0, ink.length).length;
  let terms: number[][] = [];
  let error = 0;
  for (let round = 0; round < 4; round++) {
    const normal = createNormal(size, 2);
    for (const o of observations) observe(normal, o.basis, [o.member.x, o.member.y], o.weight);
    for (let index = 2; index < size; index++) {
      // The bend of a view from the side is real; finer bends need more ink to be believed.
      const hold = index === 2 ? 0.0005 : index === 5 || index === 6 ? 0 : 0.002;
      addRidge(normal, index, hold * observations.length);
    }
    terms = solve(normal);
    const misses: number[] = [];
    for (const o of observations) {
      const dx = o.member.x - o.basis.reduce((sum, b, i) => sum + b * terms[0]![i]!, 0);
      const dy = o.member.y - o.basis.reduce((sum, b, i) => sum + b * terms[1]![i]!, 0);
      const miss = Math.hypot(dx, dy) / pitch;
      misses.push(miss);
      o.weight = 1 / (1 + (miss / 0.12) ** 2);
    }
    error = median(misses);
  }
  const lines = ink.map((_, index) => {
    // Collect the terms of this line into plain polynomials of t.
    const collect = (coefficients: readonly number[]): number[] => {
      const q = index - (ink.length - 1) / 2;
      const out = coefficients.slice(0, 5);
      if (ink.length > 1) for (let p = 0; p < 3; p++) out[p]! += q * coefficients[5 + p]!;
      if (ink.length === 3) for (let p = 0; p < 2; p++) out[p]! += q * q * coefficients[8 + p]!;
      return out;
    };
    return { x: collect(terms[0]!), y: collect(terms[1]!), offset: 0 };
  });
  return { lines, middle, half, error };
}

/** Height of a capital and its trend along the rows; the highest row counts, as fillers are low. */
function fitCap(ink: readonly Map<number, PlacedMember>[], fitted: Fitted, pitch: number): [number, number] {
  const normal = createNormal(2);
  let cap = 0;
  for (const line of ink) {
    const high = quantile(
      [...line.values()].map((member) => member.height),
      0.8,
    );
    cap = Math.max(cap, high);
    for (const member of line.values()) {
      const part = member.height / high;
      if (part < 0.72 || part > 1.3) continue;
      observe(normal, [1, (member.place - fitted.middle) / fitted.half], [part], 1);
    }
  }
  addRidge(normal, 1, 4);
  const [level, trend] = solve(normal)[0] as [number, number];
  const base = Math.min(cap, 1.15 * pitch);
  const slope = level > 0 ? Math.max(-0.4, Math.min(0.4, trend / level)) : 0;
  return [base, base * slope];
}

/** A stronger lean is no view of a document but rows put together wrongly. */
const MOST_LEAN = 0.5;

/** The lean of the step from the first line to the last, at both ends. */
function fitShear(fitted: Fitted): [number, number] {
  const upper = fitted.lines[0]!;
  const lower = fitted.lines.at(-1)!;
  if (upper === lower) return [0, 0];
  const lean = (t: number): number => {
    const ux = polynomial(upper.x, t);
    const uy = polynomial(upper.y, t);
    const dx = polynomial(lower.x, t).value - ux.value;
    const dy = polynomial(lower.y, t).value - uy.value;
    const forward = dx * ux.slope + dy * uy.slope;
    const across = dy * ux.slope - dx * uy.slope;
    return forward / (across || 1e-9);
  };
  const start = lean(-1);
  const end = lean(1);
  if (Math.max(Math.abs(start), Math.abs(end)) > MOST_LEAN) return [0, 0];
  return [(start + end) / 2, (end - start) / 2];
}

function assembleGrid(ink: Map<number, PlacedMember>[], pitch: number): Grid {
  const fitted = fitLines(ink, pitch);
  return { ...fitted, cap: fitCap(ink, fitted, pitch), shear: fitShear(fitted), ink };
}

/** How far beyond the known ends each round looks for more ink, in places. */
const REACH = 3;

/** Components lying on places of the grid, also those no chain had; the nearest wins a place. */
function gatherInk(grid: Grid, components: readonly Component[]): Map<number, PlacedMember>[] {
  const first = Math.floor(grid.middle - grid.half) - REACH;
  const last = Math.ceil(grid.middle + grid.half) + REACH;
  const centre = frameAt(grid, grid.middle, 0);
  const across = Math.atan2(centre.place.y, centre.place.x) + Math.PI / 2;
  const corners = grid.lines.flatMap((_, line) =>
    [first, grid.middle, last].map((p) => frameAt(grid, p, line).point),
  );
  const margin = 3 * grid.cap[0];
  const left = Math.min(...corners.map((p) => p.x)) - margin;
  const right = Math.max(...corners.map((p) => p.x)) + margin;
  const top = Math.min(...corners.map((p) => p.y)) - margin;
  const bottom = Math.max(...corners.map((p) => p.y)) + margin;
  const off = grid.lines.map(() => new Map<number, number>());
  const ink = grid.lines.map(() => new Map<number, PlacedMember>());
  for (const component of components) {
    if (component.x < left || component.x > right || component.y < top || component.y > bottom) continue;
    const height = extentAlong(component, across);
    if (height < 0.55 * grid.cap[0] || height > 1.5 * grid.cap[0]) continue;
    for (let line = 0; line < grid.lines.length; line++) {
      const at = placeOf(grid, line, component);
      const place = Math.round(at.place);
      const miss = Math.abs(at.place - place);
      if (place < first || place > last || Math.abs(at.away) > 0.35 || miss > 0.3) continue;
      const cost = miss + Math.abs(at.away);
      if (cost >= (off[line]!.get(place) ?? Number.POSITIVE_INFINITY)) continue;
      off[line]!.set(place, cost);
      ink[line]!.set(place, { x: component.x, y: component.y, height, place });
    }
  }
  return ink;
}

/** The grid through the given rows (upper first, all directed alike), completed by the ink that lies on it. */
export function fitGrid(rows: readonly PlacedRow[], components: readonly Component[]): Grid {
  const pitch = median(rows.map((row) => row.row.pitch));
  let shift = 0;
  const seeds = rows.map((row, index) => {
    if (index > 0) shift += shiftBetween(rows[index - 1]!, row);
    return new Map(
      row.members.map((member) => [member.place + shift, { ...member, place: member.place + shift }]),
    );
  });
  let grid = assembleGrid(seeds, pitch);
  for (let round = 0; round < 2; round++) {
    const ink = gatherInk(grid, components);
    if (ink.some((line) => line.size < 6)) break;
    grid = assembleGrid(ink, pitch);
  }
  return grid;
}
