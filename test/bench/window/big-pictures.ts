// Pictures as a camera of twelve megapixels takes them of documents of every format, drawn from a seed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawSpecimen } from '../../../shared/specimen/document.ts';
import type { SpecimenKind } from '../../../shared/specimen/kinds.ts';
import { SPECIMEN_KINDS } from '../../../shared/specimen/kinds.ts';
import { photograph } from '../../../shared/specimen/photograph.ts';
import { createRandom } from '../../../shared/specimen/prng.ts';
import { GROUNDS } from '../../../shared/specimen/table-top.ts';
import { encoded } from '../reading/draw-picture.ts';

const DAY = '2026-06-01';
const LONG = 4000;
const SHORT = 3000;
/** Seven thousand by five thousand: the largest that is promised. */
const HUGE = { width: 7000, height: 5000 } as const;

export interface BigPicture {
  path: string;
  kind: SpecimenKind;
  lines: readonly string[];
}

/** Draws one of 12 megapixels into a folder; the formats take turns. */
export async function drawBigPicture(folder: string, seed: number, number: number): Promise<BigPicture> {
  const kind = SPECIMEN_KINDS[number % SPECIMEN_KINDS.length] ?? 'passport';
  const random = createRandom(seed).fork(`big ${number}`);
  const specimen = drawSpecimen({ seed: random.int(1, 1_000_000), kind, today: DAY });
  const upright = random.chance(0.2);
  const { image } = photograph(specimen.page, {
    seed: random.int(1, 1_000_000),
    width: upright ? SHORT : LONG,
    height: upright ? LONG : SHORT,
    fill: random.range(0.6, 0.96),
    tiltDegrees: random.range(0, 14),
    skewDegrees: random.range(-10, 10),
    turn: upright ? random.pick([90, 270] as const) : random.pick([0, 0, 0, 180] as const),
    blurPx: random.range(0.8, 2.4),
    noise: random.range(2, 8),
    ground: random.pick(GROUNDS),
    ...(random.chance(0.25) ? { shadow: random.range(0.2, 0.5) } : {}),
  });
  const path = join(folder, `big-${number}-${kind}.jpg`);
  writeFileSync(path, await encoded(image, random.int(84, 95)));
  return { path, kind, lines: specimen.lines };
}

/** The picture in 35 megapixels. */
export async function enlarged(folder: string, picture: BigPicture): Promise<BigPicture> {
  const path = join(folder, 'huge.jpg');
  await sharp(picture.path)
    .resize({ ...HUGE, fit: 'fill' })
    .jpeg({ quality: 90 })
    .toFile(path);
  return { ...picture, path };
}
