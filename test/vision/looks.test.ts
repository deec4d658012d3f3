// Second looks: rows cut anew where one lost its first character, and what goes with what where looks differ.
import { describe, expect, it } from 'vitest';
import { judgeCheckDigits } from '../../shared/mrz/check-digits-of.ts';
import { FORMATS } from '../../shared/mrz/formats.ts';
import { assembleAs, type RowReading } from '../../shared/vision/assemble.ts';
import type { Attempt } from '../../shared/vision/attempt.ts';
import { recut } from '../../shared/vision/confirm.ts';
import { weighTrust } from '../../shared/vision/doubts.ts';
import type { Grid } from '../../shared/vision/grid.ts';
import { settleState } from '../../shared/vision/state-codes.ts';
import type { StripReader } from '../../shared/vision/strip-reader.ts';
import { LOW_CONFIDENCE, settleByDigits, vote } from '../../shared/vision/vote.ts';
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
const attemptOf = (assembly: Attempt['assembly'], readings: RowReading[]): Attempt => ({
  assembly,
  grid: GRID,
  readings,
  source: SOURCE,
  goesOn: { before: 0, after: 0 },
});

describe('recut', () => {
  it('finds the first character of a row that was cut off, and with it the format', async () => {
    const readings = [cut(VISA[0]!, 0.15, 36.8), cut(VISA[1]!, -0.85, 35.85)];
    const columns = [
      { start: 1, scale: 1 },
      { start: 0, scale: 1 },
    ];
    const assembly = assembleAs(FORMATS.TD2, columns, 1, readings);
    expect(assembly.lines[0]).toBe(`${VISA[0]!.slice(1)}<`);
    const attempt = attemptOf(assembly, readings);
    const again = await recut(readerOf(VISA), attempt);
    expect(again.assembly.format).toBe('MRV-B');
    expect(again.assembly.lines).toEqual(VISA);
  });

  it('reads nothing anew where every row was cut at its columns', async () => {
    const readings = VISA.map((line) => cut(line, -0.85, 35.85));
    const columns = VISA.map(() => ({ start: 0, scale: 1 }));
    const assembly = assembleAs(FORMATS['MRV-B'], columns, 1, readings);
    const reader = readerOf(VISA);
    const attempt = attemptOf(assembly, readings);
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

  it('at the end of a name a consonant is as good as a vowel', () => {
    // MARIA, its last letter taken for another consonant by one look and for a vowel by the other.
    const end = PASSPORT[0]!.indexOf('IA<<') + 1;
    const named = put(PASSPORT[0]!, end - 1, 'N');
    const { assembly } = vote([
      look(put(named, end, 'T')),
      look(put(named, end, 'T')),
      look(put(named, end, 'I')),
    ]);
    expect(assembly.lines[0]![end]).toBe('T');
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
    // A digit that looks like the letter cannot rightly stand there, however surely it was read.
    const settled = look(PASSPORT[0]!, put(PASSPORT[1]!, 12, '0'));
    expect(settled.lines).toEqual(PASSPORT);
    expect(settled.rows[1]!.places[12]).toMatchObject({ raw: '0', rule: 'state-code', confidence: 0.5 });
    // Surely read by all, it stays for the officer to see.
    expect(vote([look(PASSPORT[0]!, digit)]).assembly.lines[1]).toBe(digit);
  });
});

describe('what the recogniser saw besides', () => {
  const columns = PASSPORT.map(() => ({ start: 0, scale: 1 }));
  type Seen = { char: string; confidence: number };
  const look = (lower: string, at: number, alternatives: Seen[], upper = PASSPORT[0]!) => {
    const readings = [cut(upper, -1, 44), cut(lower, -1, 44)];
    const character = readings[1]!.characters[at]!;
    readings[1]!.characters[at] = { ...character, alternatives };
    return assembleAs(FORMATS.TD3, columns, 1, readings);
  };

  it('wins where every look saw it and their first choices differ', () => {
    const seen = [{ char: PASSPORT[1]![3]!, confidence: 0.45 }];
    const voted = vote([
      look(put(PASSPORT[1]!, 3, 'B'), 3, seen),
      look(put(PASSPORT[1]!, 3, 'S'), 3, seen),
      look(put(PASSPORT[1]!, 3, 'R'), 3, seen),
    ]);
    expect(voted.assembly.lines).toEqual(PASSPORT);
    expect(voted.assembly.rows[1]!.places[3]!.confidence).toBeLessThan(0.5);
  });

  it('is taken for a first choice that fails the check digits, and nothing else is', () => {
    const wrong = put(PASSPORT[1]!, 3, 'H');
    const seen = [{ char: PASSPORT[1]![3]!, confidence: 0.02 }];
    const settled = settleByDigits(vote([look(wrong, 3, seen)]));
    expect(settled.lines).toEqual(PASSPORT);
    expect(settled.rows[1]!.places[3]).toMatchObject({ raw: 'H', rule: 'check-digit', confidence: 0.5 });
    expect(settleByDigits(vote([look(wrong, 3, [])])).lines[1]).toBe(wrong);
    expect(settleByDigits(vote([look(wrong, 3, [{ char: 'R', confidence: 0.4 }])])).lines[1]).toBe(wrong);
  });

  it('is never the letter like a digit that no look saw, however much the recogniser wavered', () => {
    // Z for the 2 of L898902C3: with the digit all would hold, and nobody saw it.
    const at = 6;
    const wrong = put(PASSPORT[1]!, at, 'Z');
    const wavering = look(wrong, at, []);
    wavering.rows[1]!.places[at]!.confidence = 0.7;
    const settled = settleByDigits(vote([wavering]));
    expect(settled.lines[1]).toBe(wrong);
    expect(settled.digits.fails).toBeGreaterThan(0);
    const seen = { grid: GRID, goesOn: { before: 0, after: 0 }, bare: [], coarse: false };
    const told = weighTrust(settled, seen, () => false);
    expect(told.rows[1]!.places[at]!.confidence).toBeLessThan(LOW_CONFIDENCE);
    const besides = look(wrong, at, [{ char: PASSPORT[1]![at]!, confidence: 0.02 }]);
    expect(settleByDigits(vote([besides])).lines).toEqual(PASSPORT);
  });

  it('decides nothing where two would do and neither is clearly likelier', () => {
    // Another digit at place 0 and at place 7, of equal weight, would each satisfy all.
    const wrong = put(PASSPORT[1]!, 3, 'B');
    const first = look(wrong, 3, [{ char: PASSPORT[1]![3]!, confidence: 0.1 }]);
    const other = twinThatHolds(wrong);
    const readings = [cut(PASSPORT[0]!, -1, 44), cut(wrong, -1, 44)];
    readings[1]!.characters[3] = {
      ...readings[1]!.characters[3]!,
      alternatives: [{ char: PASSPORT[1]![3]!, confidence: 0.1 }],
    };
    readings[1]!.characters[other.at] = {
      ...readings[1]!.characters[other.at]!,
      alternatives: [{ char: other.char, confidence: 0.1 }],
    };
    const both = assembleAs(FORMATS.TD3, columns, 1, readings);
    expect(settleByDigits(vote([first])).lines).toEqual(PASSPORT);
    expect(settleByDigits(vote([both])).lines[1]).toBe(wrong);
  });
});

/** A change elsewhere in the number of a passport's lower row with which every check digit holds as well. */
function twinThatHolds(lower: string): { at: number; char: string } {
  for (let at = 0; at < 9; at++) {
    for (const char of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      if (at === 3 || char === lower[at]) continue;
      const judged = judgeCheckDigits(FORMATS.TD3, [PASSPORT[0]!, put(lower, at, char)]);
      if (judged.number.state === 'holds' && judged.composite.state === 'holds') return { at, char };
    }
  }
  throw new Error('none');
}
