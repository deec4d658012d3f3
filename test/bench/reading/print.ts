// How the page of a specimen came out of the printer and what became of it: contrast, wear, dots, a finger on it.
import { OCR_B_CAP_MM } from '../../../shared/specimen/form.ts';
import type { Specimen } from '../../../shared/specimen/document.ts';
import { KINDS, MRZ_PITCH_MM } from '../../../shared/specimen/kinds.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import type { RgbImage } from '../../../shared/specimen/raster.ts';
import type { Conditions } from './recipe.ts';

const SKIN = [203, 158, 132] as const;
/** Mean radius of a place where print has flaked off, in heights of a capital. */
const FLAKE = 0.09;
/** From so much ink under it, a dot is printed. */
const DOT_INK = 0.5;

/** The page as it is photographed. `at`: where along the zone a finger lies, 0 to 1. */
export function printed(specimen: Specimen, conditions: Conditions, random: Random): RgbImage {
  const { page } = specimen;
  const image = { width: page.width, height: page.height, data: new Uint8Array(page.data) };
  const at = random.range(0.1, 0.6);
  if (conditions.dots > 0) setInDots(image, specimen, conditions.dots);
  if (conditions.worn > 0) wear(image, specimen, conditions.worn, random.fork('worn'));
  if (conditions.inverted || conditions.contrast < 1) fade(image, conditions);
  if (conditions.covered > 0) cover(image, specimen, conditions.covered, at);
  return image;
}

function fade({ data }: RgbImage, { inverted, contrast }: Conditions): void {
  const paper = inverted ? 40 : 215;
  for (let i = 0; i < data.length; i++) {
    const value = inverted ? 255 - (data[i] ?? 0) : (data[i] ?? 0);
    data[i] = paper + (value - paper) * contrast;
  }
}

function cover(image: RgbImage, { kind, scale }: Specimen, places: number, at: number): void {
  const { widthMm, heightMm, mrzLeftMm, mrzRowsMm } = KINDS[kind];
  const zoneMm = widthMm - 2 * mrzLeftMm;
  const middle = (mrzLeftMm + at * zoneMm) * scale;
  const tall = ((mrzRowsMm.at(-1) ?? 0) + 3) * scale;
  // Half the covered width where the ellipse crosses the middle of the lowest row.
  const share = Math.sqrt(1 - (1 - (3 * scale) / tall) ** 2);
  const wide = (places * MRZ_PITCH_MM * scale) / 2 / share;
  const bottom = heightMm * scale;
  for (let y = Math.max(0, Math.floor(bottom - tall)); y < image.height; y++) {
    for (let x = Math.max(0, Math.floor(middle - wide)); x < Math.min(image.width, middle + wide); x++) {
      const away = ((x - middle) / wide) ** 2 + ((y - bottom) / tall) ** 2;
      if (away > 1) continue;
      const light = 1 - 0.35 * away;
      for (let c = 0; c < 3; c++) image.data[(y * image.width + x) * 3 + c] = (SKIN[c] ?? 0) * light;
    }
  }
}

interface Row {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The rows of the zone in pixels, with a little room around the capitals. */
function rowsOf({ kind, scale, lines }: Specimen): Row[] {
  const { heightMm, mrzLeftMm, mrzRowsMm } = KINDS[kind];
  return mrzRowsMm.map((fromBottom, i) => {
    const middle = heightMm - fromBottom;
    const half = 0.62 * OCR_B_CAP_MM;
    return {
      left: Math.round(mrzLeftMm * scale),
      right: Math.round((mrzLeftMm + (lines[i]?.length ?? 0) * MRZ_PITCH_MM) * scale),
      top: Math.round((middle - half) * scale),
      bottom: Math.round((middle + half) * scale),
    };
  });
}

/** The ground and the ink of a row: its lightest pixels in the middle of their range, and its darkest. */
function tonesOf(image: RgbImage, row: Row): { paper: number[]; dark: number } {
  const pixels: number[] = [];
  for (let y = row.top; y < row.bottom; y++)
    for (let x = row.left; x < row.right; x++) pixels.push((y * image.width + x) * 3);
  const byLight = pixels.toSorted((a, b) => (image.data[a + 1] ?? 0) - (image.data[b + 1] ?? 0));
  const at = (part: number): number => byLight[Math.floor((byLight.length - 1) * part)] ?? 0;
  const ground = at(0.8);
  return {
    paper: [0, 1, 2].map((c) => image.data[ground + c] ?? 0),
    dark: image.data[at(0.01) + 1] ?? 0,
  };
}

/** Print in dots, so many to the height of a capital, as needle and ink-jet printers set it. */
function setInDots(image: RgbImage, specimen: Specimen, perCapital: number): void {
  const pitch = (OCR_B_CAP_MM * specimen.scale) / perCapital;
  const radius = 0.48 * pitch;
  for (const row of rowsOf(specimen)) {
    const { paper, dark } = tonesOf(image, row);
    const span = Math.max(1, (paper[1] ?? 0) - dark);
    const before = image.data.slice();
    const inkAt = (x: number, y: number): number =>
      Math.min(1, Math.max(0, ((paper[1] ?? 0) - (before[(y * image.width + x) * 3 + 1] ?? 0)) / span));
    for (let y = row.top; y < row.bottom; y++) {
      for (let x = row.left; x < row.right; x++) {
        if (inkAt(x, y) > 0.25) image.data.set(paper, (y * image.width + x) * 3);
      }
    }
    for (let cy = row.top; cy + pitch < row.bottom; cy += pitch) {
      for (let cx = row.left; cx + pitch < row.right; cx += pitch) {
        if (meanInk(inkAt, cx, cy, pitch) >= DOT_INK)
          disc(image, cx + pitch / 2, cy + pitch / 2, radius, [dark, dark, dark]);
      }
    }
  }
}

function meanInk(inkAt: (x: number, y: number) => number, left: number, top: number, side: number): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(top); y < top + side; y++) {
    for (let x = Math.floor(left); x < left + side; x++) {
      sum += inkAt(x, y);
      count++;
    }
  }
  return sum / count;
}

/** So large a part of the zone's print flakes off in small places. */
function wear(image: RgbImage, specimen: Specimen, share: number, random: Random): void {
  const radius = FLAKE * OCR_B_CAP_MM * specimen.scale;
  for (const row of rowsOf(specimen)) {
    const { paper } = tonesOf(image, row);
    const area = (row.right - row.left) * (row.bottom - row.top);
    // Places overlap: so many leave (1 - share) of the area untouched.
    const places = (-Math.log(1 - share) * area) / (Math.PI * radius * radius * 1.14);
    for (let i = 0; i < places; i++) {
      const size = radius * random.range(0.4, 1.6);
      disc(image, random.range(row.left, row.right), random.range(row.top, row.bottom), size, paper);
    }
  }
}

/** A disc with a soft rim of one pixel. */
function disc(image: RgbImage, cx: number, cy: number, radius: number, colour: readonly number[]): void {
  const { width, height, data } = image;
  for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y++) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x++) {
      const amount = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x + 0.5 - cx, y + 0.5 - cy)));
      for (let c = 0; c < 3; c++) {
        const at = (y * width + x) * 3 + c;
        data[at] = (data[at] ?? 0) * (1 - amount) + (colour[c] ?? 0) * amount;
      }
    }
  }
}
