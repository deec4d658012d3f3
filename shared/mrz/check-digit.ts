// Check digits of ICAO Doc 9303-3 §4.9 and what they cannot see.

import type { Place } from './formats.ts';

const ALPHABET = '<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The value of each character by its code: one look-up a place, since every zone is summed several times. */
const VALUES = new Int8Array(128).fill(-1);
for (const [index, char] of [...ALPHABET].entries()) VALUES[char.charCodeAt(0)] = Math.max(0, index - 1);

function codeValue(code: number): number {
  return code < 128 ? (VALUES[code] ?? -1) : -1;
}

/** The value of a character: 0-9 as digits, A = 10 to Z = 35, filler 0; -1 for anything else. */
export function characterValue(char: string): number {
  return char.length === 1 ? codeValue(char.charCodeAt(0)) : -1;
}

/** The weight after this one: 7, 3, 1 and again 7. */
function nextWeight(weight: number): number {
  return weight === 7 ? 3 : weight === 3 ? 1 : 7;
}

/**
 * The check digit over places of a zone, 0 to 9, as if their characters stood in one row; a place that reaches beyond
 * its row gives what is there. -1 when a character is outside A-Z, 0-9 and `<`: there is no digit to agree with.
 */
export function digitOver(lines: readonly string[], places: readonly Place[]): number {
  let sum = 0;
  let weight = 7;
  for (const { row, start, end } of places) {
    const line = lines[row] ?? '';
    const stop = Math.min(end, line.length);
    for (let column = start; column < stop; column += 1) {
      const value = codeValue(line.charCodeAt(column));
      if (value < 0) return -1;
      sum += value * weight;
      weight = nextWeight(weight);
    }
  }
  return sum % 10;
}

/**
 * The check digit of a text: weights 7, 3, 1 repeating, modulo 10 (Doc 9303-3 §4.9).
 * Returns '' when the text holds a character outside A-Z, 0-9 and `<`: there is no digit to agree with.
 */
export function checkDigit(text: string): string {
  const digit = digitOver([text], [{ row: 0, start: 0, end: text.length }]);
  return digit < 0 ? '' : String(digit);
}

/**
 * The characters a check digit cannot tell from this one: all of equal value modulo 10, itself included,
 * since every weight is coprime to 10. Empty for a character outside the alphabet.
 */
export function blindClass(char: string): string[] {
  const value = characterValue(char);
  if (value < 0) return [];
  return [...ALPHABET].filter((other) => characterValue(other) % 10 === value % 10);
}
