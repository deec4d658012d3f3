// How well a camera's frame shows a zone: the measures that guidance is chosen by, without reading anything.
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
}

/** Mean grey of a picture, 0 to 255, from one pixel in 64 [img.bright]. */
export function meanGrey({ width, height, data }: GreyImage): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 8) {
    for (let x = 0; x < width; x += 8) {
      sum += data[y * width + x]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** The likeliest columns of a grid, or null for a grid without ink. */
export function columnsOf(grid: Grid): ColumnWindow | null {
  const windows = ROW_LENGTHS.flatMap((columns) => windowsFor(grid, columns).slice(0, 1));
  return windows.sort((a, b) => b.score - a.score)[0] ?? null;
}

/** How far the outline reaches beyond the middle of the outer places, in places and in capitals. */
const BESIDE = 0.5;
const ABOVE = 0.62;

/** The zone's outline in pixels of the picture of the grid. */
export function outlineOf(grid: Grid, { start, columns }: ColumnWindow): Quad {
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

/** A place with less than this share of the usual contrast shows no print. */
const FAINT = 0.3;
/** Steepest step of a blurred edge, times its deviation: the top of a Gaussian. */
const GAUSSIAN_TOP = 1 / Math.sqrt(2 * Math.PI);
/** A step from place to place over the height of a capital as the grid measures it, seen from straight above. */
const USUAL_SHAPE = 0.9;
/** Room around the rows that a whole zone has, in capitals. */
const ROOM = 0.8;

/** Measures a zone in the picture in which its grid was found. */
export function measureZone(image: GreyImage, grid: Grid, window: ColumnWindow): ZoneQuality {
  const cells: Cell[] = [];
  for (let line = 0; line < grid.lines.length; line++) {
    for (let column = 0; column < window.columns; column++) {
      cells.push(cellAt(image, grid, line, window.start + column));
    }
  }
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
  const washed = lost.filter((cell) => cell.mean > paper - 0.15 * contrast).length;
  return {
    capital,
    blur: steepest > 0 ? GAUSSIAN_TOP / steepest / capital : 1,
    lean: leanOf(grid, window),
    inside: liesInside(image, outlineOf(grid, window), ROOM * capital),
    paper,
    contrast,
    washed: washed / cells.length,
    hidden: (lost.length - washed) / cells.length,
  };
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
