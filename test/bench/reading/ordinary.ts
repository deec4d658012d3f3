// Pictures without a zone, drawn from a seed: printed pages, things made for machines to read, and no pages at all.
import { addNoise, blurImage } from '../../../shared/specimen/lens.ts';
import { photograph } from '../../../shared/specimen/photograph.ts';
import { createRandom, type Random } from '../../../shared/specimen/prng.ts';
import type { RgbImage } from '../../../shared/specimen/raster.ts';
import { GROUNDS } from '../../../shared/specimen/table-top.ts';
import { encoded } from './draw-picture.ts';
import { PHOTOGRAPHS } from './ordinary/photographs.ts';
import { PRINTS } from './ordinary/prints.ts';
import { SLIPS } from './ordinary/slips.ts';

const DRAW = { ...PRINTS, ...SLIPS, ...PHOTOGRAPHS };

export type PageKind = keyof typeof DRAW;

export const PAGE_KINDS = Object.keys(DRAW) as readonly PageKind[];

const isPage = (kind: PageKind): boolean => !(kind in PHOTOGRAPHS);

/** A picture as a JPEG file; of the pages every third is photographed on a table, the others are scans. */
export async function drawOrdinaryPage(seed: number, number: number, kind: PageKind): Promise<Buffer> {
  const random = createRandom(seed).fork(`page ${kind} ${number}`);
  const drawn = DRAW[kind](random);
  const onTable = isPage(kind) && number % 3 === 0;
  return encoded(onTable ? seen(drawn, random) : scanned(drawn, random), random.int(60, 92));
}

function scanned(image: RgbImage, random: Random): RgbImage {
  return addNoise(blurImage(image, random.range(0.4, 0.9)), random.range(1, 5), random);
}

function seen(page: RgbImage, random: Random): RgbImage {
  return photograph(page, {
    seed: random.int(1, 1_000_000),
    width: Math.round(page.width * 1.1),
    height: Math.round(page.height * 1.1),
    tiltDegrees: random.range(0, 15),
    skewDegrees: random.range(-8, 8),
    turn: random.pick([0, 0, 90, 180] as const),
    blurPx: random.range(0.4, 0.9),
    noise: random.range(2, 6),
    ground: random.pick(GROUNDS),
  }).image;
}
