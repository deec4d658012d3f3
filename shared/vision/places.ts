// Puts the members of one row on evenly spaced places, the way a machine printed them.
import { createNormal, addRidge, observe, quantile, solve } from './least-squares.ts';
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

/** The longest run of neighbours whose steps are one pitch: a safe seed for counting. */
function seedRun(us: readonly number[], pitch: number): { first: number; last: number } {
  let best = { first: 0, last: 0 };
  let start = 0;
  for (let i = 1; i < us.length; i++) {
    if (Math.abs((us[i]! - us[i - 1]!) / pitch - 1) > 0.25) start = i;
    if (i - start > best.last - best.first) best = { first: start, last: i };
  }
  return best;
}

interface Counted {
  places: number[];
  fits: boolean[];
  pitch: number;
}

/** Counts outwards from the seed; the pitch may drift slowly (perspective). What is off the beat is left out. */
function countPlaces(us: readonly number[], firstPitch: number): Counted {
  const { first, last } = seedRun(us, firstPitch);
  const places = us.map(() => 0);
  const fits = us.map(() => true);
  for (let i = first + 1; i <= last; i++) places[i] = places[i - 1]! + 1;
  const pitch = last - first >= 4 ? (us[last]! - us[first]!) / (last - first) : firstPitch;
  const walk = (from: number, step: 1 | -1): void => {
    let previous = from;
    let running = pitch;
    for (let i = from + step; i >= 0 && i < us.length; i += step) {
      const distance = Math.abs(us[i]! - us[previous]!);
      const skipped = Math.round(distance / running);
      if (skipped < 1 || Math.abs(distance / running - skipped) > 0.3) {
        fits[i] = false;
        continue;
      }
      places[i] = places[previous]! + step * skipped;
      running = 0.85 * running + 0.15 * (distance / skipped);
      previous = i;
    }
  };
  walk(last, 1);
  walk(first, -1);
  return { places, fits, pitch };
}

/** u = a + b k + c k^2 through the counted members; members far from it are left out. */
function rejectOutliers(us: readonly number[], counted: Counted): boolean {
  const { places, fits, pitch } = counted;
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
    addRidge(normal, 2, 0.003 * count);
    const [a, b, c] = solve(normal)[0] as [number, number, number];
    us.forEach((u, i) => {
      const t = places[i]! / 22;
      if (Math.abs(a + b * t + c * t * t - u) > 0.3 * pitch) fits[i] = false;
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
    cap: Math.min(quantile(heights, 0.8), 1.15 * counted.pitch),
  };
}
