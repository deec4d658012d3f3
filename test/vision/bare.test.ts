// Letters that were erased: the filler that is read where nothing is printed is never read in silence.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRecogniser } from '../../electron/cli/ocr/recogniser.ts';
import { readDocument } from '../../shared/vision/read.ts';
import type { GreyImage, ReadZone } from '../../shared/vision/types.ts';
import { CARD, drawZone, onGround, PASSPORT } from './support/drawing.ts';

const SCALE = 6;
const PITCH = 2.54 * SCALE;
const MARGIN = 6 * SCALE;
const GROUND = 90;

const recogniser = createRecogniser({
  modelFolder: fileURLToPath(new URL('../../assets/ocr', import.meta.url)),
});

async function read(image: GreyImage): Promise<ReadZone> {
  const reading = await readDocument(image, recogniser.recognise, { now: () => 0 });
  if (reading.status !== 'read') throw new Error('not found');
  return reading;
}

/** Paints places of a row over with one grey value. */
function painted(image: GreyImage, row: number, from: number, to: number, value: number): GreyImage {
  const data = Uint8Array.from(image.data);
  const middle = GROUND + (6 + 4.4 - 1.2 + row * 6.35) * SCALE;
  for (let y = Math.round(middle - 1.6 * SCALE); y < middle + 1.6 * SCALE; y++) {
    const start = y * image.width + GROUND + MARGIN;
    data.fill(value, Math.round(start + from * PITCH), Math.round(start + to * PITCH));
  }
  return { ...image, data };
}

describe('an erased letter', () => {
  const passport = onGround(drawZone(PASSPORT, SCALE), GROUND);
  const card = onGround(drawZone(CARD, SCALE), GROUND);
  const paper = 235;

  it.each([
    ['the last of a name, in the grey of the paper', passport, 0, PASSPORT[0]!.indexOf('A<<<'), 0, paper],
    ['the last of a name, in white that hides no edge', passport, 0, PASSPORT[0]!.indexOf('A<<<'), 0.1, 255],
    ['the last of a card’s name', card, 2, CARD[2]!.indexOf('A<<<'), 0, paper],
    ['the last of optional data that ends in a letter', passport, 1, 36, 0, paper],
  ])('%s is marked where it was', async (_what, image, row, column, inset, value) => {
    const reading = await read(painted(image, row, column + inset, column + 1 - inset, value));
    expect(reading.lowConfidence).toContainEqual({ line: row, column });
  });

  it('marks nothing where all is printed, faint fillers included', async () => {
    expect((await read(passport)).lowConfidence).toEqual([]);
    expect((await read(card)).lowConfidence).toEqual([]);
    const end = PASSPORT[0]!.indexOf('A<<<') + 1;
    const data = Uint8Array.from(passport.data);
    const middle = GROUND + (6 + 4.4 - 1.2) * SCALE;
    for (let y = Math.round(middle - 1.6 * SCALE); y < middle + 1.6 * SCALE; y++) {
      const start = y * passport.width + GROUND + MARGIN;
      for (let x = Math.round(start + end * PITCH); x < start + 44 * PITCH; x++) {
        data[x] = paper - 0.45 * (paper - data[x]!);
      }
    }
    const faint = await read({ ...passport, data });
    expect(faint.lines).toEqual(PASSPORT);
    expect(faint.lowConfidence).toEqual([]);
  });
});
