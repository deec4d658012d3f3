// Second looks: rows cut anew where one lost its first character, and what goes with what where looks differ.
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../shared/mrz/formats.ts';
import { assembleAs, type RowReading } from '../../shared/vision/assemble.ts';
import type { Attempt } from '../../shared/vision/attempt.ts';
import { recut } from '../../shared/vision/confirm.ts';
import type { Grid } from '../../shared/vision/grid.ts';
import { settleState } from '../../shared/vision/state-codes.ts';
import type { StripReader } from '../../shared/vision/strip-reader.ts';
import { vote } from '../../shared/vision/vote.ts';
import { PASSPORT } from './support/drawing.ts';

const VISA = ['VCUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4UTO4009078F9612109<<<<<<<<'];

const put = (text: string, at: number, char: string): string => text.slice(0, at) + char + text.slice(at + 1);

/** What is read between two places of rows that stand at the grid's own places. */
function cut(text: string, from: number, to: number): RowReading {
  const characters = [...text].flatMap((char, place) =>
    place > from && place < to ? [{ char, confidence: 0.98, x: (place - from) / (to - from) }] : [],
  );
  return { characters, from, to };
}

function readerOf(lines: readonly string[]): StripReader {
  let count = 0;
  return {
    count: () => count,
    readRow: async (_source, _grid, line, range, { edge }) => {
      count++;
      return cut(lines[line]!, range.from - edge, range.to + edge);
    },
  };
}

const GRID: Grid = { lines: [], middle: 17.5, half: 17.5, cap: [20, 0], shear: [0, 0], ink: [], error: 0 };
const SOURCE = { image: { width: 1, height: 1, data: new Uint8Array(1) }, scale: 1 };

describe('recut', () => {
  it('finds the first character of a row that was cut off, and with it the format', async () => {
    const readings = [cut(VISA[0]!, 0.15, 36.8), cut(VISA[1]!, -0.85, 35.85)];
    const columns = [
      { start: 1, scale: 1 },
      { start: 0, scale: 1 },
    ];
    const assembly = assembleAs(FORMATS.TD2, columns, 1, readings);
    expect(assembly.lines[0]).toBe(`${VISA[0]!.slice(1)}<`);
    const attempt: Attempt = { assembly, grid: GRID, readings, source: SOURCE };
    const again = await recut(readerOf(VISA), attempt);
    expect(again.assembly.format).toBe('MRV-B');
    expect(again.assembly.lines).toEqual(VISA);
  });

  it('reads nothing anew where every row was cut at its columns', async () => {
    const readings = VISA.map((line) => cut(line, -0.85, 35.85));
    const columns = VISA.map(() => ({ start: 0, scale: 1 }));
    const assembly = assembleAs(FORMATS['MRV-B'], columns, 1, readings);
    const reader = readerOf(VISA);
    const attempt: Attempt = { assembly, grid: GRID, readings, source: SOURCE };
    expect(await recut(reader, attempt)).toBe(attempt);
    expect(reader.count()).toBe(0);
  });
});

describe('where looks differ', () => {
  const columns = PASSPORT.map(() => ({ start: 0, scale: 1 }));
  const look = (upper: string, lower = PASSPORT[1]!) =>
    assembleAs(FORMATS.TD3, columns, 1, [cut(upper, -1, 44), cut(lower, -1, 44)]);
  // ERIKSSON: the O stands between S and N.
  const at = PASSPORT[0]!.indexOf('ON<<');

  it('a vowel between consonants wins over as many votes for a consonant, and is marked', () => {
    const other = put(PASSPORT[0]!, at, 'D');
    const { assembly } = vote([look(other), look(PASSPORT[0]!)]);
    expect(assembly.lines).toEqual(PASSPORT);
    expect(assembly.rows[0]!.places[at]).toMatchObject({ raw: 'D', rule: 'readings-agree' });
    expect(assembly.rows[0]!.places[at]!.confidence).toBeLessThan(0.8);
    // Most looks still win.
    expect(vote([look(other), look(other), look(other), look(PASSPORT[0]!)]).assembly.lines[0]).toBe(other);
  });

  it('Q without U loses', () => {
    const other = put(PASSPORT[0]!, at, 'Q');
    expect(vote([look(other), look(other), look(PASSPORT[0]!)]).assembly.lines).toEqual(PASSPORT);
  });

  it('the state is the document’s other one where a single unsure character makes it none', () => {
    expect(settleState('UT9', 'UTO')).toBe('UTO');
    expect(settleState('UT9', null)).toBeNull();
    expect(settleState('U99', 'UTO')).toBeNull();
    const digit = put(PASSPORT[1]!, 12, '9');
    const { assembly } = vote([look(PASSPORT[0]!, digit), look(PASSPORT[0]!, digit), look(PASSPORT[0]!)]);
    expect(assembly.lines).toEqual(PASSPORT);
    // Surely read by all, it stays for the officer to see.
    expect(vote([look(PASSPORT[0]!, digit)]).assembly.lines[1]).toBe(digit);
  });
});
