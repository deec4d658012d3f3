// Check digits: the book's worked examples, foreign characters, and what a digit cannot see.
import { describe, expect, test } from 'vitest';
import { blindClass, characterValue, checkDigit } from '../../shared/mrz/check-digit.ts';

describe('check digit', () => {
  test.each([
    ['520727', '3'],
    ['AB2134<<<', '5'],
    ['L898902C3', '6'],
    ['HA672242<658022549601086<<<<<<<<<<<<<<0', '8'],
    ['', '0'],
    ['<<<<<<', '0'],
  ])('of %s is %s (Doc 9303-3 §4.9 and the specimens)', (text, digit) => {
    expect(checkDigit(text)).toBe(digit);
  });

  test.each(['l898902c3', 'L89 902C3', 'É', '٣', '😀', '-'])('of %s does not exist', (text) => {
    expect(checkDigit(text)).toBe('');
  });

  test('values: digits, letters from 10, filler 0, nothing for the rest', () => {
    expect([...'09AZ<'].map(characterValue)).toEqual([0, 9, 10, 35, 0]);
    expect(['a', '', 'AB', '»'].map(characterValue)).toEqual([-1, -1, -1, -1]);
  });

  test('blind classes: a swap within one never changes a digit, a swap across always does', () => {
    const alphabet = [...'<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    expect(blindClass('K')).toEqual(['<', '0', 'A', 'K', 'U']);
    expect(blindClass('6')).toEqual(['6', 'G', 'Q']);
    expect(blindClass('é')).toEqual([]);
    for (const a of alphabet) {
      for (const b of alphabet) {
        for (const place of [0, 1, 2]) {
          const at = (char: string) => checkDigit('4711'.slice(0, place) + char + '99');
          expect(at(a) === at(b), `${a} for ${b}`).toBe(blindClass(a).includes(b));
        }
      }
    }
  });
});
