// Things on a counter that are made for machines: bank slips, boarding passes, forms in OCR-B, barcodes, keyboards.
import { OCR_B } from '../../../../shared/specimen/glyphs/ocr-b.ts';
import { TEXT_BOLD } from '../../../../shared/specimen/glyphs/text-bold.ts';
import { TEXT_REGULAR } from '../../../../shared/specimen/glyphs/text-regular.ts';
import { drawText } from '../../../../shared/specimen/outline.ts';
import { fill } from '../../../../shared/specimen/paint.ts';
import type { Random } from '../../../../shared/specimen/prng.ts';
import type { Rgb, Sheet } from '../../../../shared/specimen/raster.ts';
import { roundedBox } from '../../../../shared/specimen/shapes.ts';
import {
  block,
  digits,
  fitted,
  INK,
  LETTERS,
  line,
  paper,
  sentence,
  sheetHeight,
  word,
  write,
} from './paper.ts';

const OCR = { face: OCR_B, cap: 2.5, pitch: 2.54 };
const SMALL = { face: TEXT_REGULAR, cap: 1.6 };

function code(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(LETTERS)).join('');
}

/** Bars of a linear code, with what they say below. */
function bars(sheet: Sheet, random: Random, x: number, y: number, width: number, height: number): void {
  const module = random.range(0.3, 0.5);
  for (let at = x; at < x + width; at += module * random.int(1, 4)) {
    const wide = module * random.int(1, 3);
    block(sheet, at, y, wide, height);
    at += wide;
  }
  write(sheet, digits(random, 12), x, y + height + 3.2, { face: OCR_B, cap: 2.1, pitch: width / 12 });
}

/** A field of square modules. */
function modules(sheet: Sheet, random: Random, x: number, y: number, columns: number, rows: number): void {
  const side = random.range(0.5, 0.8);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (random.chance(0.5)) block(sheet, x + column * side, y + row * side, side, side);
    }
  }
}

export const SLIPS = {
  // A payment slip: its coding line is OCR-B at the pitch of a zone, with a look-alike of the filler.
  slip: (random) => {
    const sheet = paper(random, 150, random.range(80, 106));
    const foot = sheetHeight(sheet);
    write(sheet, sentence(random, 2), 8, 10, { face: TEXT_BOLD, cap: 2.6 });
    for (let y = 20; y < foot - 40; y += 8) {
      write(sheet, sentence(random, 1), 8, y, SMALL);
      write(sheet, fitted(random, 26).toUpperCase(), 60, y, { ...OCR, cap: 2.1, pitch: 2.4 });
    }
    line(sheet, 4, foot - 28, 146, foot - 28);
    const rows = [
      `${digits(random, 13)}>${digits(random, 27)}+ ${digits(random, 9)}>`,
      `${digits(random, 11)}>${digits(random, 16)}+ ${digits(random, 9)}>`,
    ];
    const chosen = random.chance(0.5) ? rows : rows.slice(0, 1);
    chosen.forEach((text, i) => write(sheet, text, 8, foot - 14 + i * 6.35, OCR));
    return sheet;
  },
  boarding: (random) => {
    const sheet = paper(random, 150, random.range(64, 84));
    const name = `${word(random)}/${word(random)}MR`.toUpperCase();
    write(sheet, sentence(random, 2), 8, 10, { face: TEXT_BOLD, cap: 3 });
    write(sheet, name, 8, 20, { face: OCR_B, cap: 2.5, pitch: 2.54 });
    for (let i = 0; i < 5; i++) {
      write(sheet, word(random), 8 + i * 22, 28, SMALL);
      write(sheet, code(random, random.int(2, 5)), 8 + i * 22, 34, { face: TEXT_BOLD, cap: 3.4 });
    }
    modules(sheet, random, 8, 40, random.int(90, 130), random.int(14, 24));
    const flight = `M1${name.padEnd(20, ' ')} E${code(random, 6)} ${code(random, 8)} ${digits(random, 12)}`;
    write(sheet, flight.slice(0, 52), 8, sheetHeight(sheet) - 6, OCR);
    return sheet;
  },
  'ocr-form': (random) => {
    const sheet = paper(random, 140, random.range(80, 130));
    for (let y = 12; y < sheetHeight(sheet) - 16; y += random.pick([18, 24])) {
      write(sheet, sentence(random, 3), 8, y, SMALL);
      for (let row = 0; row < random.int(1, 3); row++) {
        const parts = Array.from({ length: random.int(2, 5) }, () => code(random, random.int(3, 9)));
        const text = parts.join(random.pick([' ', '-', '.', '/'])).slice(0, 48);
        write(sheet, text, 8, y + 5 + row * 6.35, OCR);
      }
    }
    return sheet;
  },
  barcode: (random) => {
    const sheet = paper(random, 110, random.range(70, 110));
    write(sheet, sentence(random, 2).toUpperCase(), 8, 11, { face: TEXT_BOLD, cap: 3 });
    for (let y = 16; y < sheetHeight(sheet) - 24; y += 28) {
      if (random.chance(0.7)) bars(sheet, random, 8, y, random.range(50, 90), random.range(9, 16));
      else modules(sheet, random, 8, y, random.int(24, 120), random.int(14, 26));
    }
    return sheet;
  },
  keyboard: (random) => {
    const sheet = paper(random, 150, 58);
    const [body, cap, ink]: readonly Rgb[] = random.chance(0.6)
      ? [
          [32, 33, 36],
          [54, 55, 60],
          [225, 226, 230],
        ]
      : [[176, 178, 182], [240, 240, 238], INK];
    block(sheet, 0, 0, 150, 58, body);
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 14; column++) {
        const [x, y] = [4 + column * 10 + row * 1.4, 3 + row * 10.6];
        fill(sheet, [roundedBox(x, y, 8.8, 9.2, 1.1)], cap ?? INK);
        const at = { x: x + 1.6, baseline: y + 4.4 };
        drawText(sheet, random.pick(LETTERS), { face: TEXT_REGULAR, capMm: 2.6 }, at, ink ?? INK);
      }
    }
    return sheet;
  },
} satisfies Record<string, (random: Random) => Sheet>;
