// Sets labelled fields and the machine readable zone, and keeps where each stands.
import { type GlyphTable, drawText, textWidth } from './outline.ts';
import { OCR_B } from './glyphs/ocr-b.ts';
import { TEXT_BOLD } from './glyphs/text-bold.ts';
import { TEXT_REGULAR } from './glyphs/text-regular.ts';
import { type KindRow, MRZ_PITCH_MM } from './kinds.ts';
import type { Rgb, Sheet } from './raster.ts';
import { DATA_INK } from './theme.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners in pixels of the page, from the upper left clockwise. */
export type Quad = readonly [Point, Point, Point, Point];

/** A named place on the page: `mrz`, `portrait`, or the name of a printed field. */
export interface Region {
  readonly name: string;
  readonly quad: Quad;
}

/** A rectangle in millimetres as a quad in pixels. */
export function quadOf(scale: number, x: number, y: number, width: number, height: number): Quad {
  const [left, top, right, bottom] = [x * scale, y * scale, (x + width) * scale, (y + height) * scale];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** Capital height of OCR-B when its character cells stand ten to the inch. */
export const OCR_B_CAP_MM = (MRZ_PITCH_MM * OCR_B.capHeight) / (OCR_B.glyphs.A?.[0] ?? 723);

/** One side of a document while its text is set. */
export class Form {
  readonly sheet: Sheet;
  readonly labelInk: Rgb;
  readonly regions: Region[] = [];

  constructor(sheet: Sheet, labelInk: Rgb) {
    this.sheet = sheet;
    this.labelInk = labelInk;
  }

  /** A small bilingual label with its value below; the value shrinks rather than leave `widthMm`. */
  field(
    name: string,
    label: string,
    value: string,
    x: number,
    y: number,
    widthMm: number,
    options: { capMm?: number; face?: GlyphTable; labelMm?: number } = {},
  ): void {
    const labelMm = options.labelMm ?? 1.05;
    this.text(label, x, y, labelMm, TEXT_REGULAR, this.labelInk, widthMm);
    if (value === '') return;
    const face = options.face ?? TEXT_BOLD;
    const cap = Math.min(options.capMm ?? 1.95, fitCap(value, face, widthMm, options.capMm ?? 1.95));
    const baseline = y + 0.85 + (options.capMm ?? 1.95) + 0.25;
    const width = drawText(this.sheet, value, { face, capMm: cap }, { x, baseline }, DATA_INK);
    this.regions.push({
      name,
      quad: quadOf(this.sheet.scale, x - 0.3, baseline - cap - 0.6, width + 0.6, cap + 1.2),
    });
  }

  /** A line of text that shrinks to fit. */
  text(
    text: string,
    x: number,
    baseline: number,
    capMm: number,
    face: GlyphTable,
    ink: Rgb,
    widthMm = Infinity,
  ): void {
    const cap = fitCap(text, face, widthMm, capMm);
    drawText(this.sheet, text, { face, capMm: cap }, { x, baseline }, ink);
  }

  /** The rows of the machine readable zone, each character in the middle of its own cell of 2.54 mm. */
  zone(lines: readonly string[], kind: KindRow): void {
    const style = { face: OCR_B, capMm: OCR_B_CAP_MM };
    let top = Infinity;
    let bottom = 0;
    lines.forEach((line, row) => {
      const middle = kind.heightMm - (kind.mrzRowsMm[row] ?? 0);
      const baseline = middle + OCR_B_CAP_MM / 2;
      top = Math.min(top, middle - 1.9);
      bottom = Math.max(bottom, middle + 1.9);
      [...line].forEach((character, column) => {
        const x = kind.mrzLeftMm + column * MRZ_PITCH_MM;
        drawText(this.sheet, character, style, { x, baseline }, DATA_INK);
      });
    });
    const width = (lines[0]?.length ?? 0) * MRZ_PITCH_MM;
    this.regions.push({
      name: 'mrz',
      quad: quadOf(this.sheet.scale, kind.mrzLeftMm - 0.6, top, width + 1.2, bottom - top),
    });
  }
}

function fitCap(text: string, face: GlyphTable, widthMm: number, capMm: number): number {
  const width = textWidth(text, { face, capMm });
  return width > widthMm ? (capMm * widthMm) / width : capMm;
}
