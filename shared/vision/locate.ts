// From a grey picture to its likely zones, at one working scale.
import { findRows } from './chains.ts';
import { type Component, findComponents } from './components.ts';
import { negative, resize } from './grey.ts';
import { mergeRows } from './rows.ts';
import { soften } from './soften.ts';
import { inkMask } from './threshold.ts';
import type { GreyImage } from './types.ts';
import { findZones, type Zone } from './zones.ts';

/** A working scale: the longer side in pixels, how far a small picture may be enlarged, light text or dark. */
export interface Level {
  side: number;
  mostGrowth: number;
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
}

/** The scale at which a level looks at a picture. */
export function scaleAt(level: Level, image: GreyImage): number {
  return Math.min(level.mostGrowth, level.side / Math.max(image.width, image.height));
}

/** Above this many components a picture is mostly noise or texture, and is smoothed at once. */
const MANY_COMPONENTS = 4000;
const SMOOTH = 1.6;
/** Above this many even then, the smallest are left out: the time for a picture must have an end. */
const MOST_COMPONENTS = 9000;

/** How many standard deviations darker than its surroundings ink is: of any strength, and only the strongest. */
const ANY_INK = 0.35;
const STRONGEST_INK = 1.2;

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
  if (components.length > MANY_COMPONENTS && level.smooth < SMOOTH)
    components = componentsOf(working, SMOOTH, deviations);
  if (components.length > MOST_COMPONENTS) components = components.filter((c) => c.size >= 9);
  checkpoint();
  const rows = mergeRows(findRows(components, width, height, checkpoint), checkpoint);
  const zones = findZones(rows, components, checkpoint).filter((zone) => zone.quality >= level.worthReading);
  return { zones, image: working, scale };
}
