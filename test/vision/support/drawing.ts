// Pictures for the tests: rows of OCR-B or of plain boxes, drawn straight and seen from anywhere.
import { negative, sample } from '../../../shared/vision/grey.ts';
import type { GreyImage, Point } from '../../../shared/vision/types.ts';
import { OCR_B } from '../../../shared/specimen/glyphs/ocr-b.ts';
import { drawText } from '../../../shared/specimen/outline.ts';
import { createSheet } from '../../../shared/specimen/raster.ts';

export const PASSPORT = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
export const CARD = [
  'I<UTOD231458907<<<<<<<<<<<<<<<',
  '7408122F1204159UTO<<<<<<<<<<<6',
  'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
];

/** A picture of one grey value. */
export function even(width: number, height: number, value: number): GreyImage {
  return { width, height, data: new Uint8Array(width * height).fill(value) };
}

/** Rows of OCR-B at 2.54 mm a character and 6.35 mm a line, with a margin of 6 mm; `scale` pixels a millimetre. */
export function drawZone(lines: readonly string[], scale = 6): GreyImage {
  const columns = Math.max(...lines.map((line) => line.length));
  const sheet = createSheet(columns * 2.54 + 12, lines.length * 6.35 + 12, scale, [236, 234, 228]);
  // The advance of OCR-B's letters at a height of capitals of 2.4 mm, made up to the pitch of the zone.
  const style = { face: OCR_B, capMm: 2.4 };
  const advance = ((OCR_B.glyphs.A?.[0] ?? 0) * style.capMm) / OCR_B.capHeight;
  lines.forEach((line, row) => {
    const place = { x: 6, baseline: 6 + 4.4 + row * 6.35 };
    drawText(sheet, line, { ...style, trackingMm: 2.54 - advance }, place, [30, 30, 34]);
  });
  const data = new Uint8Array(sheet.width * sheet.height);
  for (let i = 0; i < data.length; i++) data[i] = sheet.data[i * 3]!;
  return { width: sheet.width, height: sheet.height, data };
}

/** A picture on a larger, darker ground, so that it has surroundings. */
export function onGround(image: GreyImage, margin: number, value = 120): GreyImage {
  const out = even(image.width + 2 * margin, image.height + 2 * margin, value);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width, (y + 1) * image.width);
    out.data.set(row, (y + margin) * out.width + margin);
  }
  return out;
}

/** Two pictures side by side on grey. */
export function beside(left: GreyImage, right: GreyImage): GreyImage {
  const out = even(left.width + right.width, Math.max(left.height, right.height), 120);
  for (const [image, from] of [[left, 0] as const, [right, left.width] as const]) {
    for (let y = 0; y < image.height; y++) {
      out.data.set(image.data.subarray(y * image.width, (y + 1) * image.width), y * out.width + from);
    }
  }
  return out;
}

/** Turned clockwise about its middle, on grey. */
export function turn(image: GreyImage, degrees: number, ground = 120): GreyImage {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const width = Math.ceil(Math.abs(image.width * cos) + Math.abs(image.height * sin));
  const height = Math.ceil(Math.abs(image.width * sin) + Math.abs(image.height * cos));
  const out = even(width, height, ground);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - (width - 1) / 2;
      const dy = y - (height - 1) / 2;
      const u = dx * cos + dy * sin + (image.width - 1) / 2;
      const v = -dx * sin + dy * cos + (image.height - 1) / 2;
      if (u >= 0 && v >= 0 && u <= image.width - 1 && v <= image.height - 1) {
        out.data[y * width + x] = sample(image, u, v);
      }
    }
  }
  return out;
}

/** Light text on dark. */
export const inverted = negative;

/** Noise from a seed, evenly spread around zero. */
export function withNoise(image: GreyImage, amount: number, seed = 1): GreyImage {
  let state = seed;
  const data = image.data.map((value) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.max(0, Math.min(255, value + ((state >> 8) % (2 * amount + 1)) - amount));
  });
  return { ...image, data };
}

/** Dark boxes at the given centres on white paper: what characters are to the locator. */
export function boxes(
  width: number,
  height: number,
  centres: readonly Point[],
  size: { width: number; height: number },
): GreyImage {
  const image = even(width, height, 230);
  for (const { x, y } of centres) {
    for (let j = Math.round(y - size.height / 2); j < y + size.height / 2; j++) {
      for (let i = Math.round(x - size.width / 2); i < x + size.width / 2; i++) {
        if (i >= 0 && j >= 0 && i < width && j < height) image.data[j * width + i] = 30;
      }
    }
  }
  return image;
}

/** Waves of a guilloche over the whole picture, `dark` grey steps darker than its ground, crossing all that is printed. */
export function withGuilloche(image: GreyImage, dark: number): GreyImage {
  const { width, height } = image;
  const data = image.data.slice();
  const every = 26;
  for (let x = 0; x < width; x++) {
    for (let line = -2; line * every < height + 60; line++) {
      for (const way of [1, -1]) {
        const y = Math.round(line * every + way * 22 * Math.sin(x / 37 + line));
        for (let j = y; j < y + 3; j++) {
          if (j >= 0 && j < height) data[j * width + x] = Math.max(0, image.data[j * width + x]! - dark);
        }
      }
    }
  }
  return { ...image, data };
}

/** Lines of a frame across the whole picture, two pixels high each, at the given rows of pixels. */
export function withFrameLines(image: GreyImage, rows: readonly number[], value = 125): GreyImage {
  const data = image.data.slice();
  for (const row of rows) data.fill(value, row * image.width, (row + 2) * image.width);
  return { ...image, data };
}
