// Puts the members of one row on evenly spaced places, the way a machine printed them.
import { addRidge, createNormal, median, observe, quantile, solve } from './least-squares.ts';
import { fitRow, pointOnRow, toRowFrame, type Member, type Row } from './rows.ts';
import type { Point } from './types.ts';

export interface PlacedMember extends Member {
  /** Number of its place, 0 for the row's first member. */
  place: number;
}

/** A row whose members know their places. */
export interface PlacedRow {
  row: Row;
  members: PlacedMember[];
  /** Places from the first member to the last, both included. */
  count: number;
  /** Height of a capital, in pixels; fillers are lower, so not the median. */
  cap: number;
}

/** How many steps on either side tell the pitch at a place; a view from the side changes it along the row. */
const NEARBY_STEPS = 5;

/** The pitch at each member: the median of the steps near it that may be single ones. */
function localPitches(us: readonly number[], pitch: number): number[] {
  const steps = us.slice(1).map((u, i) => u - us[i]!);
  return us.map((_, i) => {
    const near = steps.slice(Math.max(0, i - NEARBY_STEPS), i + NEARBY_STEPS);
    return median(near.filter((step) => step > 0.6 * pitch && step < 1.6 * pitch)) || pitch;
  });
}

/** The longest run of neighbours whose steps are one pitch: a safe place to begin counting. */
function seedRun(us: readonly number[], pitches: readonly number[]): { first: number; last: number } {
  let best = { first: 0, last: 0 };
  let start = 0;
  for (let i = 1; i < us.length; i++) {
    if (Math.abs((us[i]! - us[i - 1]!) / pitches[i]! - 1) > 0.25) start = i;
    if (i - start > best.last - best.first) best = { first: start, last: i };
  }
  return best;
}

interface Counted {
  places: number[];
  fits: boolean[];
  pitches: number[];
}

/** Counts outwards from the seed by the pitch at each place. What is off the beat is left out. */
function countPlaces(us: readonly number[], pitch: number): Counted {
  const pitches = localPitches(us, pitch);
  const { first, last } = seedRun(us, pitches);
  const places = us.map(() => 0);
  const fits = us.map(() => true);
  for (let i = first + 1; i <= last; i++) places[i] = places[i - 1]! + 1;
  const walk = (from: number, step: 1 | -1): void => {
    let previous = from;
    for (let i = from + step; i >= 0 && i < us.length; i += step) {
      const local = (pitches[i]! + pitches[previous]!) / 2;
      const distance = Math.abs(us[i]! - us[previous]!) / local;
      const skipped = Math.round(distance);
      if (skipped < 1 || Math.abs(distance - skipped) > 0.3) {
        fits[i] = false;
        continue;
      }
      places[i] = places[previous]! + step * skipped;
      previous = i;
    }
  };
  walk(last, 1);
  walk(first, -1);
  return { places, fits, pitches };
}

/** u = a + b k + c k^2 through the counted members; members far from it are left out. */
function rejectOutliers(us: readonly number[], counted: Counted): boolean {
  const { places, fits, pitches } = counted;
  for (let round = 0; round < 3; round++) {
    const normal = createNormal(3);
    let count = 0;
    us.forEach((u, i) => {
      if (!fits[i]) return;
      const t = places[i]! / 22;
      observe(normal, [1, t, t * t], [u], 1);
      count++;
    });
    if (count < 6) return false;
    // A stronger hold drops the ends of strongly foreshortened rows.
    addRidge(normal, 2, 0.001 * count);
    const [a, b, c] = solve(normal)[0] as [number, number, number];
    us.forEach((u, i) => {
      const t = places[i]! / 22;
      if (Math.abs(a + b * t + c * t * t - u) > 0.3 * pitches[i]!) fits[i] = false;
    });
  }
  return true;
}

/** An end of one or two members that stands off by more than two places belongs to something else. */
function trimEnds<T extends { place: number }>(members: T[]): T[] {
  let low = 0;
  let high = members.length - 1;
  for (let round = 0; round < 3; round++) {
    for (const extra of [1, 2]) {
      if (low + extra < high && members[low + extra]!.place - members[low + extra - 1]!.place > 3) {
        low += extra;
        break;
      }
    }
    for (const extra of [1, 2]) {
      if (high - extra > low && members[high - extra + 1]!.place - members[high - extra]!.place > 3) {
        high -= extra;
        break;
      }
    }
  }
  return members.slice(low, high + 1);
}

/** The row with counted places, or null when fewer than six members keep an even beat. */
export function placeRow(row: Row, hint: Point): PlacedRow | null {
  const directed = row.along.x * hint.x + row.along.y * hint.y < 0 ? fitRow(row.members, hint) : row;
  const near = 0.33 * directed.height + 0.03 * directed.pitch;
  const members = directed.members
    .map((member) => ({ ...member, u: toRowFrame(directed, member).u }))
    .filter((member) => {
      const point = pointOnRow(directed, member.u);
      return Math.hypot(point.x - member.x, point.y - member.y) < near;
    });
  if (members.length < 6) return null;
  const us = members.map((member) => member.u);
  const counted = countPlaces(us, directed.pitch);
  if (!rejectOutliers(us, counted)) return null;
  const placed = members
    .map((member, i) => ({ x: member.x, y: member.y, height: member.height, place: counted.places[i]! }))
    .filter((_, i) => counted.fits[i]);
  const kept = trimEnds(placed);
  if (kept.length < 6) return null;
  const first = kept[0]!.place;
  const heights = kept.map((member) => member.height);
  return {
    row: fitRow(kept, directed.along),
    members: kept.map((member) => ({ ...member, place: member.place - first })),
    count: kept.at(-1)!.place - first + 1,
    cap: Math.min(quantile(heights, 0.8), 1.15 * median(counted.pitches)),
  };
}
