// The cheap finder: where a zone stands in a camera's frame and how well it is seen, without reading it.
import { locate } from '../../../shared/vision/locate.ts';
import { edgeBlur, meanGrey } from '../../../shared/vision/frame-quality.ts';
import { measureZone, type ZoneQuality } from '../../../shared/vision/quality.ts';
import type { GreyImage, Quad } from '../../../shared/vision/types.ts';

/** A zone as it stands in a frame. */
export interface SeenZone {
  /** In pixels of the frame. */
  outline: Quad;
  /** 0 to about 1: how much it looks like a zone. */
  likeness: number;
  /** Its capital in pixels of the frame. */
  quality: ZoneQuality;
}

/** What one look at a frame gave. */
export interface Sighting {
  zone: SeenZone | null;
  /** Mean grey of the frame, 0 to 255. */
  level: number;
  /** Blur of the sharpest edges in pixels of the frame, where no zone is seen; null where nothing can be said. */
  blur: number | null;
  /** Size of the frame in pixels. */
  width: number;
  height: number;
}

/** How a frame is looked at: the longer side it is made small to, and whether light print on dark is looked for. */
export interface Glance {
  side: number;
  light: boolean;
}

/** Below this a find is mostly a line of text or a pattern. */
const WORTH_TELLING = 0.3;
/** A find of this likeness is a zone; with less the next look is a finer one. */
export const LIKELY = 0.7;

const QUICK: Glance = { side: 960, light: false };
/** Where the quick look shows nothing: small and blurred print, then light print; the quick one between them. */
const SEARCH: readonly Glance[] = [QUICK, { side: 1600, light: false }, QUICK, { side: 1600, light: true }];

/** Chooses how to look next, from what the last looks gave. */
export interface Glances {
  next(): Glance;
  gave(sighting: Sighting): void;
}

/** What found a zone is kept on; what did not gives way to the next of the search. */
export function createGlances(): Glances {
  let at = 0;
  return {
    next: () => SEARCH[at % SEARCH.length]!,
    gave: ({ zone }) => {
      if (zone === null || zone.likeness < LIKELY) at += 1;
    },
  };
}

/**
 * Looks at a frame that was made small.
 * @param small the frame at the size of the glance, `scale` of its pixels to one pixel of the frame
 */
export function sight(small: GreyImage, scale: number, light: boolean): Sighting {
  const level = {
    side: Math.max(small.width, small.height),
    mostGrowth: 1,
    light,
    smooth: light ? 1 : 0,
    worthReading: WORTH_TELLING,
  };
  const { zones, image } = locate(small, level, () => undefined);
  const best = zones[0];
  const found = best === undefined ? null : measureZone(image, best.grid);
  const blur = found === null ? edgeBlur(small) : null;
  const seen: Omit<Sighting, 'zone'> = {
    level: meanGrey(small),
    blur: blur === null ? null : blur / scale,
    width: Math.round(small.width / scale),
    height: Math.round(small.height / scale),
  };
  if (best === undefined || found === null) return { zone: null, ...seen };
  const { outline, quality } = found;
  return {
    zone: {
      outline: outline.map(({ x, y }) => ({ x: x / scale, y: y / scale })) as Quad,
      likeness: best.quality,
      quality: { ...quality, capital: quality.capital / scale },
    },
    ...seen,
  };
}
