// Check digits for the bench of the detective, written apart from the product: the book's arithmetic and those that imitations show.
import { FORMATS, type FormatId, type Place } from '../../../shared/mrz/formats.ts';

export type DigitId = 'number' | 'birth' | 'expiry' | 'optional' | 'composite';

/** How a digit is computed. The book: weights 7 3 1, A = 10, modulus 10 (ICAO Doc 9303-3 §4.9). */
export interface Arithmetic {
  weights: readonly number[];
  /** The value of A; null counts every letter as nothing. */
  letterA: number | null;
  modulus: number;
  /** The digit is what is missing to the next ten. */
  complement: boolean;
}

export const BOOK: Arithmetic = { weights: [7, 3, 1], letterA: 10, modulus: 10, complement: false };

export function digitOf(text: string, { weights, letterA, modulus, complement }: Arithmetic = BOOK): string {
  let sum = 0;
  for (const [index, char] of [...text].entries()) {
    const weight = weights[index % weights.length] ?? 0;
    if (/[0-9]/u.test(char)) sum += Number(char) * weight;
    else if (char !== '<' && letterA !== null) sum += (char.charCodeAt(0) - 65 + letterA) * weight;
  }
  const rest = sum % modulus;
  return String((complement ? (10 - (rest % 10)) % 10 : rest) % 10);
}

export function textOf(lines: readonly string[], places: readonly Place[]): string {
  return places.map(({ row, start, end }) => (lines[row] ?? '').slice(start, end)).join('');
}

export function withText(lines: readonly string[], at: Place, text: string): string[] {
  return lines.map((line, row) =>
    row === at.row ? line.slice(0, at.start) + text + line.slice(at.end) : line,
  );
}

/** Where a long number goes on and where its digit stands; null for nine characters and fewer. */
export type LongParts = { rest: Place; digit: Place } | null;

export interface DigitPlaces {
  id: DigitId;
  at: Place;
  covers: readonly Place[];
}

/** Where the digits of a zone stand and what they cover. */
export function digitsOf(format: FormatId, long: LongParts): DigitPlaces[] {
  return FORMATS[format].checkDigits.map(({ id, at, covers }) =>
    id === 'number' && long !== null
      ? { id, at: long.digit, covers: [...covers, long.rest] }
      : { id: id as DigitId, at, covers },
  );
}
