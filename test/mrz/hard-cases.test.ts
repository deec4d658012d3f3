// Zones that are lawful and rare, and zones that look lawful and are not: specimens of the book and of Utopia only.
import { describe, expect, test } from 'vitest';
import type { CheckDigitState } from '../../shared/mrz/check-digits-of.ts';
import type { CheckDigitId } from '../../shared/mrz/formats.ts';
import { CHECK_DIGIT_IDS } from '../../shared/mrz/formats.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { digitOf } from './independent.ts';
import { MRV_A, TD1, TD2, TD3, TODAY } from './specimens.ts';

function read(lines: readonly string[]) {
  const reading = parseMrz(lines, { today: TODAY });
  if (!reading.ok) throw new Error(reading.problem);
  return reading;
}

/** The digits that are neither right nor lawfully absent. */
function failing(lines: readonly string[]): CheckDigitId[] {
  const { checkDigits } = read(lines);
  return CHECK_DIGIT_IDS.filter((id) => checkDigits[id] === 'fails');
}

function put(lines: readonly string[], row: number, column: number, text: string): string[] {
  return lines.map((line, index) =>
    index === row - 1 ? line.slice(0, column - 1) + text + line.slice(column - 1 + text.length) : line,
  );
}

/** A TD1 with its composite digit computed anew, by a second calculation. */
function composed(lines: readonly string[]): string[] {
  const [upper = '', middle = ''] = lines;
  const text = upper.slice(5) + middle.slice(0, 7) + middle.slice(8, 15) + middle.slice(18, 29);
  return put(lines, 2, 30, digitOf(text));
}

describe('all digits hold', () => {
  test.each<[string, string[]]>([
    ['the visa of older editions', [MRV_A[0] ?? '', 'L898902C<3UTO6908061F9406236ZE184226B<<<<<<<']],
    ['its smaller form', ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L898902C<3UTO6908061F9406236ZE184226']],
    ['a passport on a card of two rows', put(TD2, 1, 1, 'P<')],
    ['a card as large as a passport', put(TD3, 1, 1, 'I<')],
    ['a state of one letter, TD1', put(put(TD1, 1, 3, 'D<<'), 2, 16, 'D<<')],
    ['a state of one letter, TD2', put(put(TD2, 1, 3, 'D<<'), 2, 11, 'D<<')],
    ['an unknown date of expiry with 0', put(put(TD1, 2, 9, '<<<<<<0'), 2, 30, '6')],
    [
      'a number shorter than its place',
      ['P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<', 'C01X00<<<6D<<6408125F2702283<<<<<<<8'],
    ],
    ['a holder without secondary identifier', put(TD3, 1, 6, 'ARKFREITH'.padEnd(39, '<'))],
    ['X for the sex', put(TD3, 2, 21, 'X')],
    ['everything in one row without a break', [TD1.join('')]],
    [
      'a number that goes on by one character',
      ['IDUTO123456789<07<<<<<<<<<<<<<', '8601012M3001019UTO<<<<<<<<<<<6', 'SPECIMEN<<JANE<<<<<<<<<<<<<<<<'],
    ],
    [
      'a number that fills the optional data to its end',
      composed(put(TD1, 1, 15, `<12345678901234${digitOf('D2314589012345678901234')}`)),
    ],
    [
      'the same, the filler counted',
      composed(put(TD1, 1, 15, `<12345678901234${digitOf('D23145890<12345678901234')}`)),
    ],
    ['no number at all, its digit left out', composed(put(TD1, 1, 6, '<'.repeat(25)))],
    ['no number at all, its digit 0', composed(put(TD1, 1, 6, `${'<'.repeat(9)}0${'<'.repeat(15)}`))],
  ])('%s', (_, lines) => {
    expect(failing(lines)).toEqual([]);
  });
});

describe('a digit fails', () => {
  test.each<[string, string[], CheckDigitId[]]>([
    ['the composite is never left out', put(TD1, 2, 30, '<'), ['composite']],
    ['not even over nothing', ['<'.repeat(44), '<'.repeat(44)], ['composite']],
    ['a filler for 0 over what is there', put(TD3, 2, 43, '<'), ['optional', 'composite']],
    ['a number that should go on and does not', put(TD1, 1, 15, '<'), ['number', 'composite']],
    ['a rest without a digit', composed(put(TD1, 1, 15, '<ABC<<')), ['number']],
    ['a rest that is only a digit', composed(put(TD1, 1, 15, '<7<<<')), ['number']],
    ['a rest after a filler', composed(put(TD1, 1, 15, '<<7349')), ['number']],
    [
      'two dates exchanged, each with its digit',
      put(put(TD3, 2, 14, '1204159'), 2, 22, '7408122'),
      ['composite'],
    ],
    // G and 6 are worth the same modulo ten, so the composite cannot see it: only a digit may stand there.
    ['a letter that looks like the digit', put(TD3, 2, 10, 'G'), ['number']],
  ])('%s', (_, lines, ids) => {
    expect(failing(lines).toSorted()).toEqual(ids.toSorted());
  });
});

test('digits, data and shape are told apart', () => {
  // Names, codes, sex and the centuries are covered by no digit.
  const odd = put(put(put(TD3, 1, 6, 'ER1KSSON'), 2, 11, 'XYZ'), 2, 21, 'Q');
  expect(failing(odd)).toEqual([]);
  // A date no calendar has, with its right digits.
  const birth = `740231${digitOf('740231')}`;
  const lower = put(TD3, 2, 14, birth)[1] ?? '';
  const composite = digitOf(lower.slice(0, 10) + lower.slice(13, 20) + lower.slice(21, 43));
  const impossible = read([TD3[0] ?? '', lower.slice(0, 43) + composite]);
  expect(Object.values(impossible.checkDigits)).toEqual(
    Array.from({ length: 5 }, (): CheckDigitState => 'holds'),
  );
  expect(impossible.fields.birthDate.state).toBe('impossible');
});

test('the text of each field as printed', () => {
  expect(read(TD1).texts).toEqual({
    documentCode: 'I<',
    issuer: 'UTO',
    name: 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    number: 'D23145890',
    nationality: 'UTO',
    birthDate: '740812',
    sex: 'F',
    expiryDate: '120415',
    optional: '<<<<<<<<<<<<<<<',
    optional2: '<<<<<<<<<<<',
  });
  const long = read(composed(put(TD1, 1, 15, '<7349<AB1')));
  expect(long.texts).toMatchObject({ number: 'D23145890734', optional: '<AB1<<<<<<<' });
  expect(read(TD2).texts.optional2).toBe('');
});

test('places are shared by readings and cannot be changed', () => {
  const { fields, checkDigits } = read(TD3).places;
  expect(read(TD3).places.fields).toBe(fields);
  expect(() => Object.assign(fields.number[0] ?? {}, { row: 7 })).toThrow(TypeError);
  expect(() => Object.assign(checkDigits.birth, { at: null })).toThrow(TypeError);
  expect(() => (fields.name as unknown[]).push({})).toThrow(TypeError);
});
