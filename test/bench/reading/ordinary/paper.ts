// Paper and writing for ordinary pages: words that mean nothing, lines, rows of one pitch.
import { TEXT_REGULAR } from '../../../../shared/specimen/glyphs/text-regular.ts';
import { drawText, type GlyphTable } from '../../../../shared/specimen/outline.ts';
import { fill, stroke } from '../../../../shared/specimen/paint.ts';
import type { Random } from '../../../../shared/specimen/prng.ts';
import { createSheet, type Rgb, type Sheet } from '../../../../shared/specimen/raster.ts';
import { box } from '../../../../shared/specimen/shapes.ts';

/** Pixels to the millimetre of a page. */
const SCALE = 7;
export const INK: Rgb = [34, 34, 40];

export const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const HEADS = [...'bdfgklmnprstvz', 'st', 'tr', 'br', 'kl', 'ch'];
const HEARTS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
const TAILS = ['', '', 'n', 'r', 's', 't', 'l', 'nd', 'ng'];

export function word(random: Random): string {
  const parts = random.int(1, 4);
  return Array.from(
    { length: parts },
    () => random.pick(HEADS) + random.pick(HEARTS) + random.pick(TAILS),
  ).join('');
}

export function sentence(random: Random, words: number): string {
  const text = Array.from({ length: words }, () => word(random)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** So many random digits. */
export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 9)).join('');
}

/** Words of at most so many letters together. */
export function fitted(random: Random, letters: number): string {
  let text = sentence(random, 1);
  for (let next = word(random); text.length + 1 + next.length <= letters; next = word(random))
    text += ` ${next}`;
  return text.slice(0, letters);
}

export function paper(random: Random, widthMm: number, heightMm: number): Sheet {
  const light = random.range(205, 248);
  return createSheet(widthMm, Math.round(heightMm), SCALE, [light, light, light - random.range(0, 14)]);
}

export const sheetHeight = (sheet: Sheet): number => sheet.height / sheet.scale;

export function line(sheet: Sheet, ax: number, ay: number, bx: number, by: number): void {
  stroke(sheet, [[ax, ay, bx, by]], 0.18, INK);
}

export interface Hand {
  face: GlyphTable;
  /** Height of a capital in millimetres. */
  cap: number;
  /** Millimetres from letter to letter, where every letter has the same room. */
  pitch?: number;
}

/** Writes a line; with a pitch letter by letter, those that the typeface lacks in another. */
export function write(
  sheet: Sheet,
  text: string,
  x: number,
  baseline: number,
  { face, cap, pitch }: Hand,
): void {
  const style = { face, capMm: cap };
  if (pitch === undefined) {
    drawText(sheet, text, style, { x, baseline }, INK);
    return;
  }
  [...text].forEach((letter, i) => {
    if (letter === '>') {
      // The look-alike of the filler, which our OCR-B lacks.
      const [left, right] = [x + i * pitch + 0.15 * cap, x + i * pitch + 0.75 * cap];
      const chevron = [
        left,
        baseline - 0.85 * cap,
        right,
        baseline - 0.45 * cap,
        left,
        baseline - 0.05 * cap,
      ];
      stroke(sheet, [chevron], 0.13 * cap, INK);
      return;
    }
    const known = face.glyphs[letter] ? style : { face: TEXT_REGULAR, capMm: cap };
    if (letter !== ' ') drawText(sheet, letter, known, { x: x + i * pitch, baseline }, INK);
  });
}

/** A filled rectangle. */
export function block(
  sheet: Sheet,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: Rgb = INK,
): void {
  fill(sheet, [box(x, y, width, height)], colour);
}
