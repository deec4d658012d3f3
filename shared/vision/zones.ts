// Which rows may be a machine-readable zone together, and how likely each such zone is.
import type { Component } from './components.ts';
import type { Grid } from './grid.ts';
import { fitGrid } from './grid-fit.ts';
import { type PlacedRow, placeRow } from './places.ts';
import { pointOnRow, type Row, toRowFrame } from './rows.ts';
import type { Point } from './types.ts';
import { ROW_LENGTHS, windowsFor } from './windows.ts';

export interface Zone {
  rows: readonly Row[];
  grid: Grid;
  /** 0 to about 1; higher is likelier. */
  quality: number;
}

interface Candidate {
  rows: Row[];
  worth: number;
}

/** Distance of the lower row below the upper one in pitches, or null when they are not rows of one block. */
function stepDown(upper: Row, lower: Row): number | null {
  if (Math.abs(Math.sin(upper.angle - lower.angle)) > 0.14) return null;
  const ratio = lower.height / upper.height;
  if (ratio < 0.65 || ratio > 1.55) return null;
  const us = lower.members.map((member) => toRowFrame(upper, member).u);
  const from = Math.max(upper.from, Math.min(...us));
  const to = Math.min(upper.to, Math.max(...us));
  if (to - from < 0.35 * Math.max(upper.to - upper.from, lower.to - lower.from)) return null;
  const point = pointOnRow(upper, (from + to) / 2);
  const below = pointOnRow(lower, toRowFrame(lower, point).u);
  const distance = toRowFrame(upper, below).v - toRowFrame(upper, point).v;
  return distance / ((upper.pitch + lower.pitch) / 2);
}

function rowWorth(row: Row): number {
  const shape = row.pitch / row.height;
  return row.members.length * (0.3 + row.regularity) * (shape > 0.75 && shape < 1.6 ? 1 : 0.6);
}

/** Rows of one zone stand this many pitches apart, three rows evenly. */
const NARROWEST = 1.1;
const WIDEST = 3.6;

/** All rows that may be a zone by themselves or with rows below them. */
function candidates(rows: readonly Row[]): Candidate[] {
  const usable = rows.filter((row) => row.to - row.from > 11 * row.height && row.spread < 0.4 * row.height);
  const steps = usable.map((a) => usable.map((b) => (a === b ? null : stepDown(a, b))));
  const found: Candidate[] = [];
  usable.forEach((first, i) => {
    found.push({ rows: [first], worth: 0.7 * rowWorth(first) });
    usable.forEach((second, j) => {
      const step = steps[i]![j]!;
      if (step === null || step < NARROWEST || step > 2 * WIDEST) return;
      const worth = rowWorth(first) + rowWorth(second);
      if (step > WIDEST) {
        // The outer rows of a card, its middle row unseen.
        const short = Math.max(first.members.length, second.members.length) <= 33;
        if (short) found.push({ rows: [first, second], worth: 0.6 * worth });
        return;
      }
      found.push({ rows: [first, second], worth });
      usable.forEach((third, k) => {
        const next = steps[j]![k]!;
        if (next === null || next <= 0 || Math.abs(next / step - 1) > 0.25 || steps[i]![k]! === null) return;
        found.push({ rows: [first, second, third], worth: worth + rowWorth(third) });
      });
    });
  });
  return found.sort((a, b) => b.worth - a.worth);
}

/** How well a number of rows goes with a row length: three rows are 30 long, two are 36 or 44. */
function shapeFactor(rows: number, columns: number): number {
  if (rows === 1) return 0.55;
  if (rows === 3) return columns === 30 ? 1.05 : 0;
  return columns === 30 ? 0.65 : 1;
}

/** A first opinion from the rows alone, before a grid is fitted. */
function firstOpinion(placed: readonly PlacedRow[]): number {
  const fullest = [...placed].sort((a, b) => b.members.length / b.count - a.members.length / a.count);
  const reference = fullest.find((row) => ROW_LENGTHS.includes(row.count)) ?? fullest[0]!;
  const best = ROW_LENGTHS.reduce((a, b) =>
    Math.abs(b - reference.count) < Math.abs(a - reference.count) ? b : a,
  );
  const miss = Math.abs(best - reference.count);
  const closeness = miss === 0 ? 1 : miss <= 2 ? 0.85 : miss <= 5 ? 0.6 : 0.3;
  const filled = placed.map(
    (row) => Math.min(1, row.members.length / best) * (0.4 + 0.6 * row.row.regularity),
  );
  return (
    (closeness * shapeFactor(placed.length, best) * filled.reduce((sum, part) => sum + part, 0)) /
    placed.length
  );
}

/** How many candidates get a first opinion, and how many of those a grid. */
const MOST_CANDIDATES = 80;
const MOST_GRIDS = 16;

function qualityOf(grid: Grid): number {
  const fits = ROW_LENGTHS.map((columns) => {
    const window = windowsFor(grid, columns)[0];
    return (window?.score ?? 0) * shapeFactor(grid.lines.length, columns);
  });
  return Math.max(...fits) * (1 - Math.min(0.5, 3 * grid.error));
}

/** Likely zones, best first, each with its grid. */
export function findZones(
  rows: readonly Row[],
  components: readonly Component[],
  checkpoint: () => void,
): Zone[] {
  const placements = new Map<Row, { direction: Point; placed: PlacedRow | null }[]>();
  const place = (row: Row, direction: Point): PlacedRow | null => {
    const known = placements.get(row) ?? [];
    const same = known.find((entry) => entry.direction.x * direction.x + entry.direction.y * direction.y > 0);
    if (same !== undefined) return same.placed;
    const placed = placeRow(row, direction);
    placements.set(row, [...known, { direction, placed }]);
    return placed;
  };
  const opinions = candidates(rows)
    .slice(0, MOST_CANDIDATES)
    .flatMap((candidate) => {
      checkpoint();
      const placed = candidate.rows.map((row) => place(row, candidate.rows[0]!.along));
      if (!placed.every((row) => row !== null)) return [];
      const opinion = firstOpinion(placed);
      return opinion > 0.2 ? [{ rows: candidate.rows, placed, opinion }] : [];
    })
    .sort((a, b) => b.opinion - a.opinion);
  return opinions
    .slice(0, MOST_GRIDS)
    .map(({ rows: members, placed }) => {
      checkpoint();
      const grid = fitGrid(placed, components);
      return { rows: members, grid, quality: qualityOf(grid) };
    })
    .sort((a, b) => b.quality - a.quality);
}
