// Draws one picture of our own set: a specimen, printed and photographed under the conditions of its task.
import sharp from 'sharp';
import { drawSpecimen, type Specimen } from '../../../shared/specimen/document.ts';
import { OCR_B_CAP_MM } from '../../../shared/specimen/form.ts';
import { KINDS, MRZ_PITCH_MM } from '../../../shared/specimen/kinds.ts';
import { photograph } from '../../../shared/specimen/photograph.ts';
import { createRandom } from '../../../shared/specimen/prng.ts';
import type { RgbImage } from '../../../shared/specimen/raster.ts';
import { GROUNDS } from '../../../shared/specimen/table-top.ts';
import type { Conditions, Task } from './recipe.ts';

const DAY = '2026-06-01';
const FILL = 0.9;
/** The lens' own blur in pixels. */
const SHARP_PX = 0.45;
const SKIN = [203, 158, 132] as const;

export interface DrawnPicture {
  format: string;
  lines: readonly string[];
  jpeg: Buffer;
}

/** A maker of pictures that keeps the documents it has drawn. */
export function createPainter(seed: number): (task: Task) => Promise<DrawnPicture> {
  const documents = new Map<string, Specimen>();
  return async (task) => {
    const key = `${task.kind}-${task.document}`;
    const number = createRandom(seed).fork(key).int(1, 1_000_000);
    const specimen = documents.get(key) ?? drawSpecimen({ seed: number, kind: task.kind, today: DAY });
    documents.set(key, specimen);
    const image = photographed(specimen, task, seed);
    const jpeg = await encoded(image, task.conditions.quality);
    return { format: specimen.format, lines: specimen.lines, jpeg };
  };
}

/** A JPEG file of the picture. */
export function encoded({ data, width, height }: RgbImage, quality: number): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

function photographed(specimen: Specimen, task: Task, seed: number): RgbImage {
  const { conditions } = task;
  const random = createRandom(seed).fork(task.image);
  const { widthMm, heightMm } = KINDS[task.kind];
  const scale = conditions.capPx / OCR_B_CAP_MM;
  const skew = conditions.skew * (random.chance(0.5) ? 1 : -1);
  // The frame grows with the turned document, so that the print keeps its size.
  const angle = ((skew + conditions.turn) * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const width = Math.round(((widthMm * cos + heightMm * sin) * scale) / FILL);
  const height = Math.round(((widthMm * sin + heightMm * cos) * scale) / FILL);
  return photograph(printed(specimen, conditions, random.range(0.1, 0.6)), {
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

/** The page as it was printed, and what lies on it. `at`: where along the zone a finger lies, 0 to 1. */
function printed({ page, kind, scale }: Specimen, conditions: Conditions, at: number): RgbImage {
  const data = new Uint8Array(page.data);
  const { contrast, inverted, covered } = conditions;
  if (inverted || contrast < 1) {
    for (let i = 0; i < data.length; i++) {
      const value = inverted ? 255 - (data[i] ?? 0) : (data[i] ?? 0);
      const paper = inverted ? 40 : 215;
      data[i] = paper + (value - paper) * contrast;
    }
  }
  if (covered > 0) {
    const { widthMm, heightMm, mrzLeftMm, mrzRowsMm } = KINDS[kind];
    const zoneMm = widthMm - 2 * mrzLeftMm;
    const middle = (mrzLeftMm + at * zoneMm) * scale;
    const tall = ((mrzRowsMm.at(-1) ?? 0) + 3) * scale;
    // Half the covered width where the ellipse crosses the middle of the lowest row.
    const share = Math.sqrt(1 - (1 - (3 * scale) / tall) ** 2);
    const wide = (covered * MRZ_PITCH_MM * scale) / 2 / share;
    const bottom = heightMm * scale;
    for (let y = Math.max(0, Math.floor(bottom - tall)); y < page.height; y++) {
      for (let x = Math.max(0, Math.floor(middle - wide)); x < Math.min(page.width, middle + wide); x++) {
        const away = ((x - middle) / wide) ** 2 + ((y - bottom) / tall) ** 2;
        if (away > 1) continue;
        const light = 1 - 0.35 * away;
        for (let c = 0; c < 3; c++) data[(y * page.width + x) * 3 + c] = (SKIN[c] ?? 0) * light;
      }
    }
  }
  return { width: page.width, height: page.height, data };
}
