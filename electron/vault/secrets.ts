// Which secrets are too easy: short ones, rows, repetitions, and the sign-in name itself.
import { StationFailure } from '../failure.ts';
import { normalName } from './kdf.ts';

const MIN_DIGITS = 6;
const MIN_CHARACTERS = 12;

/** Every step from one character to the next is the same and at most one: 111111, 123456, 987654, 890123. */
function isRow(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const digits = /^\d+$/u.test(text);
  return [0, 1, -1].some((step) =>
    codes.every((code, index) => {
      const before = codes[index - 1];
      if (before === undefined) return true;
      const difference = code - before;
      // After 9 comes 0 on a keypad.
      return difference === step || (digits && step !== 0 && difference === step - 10 * step);
    }),
  );
}

/** One piece again and again: 121212, 123123, abcabcabcabc. */
const isRepetition = (text: string): boolean => /^(.{1,6}?)\1+$/su.test(text);

/**
 * Refuses a secret that is too easy with `secret-weak`: at least six digits, or at least twelve characters. A secret of
 * digits alone is a PIN at any length.
 */
export function checkSecret(secret: string, signInName: string): void {
  const text = secret.normalize('NFKC').toLowerCase();
  const length = [...text].length;
  const long = length >= (/^\d+$/u.test(text) ? MIN_DIGITS : MIN_CHARACTERS);
  const name = normalName(signInName);
  const isName = text.trim() === name || text.replaceAll(name, '').trim() === '';
  if (!long || isRow(text) || isRepetition(text) || isName)
    throw new StationFailure('secret-weak', ['secret']);
}
