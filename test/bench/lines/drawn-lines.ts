// A seeded set of single lines for the recogniser alone: print from OCR-B's outlines, photographed small, worn, doubtful.
import { OCR_B } from '../../../shared/specimen/glyphs/ocr-b.ts';
import { addNoise, blurImage, compressLike } from '../../../shared/specimen/lens.ts';
import { drawText } from '../../../shared/specimen/outline.ts';
import { fill } from '../../../shared/specimen/paint.ts';
import { createRandom, type Random } from '../../../shared/specimen/prng.ts';
import { createSheet, type Rgb, type RgbImage, type Sheet } from '../../../shared/specimen/raster.ts';
import { makeRecord } from '../../../shared/specimen/record.ts';
import { resize } from '../../../shared/vision/grey.ts';
import { PLAIN } from '../../../shared/vision/strip-reader.ts';
import { stretchContrast } from '../../../shared/vision/strips.ts';
import type { GreyImage } from '../../../shared/vision/types.ts';

/** A line as the recogniser is given it, and what is printed on it. */
export interface LineRow {
  group: string;
  line: string;
  strip: GreyImage;
}

interface Group {
  id: string;
  /** Height of a capital in the photograph, in pixels. */
  cap: number;
  /** Strength of the lens' blur, in capitals. */
  blur: number;
  noise: number;
  quality: number;
  /** Share of the stroke that has flaked off, roughly. */
  wear: number;
  lookAlikes: boolean;
}

const GROUPS: readonly Group[] = [
  { id: 'large', cap: 24, blur: 0.03, noise: 4, quality: 80, wear: 0, lookAlikes: false },
  { id: 'caps9', cap: 9, blur: 0.05, noise: 5, quality: 75, wear: 0, lookAlikes: false },
  { id: 'caps7', cap: 7, blur: 0.06, noise: 5, quality: 75, wear: 0, lookAlikes: false },
  { id: 'caps5', cap: 5.5, blur: 0.06, noise: 4, quality: 85, wear: 0, lookAlikes: false },
  { id: 'worn', cap: 12, blur: 0.04, noise: 6, quality: 70, wear: 2.5, lookAlikes: false },
  { id: 'blurred', cap: 20, blur: 0.14, noise: 4, quality: 75, wear: 0, lookAlikes: false },
  { id: 'lookAlikes', cap: 8, blur: 0.07, noise: 6, quality: 70, wear: 0, lookAlikes: true },
];

/** Zones of a group; each has two or three lines. */
const ZONES = 24;
const KINDS = ['passport', 'id-card', 'visa-b'] as const;
const DAY = '2026-06-01';
/** The print is drawn so many times larger than it is photographed. */
const OVERSAMPLING = 3;

/** The set of a seed, the same on every machine. */
export function* drawnLines(seed: number): Generator<LineRow> {
  for (const group of GROUPS) {
    for (let zone = 0; zone < ZONES; zone++) {
      const random = createRandom(seed).fork(`line ${group.id} ${zone}`);
      for (const line of group.lookAlikes ? lookAlikeLines(random) : zoneLines(random, zone)) {
        yield { group: group.id, line, strip: photographed(line, group, random) };
      }
    }
  }
}

function zoneLines(random: Random, zone: number): string[] {
  return [...makeRecord(random.int(1, 1_000_000), KINDS[zone % KINDS.length] ?? 'passport', DAY).lines];
}

/** No grammar and no check digit: only the glyph tells. */
function lookAlikeLines(random: Random): string[] {
  const letters = [...'0DOQ1I7T8B5S2Z6GUVKX4A<'];
  return Array.from({ length: 2 }, () => Array.from({ length: 36 }, () => random.pick(letters)).join(''));
}

function photographed(line: string, group: Group, random: Random): GreyImage {
  // One unit of the sheet is the height of a capital.
  const advance = (OCR_B.glyphs.A?.[0] ?? 723) / OCR_B.capHeight;
  const side = (PLAIN.edge - 0.5) * advance;
  const width = line.length * advance + 2 * side;
  const height = 1 + 2 * PLAIN.padding;
  const light = random.range(175, 245);
  const paper: Rgb = [light, light, light];
  const dark = random.range(15, 85);
  const sheet = createSheet(width, height, group.cap * OVERSAMPLING, paper);
  const place = {
    x: side + random.range(-0.06, 0.06),
    baseline: 1 + PLAIN.padding + random.range(-0.06, 0.06),
  };
  drawText(sheet, line, { face: OCR_B, capMm: 1 }, place, [dark, dark, dark]);
  if (group.wear > 0) flake(sheet, paper, group.wear, random);
  const seen = resize(greyOf(sheet), Math.round(width * group.cap), Math.round(height * group.cap));
  let image = blurImage(rgbOf(seen), group.blur * group.cap + 0.3);
  image = compressLike(addNoise(image, group.noise, random), group.quality);
  const strip = resize(greyOf(image), Math.round(width * PLAIN.cap), Math.round(height * PLAIN.cap));
  return stretchContrast(strip);
}

/** Small angular flakes of paper over the print. */
function flake(sheet: Sheet, paper: Rgb, wear: number, random: Random): void {
  const width = sheet.width / sheet.scale;
  const height = sheet.height / sheet.scale;
  const count = Math.round(width * height * wear * 60);
  for (let i = 0; i < count; i++) {
    const x = random.range(0, width);
    const y = random.range(0, height);
    const size = random.range(0.02, 0.09);
    const contour = Array.from({ length: 5 }, (_, k) => {
      const angle = (k / 5) * 2 * Math.PI + random.range(0, 0.8);
      return [x + Math.cos(angle) * size, y + Math.sin(angle) * size * random.range(0.4, 1)];
    }).flat();
    fill(sheet, [contour], paper, { opacity: random.range(0.5, 1) });
  }
}

function greyOf(image: RgbImage): GreyImage {
  const { width, height } = image;
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => image.data[i * 3]!) };
}

function rgbOf(image: GreyImage): RgbImage {
  const { width, height } = image;
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => image.data[Math.floor(i / 3)]!),
  };
}
