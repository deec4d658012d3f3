// Draws one picture of our own set: a specimen, printed and photographed under the conditions of its task.
import sharp from 'sharp';
import { drawSpecimen, type Specimen } from '../../../shared/specimen/document.ts';
import { OCR_B_CAP_MM } from '../../../shared/specimen/form.ts';
import type { SpecimenKind } from '../../../shared/specimen/kinds.ts';
import { type Cutout, photographCutout } from '../../../shared/specimen/photograph.ts';
import { createRandom, type Random } from '../../../shared/specimen/prng.ts';
import type { RgbImage } from '../../../shared/specimen/raster.ts';
import { GROUNDS } from '../../../shared/specimen/table-top.ts';
import { printed } from './print.ts';
import type { Conditions, Task } from './recipe.ts';

const DAY = '2026-06-01';
const FILL = 0.9;
/** The lens' own blur in pixels. */
const SHARP_PX = 0.45;
/** Between two documents, in pixels of their pages. */
const GAP = 130;

export interface DrawnPicture {
  /** One, or two where the picture shows another document beside it. */
  documents: { format: string; lines: readonly string[] }[];
  jpeg: Buffer;
}

/** A maker of pictures that keeps the documents it has drawn. */
export function createPainter(seed: number): (task: Task) => Promise<DrawnPicture> {
  const drawn = new Map<string, Specimen>();
  const specimenOf = (kind: SpecimenKind, document: number): Specimen => {
    const key = `${kind}-${document}`;
    const number = createRandom(seed).fork(key).int(1, 1_000_000);
    const specimen = drawn.get(key) ?? drawSpecimen({ seed: number, kind, today: DAY });
    drawn.set(key, specimen);
    return specimen;
  };
  return async (task) => {
    const { kind, beside, document, conditions } = task;
    const specimens = [specimenOf(kind, document)];
    // Never the same document twice in a picture.
    if (beside !== undefined) specimens.push(specimenOf(beside, document + 1));
    const random = createRandom(seed).fork(task.image);
    const jpeg = await encoded(photographed(specimens, conditions, random), conditions.quality);
    return { documents: specimens.map(({ format, lines }) => ({ format, lines })), jpeg };
  };
}

/** A JPEG file of the picture. */
export function encoded({ data, width, height }: RgbImage, quality: number): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

function photographed(specimens: readonly Specimen[], conditions: Conditions, random: Random): RgbImage {
  const scale = conditions.capPx / OCR_B_CAP_MM;
  const skew = conditions.skew * (random.chance(0.5) ? 1 : -1);
  const cutout = laidOut(specimens.map((specimen) => printed(specimen, conditions, random)));
  const pageScale = specimens[0]?.scale ?? 1;
  const [widthMm, heightMm] = [cutout.aim.width / pageScale, cutout.aim.height / pageScale];
  // The frame grows with the turned document, so that the print keeps its size.
  const angle = ((skew + conditions.turn) * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const width = Math.round(((widthMm * cos + heightMm * sin) * scale) / FILL);
  const height = Math.round(((widthMm * sin + heightMm * cos) * scale) / FILL);
  return photographCutout(cutout, {
    seed: random.int(1, 1_000_000),
    width,
    height,
    fill: FILL,
    tiltDegrees: conditions.lean,
    perspective: 0.7,
    skewDegrees: skew,
    turn: conditions.turn,
    blurPx: Math.hypot(SHARP_PX, conditions.blur * conditions.capPx),
    noise: conditions.noise,
    ground: random.pick(GROUNDS),
    ...(conditions.glare > 0
      ? { glare: { strength: conditions.glare, x: random.range(0.25, 0.75), y: 0.86 } }
      : {}),
    ...(conditions.shadow > 0 ? { shadow: conditions.shadow } : {}),
  }).image;
}

/** Pages one below the other with a gap of table between them. */
function laidOut(pages: readonly RgbImage[]): Cutout {
  const width = Math.max(...pages.map((page) => page.width));
  const height = pages.reduce((sum, page) => sum + page.height, 0) + (pages.length - 1) * GAP;
  const image = { width, height, data: new Uint8Array(width * height * 3) };
  const covered = new Uint8Array(width * height);
  let top = 0;
  for (const page of pages) {
    for (let y = 0; y < page.height; y++) {
      const row = page.data.subarray(y * page.width * 3, (y + 1) * page.width * 3);
      image.data.set(row, (top + y) * width * 3);
      covered.fill(255, (top + y) * width, (top + y) * width + page.width);
    }
    top += page.height + GAP;
  }
  return { image, cover: covered, pageAt: { x: 0, y: 0 }, aim: { x: 0, y: 0, width, height } };
}
