// A second, separately written judgement of check digits, and a maker of valid zones, for the property tests.
import fc from 'fast-check';
import type { FormatId } from '../../shared/mrz/formats.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** 7-3-1 by Horner-free summation over an index table; the filler is worth nothing. */
export function digitOf(text: string): string {
  const total = [...text].map(
    (char, i) => (char === '<' ? 0 : ALPHABET.indexOf(char)) * Number('731'[i % 3]),
  );
  return String(total.reduce((a, b) => a + b, 0) % 10);
}

/** Positions in the zone as one string, counted from 1 as in the book: [digit at, covered ranges]. */
type Layout = Partial<
  Record<'number' | 'birth' | 'expiry' | 'optional' | 'composite', [number, [number, number][]]>
>;
const lower = (rowLength: number): Layout => ({
  number: [rowLength + 10, [[rowLength + 1, rowLength + 9]]],
  birth: [rowLength + 20, [[rowLength + 14, rowLength + 19]]],
  expiry: [rowLength + 28, [[rowLength + 22, rowLength + 27]]],
});
const LAYOUTS: Record<FormatId, Layout> = {
  TD3: {
    ...lower(44),
    optional: [87, [[73, 86]]],
    composite: [
      88,
      [
        [45, 54],
        [58, 64],
        [66, 87],
      ],
    ],
  },
  TD2: {
    ...lower(36),
    composite: [
      72,
      [
        [37, 46],
        [50, 56],
        [58, 71],
      ],
    ],
  },
  TD1: {
    number: [15, [[6, 14]]],
    birth: [37, [[31, 36]]],
    expiry: [45, [[39, 44]]],
    composite: [
      60,
      [
        [6, 30],
        [31, 37],
        [39, 45],
        [49, 59],
      ],
    ],
  },
  'MRV-A': lower(44),
  'MRV-B': lower(36),
  'FR-ID': {
    number: [49, [[37, 48]]],
    birth: [70, [[64, 69]]],
    composite: [72, [[1, 71]]],
  },
};
export const DIGITS = ['number', 'birth', 'expiry', 'optional', 'composite'] as const;

const pick = (zone: string, ranges: [number, number][]) =>
  ranges.map(([a, b]) => zone.slice(a - 1, b)).join('');

/** What each digit of a zone without a long number should be judged as. */
export function expectedStates(format: FormatId, rows: readonly string[]): Record<string, string> {
  const zone = rows.join('');
  return Object.fromEntries(
    DIGITS.map((id) => {
      const row = LAYOUTS[format][id];
      if (row === undefined) return [id, 'not-applicable'];
      const [printed, text] = [zone.charAt(row[0] - 1), pick(zone, row[1])];
      // The composite digit is never left out.
      if (id !== 'composite' && printed === '<' && text.replaceAll('<', '') === '') return [id, 'absent'];
      return [id, printed === digitOf(text) ? 'holds' : 'fails'];
    }),
  );
}

function withDigits(format: FormatId, zone: string): string {
  let out = zone;
  for (const id of DIGITS) {
    const row = LAYOUTS[format][id];
    if (row !== undefined) out = out.slice(0, row[0] - 1) + digitOf(pick(out, row[1])) + out.slice(row[0]);
  }
  return out;
}

const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...ALPHABET.slice(10)), minLength: min, maxLength: max });
const data = (max: number) =>
  fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: max }).map((text) => text.padEnd(max, '<'));
const day = fc
  .record({
    y: fc.integer({ min: 0, max: 99 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ y, m, d }) => [y, m, d].map((part) => String(part).padStart(2, '0')).join(''));

/** Valid zones of a format: nine-character numbers, all digits right. */
export function zoneOf(format: FormatId): fc.Arbitrary<string[]> {
  const columns = format === 'TD1' ? 30 : format === 'TD3' || format === 'MRV-A' ? 44 : 36;
  return fc
    .record({
      // The last character is no filler, so that an altered digit never turns the zone into a long number.
      number: fc.tuple(data(8), fc.constantFrom(...ALPHABET)).map(([a, b]) => a.replaceAll('<', 'K') + b),
      birth: day,
      expiry: day,
      sex: fc.constantFrom('F', 'M', '<'),
      state: fc.constantFrom('UTO', 'D<<', 'THA', 'VNM', 'XXA', 'RKS', 'EUE'),
      optional: data(16),
      optional2: data(11),
      name: fc.tuple(letters(1, 12), letters(1, 12)).map(([a, b]) => `${a}<<${b}`),
    })
    .map(({ number, birth, expiry, sex, state, optional, optional2, name }) => {
      const code = format === 'TD3' ? 'P<' : format.startsWith('MRV') ? 'V<' : 'I<';
      const [surname = '', given = ''] = name.split('<<');
      const french = `IDFRA${surname.padEnd(25, '<')}${optional.slice(0, 6)}${(number + optional).slice(0, 12).replaceAll('<', '0')}0${given.padEnd(14, '<')}${birth}0${sex}0`;
      const zone =
        format === 'FR-ID'
          ? french
          : format === 'TD1'
            ? `${code}${state}${number}0${optional.slice(0, 15)}${birth}0${sex}${expiry}0${state}${optional2}0${name.padEnd(30, '<')}`
            : (code + state + name).padEnd(columns, '<') +
              `${number}0${state}${birth}0${sex}${expiry}0${optional}`.slice(0, columns).padEnd(columns, '<');
      const done = withDigits(format, zone);
      return Array.from({ length: done.length / columns }, (_, i) =>
        done.slice(i * columns, (i + 1) * columns),
      );
    });
}
