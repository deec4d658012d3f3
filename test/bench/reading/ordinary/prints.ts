// Printed pages: letters, receipts, tables, program text, forms, and rows of OCR-B.
import { OCR_B } from '../../../../shared/specimen/glyphs/ocr-b.ts';
import { TEXT_BOLD } from '../../../../shared/specimen/glyphs/text-bold.ts';
import { TEXT_REGULAR } from '../../../../shared/specimen/glyphs/text-regular.ts';
import type { Random } from '../../../../shared/specimen/prng.ts';
import type { Sheet } from '../../../../shared/specimen/raster.ts';
import { digits, fitted, LETTERS, line, paper, sentence, sheetHeight, word, write } from './paper.ts';

export const PRINTS = {
  letter: (random) => {
    const sheet = paper(random, 130, random.range(90, 170));
    const left = 12;
    write(sheet, sentence(random, 3), left, 14, { face: TEXT_BOLD, cap: 3.2 });
    for (let y = 26; y < sheetHeight(sheet) - 12; y += 5) {
      if (random.chance(0.12)) continue;
      write(sheet, fitted(random, 62), left, y, { face: TEXT_REGULAR, cap: 2.1 });
    }
    return sheet;
  },
  receipt: (random) => {
    const sheet = paper(random, 72, random.range(110, 180));
    write(sheet, sentence(random, 2).toUpperCase(), 8, 12, { face: TEXT_BOLD, cap: 3 });
    for (let y = 22; y < sheetHeight(sheet) - 10; y += 4.6) {
      const name = word(random)
        .toUpperCase()
        .slice(0, 9)
        .padEnd(10, random.pick([' ', '.']));
      const price = `${random.int(0, 999)}.${random.int(10, 99)}`;
      write(sheet, random.chance(0.1) ? '-'.repeat(24) : `${name}${price.padStart(14, '.')}`, 6, y, {
        face: OCR_B,
        cap: 1.8,
        pitch: 2.3,
      });
    }
    return sheet;
  },
  table: (random) => {
    const sheet = paper(random, 140, random.range(80, 130));
    const columns = random.int(4, 7);
    const wide = 124 / columns;
    for (let y = 12; y < sheetHeight(sheet) - 8; y += 7) {
      line(sheet, 8, y + 2, 132, y + 2);
      for (let c = 0; c < columns; c++) {
        const text = c === 0 ? word(random) : String(random.int(0, 99_999));
        write(sheet, text.slice(0, Math.floor(wide / 2)), 9 + c * wide, y, { face: TEXT_REGULAR, cap: 2.2 });
      }
    }
    for (let c = 0; c <= columns; c++) line(sheet, 8 + c * wide, 8, 8 + c * wide, sheetHeight(sheet) - 8);
    return sheet;
  },
  code: (random) => {
    const sheet = paper(random, 130, random.range(80, 130));
    for (let y = 10; y < sheetHeight(sheet) - 6; y += 5) {
      const indent = 2 * random.int(0, 4);
      const text = random
        .pick([
          `IF ${word(random)} < ${random.int(0, 99)}: ${word(random)}`,
          `${word(random)} << ${random.int(1, 8)} < ${word(random)} << ${random.int(1, 8)}`,
          `VECTOR<MAP<${word(random)},${word(random)}>> ${word(random)}`,
          `${word(random)}.${word(random)} = ${random.int(1000, 999_999)}`,
          `${'<'.repeat(random.int(3, 9))} ${word(random)}`,
        ])
        .toUpperCase();
      write(sheet, ' '.repeat(indent) + text.slice(0, 44), 8, y, { face: OCR_B, cap: 1.9, pitch: 2.4 });
    }
    return sheet;
  },
  form: (random) => {
    const sheet = paper(random, 130, random.range(80, 150));
    for (let y = 14; y < sheetHeight(sheet) - 12; y += 13) {
      write(sheet, sentence(random, 2), 10, y, { face: TEXT_REGULAR, cap: 1.7 });
      const boxes = random.int(12, 22);
      const filled = random.int(0, boxes);
      for (let i = 0; i < boxes; i++) {
        const x = 10 + i * 5;
        for (const [ax, ay, bx, by] of [
          [x, y + 2, x + 5, y + 2],
          [x, y + 8, x + 5, y + 8],
          [x, y + 2, x, y + 8],
          [x + 5, y + 2, x + 5, y + 8],
        ] as const)
          line(sheet, ax, ay, bx, by);
        if (i < filled) write(sheet, random.pick(LETTERS), x + 1, y + 6.6, { face: OCR_B, cap: 2.6 });
      }
    }
    return sheet;
  },
  // The nearest to a zone: rows of its own typeface and pitch, some with a format's count of places.
  rows: (random) => {
    const sheet = paper(random, 135, random.range(60, 110));
    const pitch = 2.54;
    for (let y = 14; y < sheetHeight(sheet) - 8; y += random.pick([6.35, 6.35, 9])) {
      const places = random.pick([20, 26, 30, 33, 36, 40, 44, 46]);
      const text = random.pick([
        () => fitted(random, places).toUpperCase().padEnd(places, '.'),
        () => digits(random, places),
        () => '<'.repeat(places),
        () => Array.from({ length: places }, () => random.pick(LETTERS)).join(''),
      ])();
      write(sheet, text.slice(0, places), 8, y, { face: OCR_B, cap: 2.5, pitch });
    }
    return sheet;
  },
} satisfies Record<string, (random: Random) => Sheet>;
