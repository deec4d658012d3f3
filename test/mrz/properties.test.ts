// Thousands of made zones: every altered character is seen by exactly the digits that cover it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blindClass } from '../../shared/mrz/check-digit.ts';
import { FORMAT_IDS } from '../../shared/mrz/formats.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { expectedStates, zoneOf } from './independent.ts';
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
