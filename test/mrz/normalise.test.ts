// Rows out of whatever comes in: line ends, stand-ins for the filler, whole zones in one go, and nonsense.
import { describe, expect, test } from 'vitest';
import { normaliseLines } from '../../shared/mrz/normalise.ts';
import { MRV_B, TD1, TD2, TD3 } from './specimens.ts';

describe('rows of a zone', () => {
  test.each([
    ['an array', TD3],
    ['lines with a trailing one', `${TD3.join('\n')}\n`],
    ['CR LF', TD3.join('\r\n')],
    ['a reader that ends rows with Tab', `${TD3.join('\t')}\t`],
    ['lower case', TD3.join('\n').toLowerCase()],
    ['spaces', TD3.map((row) => ` ${row.slice(0, 20)} ${row.slice(20)}\u00a0`)],
    ['empty rows between', ['', TD3[0], '  ', TD3[1]]],
    ['HTML', TD3.join('\n').replaceAll('<', '&lt;')],
    ['single angles', TD3.join('\n').replaceAll('<', '‹')],
    ['full-width', TD3.join('\n').replaceAll('<', '＜').replace('P', 'Ｐ')],
    ['a byte-order mark', `\ufeff${TD3.join('\n')}`],
    ['one row of 88', TD3.join('')],
    ['an array of one row of 88', [TD3.join('')]],
  ])('%s', (_, input) => {
    expect(normaliseLines(input)).toEqual(TD3);
  });

  test.each([
    ['72 characters', TD2],
    ['72 characters of a visa', MRV_B],
    ['90 characters', TD1],
  ])('%s in one go', (_, rows) => {
    expect(normaliseLines(rows.join(''))).toEqual(rows);
  });

  test('a double angle is one filler or two: the length of the row decides', () => {
    expect(normaliseLines(TD3[0]?.replace('<<ANNA', '«ANNA'))).toEqual([TD3[0]]);
    expect(normaliseLines('P<UTO«ANNA')).toEqual(['P<UTO<ANNA']);
    expect(normaliseLines(TD3[0]?.replaceAll('<', '«'))).toEqual([TD3[0]]);
    // One that fits a row either way is taken as in the other row: the lower one would pass for a row of 36.
    const name = 'P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<';
    const passport = [name, 'C01X0006H1D<<6408125F1710319<<<<<<<<<<<<<<<0'];
    expect(normaliseLines(passport.join('\n').replaceAll('<<', '«'))).toEqual(passport);
  });

  test('a space is dropped, unless the row is as long as it must be only with it', () => {
    const [upper = '', lower = ''] = TD3;
    const unread = upper.replace('ERIKSSON', 'ERIKS ON');
    expect(normaliseLines([unread, lower])).toEqual([unread, lower]);
    expect(normaliseLines(`  ${unread}\u00a0\n${lower} `)).toEqual([unread, lower]);
    expect(normaliseLines([`${upper.slice(0, 9)} ${upper.slice(9)}`, lower])).toEqual(TD3);
    // A row too short with all its spaces stays short.
    expect(normaliseLines('P<UTO ERIKSSON')).toEqual(['P<UTOERIKSSON']);
    // A space at the end stands for nothing.
    expect(normaliseLines(`${upper.slice(0, 43)} `)).toEqual([upper.slice(0, 43)]);
  });

  test('nothing is guessed: short rows stay short, other letters stay', () => {
    expect(normaliseLines('p<utoeriksson\nß')).toEqual(['P<UTOERIKSSON', 'ß']);
  });

  test.each([[null], [undefined], [5], [{}], [['A', 5]], [[null]], [Symbol('x')], [() => 'A'], [[]], ['']])(
    'no rows out of input %#',
    (input) => {
      expect(normaliseLines(input)).toEqual([]);
    },
  );

  test('huge input ends quickly', () => {
    const rows = normaliseLines('<«'.repeat(2_000_000));
    expect(rows.join('').length).toBeLessThanOrEqual(4000);
    expect(normaliseLines(Array.from({ length: 500_000 }, () => 'A')).length).toBeLessThanOrEqual(2000);
  });
});
