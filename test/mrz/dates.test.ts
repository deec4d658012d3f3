// Dates without a century, with unknown parts, and days that do not exist.
import { describe, expect, test } from 'vitest';
import { lastDay, parseDay, readDate } from '../../shared/mrz/dates.ts';
import { TODAY } from './specimens.ts';

describe('a date of birth takes the latest century that is not in the future', () => {
  test.each([
    ['740812', '1974-08-12'],
    ['261122', '2026-11-22'],
    ['261123', '1926-11-23'],
    ['000229', '2000-02-29'],
    ['27<<<<', '1927'],
    ['26<<<<', '2026'],
    ['2611<<', '2026-11'],
    ['2612<<', '1926-12'],
    ['74<<12', '1974'],
  ])('%s is %s', (raw, iso) => {
    expect(readDate(raw, 'birth', TODAY)).toMatchObject({ raw, iso, century: 'latest-not-future' });
  });

  test('on another day, another century', () => {
    expect(readDate('261123', 'birth', '2026-11-23').iso).toBe('2026-11-23');
    expect(readDate('991231', 'birth', '2000-01-01').iso).toBe('1999-12-31');
    expect(readDate('991231', 'birth', '2099-12-31').iso).toBe('2099-12-31');
  });
});

describe('a date of expiry takes the century nearest to today', () => {
  test.each([
    ['120415', '2012-04-15'],
    ['980104', '1998-01-04'],
    ['761122', '2076-11-22'],
    ['761123', '1976-11-23'],
    ['770101', '1977-01-01'],
    ['491231', '2049-12-31'],
  ])('%s is %s', (raw, iso) => {
    expect(readDate(raw, 'expiry', TODAY)).toMatchObject({
      iso,
      century: 'nearest-to-today',
      state: 'known',
    });
  });

  test('across the turn of a century', () => {
    expect(readDate('050101', 'expiry', '2098-06-01').iso).toBe('2105-01-01');
    expect(readDate('970101', 'expiry', '2003-06-01').iso).toBe('1997-01-01');
  });
});

describe('parts', () => {
  test('unknown as a whole, and without a year', () => {
    expect(readDate('<<<<<<', 'birth', TODAY)).toEqual({
      raw: '<<<<<<',
      state: 'unknown',
      iso: null,
      century: null,
    });
    expect(readDate('<<0812', 'birth', TODAY)).toMatchObject({ state: 'partial', iso: null });
    expect(readDate('<<0229', 'birth', TODAY).state).toBe('partial');
  });

  test.each([
    '741312',
    '740012',
    '740800',
    '740832',
    '750229',
    '740631',
    '000000',
    '7<0812',
    '74O812',
    'AAAAAA',
    '<<0231',
    '74081',
    '',
    'é40812',
  ])('%s is no date', (raw) => {
    expect(readDate(raw, 'birth', TODAY)).toEqual({ raw, state: 'impossible', iso: null, century: null });
  });

  test('the last day a date can mean', () => {
    expect(['2026', '2024-02', '2023-02', '2026-04-30'].map(lastDay)).toEqual([
      '2026-12-31',
      '2024-02-29',
      '2023-02-28',
      '2026-04-30',
    ]);
  });

  test('a malformed today is the mistake of the caller', () => {
    expect(() => readDate('740812', 'birth', '22.11.2026')).toThrow(RangeError);
    expect(() => readDate('740812', 'birth', '2026-02-30')).toThrow(RangeError);
    expect(parseDay('2026-02-29')).toBeNull();
  });
});
