// Single values on their way out: weeks, ranges, masks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leaving } from '../../shared/sharing/leaving.ts';
import { masked, rangeOf, weekOf } from '../../shared/sharing/redact.ts';
import { FULL, MEANS, TO_NETWORK } from './full.ts';

test.each([
  ['2026-11-23', '2026-W48'],
  ['2026-11-22', '2026-W47'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2024-12-30', '2025-W01'],
  ['2025-12-29', '2026-W01'],
  ['2027-01-01', '2026-W53'],
])('%s is in %s', (day, week) => {
  expect(weekOf(day)).toBe(week);
});

describe('a number', () => {
  test.each([
    ['L8988901C', { prefix: 'L898', length: 9 }],
    ['l 898-8901 c', { prefix: 'L898', length: 9 }],
    ['1234567', { prefix: '12', length: 7 }],
    ['123456', { prefix: '1', length: 6 }],
    ['12345', null],
    ['', null],
    ['12345678901234', { prefix: '1234567', length: 14 }],
  ])('%j', (number, range) => {
    expect(rangeOf(number)).toEqual(range);
  });

  test('never shows more than half, hides five at least, and the mask says what the range says', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ABC0123456789 -'), maxLength: 34 }), (number) => {
        const bare = number.replaceAll(/[ -]/g, '');
        const range = rangeOf(number);
        const shown = range?.prefix ?? '';
        expect(bare.startsWith(shown)).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(bare.length / 2);
        if (shown !== '') expect(bare.length - shown.length).toBeGreaterThanOrEqual(5);
        expect(masked(number)).toBe(shown.padEnd(bare.length, '•'));
      }),
    );
  });

  test.each([
    ['740812123456', '1974-08-12', ''],
    ['19740812-1234', '1974-08-12', ''],
    ['120874-12345', '1974-08-12', ''],
    ['ZE184226B', null, 'ZE184226B'],
    ['XZE184226B', null, 'ZE184226B'],
  ])('%s is made of the person: no range', (number, birthDate, personalNumber) => {
    const { holder } = FULL.document;
    const full = {
      ...FULL,
      document: { ...FULL.document, number, holder: { ...holder, birthDate, personalNumber } },
    };
    const { body } = leaving(full, TO_NETWORK, MEANS);
    expect(body?.document.numberRange).toBeNull();
    expect(body?.document.numberToken).not.toBeNull();
  });
});
