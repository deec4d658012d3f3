// Which places of a grid are the zone's columns: 30, 36 or 44 of them, all lines alike.
import type { Grid } from './grid.ts';
import { FORMAT_IDS, FORMATS } from '../mrz/formats.ts';

/** A run of columns: column 0 is the place `start`. */
export interface ColumnWindow {
  start: number;
  columns: number;
  /** 0 to 1: how well ink fills the columns and is absent beside them. */
  score: number;
}

/** The row lengths of all formats, longest first. */
export const ROW_LENGTHS: readonly number[] = [...new Set(FORMAT_IDS.map((id) => FORMATS[id].columns))].sort(
  (a, b) => b - a,
);

/** How far beside the window ink counts against it, in places. */
const BESIDE = 6;
/** A window may begin or end this far outside the ink that was found. */
const OUTSIDE = 4;

function scoreWindow(grid: Grid, start: number, columns: number): number {
  let inside = 0;
  let beside = 0;
  let lines = 0;
  for (const line of grid.ink) {
    if (line.size === 0) continue;
    lines++;
    for (const place of line.keys()) {
      if (place >= start && place < start + columns) inside++;
      else if (place >= start - BESIDE && place < start + columns + BESIDE) beside++;
    }
  }
  return lines === 0 ? 0 : Math.max(0, (inside - beside) / (lines * columns));
}

/** Windows whose score is less than this below the best are as likely. */
export const AS_LIKELY = 0.04;

/** The likeliest windows of a row length, best first, at most four. */
export function windowsFor(grid: Grid, columns: number): ColumnWindow[] {
  const places = grid.ink.flatMap((line) => [...line.keys()]);
  if (places.length === 0) return [];
  const first = Math.min(...places);
  const last = Math.max(...places);
  const windows: ColumnWindow[] = [];
  const from = Math.min(first, last - columns + 1) - (last - first < columns - 1 ? 0 : OUTSIDE);
  const to = Math.max(first, last - columns + 1) + (last - first < columns - 1 ? 0 : OUTSIDE);
  for (let start = from; start <= to; start++) {
    windows.push({ start, columns, score: scoreWindow(grid, start, columns) });
  }
  // Where ink is missing, it mostly is at one end of the rows: the windows that begin or end with the ink come first.
  const fromEnd = ({ start }: ColumnWindow): number =>
    Math.min(Math.abs(start - first), Math.abs(start + columns - 1 - last));
  windows.sort((a, b) => b.score - a.score || fromEnd(a) - fromEnd(b) || a.start - b.start);
  return windows.filter((window) => window.score > windows[0]!.score - AS_LIKELY).slice(0, 4);
}
