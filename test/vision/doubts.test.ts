// What is surely read and doubtful all the same; rows that go on beyond a format; boxes over empty ground.
import { describe, expect, it } from 'vitest';
import { FORMATS, type FormatId } from '../../shared/mrz/formats.ts';
import { type Assembly, assembleAs } from '../../shared/vision/assemble.ts';
import { isCoarse } from '../../shared/vision/coarse.ts';
import { isOutOfPlace, weighTrust } from '../../shared/vision/doubts.ts';
import type { Grid } from '../../shared/vision/grid.ts';
import { LOW_CONFIDENCE } from '../../shared/vision/vote.ts';
import { windowsFor } from '../../shared/vision/windows.ts';
import { CARD, PASSPORT } from './support/drawing.ts';

function read(format: FormatId, lines: readonly string[], start = 0): Assembly {
  const readings = lines.map((line) => ({
    characters: [...line].map((char, i) => ({ char, confidence: 0.98, x: (i + 1) / (line.length + 1) })),
    from: -1,
    to: line.length,
  }));
  const columns = lines.map(() => ({ start, scale: 1 }));
  return assembleAs(FORMATS[format], columns, 1, readings);
}

const VISA_ROW = 'L8988901C4XXX4009078F9612109<<<<<<<<';

/** The grid holds so many places, and the print ends where the format does. */
const ends = (places: number) => ({
  grid: { half: (places - 1) / 2 },
  goesOn: { before: 0, after: 0 },
  bare: [],
  coarse: false,
});

function doubted(assembly: Assembly, places: number): string[] {
  const out = isOutOfPlace(assembly, ends(places));
  return assembly.lines.flatMap((line, row) =>
    [...line].flatMap((char, column) => (out(row, column) ? [`${row}:${column} ${char}`] : [])),
  );
}

const written = (lines: readonly string[], row: number, at: number, text: string): string[] =>
  lines.map((line, i) => (i === row ? line.slice(0, at) + text + line.slice(at + text.length) : line));

describe('what is out of place', () => {
  it('is nothing in the specimens of the book', () => {
    expect(doubted(read('TD3', PASSPORT), 44)).toEqual([]);
    expect(doubted(read('TD1', CARD), 30)).toEqual([]);
  });

  it.each([
    ['a letter in the state that makes it no code', 1, 10, 'UTD', ['1:12 D']],
    ['a digit in the state like no letter that would do', 1, 10, 'UT9', ['1:12 9']],
    ['a letter that the other state of the document has otherwise', 1, 10, 'WTO', ['1:10 W']],
    ['a letter for a digit, where the digit would satisfy every check', 1, 5, 'O', ['1:5 O']],
    ['a letter amid the fillers after the name', 0, 30, 'K', ['0:30 K']],
    ['a filler where the check digit over all stands', 1, 43, '<', ['1:43 <']],
  ])('is %s', (_what, row, at, text, expected) => {
    expect(doubted(read('TD3', written(PASSPORT, row, at, text)), 44)).toEqual(expected);
  });

  it('is not a code that is like no other, nor an initial', () => {
    expect(doubted(read('TD3', written(PASSPORT, 0, 2, 'XQX')), 44)).toEqual([]);
    expect(doubted(read('TD3', written(PASSPORT, 0, 25, 'M<<')), 44)).toEqual([]);
  });

  it('is what stands where a character was read that found no place, unless it was a filler', () => {
    const assembly = read('TD3', PASSPORT);
    const row = assembly.rows[0]!;
    const takenOut = (char: string, outside = false) => {
      const rows = assembly.rows.with(0, { ...row, takenOut: [{ column: 12, char, outside }] });
      return doubted({ ...assembly, rows }, 44);
    };
    expect(takenOut('I')).toEqual(['0:12 N']);
    expect(takenOut('<')).toEqual([]);
    expect(takenOut('I', true)).toEqual([]);
  });

  it('is the end of every row where the print goes on beyond a short format', () => {
    // Where the digits hold they tell where the columns are.
    expect(doubted(read('TD1', CARD), 34)).toEqual([]);
    const visa = read('MRV-B', ['V<UTOERIKSSON<<ANNA<<<<<<<<<<<<<<<<<', VISA_ROW]);
    expect(doubted(visa, 40)).toEqual([]);
    const goingOn = isOutOfPlace(visa, { grid: { half: 17.5 }, goesOn: { before: 0, after: 3 } });
    expect([goingOn(0, 0), goingOn(0, 35), goingOn(1, 35), goingOn(1, 20)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    const card = read('TD1', written(CARD, 1, 0, '9'));
    expect(doubted(card, 34)).toEqual(['0:0 I', '0:29 <', '1:0 9', '1:29 6', '2:0 E', '2:29 <']);
    expect(doubted(read('TD3', PASSPORT), 48)).toEqual([]);
  });

  it('is trusted less, and nothing else is', () => {
    const agreed = () => false;
    const assembly = weighTrust(read('TD3', written(PASSPORT, 1, 10, 'UTD')), ends(44), agreed);
    const low = assembly.rows.flatMap(({ places }) =>
      places.filter((place) => place.confidence < LOW_CONFIDENCE),
    );
    expect(low).toEqual([expect.objectContaining({ char: 'D', confidence: 0.6 })]);
  });
});

describe('trust', () => {
  const low = (
    lines: readonly string[],
    row: number,
    column: number,
    confidence: number,
    differed: boolean,
    besides?: string,
  ) => {
    const assembly = read('TD3', lines);
    const place = assembly.rows[row]!.places[column]!;
    place.confidence = confidence;
    if (besides !== undefined) place.alternatives = [{ char: besides, confidence: 0.02 }];
    const weighed = weighTrust(assembly, ends(44), () => differed);
    return weighed.rows[row]!.places[column]!.confidence < LOW_CONFIDENCE;
  };

  it('is raised where two check digits vouch for a digit that every look read', () => {
    expect(low(PASSPORT, 1, 14, 0.93, false)).toBe(false);
    expect(low(PASSPORT, 1, 14, 0.93, true)).toBe(true);
    expect(low(PASSPORT, 1, 14, 0.7, false)).toBe(true);
  });

  it('is not raised by digits that fail, nor for what is the same to a check digit', () => {
    expect(low(written(PASSPORT, 1, 19, '9'), 1, 14, 0.93, false)).toBe(true);
    expect(low(PASSPORT, 1, 6, 0.93, false)).toBe(false);
    expect(low(PASSPORT, 1, 6, 0.93, false, 'Z')).toBe(false);
    // Place 6 holds 2: for the check digits the same as C, M and W.
    expect(low(PASSPORT, 1, 6, 0.93, false, 'W')).toBe(true);
  });

  it('must be greater in a name, which no check digit covers', () => {
    expect(low(PASSPORT, 0, 6, 0.955, false)).toBe(true);
    expect(low(PASSPORT, 0, 6, 0.965, false)).toBe(false);
    expect(low(PASSPORT, 1, 14, 0.8, false)).toBe(false);
  });
});

describe('a place without print', () => {
  const low = (row: number, column: number): boolean => {
    const bare = PASSPORT.map((line, i) => [...line].map((_, j) => i === row && j === column));
    const assembly = weighTrust(read('TD3', PASSPORT), { ...ends(44), bare }, () => false);
    return assembly.rows[row]!.places[column]!.confidence < LOW_CONFIDENCE;
  };

  it.each([
    ['a filler after the name', 0, 25, true],
    ['a letter of the name', 0, 6, true],
    ['a filler that check digits cover, since 0 would do as well', 1, 38, true],
    ['a digit that check digits vouch for', 1, 3, false],
  ])('is doubtful as %s: %i, %i', (_what, row, column, expected) => {
    expect(low(row, column)).toBe(expected);
  });
});

describe('small print without greys', () => {
  it('leaves every letter of the name in doubt, and what check digits cover in none', () => {
    const seen = { ...ends(44), coarse: true };
    const { rows } = weighTrust(read('TD3', PASSPORT), seen, () => false);
    const low = rows.map(({ places }) =>
      places.map(({ char, confidence }) => (confidence < LOW_CONFIDENCE ? char : ' ')).join(''),
    );
    expect(low.map((row) => row.trim())).toEqual(['ERIKSSON  ANNA MARIA', '']);
  });

  it('is no picture with greys, nor print that is larger', () => {
    const lines = [{ x: [0, 0], y: [0], offset: 0 }];
    const none = { lines, middle: 0, half: 0, ink: [], error: 0 };
    const grid = (cap: number): Grid => ({ ...none, shear: [0, 0], cap: [cap, 0] });
    const picture = (values: readonly number[]) => ({
      image: {
        width: 10,
        height: 10,
        data: Uint8Array.from({ length: 100 }, (_, i) => values[i % values.length]!),
      },
      scale: 1,
    });
    expect(isCoarse(picture([0, 255]), grid(8))).toBe(true);
    expect(isCoarse(picture([3, 250]), grid(8))).toBe(true);
    expect(isCoarse(picture([0, 255]), grid(10))).toBe(false);
    expect(isCoarse({ ...picture([0, 255]), scale: 2 }, grid(8))).toBe(false);
    expect(isCoarse(picture([0, 120, 255, 255]), grid(8))).toBe(false);
  });
});

describe('rows that go on', () => {
  it('are counted beside a format that is too short for them', () => {
    expect(read('TD3', PASSPORT).beside).toBe(0);
    const short = read('TD2', PASSPORT);
    expect(short.beside).toBeGreaterThan(5);
    expect(short.score).toBeLessThan(read('TD3', PASSPORT).score - 10);
  });
});

describe('windows where an end is hidden', () => {
  it('begin or end with the ink before they stand between', () => {
    const ink = [0, 1].map(
      () => new Map(Array.from({ length: 38 }, (_, place) => [place, { x: 0, y: 0, height: 1, place }])),
    );
    const grid: Grid = { lines: [], middle: 18.5, half: 18.5, cap: [1, 0], shear: [0, 0], ink, error: 0 };
    const starts = windowsFor(grid, 44).map(({ start }) => start);
    expect(starts.slice(0, 2).sort((a, b) => a - b)).toEqual([-6, 0]);
  });
});
