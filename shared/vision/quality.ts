// How well a camera's frame shows a zone: the measures that guidance is chosen by, without reading anything.
import { GAUSSIAN_TOP } from './frame-quality.ts';
import { frameAt, type Grid } from './grid.ts';
import { sample } from './grey.ts';
import type { GreyImage, Point, Quad } from './types.ts';
import { type ColumnWindow, ROW_LENGTHS, windowsFor } from './windows.ts';

/** What can be said of a zone in a frame. In brackets the name of the same check in the list of findings. */
export interface ZoneQuality {
  /** Height of a capital, in pixels of the picture that was measured [img.res]. */
  capital: number;
  /** Standard deviation of the blur, in heights of a capital; a little above nothing for the sharpest [img.focus]. */
  blur: number;
  /** How far the camera leans, in degrees, 0 to 90 [img.persp]. */
  lean: number;
  /** Whether the rows lie in the frame with some room around [img.bounds]. */
  inside: boolean;
  /** Grey of the paper between the characters, 0 to 255 [img.bright]. */
  paper: number;
  /** Grey steps between paper and print. */
  contrast: number;
  /** Share of the places whose print is lost in light [img.glare]. */
  washed: number;
  /** Share of the places whose print is lost behind something that is no light, such as a finger. */
  hidden: number;
  /** How much darker than paper the place beside an end of the rows is, in contrasts: bare paper on every format. */
  beside: number;
}

/** How far the outline reaches beyond the middle of the outer places, in places and in capitals. */
const BESIDE = 0.5;
const ABOVE = 0.95;

/** The zone's outline in pixels of the picture of the grid. */
function outlineOf(grid: Grid, { start, columns }: ColumnWindow): Quad {
  const corner = (place: number, line: number, away: number): Point => {
    const { point, down } = frameAt(grid, place, line);
    return { x: point.x + down.x * away + 0.5, y: point.y + down.y * away + 0.5 };
  };
  const last = grid.lines.length - 1;
  const end = start + columns - 1;
  return [
    corner(start - BESIDE, 0, -ABOVE),
    corner(end + BESIDE, 0, -ABOVE),
    corner(end + BESIDE, last, ABOVE),
    corner(start - BESIDE, last, ABOVE),
  ];
}

/** One place of the zone as it looks: lightest, darkest, mean, and the steepest step as a share of what lies between. */
interface Cell {
  light: number;
  dark: number;
  mean: number;
  steepest: number;
  hasInk: boolean;
}

/** Heights at which a cell is looked at, in capitals from its middle. */
const HEIGHTS: readonly number[] = [-0.4, -0.25, -0.1, 0.1, 0.25, 0.4];

function cellAt(image: GreyImage, grid: Grid, line: number, place: number): Cell {
  const { point, place: along, down } = frameAt(grid, place, line);
  const steps = Math.max(4, Math.ceil(Math.hypot(along.x, along.y)));
  let light = 0;
  let dark = 255;
  let sum = 0;
  let slope = 0;
  for (const height of HEIGHTS) {
    let before: number | null = null;
    for (let i = 0; i <= steps; i++) {
      const across = i / steps - 0.5;
      const value = sample(
        image,
        point.x + along.x * across + down.x * height,
        point.y + along.y * across + down.y * height,
      );
      light = Math.max(light, value);
      dark = Math.min(dark, value);
      sum += value;
      if (before !== null) slope = Math.max(slope, Math.abs(value - before));
      before = value;
    }
  }
  const stepPx = Math.hypot(along.x, along.y) / steps;
  const steepest = light > dark ? slope / (light - dark) / Math.max(stepPx, 1e-6) : 0;
  return {
    light,
    dark,
    mean: sum / HEIGHTS.length / (steps + 1),
    steepest,
    hasInk: grid.ink[line]!.has(place),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** A place with less than this share of the usual contrast shows no print; with more than the other it surely does. */
const FAINT = 0.3;
const CLEAR = 0.5;
/** A step from place to place over the height of a capital as the grid measures it, seen from straight above. */
const USUAL_SHAPE = 0.9;
/** Room around the rows that a whole zone has, in capitals. */
const ROOM = 0.5;
/** What places say of columns: print that the grid holds is 1, other print, something over it, bare paper. */
const OTHER_PRINT = 0.3;
const OVER_IT = -0.6;
const BARE = -1.6;
/** Paper is at most this share of the contrast darker than the paper between the characters. */
const PAPER = 0.15;
/** Rows go with lengths: three are 30 long, fewer of that length are what is left of three. */
const UNUSUAL = 0.65;

function isPaper({ mean }: Cell, paper: number, contrast: number): boolean {
  return mean > paper - PAPER * contrast;
}

function worthOf(cell: Cell, paper: number, contrast: number): number {
  if (cell.hasInk) return 1;
  if (cell.light - cell.dark > CLEAR * contrast) return OTHER_PRINT;
  return isPaper(cell, paper, contrast) ? BARE : OVER_IT;
}

type CellOf = (line: number, place: number) => Cell;

function cellsOf(image: GreyImage, grid: Grid): CellOf {
  const known = new Map<number, Cell>();
  return (line, place) => {
    const key = place * grid.lines.length + line;
    const cell = known.get(key) ?? cellAt(image, grid, line, place);
    known.set(key, cell);
    return cell;
  };
}

function inWindow({ lines }: Grid, { start, columns }: ColumnWindow, cellOf: CellOf): Cell[] {
  return lines.flatMap((_, line) =>
    Array.from({ length: columns }, (__, column) => cellOf(line, start + column)),
  );
}

/**
 * The likeliest columns: those in which most places show print. Ink alone does not tell: a hand over the rows parts
 * them, and what is left on one side of it may be as long as a shorter format.
 */
function columnsOf(grid: Grid, cellOf: CellOf): ColumnWindow | null {
  const inked = grid.ink.flatMap((places, line) => [...places.keys()].map((place) => cellOf(line, place)));
  const contrast = quantile(
    inked.map(({ light, dark }) => light - dark),
    0.5,
  );
  const paper = quantile(
    inked.map(({ light }) => light),
    0.5,
  );
  let best: { window: ColumnWindow; worth: number } | null = null;
  for (const window of ROW_LENGTHS.flatMap((columns) => windowsFor(grid, columns))) {
    const { start, columns } = window;
    const cells = inWindow(grid, window, cellOf);
    const sum = cells.reduce((total, cell) => total + worthOf(cell, paper, contrast), 0);
    const beside = grid.ink
      .flatMap((places) => [...places.keys()])
      .filter((place) => place < start || place >= start + columns).length;
    const isUsual = (columns === 30) === (grid.lines.length === 3);
    const worth = (sum - beside) * (isUsual ? 1 : UNUSUAL);
    if (best === null || worth > best.worth) best = { window, worth };
  }
  return best?.window ?? null;
}

/** Places at an end of a row that tell how light the paper is there and how dark the print: a shadow may lie across. */
const NEAR = 3;

/** Of the darker end: how far its neighbour is from the paper of the last places towards their print. */
function besideOf({ lines }: Grid, { start, columns }: ColumnWindow, cellOf: CellOf): number {
  const darkness = (line: number, place: number, inwards: 1 | -1): number => {
    const near = Array.from({ length: NEAR }, (_, i) => cellOf(line, place + inwards * (i + 1)));
    const light = Math.min(...near.map((cell) => cell.light));
    const dark = Math.min(...near.map((cell) => cell.dark));
    const { mean, hasInk } = cellOf(line, place);
    // Print that goes on beside the columns belongs to longer rows.
    return hasInk ? 1 : (light - mean) / Math.max(1, light - dark);
  };
  return Math.max(
    ...lines.flatMap((_, line) => [darkness(line, start - 1, 1), darkness(line, start + columns, -1)]),
  );
}

/** Measures the zone of a grid in the picture in which it was found; null for a grid without ink. */
export function measureZone(image: GreyImage, grid: Grid): { outline: Quad; quality: ZoneQuality } | null {
  const cellOf = cellsOf(image, grid);
  const window = columnsOf(grid, cellOf);
  if (window === null) return null;
  const cells = inWindow(grid, window, cellOf);
  const contrast = quantile(
    cells.map((cell) => cell.light - cell.dark),
    0.5,
  );
  const paper = quantile(
    cells.map((cell) => cell.light),
    0.5,
  );
  const print = cells.filter((cell) => cell.light - cell.dark > 0.6 * contrast);
  const steepest = quantile(
    print.map((cell) => cell.steepest),
    0.75,
  );
  const capital = Math.abs(grid.cap[0]);
  const lost = cells.filter((cell) => !cell.hasInk && cell.light - cell.dark < FAINT * contrast);
  const washed = lost.filter((cell) => isPaper(cell, paper, contrast)).length;
  const outline = outlineOf(grid, window);
  const quality = {
    capital,
    blur: steepest > 0 ? GAUSSIAN_TOP / steepest / capital : 1,
    lean: leanOf(grid, window),
    inside: liesInside(image, outline, ROOM * capital),
    paper,
    contrast,
    washed: washed / cells.length,
    hidden: (lost.length - washed) / cells.length,
    beside: besideOf(grid, window, cellOf),
  };
  return { outline, quality };
}

/**
 * The lean that makes of a straight grid the one seen: the step from place to place and the height of a capital as the
 * two edges of what would be a square; its longest and its shortest stretch differ by the cosine of the lean.
 */
function leanOf(grid: Grid, { start, columns }: ColumnWindow): number {
  const { place, down } = frameAt(grid, start + columns / 2, 0);
  const along = { x: place.x / USUAL_SHAPE, y: place.y / USUAL_SHAPE };
  const sum = along.x ** 2 + along.y ** 2 + down.x ** 2 + down.y ** 2;
  const area = along.x * down.y - along.y * down.x;
  const spread = Math.sqrt(Math.max(0, sum * sum - 4 * area * area));
  const squared = sum + spread > 0 ? Math.max(0, (sum - spread) / (sum + spread)) : 1;
  return (Math.acos(Math.sqrt(squared)) * 180) / Math.PI;
}

function liesInside({ width, height }: GreyImage, quad: Quad, room: number): boolean {
  return quad.every(({ x, y }) => x >= room && y >= room && x <= width - room && y <= height - room);
}
