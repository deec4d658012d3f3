// Rows whose print goes on beyond the columns that were read: no shorter format is made of them in silence.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRecogniser } from '../../electron/cli/ocr/recogniser.ts';
import { FORMATS } from '../../shared/mrz/formats.ts';
import { isZone } from '../../shared/vision/accept.ts';
import { assembleAs } from '../../shared/vision/assemble.ts';
import { printGoingOn } from '../../shared/vision/beside.ts';
import type { Grid } from '../../shared/vision/grid.ts';
import { readDocument } from '../../shared/vision/read.ts';
import type { GreyImage } from '../../shared/vision/types.ts';
import { drawZone, even, onGround, PASSPORT } from './support/drawing.ts';

const SCALE = 6;
const PITCH = 2.54 * SCALE;
const MARGIN = 6 * SCALE;
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];

/** The grid of a zone drawn by `drawZone` with its columns at the places from 0. */
function gridOf(columns: number): Grid {
  const cap = 2.4 * SCALE;
  const half = (columns - 1) / 2;
  const lines = [0, 1].map((row) => ({
    x: [MARGIN + (half + 0.5) * PITCH, half * PITCH],
    y: [(6 + 4.4 - 1.2 + row * 6.35) * SCALE],
    offset: 0,
  }));
  return { lines, middle: half, half, cap: [cap, 0], shear: [0, 0], ink: [new Map(), new Map()], error: 0 };
}

const going = (image: GreyImage, first: number, count: number) =>
  printGoingOn(
    { image, scale: 1 },
    gridOf(44),
    [0, 1].map(() => ({ start: first, scale: 1 })),
    count,
  );

describe('printGoingOn', () => {
  const passport = drawZone(PASSPORT, SCALE);

  it('sees the rest of longer rows on either side', () => {
    expect(going(passport, 0, 36)).toEqual({ before: 0, after: 3 });
    expect(going(passport, 8, 36)).toEqual({ before: 3, after: 0 });
    expect(going(passport, 4, 36)).toEqual({ before: 3, after: 3 });
  });

  it('sees nothing beside whole rows, nor a frame close to them, nor more of one row only', () => {
    expect(going(passport, 0, 44)).toEqual({ before: 0, after: 0 });
    const framed = drawZone(TD2, SCALE);
    for (let y = 0; y < framed.height; y++) {
      for (let x = 0; x < 5; x++) framed.data[y * framed.width + Math.round(MARGIN - 0.6 * PITCH) + x] = 30;
    }
    const columns = [0, 1].map(() => ({ start: 0, scale: 1 }));
    const source = { image: framed, scale: 1 };
    expect(printGoingOn(source, gridOf(36), columns, 36)).toEqual({ before: 0, after: 0 });
    const uneven = drawZone([TD2[0]!, `${TD2[1]!}ABCDEFGH`], SCALE);
    const there = { image: uneven, scale: 1 };
    expect(printGoingOn(there, gridOf(36), columns, 36)).toEqual({ before: 0, after: 0 });
  });
});

describe('rows that are partly hidden', () => {
  const recogniser = createRecogniser({
    modelFolder: fileURLToPath(new URL('../../assets/ocr', import.meta.url)),
  });

  it.each([3, 8])('a passport whose first %i places are smeared is no card in silence', async (places) => {
    const page = onGround(drawZone(PASSPORT, SCALE), 90);
    const end = 90 + MARGIN + places * PITCH;
    for (let y = 100; y < page.height - 100; y++) {
      for (let x = 100; x < end; x++) {
        const at = y * page.width + x;
        // A dark, uneven stamp over the print.
        page.data[at] = Math.max(0, page.data[at]! - 110 - ((x * 7 + y * 13) % 23));
      }
    }
    const reading = await readDocument(page, recogniser.recognise, { now: () => 0 });
    if (reading.status !== 'read') return;
    if (reading.lines.join() !== PASSPORT.join()) {
      expect(reading.lowConfidence.length + reading.corrections.length).toBeGreaterThan(0);
    }
  });
});

describe('isZone', () => {
  const read = (lines: readonly string[]) =>
    assembleAs(
      FORMATS.TD2,
      lines.map(() => ({ start: 0, scale: 1 })),
      1,
      lines.map((line) => ({
        characters: [...line].map((char, i) => ({ char, confidence: 0.98, x: (i + 1) / 37 })),
        from: -1,
        to: 36,
      })),
    );

  it('takes rows that read well without a digit that holds when they name a state, not otherwise', () => {
    const faulty = [TD2[0]!, 'D231458900UTO7408120F1204150<<<<<<<0'];
    expect(read(faulty).digits.holds).toBe(0);
    expect(isZone(read(faulty))).toBe(true);
    const nowhere = ['CIECHOWSKA<ZOLC<<LUCJA<<<<<<<<<<<<<<', '93POL5912622F2812773<<<<<<<<<<<<<<<1'];
    expect(read(nowhere).digits.holds).toBe(0);
    expect(isZone(read(nowhere))).toBe(false);
  });

  it('a picture of one grey is none', async () => {
    const nothing = await readDocument(even(300, 200, 128), async () => [], { now: () => 0 });
    expect(nothing.status).toBe('not-found');
  });
});
