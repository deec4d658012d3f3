// Dates as pages print them and officers type them: languages, order, calendars, digits of other scripts.
import { describe, expect, test } from 'vitest';
import { printedDates, typedDates } from '../../shared/mrz/printed-dates.ts';

describe('as a page would print it', () => {
  test.each([
    ['1974-08-12', 'GBR', ['12 AUG 1974', '12.08.1974']],
    ['1974-08-12', 'FRA', ['12 AOUT/AUG 1974', '12 AUG 1974', '12.08.1974']],
    ['1974-08-12', 'CAN', ['12 AUG/AOUT 1974', '12 AUG 1974', '12.08.1974']],
    ['1974-08-12', 'D', ['12.08.1974', '12 AUG 1974']],
    ['1974-11-12', 'FRA', ['12 NOV 1974', '12.11.1974']],
    ['1974-08', 'ESP', ['AGO/AUG 1974', 'AUG 1974', '08.1974']],
    ['1974', 'ESP', ['1974']],
  ])('%s of %s', (iso, issuer, expected) => {
    expect(printedDates(iso, issuer)).toEqual(expected);
  });
});

describe('as it was typed', () => {
  const days = (text: string): string[] =>
    typedDates(text).map(({ iso, by }) => (by === null ? iso : `${iso} ${by}`));

  test.each([
    ['12 AUG/AOUT 1974', ['1974-08-12']],
    ['12 août / aug 1974', ['1974-08-12']],
    ['12 AGOSTO 1974', ['1974-08-12']],
    ['12AUG1974', ['1974-08-12']],
    ['12.08.1974', ['1974-08-12', '1974-12-08 month-first']],
    ['25/08/1974', ['1974-08-25']],
    ['08/25/1974', ['1974-08-25 month-first']],
    ['08/08/1974', ['1974-08-08']],
    ['1974-08-12', ['1974-08-12']],
    ['12 08 74', ['74-08-12 short-year', '74-12-08 month-first']],
    ['12 AUG 2517', ['2517-08-12', '1974-08-12 calendar']],
    ['١٢/٠٨/١٩٧٤', ['1974-08-12', '1974-12-08 month-first']],
    // MARRAS of Finland is November and begins with it.
    ['12 MAR 1974', ['1974-03-12']],
    ['12 MARRASKUU 1974', ['1974-11-12']],
    // LIS is November in Polish and October in Croatian.
    ['12 LIS 1974', ['1974-11-12', '1974-10-12']],
    ['12 LIS/NOV 1974', ['1974-11-12']],
    ['30 FEB 1974', []],
    ['12 JAN/FEB 1974', []],
    ['12 1974', []],
    ['1 2 3 4', []],
    ['', []],
    ['山', []],
  ])('%s', (text, expected) => {
    expect(days(text)).toEqual(expected);
  });

  test('every way a page may print a date is read as that day', () => {
    for (const issuer of [
      'GBR',
      'FRA',
      'ESP',
      'PRT',
      'D',
      'ITA',
      'NLD',
      'DNK',
      'FIN',
      'HRV',
      'HUN',
      'ROU',
      'EST',
      'IDN',
      'ALB',
      'UTO',
      'CAN',
    ]) {
      for (let month = 1; month <= 12; month += 1) {
        const iso = `1987-${String(month).padStart(2, '0')}-23`;
        for (const text of printedDates(iso, issuer)) expect(days(text), `${issuer} ${text}`).toContain(iso);
      }
    }
  });
});
