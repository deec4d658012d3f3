// Thousands of made zones: every altered character is seen by exactly the digits that cover it, and nothing throws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../shared/examination/judge.ts';
import { blindClass } from '../../shared/mrz/check-digit.ts';
import { FORMAT_IDS } from '../../shared/mrz/formats.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { DIGITS, expectedStates, zoneOf } from './independent.ts';
import { TODAY } from './specimens.ts';

function states(lines: readonly string[]) {
  const reading = parseMrz(lines, { today: TODAY });
  return reading.ok ? { format: reading.format, digits: reading.checkDigits } : null;
}

function replaceAt(lines: readonly string[], index: number, char: string): string[] {
  const columns = lines[0]?.length ?? 1;
  return lines.map((line, row) => {
    const column = index - row * columns;
    return column >= 0 && column < columns ? line.slice(0, column) + char + line.slice(column + 1) : line;
  });
}

describe.each(FORMAT_IDS)('%s', (format) => {
  test('made zones hold, altered ones fail where a second judgement says so', () => {
    fc.assert(
      fc.property(zoneOf(format), fc.nat(), fc.constantFrom(...'0123456789'), (lines, at, digit) => {
        expect(states(lines)).toEqual({ format, digits: expectedStates(format, lines) });
        expect(Object.values(expectedStates(format, lines))).not.toContain('fails');

        // Any digit of the zone, changed into another one.
        const places = [...lines.join('')].flatMap((char, i) => (/[0-9]/u.test(char) ? [i] : []));
        const index = places[at % places.length] ?? 0;
        const altered = replaceAt(lines, index, digit);
        expect(states(altered)).toEqual({ format, digits: expectedStates(format, altered) });
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });

  test('a swap within a blind class passes every digit that covers it', () => {
    fc.assert(
      fc.property(zoneOf(format), fc.nat(), (lines, pick) => {
        // The first eight places of the number: its end could turn the number into a long one.
        const index = (format === 'TD1' ? 5 : (lines[0]?.length ?? 0)) + (pick % 8);
        const swaps = blindClass(lines.join('').charAt(index)).filter((char) => char !== '<');
        const altered = replaceAt(lines, index, swaps[pick % swaps.length] ?? '0');
        expect(states(altered)).toEqual(states(lines));
      }),
      { numRuns: 100, seed: 20261122 },
    );
  });
});

test('100,000 random inputs: nothing throws, and rows of a format are always read', () => {
  // A plain generator: fast-check would take minutes for so many.
  let state = 20261122;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
  const alphabets = [
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<<<<<',
    '0123456789<',
    'PVIAC<«‹éß😀\u0000"{}\n\t z&lt;',
    'V<',
  ];
  const text = (length: number) => {
    const alphabet = alphabets[random(alphabets.length)] ?? '<';
    let out = '';
    for (let i = 0; i < length; i += 1) out += alphabet[random(alphabet.length)];
    return out;
  };
  const shapes = [[44, 44], [36, 36], [30, 30, 30], [88], [72], [90]] as const;
  let read = 0;
  for (let run = 0; run < 100_000; run += 1) {
    const shape =
      run % 3 === 0
        ? Array.from({ length: random(5) }, () => random(50))
        : (shapes[random(shapes.length)] ?? []);
    const reading = parseMrz([...shape].map(text), { today: TODAY });
    const findings = judge(reading, { today: TODAY });
    if (!reading.ok) {
      if (reading.problem !== 'empty' && findings.length !== 1)
        throw new Error('a shape without its finding');
      continue;
    }
    read += 1;
    const failing = DIGITS.filter((id) => reading.checkDigits[id] === 'fails').length;
    if (findings.filter((finding) => finding.class === 'integrity').length !== failing) {
      throw new Error('integrity findings and failing digits differ');
    }
  }
  expect(read).toBeGreaterThan(30_000);
});
