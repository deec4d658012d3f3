// The first set of specimens: what "Try a specimen" offers before the first real document.
import { drawSpecimen, type Specimen } from './document.ts';
import type { FaultId } from './faults.ts';
import type { SpecimenKind } from './kinds.ts';
import { type Photo, photographCutout, type PhotoOptions } from './photograph.ts';
import type { RgbImage } from './raster.ts';
import { surroundOf } from './surround.ts';

export interface SetEntry {
  readonly id: string;
  /** Catalogue id (assets/text/en/specimen.json). */
  readonly titleId: string;
  readonly seed: number;
  readonly kind: SpecimenKind;
  readonly fault?: FaultId;
  readonly photo: Omit<PhotoOptions, 'seed'>;
}

const LANDSCAPE = { width: 1600, height: 1200 } as const;

/** From the plainest picture to harder ones. */
export const SPECIMEN_SET: readonly SetEntry[] = [
  {
    id: 'utopia-passport-good',
    titleId: 'specimen.set.passport-good',
    seed: 9,
    kind: 'passport',
    photo: {
      ...LANDSCAPE,
      ground: 'mat',
      tiltDegrees: 7,
      skewDegrees: -1.6,
      blurPx: 0.5,
      noise: 2,
      fill: 0.9,
    },
  },
  {
    id: 'utopia-passport-birth',
    titleId: 'specimen.set.passport-birth',
    seed: 3,
    kind: 'passport',
    fault: 'birth-date-altered',
    photo: {
      ...LANDSCAPE,
      ground: 'wood',
      tiltDegrees: 14,
      skewDegrees: 4,
      blurPx: 0.6,
      noise: 3,
      light: { level: 0.97, warmth: 0.5 },
    },
  },
  {
    id: 'utopia-passport-issuer',
    titleId: 'specimen.set.passport-issuer',
    seed: 20,
    kind: 'passport',
    fault: 'unknown-issuer',
    photo: {
      ...LANDSCAPE,
      ground: 'leather',
      tiltDegrees: 10,
      skewDegrees: -3,
      blurPx: 0.6,
      noise: 3,
      shadow: 0.25,
    },
  },
  {
    id: 'utopia-card-good',
    titleId: 'specimen.set.card-good',
    seed: 41,
    kind: 'id-card',
    photo: { ...LANDSCAPE, ground: 'mat', tiltDegrees: 6, skewDegrees: 2, blurPx: 0.5, noise: 2, fill: 0.93 },
  },
  {
    id: 'utopia-card-expired',
    titleId: 'specimen.set.card-expired',
    seed: 53,
    kind: 'id-card',
    fault: 'expired',
    photo: {
      ...LANDSCAPE,
      ground: 'leather',
      tiltDegrees: 12,
      skewDegrees: -4,
      blurPx: 0.6,
      noise: 3,
      glare: { strength: 0.35, x: 0.75, y: 0.2 },
    },
  },
  {
    id: 'utopia-large-card-good',
    titleId: 'specimen.set.large-card-good',
    seed: 67,
    kind: 'id-card-td2',
    photo: { ...LANDSCAPE, ground: 'lid', tiltDegrees: 0, skewDegrees: 2.5, blurPx: 0.5, noise: 1.5 },
  },
  {
    id: 'utopia-visa-a-good',
    titleId: 'specimen.set.visa-a-good',
    seed: 71,
    kind: 'visa-a',
    photo: { ...LANDSCAPE, ground: 'mat', tiltDegrees: 8, skewDegrees: 1.5, blurPx: 0.5, noise: 2 },
  },
  {
    id: 'utopia-visa-b-turned',
    titleId: 'specimen.set.visa-b-turned',
    seed: 83,
    kind: 'visa-b',
    photo: {
      ...LANDSCAPE,
      ground: 'wood',
      tiltDegrees: 9,
      skewDegrees: -2,
      turn: 180,
      blurPx: 0.6,
      noise: 2.5,
      light: { level: 0.98, warmth: 0.35 },
    },
  },
];

/** What a specimen of the set is, and its photo with where the page lies in it. */
export interface DrawnSpecimen {
  readonly specimen: Specimen;
  readonly photo: RgbImage;
  readonly toPhoto: Photo['toPhoto'];
}

/**
 * Draws and photographs one specimen of the set as it would be on that day (YYYY-MM-DD).
 * Throws a RangeError for an id that is not in the set.
 */
export function drawSpecimenById(id: string, today: string): DrawnSpecimen {
  const entry = SPECIMEN_SET.find((one) => one.id === id);
  if (!entry) throw new RangeError('no such specimen');
  const specimen = drawSpecimen({
    seed: entry.seed,
    kind: entry.kind,
    today,
    ...(entry.fault ? { fault: entry.fault } : {}),
  });
  const photo = photographCutout(surroundOf(specimen, entry.seed), { ...entry.photo, seed: entry.seed });
  return { specimen, photo: photo.image, toPhoto: photo.toPhoto };
}
