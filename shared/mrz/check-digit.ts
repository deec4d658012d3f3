// Check digits of ICAO Doc 9303-3 §4.9 and what they cannot see.

const WEIGHTS = [7, 3, 1] as const;

/** The value of a character: 0-9 as digits, A = 10 to Z = 35, filler 0; -1 for anything else. */
export function characterValue(char: string): number {
  if (char.length !== 1) return -1;
  if (char === '<') return 0;
  if (char >= '0' && char <= '9') return char.charCodeAt(0) - 48;
  if (char >= 'A' && char <= 'Z') return char.charCodeAt(0) - 55;
  return -1;
}

/**
 * The check digit of a text: weights 7, 3, 1 repeating, modulo 10 (Doc 9303-3 §4.9).
 * Returns '' when the text holds a character outside A-Z, 0-9 and `<`: there is no digit to agree with.
 */
export function checkDigit(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = characterValue(text.charAt(index));
    if (value < 0) return '';
    sum += value * (WEIGHTS[index % 3] ?? 0);
  }
  return String(sum % 10);
}

/**
 * The characters a check digit cannot tell from this one: all of equal value modulo 10, itself included,
 * since every weight is coprime to 10. Empty for a character outside the alphabet.
 */
export function blindClass(char: string): string[] {
  const value = characterValue(char);
  if (value < 0) return [];
  return [...'<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter(
    (other) => characterValue(other) % 10 === value % 10,
  );
}
