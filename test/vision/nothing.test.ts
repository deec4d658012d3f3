// Pictures without a zone: what shows early that there is none, and that nothing is lost by it.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecogniser } from '../../electron/cli/ocr/recogniser.ts';
import { FORMATS } from '../../shared/mrz/formats.ts';
import { alignRow, costOfRow } from '../../shared/vision/align.ts';
import { type Level, locate } from '../../shared/vision/locate.ts';
import { readDocument } from '../../shared/vision/read.ts';
import { isPattern } from '../../shared/vision/strip-reader.ts';
import { TEMPLATES } from '../../shared/vision/templates.ts';
import type { GreyImage, Recognise } from '../../shared/vision/types.ts';
import { boxes, drawZone, even, onGround, PASSPORT, withNoise } from './support/drawing.ts';

const now = () => 0;
const reading = (text: string) => ({
  characters: [...text].map((char, i) => ({ char, confidence: 0.9, x: (i + 0.5) / text.length })),
  from: -0.85,
  to: text.length - 0.15,
});

/** Six rows of thirty windows. */
const facade = (): GreyImage =>
  boxes(
    700,
    330,
    Array.from({ length: 180 }, (_, i) => ({ x: 60 + (i % 30) * 20, y: 40 + Math.floor(i / 30) * 50 })),
    { width: 12, height: 20 },
  );

describe('a pattern', () => {
  it.each([
    'BR8RRRRRRRRRRRRBRRRRRRRRRRRRRRRBRB',
    'DBD8DRRRRRRRRDRDRRRR8DB8BBDB',
    '9466946666696664999444448884484884484468486448884',
  ])('is what repeats a few characters: %s', (text) => {
    expect(isPattern(reading(text))).toBe(true);
  });

  it.each([
    ...PASSPORT,
    // Upside down, and a row of very few letters.
    '9Z99992190229S69662Z09IJ62290693Z0999S060066',
    'P<UTOLI<<YI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<',
    '<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<',
    'RRRRRRRR8888',
  ])('is no row of print, however it is seen: %s', (text) => {
    expect(isPattern(reading(text))).toBe(false);
  });

  it('ends the search after a few strips', async () => {
    let strips = 0;
    const windows: Recognise = async () => {
      strips++;
      return reading(strips % 2 === 0 ? 'BR8RRRRRRRRRRRRBRRRRRRRRRRRRRR' : 'B8R8R88R88R8R888R8RR88B8BR88RR')
        .characters;
    };
    expect((await readDocument(facade(), windows, { now })).status).toBe('not-found');
    expect(strips).toBeGreaterThan(1);
    expect(strips).toBeLessThanOrEqual(8);
  });
});

describe('beside a pattern', () => {
  const recogniser = createRecogniser({
    modelFolder: fileURLToPath(new URL('../../assets/ocr', import.meta.url)),
  });
  beforeAll(() => recogniser.warm());
  afterAll(() => recogniser.close());

  it('a document is read', async () => {
    const page = onGround(drawZone(PASSPORT, 3), 20, 230);
    const wall = facade();
    const image = even(700, 520, 230);
    for (const [part, from] of [[wall, 0] as const, [page, 340] as const]) {
      for (let y = 0; y < Math.min(part.height, 520 - from); y++) {
        image.data.set(
          part.data.subarray(y * part.width, y * part.width + Math.min(700, part.width)),
          (y + from) * 700,
        );
      }
    }
    const found = await readDocument(image, recogniser.recognise, { now });
    expect(found.status === 'read' ? found.lines : found.status).toEqual(PASSPORT);
  });
});

describe('a level', () => {
  const level: Level = { side: 1600, mostGrowth: 4, light: false, smooth: 0, worthReading: 0.45 };
  const look = (image: GreyImage) => locate(image, level, () => {});

  it('tells noise from a page, and texture that it smooths away', () => {
    expect(look(withNoise(even(600, 450, 128), 100))).toMatchObject({
      noise: true,
      textured: true,
      zones: [],
    });
    expect(look(facade())).toMatchObject({ noise: false, textured: false });
    expect(look(withNoise(facade(), 60)).noise).toBe(false);
  });

  it('comes to one size from smaller pictures, and keeps more of larger ones where it is told to', () => {
    const sized = (width: number, more: Partial<Level>) =>
      locate(even(width, 10, 200), { ...level, side: 700, ...more }, () => {}).image.width;
    expect([100, 350, 700, 1400].map((width) => sized(width, {}))).toEqual([400, 700, 700, 700]);
    expect([350, 700, 900, 1400].map((width) => sized(width, { largest: 1000 }))).toEqual([
      700, 700, 900, 1000,
    ]);
  });
});

it('what a row costs is the same where it matters, and infinite only where it is too much', () => {
  const format = FORMATS.TD3;
  const rows = [
    ...PASSPORT,
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    'QUICKBROWNFOXJUMPSOVERTHELAZYDOGS0123456789A',
  ];
  let beyond = 0;
  for (const text of rows) {
    for (const shift of [-1, 0, 0.4]) {
      const characters = [...text].map((char, i) => ({ char, confidence: 0.95, column: i + shift }));
      for (const template of TEMPLATES.TD3) {
        const { cost } = alignRow(characters, template, format);
        const found = costOfRow(characters, template, format, 5);
        if (found === Number.POSITIVE_INFINITY) {
          beyond++;
          expect(cost).toBeGreaterThan(5);
        } else expect(found).toBe(cost);
      }
    }
  }
  expect(beyond).toBeGreaterThan(0);
});
