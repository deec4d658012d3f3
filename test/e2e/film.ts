// What a camera sees over a while, as a motion JPEG that Chromium plays in a circle, thirty frames a second.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawSpecimen, type Specimen } from '../../shared/specimen/document.ts';
import type { SpecimenKind } from '../../shared/specimen/kinds.ts';
import { photographCutout, type PhotoOptions } from '../../shared/specimen/photograph.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import type { RgbImage } from '../../shared/specimen/raster.ts';
import { surroundOf } from '../../shared/specimen/surround.ts';
import { tableTop } from '../../shared/specimen/table-top.ts';

const DAY = '2026-11-01';
const FRAMES_A_SECOND = 30;

/** The size of a frame; nothing else gives Chromium the size of a motion JPEG. */
export const FRAME = { width: 1280, height: 720 } as const;

export interface Scene {
  seconds: number;
  image: RgbImage;
}

/** The table without a document. */
export function emptyTable({ width, height }: { width: number; height: number } = FRAME): RgbImage {
  return tableTop(width, height, createRandom(5).fork('table'), 'mat');
}

/** A document of Utopia of its own seed. */
export function documentOf(kind: SpecimenKind, seed: number): Specimen {
  return drawSpecimen({ seed, kind, today: DAY });
}

/** A document before the camera; without faults unless told. */
export function before(specimen: Specimen, options: Partial<PhotoOptions> = {}): RgbImage {
  const cutout = surroundOf(specimen, 29);
  const usual = { seed: 29, ...FRAME, ground: 'mat', tiltDegrees: 3, skewDegrees: 1, fill: 0.94 } as const;
  return photographCutout(cutout, { ...usual, ...options }).image;
}

/** Writes the scenes one after the other; returns the path of the film. */
export async function filmOf(folder: string, name: string, scenes: readonly Scene[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.mjpeg`);
  const file = openSync(path, 'w');
  for (const { seconds, image } of scenes) {
    const { width, height, data } = image;
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer();
    for (let frame = 0; frame < seconds * FRAMES_A_SECOND; frame++) writeSync(file, jpeg);
  }
  closeSync(file);
  return path;
}
