// From a grey picture to its likely zones, at one working scale.
import { findRows } from './chains.ts';
import { type Component, findComponents } from './components.ts';
import { negative, resize } from './grey.ts';
import { mergeRows, type UncurvedRow } from './rows.ts';
import { soften } from './soften.ts';
import { inkMask } from './threshold.ts';
import type { GreyImage } from './types.ts';
import { findZones, type Zone } from './zones.ts';

/** A working scale and what is looked for there. */
export interface Level {
  /** The longer side in pixels to which a smaller picture is enlarged, as far as `mostGrowth` lets it. */
  side: number;
  mostGrowth: number;
  /** The longer side to which a larger picture is reduced, where that is not `side` as well. */
  largest?: number;
  light: boolean;
  /** Sigma of a blur before the threshold, in pixels of the working scale: for noise, dots and texture. */
  smooth: number;
  /** Only the strongest ink counts: where frames, stamps or a pattern as dark as print touch the letters. */
  strongest?: true;
  /** Zones of a lower quality are left out. */
  worthReading: number;
}

export interface Located {
  zones: Zone[];
  /** The picture at the working scale (its negative, for light text). */
  image: GreyImage;
  /** Pixels of the working scale per pixel of the input. */
  scale: number;
  /** Rows of any kind wherever one looks, and none of them even: noise. */
  noise: boolean;
  /** So much texture that the picture was smoothed more than the level asks for. */
  textured: boolean;
}

/** The scale at which a level looks at a picture. */
export function scaleAt(level: Level, image: GreyImage): number {
  const longer = Math.max(image.width, image.height);
  if (longer < level.side) return Math.min(level.mostGrowth, level.side / longer);
  return Math.min(1, (level.largest ?? level.side) / longer);
}

/** Above this many components a picture is mostly noise or texture, and is smoothed at once. */
const MANY_COMPONENTS = 4000;
const SMOOTH = 1.6;
/** Above this many even then, the smallest are left out: the time for a picture must have an end. */
const MOST_COMPONENTS = 9000;

/** How many standard deviations darker than its surroundings ink is: of any strength, and only the strongest. */
const ANY_INK = 0.35;
const STRONGEST_INK = 1.2;

/** Noise gives more rows than this; the most even one of them has at most so many steps of one pitch. */
const MANY_ROWS = 500;
const EVEN_IN_NOISE = 25;

function isNoise(rows: readonly UncurvedRow[]): boolean {
  return rows.length > MANY_ROWS && rows.every((row) => row.members.length * row.regularity <= EVEN_IN_NOISE);
}

function componentsOf(image: GreyImage, smooth: number, deviations: number): Component[] {
  const soft = smooth > 0 ? soften(image, smooth) : image;
  const mask = inkMask(soft, { radius: 20, deviations, floor: 8 });
  return findComponents(mask, image.width, image.height, { minSize: 5, maxSize: 90 });
}

/** The picture at a level's working scale. */
export function sizedFor(level: Level, image: GreyImage): GreyImage {
  const scale = scaleAt(level, image);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  return resize(image, width, height);
}

/** All likely zones at one level, best first. `checkpoint` may throw to stop the work. `sized`: where it is known. */
export function locate(
  image: GreyImage,
  level: Level,
  checkpoint: () => void,
  sized: GreyImage = sizedFor(level, image),
): Located {
  const scale = scaleAt(level, image);
  const { width, height } = sized;
  const working = level.light ? negative(sized) : sized;
  checkpoint();
  const deviations = level.strongest ? STRONGEST_INK : ANY_INK;
  let components = componentsOf(working, level.smooth, deviations);
  const textured = components.length > MANY_COMPONENTS && level.smooth < SMOOTH;
  if (textured) components = componentsOf(working, SMOOTH, deviations);
  if (components.length > MOST_COMPONENTS) components = components.filter((c) => c.size >= 9);
  checkpoint();
  const chained = findRows(components, width, height, checkpoint);
  const rows = mergeRows(chained, checkpoint);
  const zones = findZones(rows, components, checkpoint).filter((zone) => zone.quality >= level.worthReading);
  return { zones, image: working, scale, noise: isNoise(chained), textured };
}
