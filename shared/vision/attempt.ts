// Tries to read one likely zone: its rows, rows that were not seen beside them, either way up.
import { type Assembly, assemble, endsFreely, isFounded, type RowReading } from './assemble.ts';
import { bandsBeside } from './bands.ts';
import { type GoingOn, printGoingOn } from './beside.ts';
import { type Grid, turned, withLines } from './grid.ts';
import { FORMATS } from '../mrz/formats.ts';
import { isHopeless, isPattern, PLAIN, type Range, type StripReader } from './strip-reader.ts';
import type { StripSource } from './strips.ts';
import { AS_LIKELY, type ColumnWindow, ROW_LENGTHS, windowsFor } from './windows.ts';

/** A reading of a grid, before it is confirmed. */
export interface Attempt {
  assembly: Assembly;
  grid: Grid;
  readings: RowReading[];
  source: StripSource;
  /** How far the print of all rows goes on beyond the columns; nowhere where the format is right. */
  goesOn: GoingOn;
}

const ENDS: GoingOn = { before: 0, after: 0 };

/** A row that costs less reads well; one that costs more does not belong, or was badly cut. */
const GOOD_ROW = 2;
const BAD_ROW = 2.5;
/** Rows of one zone are this far apart, in capitals: about 2.6 as printed, less where blur makes capitals larger. */
const NARROWEST_STEP = 1.3;
const WIDEST_STEP = 3.2;

type LineChoice = { line: number; offset: number };

function windowsOfGrid(grid: Grid): (columns: number) => readonly ColumnWindow[] {
  const known = new Map<number, ColumnWindow[]>();
  return (columns) => {
    const held = known.get(columns) ?? windowsFor(grid, columns);
    known.set(columns, held);
    return held;
  };
}

/** All places that a likely window of a format with so many rows covers. */
function rangeToRead(rows: number, windowsOf: (columns: number) => readonly ColumnWindow[]): Range | null {
  const lengths = new Set(
    Object.values(FORMATS)
      .filter((f) => f.rows === rows)
      .map((f) => f.columns),
  );
  const windows = [...lengths].flatMap((columns) => windowsOf(columns));
  const best = Math.max(0, ...windows.map((window) => window.score));
  const likely = windows.filter((window) => window.score > best - AS_LIKELY);
  if (likely.length === 0) return null;
  return {
    from: Math.min(...likely.map((window) => window.start)),
    to: Math.max(...likely.map((window) => window.start + window.columns - 1)),
  };
}

/** Why there is no attempt: what was read is no zone, or it is no print at all but a pattern. */
type NoAttempt = 'no-zone' | 'pattern';

/** Reads the lines of a grid and lays them into the best format. `quick`: only until they are like none. */
async function readGrid(
  reader: StripReader,
  source: StripSource,
  grid: Grid,
  quick: boolean,
): Promise<Attempt | NoAttempt> {
  const windowsOf = windowsOfGrid(grid);
  const rows = grid.lines.length;
  const range = rangeToRead(rows, windowsOf);
  if (range === null) return 'no-zone';
  const readings: RowReading[] = [];
  let hopeless = 0;
  for (let line = 0; line < rows; line++) {
    const reading = await reader.readRow(source, grid, line, range, PLAIN);
    readings.push(reading);
    if (!quick) continue;
    const repeats = readings.every(isPattern);
    if (repeats && line > 0) return 'pattern';
    if (isHopeless(reading, rows, windowsOf)) hopeless++;
    // A first row of a pattern is no reason to stop before the second: two together settle it, either way up.
    if (hopeless >= Math.max(1, rows - 1) && !(repeats && rows > 1)) return 'no-zone';
  }
  const assembly = assemble(readings, windowsOf);
  return assembly === null ? 'no-zone' : weighEnds({ assembly, grid, readings, source, goesOn: ENDS });
}

/** What each place costs by which the print goes on beyond the columns of a format that has longer ones beside it. */
const GOES_ON_COST = 1.5;
/** A reading that scores less is wrong for other reasons. */
const WORTH_WEIGHING = 0;

/** Looks whether the rows end where the format does: a hidden beginning or end makes no shorter format. */
function weighEnds(attempt: Attempt): Attempt {
  const { assembly, grid, source } = attempt;
  const { columns, rows } = FORMATS[assembly.format];
  if (rows !== 2 || columns === ROW_LENGTHS[0] || assembly.score < WORTH_WEIGHING) return attempt;
  const printed = printGoingOn(source, grid, assembly.columns, columns);
  const goesOn = isFounded(assembly)
    ? { before: 0, after: endsFreely(assembly) ? printed.after : 0 }
    : printed;
  const score = assembly.score - GOES_ON_COST * (goesOn.before + goesOn.after);
  return { ...attempt, goesOn, assembly: { ...assembly, score } };
}

/** Of the characters beyond a format's columns so many must be surely read, else they are pattern and no print. */
const SURE_SHARE = 0.5;
const SURE = 0.9;

/** Whether every row has characters, surely read, beyond the format's own columns. */
function isPrintBeyond(readings: readonly RowReading[], { columns, format }: Assembly): boolean {
  return readings.every((reading, line) => {
    const { start, scale } = columns[line]!;
    const end = start + (FORMATS[format].columns - 1) * scale;
    const beyond = reading.characters.filter(({ x }) => {
      const place = reading.from + x * (reading.to - reading.from);
      return place < start - 0.5 * scale || place > end + 0.5 * scale;
    });
    const sure = beyond.filter(({ confidence }) => confidence >= SURE).length;
    return sure >= 2 && sure >= SURE_SHARE * beyond.length;
  });
}

/** The rows read as far as the longest format goes, where the print of a shorter one goes on beyond its columns. */
async function readLonger(reader: StripReader, attempt: Attempt): Promise<Attempt> {
  const { assembly, grid, source, goesOn } = attempt;
  if (goesOn.before + goesOn.after === 0) return attempt;
  const longest = ROW_LENGTHS[0]!;
  const extra = longest - FORMATS[assembly.format].columns;
  const start = Math.round(Math.min(...assembly.columns.map((row) => row.start)));
  const from = goesOn.before > 0 ? start - extra : start;
  const to = start + longest - 1 - (goesOn.after > 0 ? 0 : extra);
  const readings: RowReading[] = [];
  for (let line = 0; line < grid.lines.length; line++) {
    readings.push(await reader.readRow(source, grid, line, { from, to }, PLAIN));
  }
  const windows: ColumnWindow[] = [];
  for (let at = from; at + longest - 1 <= to; at++) {
    windows.push({ start: at, columns: longest, score: assembly.windowScore });
  }
  const longer = assemble(readings, (columns) => (columns === longest ? windows : []));
  if (longer !== null && longer.score > assembly.score) {
    return { assembly: longer, grid, readings, source, goesOn: ENDS };
  }
  if (isPrintBeyond(readings, assembly)) return attempt;
  const score = assembly.score + GOES_ON_COST * (goesOn.before + goesOn.after);
  return { ...attempt, goesOn: ENDS, assembly: { ...assembly, score } };
}

function placesOf(grid: Grid): Range {
  return { from: grid.middle - grid.half, to: grid.middle + grid.half };
}

/** The grid's own lines, then grids with lines that were found beside them. */
function variantsOf(source: StripSource, grid: Grid): Grid[] {
  const { from, to } = placesOf(grid);
  const span = to - from + 1;
  const variants: Grid[] = grid.lines.length >= 2 ? [grid] : [];
  if (grid.lines.length === 1) {
    const bands = bandsBeside(source, grid, 0, from, to);
    const below = bands.find((away) => away > 0);
    const above = bands.find((away) => away < 0);
    const at = (...offsets: number[]): Grid =>
      withLines(
        grid,
        offsets.map((offset) => ({ line: 0, offset })),
      );
    if (span >= 33) {
      if (below !== undefined) variants.push(at(0, below));
      if (above !== undefined) variants.push(at(above, 0));
    } else {
      if (below !== undefined) variants.push(at(0, below, 2 * below));
      if (above !== undefined) variants.push(at(2 * above, above, 0));
      if (above !== undefined && below !== undefined) variants.push(at(above, 0, below));
    }
  }
  if (grid.lines.length === 2 && span < 39) {
    // Two of the three rows of a card, seen by themselves: the third is below, above or between them.
    const apart = stepBetween(grid);
    const own = (line: number): LineChoice => ({ line, offset: 0 });
    if (apart < WIDEST_STEP) {
      variants.push(
        withLines(grid, [own(0), own(1), { line: 1, offset: apart }]),
        withLines(grid, [{ line: 0, offset: -apart }, own(0), own(1)]),
      );
    }
    if (apart > 2 * NARROWEST_STEP) {
      variants.push(withLines(grid, [own(0), { line: 0, offset: apart / 2 }, own(1)]));
    }
  }
  return variants;
}

/** Distance between the first two lines, in capitals. */
function stepBetween(grid: Grid): number {
  const [a, b] = [grid.lines[0]!, grid.lines[1]!];
  return Math.hypot(b.x[0]! - a.x[0]!, b.y[0]! - a.y[0]!) / grid.cap[0];
}

/** Where one row reads well and another does not, other lines beside the good one in place of the bad ones. */
async function withOtherPartners(reader: StripReader, attempt: Attempt): Promise<Attempt> {
  const { grid, source } = attempt;
  const costs = attempt.assembly.rowCosts;
  const good = costs.indexOf(Math.min(...costs));
  const { from, to } = placesOf(grid);
  const bands = bandsBeside(source, grid, good, from, to);
  const keep = (line: number): LineChoice => ({ line, offset: 0 });
  let best = attempt;
  const tries: LineChoice[][] = [];
  if (grid.lines.length === 2) {
    const side = good === 0 ? 1 : -1;
    const offsets = [
      ...bands.filter((away) => Math.sign(away) === side && Math.abs(away) < 3.6),
      side * 2.65,
    ];
    for (const offset of offsets.slice(0, 3)) {
      const other = { line: good, offset };
      tries.push(good === 0 ? [keep(0), other] : [other, keep(1)]);
    }
  } else {
    const steps = [...bands.map((away) => Math.abs(away)).filter((away) => away < 3.2), 2.3];
    for (const step of steps.slice(0, 3)) {
      tries.push(
        grid.lines.map((_, line) =>
          costs[line]! < GOOD_ROW ? keep(line) : { line: good, offset: (line - good) * step },
        ),
      );
    }
  }
  for (const lines of tries) {
    const other = await readGrid(reader, source, withLines(grid, lines), false);
    if (typeof other !== 'string' && other.assembly.score > best.assembly.score) best = other;
  }
  return best;
}

/** True when nothing is left to doubt. */
export function isCertain({ assembly, goesOn }: Attempt): boolean {
  return (
    goesOn.before + goesOn.after === 0 &&
    assembly.digits.fails === 0 &&
    assembly.digits.holds >= 3 &&
    assembly.confidence > 0.8 &&
    assembly.cost < 2 &&
    Math.max(...assembly.rowCosts) < BAD_ROW
  );
}

/**
 * The best reading of a zone's grid, either way up; `pattern` when its first two rows are one. `asSeen`: no rows are
 * looked for beside those of the grid.
 */
export async function attemptZone(
  reader: StripReader,
  source: StripSource,
  grid: Grid,
  asSeen = false,
): Promise<Attempt | NoAttempt> {
  let best: Attempt | null = null;
  for (const variant of asSeen ? [grid] : variantsOf(source, grid)) {
    for (const way of [variant, turned(variant)]) {
      const first = await readGrid(reader, source, way, true);
      if (first === 'pattern' && way === grid) return 'pattern';
      if (typeof first === 'string') continue;
      const { rowCosts, digits } = first.assembly;
      const mixed = digits.holds >= 1 && Math.min(...rowCosts) < GOOD_ROW && Math.max(...rowCosts) > BAD_ROW;
      const paired = mixed ? await withOtherPartners(reader, first) : first;
      const attempt = await readLonger(reader, paired);
      if (best === null || attempt.assembly.score > best.assembly.score) best = attempt;
      if (attempt.assembly.digits.holds >= 2 && attempt.assembly.cost < 6) break;
    }
    if (best !== null && isCertain(best)) return best;
  }
  return best ?? 'no-zone';
}
