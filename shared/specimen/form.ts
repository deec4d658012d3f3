// Sets labelled fields and the machine readable zone, and keeps where each stands.
import { type GlyphTable, drawText, textWidth } from './outline.ts';
import { OCR_B } from './glyphs/ocr-b.ts';
import { TEXT_BOLD } from './glyphs/text-bold.ts';
import { TEXT_REGULAR } from './glyphs/text-regular.ts';
import { type KindRow, MRZ_PITCH_MM } from './kinds.ts';
import { softenMask } from './mask.ts';
import { paintMask } from './paint.ts';
import { fillMask, type Rgb, type Sheet } from './raster.ts';
import { ellipse } from './shapes.ts';
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
  /** The printed field whose ground was rubbed away before it was printed again; empty for none. */
  readonly erased: string;

  constructor(sheet: Sheet, labelInk: Rgb, erased = '') {
    this.sheet = sheet;
    this.labelInk = labelInk;
    this.erased = erased;
  }

  /** A small bilingual label with its value below; the value shrinks rather than leave `widthMm`. Nothing for no value. */
  field(
    name: string,
    label: string,
    value: string,
    x: number,
    y: number,
    widthMm: number,
    options: { capMm?: number; face?: GlyphTable; labelMm?: number } = {},
  ): void {
    if (value === '') return;
    this.text(label, x, y, options.labelMm ?? 1.05, TEXT_REGULAR, this.labelInk, widthMm);
    const face = options.face ?? TEXT_BOLD;
    const wanted = options.capMm ?? 1.95;
    const cap = fitCap(value, face, widthMm, wanted);
    const baseline = y + 0.85 + wanted + 0.25;
    if (name === this.erased) this.rub(x + textWidth(value, { face, capMm: cap }), baseline, cap);
    const width = drawText(this.sheet, value, { face, capMm: cap }, { x, baseline }, DATA_INK);
    this.regions.push({
      name,
      quad: quadOf(this.sheet.scale, x - 0.3, baseline - cap - 0.6, width + 0.6, cap + 1.2),
    });
  }

  /** Rubs the ground away where the last letters up to `right` will stand: paper shows, the fine lines end. */
  private rub(right: number, baseline: number, capMm: number): void {
    const patch = ellipse(right - capMm * 1.45, baseline - capMm * 0.45, capMm * 2, capMm * 0.95);
    const mask = softenMask(this.sheet, fillMask(this.sheet, [patch]), capMm * 0.3);
    paintMask(this.sheet, mask, [250, 249, 244], { opacity: 0.85 });
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
