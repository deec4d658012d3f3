// Which secrets are too easy: short ones, rows, repetitions, and the sign-in name itself. Said beside the field, and held by the station.

const MIN_DIGITS = 6;
const MIN_CHARACTERS = 12;

/** A sign-in name as it is compared. */
export function normalName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

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
 * What is wrong with a secret: `short` below six digits or twelve characters (digits alone are a PIN at any length),
 * `easy` for a row, a repetition or the sign-in name; null for nothing.
 * @param signInName empty where it is not known
 */
export function secretFault(secret: string, signInName: string): 'short' | 'easy' | null {
  const text = secret.normalize('NFKC').toLowerCase();
  if ([...text].length < (/^\d+$/u.test(text) ? MIN_DIGITS : MIN_CHARACTERS)) return 'short';
  const name = normalName(signInName);
  const isName = text.trim() === name || text.replaceAll(name, '').trim() === '';
  return isRow(text) || isRepetition(text) || isName ? 'easy' : null;
}
