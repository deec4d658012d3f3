// A row of characters: its curved base line, the trend of its height, its pitch.
import { extentAlong, type Component } from './components.ts';
import { addRidge, createNormal, median, observe, solve } from './least-squares.ts';
import type { Point } from './types.ts';

/** A character-sized piece of ink in a row: its centre and its height across the row. */
export interface Member extends Point {
  height: number;
}

/** A chain of members along one curve; `u` runs along its direction from its centre, `v` across it. */
export interface Row {
  /** Sorted by `u`. */
  members: Member[];
  centre: Point;
  /** Unit vector along the row. */
  along: Point;
  angle: number;
  from: number;
  to: number;
  /** v as a polynomial of t, where t is -1 at `from` and 1 at `to`. */
  curve: number[];
  height: number;
  pitch: number;
  /** Share of the steps between neighbours that are whole pitches. */
  regularity: number;
  /** Root mean square distance of the members from the curve. */
  spread: number;
}

/** A point in the row's own frame. */
export function toRowFrame(row: Row, point: Point): { u: number; v: number } {
  const dx = point.x - row.centre.x;
  const dy = point.y - row.centre.y;
  return { u: dx * row.along.x + dy * row.along.y, v: dy * row.along.x - dx * row.along.y };
}

/** The point of the row's curve at `u`; beyond the ends the tangent goes on. */
export function pointOnRow(row: Row, u: number): Point {
  const half = (row.to - row.from) / 2 || 1;
  const t = (u - (row.from + row.to) / 2) / half;
  const inside = Math.max(-1, Math.min(1, t));
  let value = 0;
  let slope = 0;
  for (let power = row.curve.length - 1; power >= 0; power--) {
    slope = slope * inside + value;
    value = value * inside + row.curve[power]!;
  }
  const v = value + slope * (t - inside);
  return {
    x: row.centre.x + u * row.along.x - v * row.along.y,
    y: row.centre.y + u * row.along.y + v * row.along.x,
  };
}

function principalAngle(points: readonly Point[], centre: Point): number {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const point of points) {
    const dx = point.x - centre.x;
    const dy = point.y - centre.y;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return 0.5 * Math.atan2(2 * xy, xx - yy);
}

function centreOf(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}

/** Degree 4 follows a bent page; short rows could not carry it. The upper terms are held down a little. */
function fitCurve(
  ts: readonly number[],
  vs: readonly number[],
  scale: number,
): { curve: number[]; spread: number } {
  const size = ts.length >= 20 ? 5 : 3;
  const basis = [1, 0, 0, 0, 0].slice(0, size);
  const value = [0];
  const weights = new Float64Array(ts.length).fill(1);
  let curve: number[] = [];
  let spread = 0;
  for (let round = 0; round < 5; round++) {
    const normal = createNormal(size);
    for (let i = 0; i < ts.length; i++) {
      for (let power = 1; power < size; power++) basis[power] = basis[power - 1]! * ts[i]!;
      value[0] = vs[i]!;
      observe(normal, basis, value, weights[i]!);
    }
    for (let power = 2; power < size; power++)
      addRidge(normal, power, (power === 2 ? 0.005 : 0.01) * ts.length);
    curve = solve(normal)[0]!;
    let squares = 0;
    for (let i = 0; i < ts.length; i++) {
      let at = 0;
      for (let power = size - 1; power >= 0; power--) at = at * ts[i]! + curve[power]!;
      const error = vs[i]! - at;
      squares += error * error;
      weights[i] = 1 / (1 + (error / (0.12 * scale)) ** 2);
    }
    spread = Math.sqrt(squares / ts.length);
  }
  return { curve, spread };
}

/** A row before its curve is fitted, which costs more than all the rest. */
export type UncurvedRow = Omit<Row, 'curve' | 'spread'>;

/**
 * A row without its curve, through the given members (at least 3). `hint` fixes which way along the row is forward:
 * without it the sign would flip between the rows of one zone near 90 degrees.
 */
function layRow(members: readonly Member[], hint?: Point): UncurvedRow {
  const centre = centreOf(members);
  let angle = principalAngle(members, centre);
  if (hint !== undefined && Math.cos(angle) * hint.x + Math.sin(angle) * hint.y < 0) angle += Math.PI;
  const along = { x: Math.cos(angle), y: Math.sin(angle) };
  const placed = members
    .map((member) => ({ member, u: (member.x - centre.x) * along.x + (member.y - centre.y) * along.y }))
    .sort((a, b) => a.u - b.u);
  const height = median(members.map((member) => member.height));
  const steps = placed.slice(1).map((p, i) => p.u - placed[i]!.u);
  const pitch = median(steps.filter((step) => step > 0.5 * height && step < 2.2 * height)) || height * 1.05;
  const regular = steps.filter((step) => {
    const places = Math.round(step / pitch);
    return places >= 1 && Math.abs(step / pitch - places) < 0.17;
  });
  return {
    members: placed.map((p) => p.member),
    centre,
    along,
    angle,
    from: placed[0]!.u,
    to: placed.at(-1)!.u,
    height,
    pitch,
    regularity: regular.length / Math.max(1, steps.length),
  };
}

/** The row with its curve. */
function curved(row: UncurvedRow): Row {
  const { members, centre, along, from, to, height } = row;
  const half = (to - from) / 2 || 1;
  const middle = (from + to) / 2;
  const ts: number[] = [];
  const vs: number[] = [];
  for (const { x, y } of members) {
    const dx = x - centre.x;
    const dy = y - centre.y;
    ts.push((dx * along.x + dy * along.y - middle) / half);
    vs.push(dy * along.x - dx * along.y);
  }
  return { ...row, ...fitCurve(ts, vs, height) };
}

/** The row through the given members (at least 3); for `hint` see `layRow`. */
export function fitRow(members: readonly Member[], hint?: Point): Row {
  return curved(layRow(members, hint));
}

/** A row from components found in a chain, their heights taken across the chain. */
export function rowFromComponents(components: readonly Component[]): UncurvedRow {
  const across = principalAngle(components, centreOf(components)) + Math.PI / 2;
  return layRow(components.map((c) => ({ x: c.x, y: c.y, height: extentAlong(c, across) })));
}

/** Two rows that do not touch, or are not of one line, are not joined. */
function joined(a: Row, b: Row): Row | null {
  if (Math.abs(Math.sin(a.angle - b.angle)) > 0.12) return null;
  const ratio = b.height / a.height;
  if (ratio < 0.6 || ratio > 1.6) return null;
  let first = b.members[0]!;
  let last = first;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const member of b.members) {
    const u = (member.x - a.centre.x) * a.along.x + (member.y - a.centre.y) * a.along.y;
    if (u < low) {
      low = u;
      first = member;
    }
    if (u > high) {
      high = u;
      last = member;
    }
  }
  const gap = Math.max(low - a.to, a.from - high);
  if (gap > 9 * a.pitch) return null;
  const allowed = 0.55 * a.height + 0.02 * Math.max(0, gap);
  for (const [u, member] of [
    [low, first],
    [high, last],
  ] as const) {
    const point = pointOnRow(a, u);
    if (Math.hypot(point.x - member.x, point.y - member.y) > allowed) return null;
  }
  const near = 0.3 * a.height;
  const extra = b.members.filter(
    (m) => !a.members.some((o) => (o.x - m.x) ** 2 + (o.y - m.y) ** 2 < near * near),
  );
  return fitRow([...a.members, ...extra]);
}

/** Joining compares all pairs again after each success, so only the best rows may enter. */
const MOST_ROWS = 90;

/** The worth of a row whose members lie on its curve; less where they do not. */
function worthUncurved({ members, regularity }: UncurvedRow): number {
  return members.length * (0.2 + regularity);
}

function worth(row: Row): number {
  return worthUncurved(row) * (row.spread < 0.15 * row.height ? 1 : 0.7);
}

/** The best rows, best first; a curve is fitted only to those that may be among them. */
function bestRows(rows: readonly UncurvedRow[]): Row[] {
  const likely = rows
    .map((row, index) => ({ row, index, most: worthUncurved(row) }))
    .sort((a, b) => b.most - a.most || a.index - b.index);
  const best: { row: Row; index: number; worth: number }[] = [];
  for (const { row, index, most } of likely) {
    const last = best[MOST_ROWS - 1];
    if (last !== undefined && most < last.worth) break;
    const whole = curved(row);
    const one = { row: whole, index, worth: worth(whole) };
    const at = best.findIndex(
      (other) => other.worth < one.worth || (other.worth === one.worth && other.index > index),
    );
    best.splice(at < 0 ? best.length : at, 0, one);
  }
  return best.slice(0, MOST_ROWS).map((one) => one.row);
}

/** Joins fragments of one line of text; keeps the best rows only. */
export function mergeRows(rows: readonly UncurvedRow[], checkpoint: () => void): Row[] {
  const kept = bestRows(rows);
  kept.sort((a, b) => b.to - b.from - (a.to - a.from));
  for (let i = 0; i < kept.length; ) {
    checkpoint();
    let whole: Row | null = null;
    let at = i + 1;
    for (; at < kept.length; at++) {
      whole = joined(kept[i]!, kept[at]!);
      if (whole !== null) break;
    }
    if (whole === null) {
      i++;
      continue;
    }
    kept[i] = whole;
    kept.splice(at, 1);
    i = 0;
  }
  return kept;
}
