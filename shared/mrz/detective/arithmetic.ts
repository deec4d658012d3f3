// Ways in which imitations and unusual issuers compute check digits, and which of them gives just the digits that are printed.

import { characterValue } from '../check-digit.ts';
import type { CheckDigitId, FieldId, Place } from '../formats.ts';
import { textOf } from '../formats.ts';
import type { ZoneView } from './zone-view.ts';

interface Arithmetic {
  weights: readonly number[];
  /** The value of A; null counts letters as nothing. */
  letterA: number | null;
  modulus: number;
  /** The digit is what is missing to the next ten. */
  complement: boolean;
}

const BOOK: Arithmetic = { weights: [7, 3, 1], letterA: 10, modulus: 10, complement: false };

/** Arithmetic for every digit of a zone, by id; the words are the catalogue's `detective.arithmetic.<id>`. */
const EVERY_DIGIT: Readonly<Record<string, Arithmetic>> = {
  'weights-3-1-7': { ...BOOK, weights: [3, 1, 7] },
  'weights-1-7-3': { ...BOOK, weights: [1, 7, 3] },
  'weights-1-3-7': { ...BOOK, weights: [1, 3, 7] },
  'weights-3-7-1': { ...BOOK, weights: [3, 7, 1] },
  'weights-none': { ...BOOK, weights: [1] },
  'letters-as-zero': { ...BOOK, letterA: null },
  'letters-from-one': { ...BOOK, letterA: 1 },
  'letters-from-zero': { ...BOOK, letterA: 0 },
  'letters-from-eleven': { ...BOOK, letterA: 11 },
  'modulus-7': { ...BOOK, modulus: 7 },
  'modulus-9': { ...BOOK, modulus: 9 },
  'modulus-11': { ...BOOK, modulus: 11 },
  complement: { ...BOOK, complement: true },
};

/** The chance of each arithmetic before the digits are looked at; only its ratio to that of other causes matters. */
const OF_EVERY_DIGIT = 4e-5;
const OF_COMPOSITE = 1.5e-5;
/** Digits that nobody computed, by how many fields' own digits fail: three fail together for hardly any other reason. */
const NOT_COMPUTED = [1e-6, 0, 1e-5, 1e-4, 1e-4];

export interface FittingArithmetic {
  /** Null where no arithmetic fits and the digits may not have been computed at all. */
  id: string | null;
  digits: CheckDigitId[];
  weight: number;
}

function digit(text: string, { weights, letterA, modulus, complement }: Arithmetic): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = characterValue(text.charAt(index));
    if (value < 0) return '';
    const counted = value < 10 ? value : letterA === null ? 0 : value - 10 + letterA;
    sum += counted * (weights[index % weights.length] ?? 0);
  }
  const rest = sum % modulus;
  return String(complement ? (10 - (rest % 10)) % 10 : rest % 10);
}

/** What the last digit is computed over by mistake; null where the format makes no such mistake possible. */
function compositeTexts({ reading, format, columns }: ZoneView): Record<string, string> {
  const { at } = reading.places.checkDigits.composite;
  // The mistakes are those of Doc 9303's own composites: one over the whole zone (the French card) leaves nothing out.
  if (at === null || !format.fields.some(({ id }) => id === 'expiryDate')) return {};
  const own = (id: CheckDigitId): Place[] => {
    const place = reading.places.checkDigits[id].at;
    return place === null ? [] : [place];
  };
  const field = (id: FieldId): Place[] => format.fields.filter((row) => row.id === id);
  const order = (places: Place[]): Place[] => places.toSorted((a, b) => a.row - b.row || a.start - b.start);
  const core = [...field('number'), ...field('birthDate'), ...field('expiryDate')];
  const optional = [...field('optional'), ...field('optional2')];
  const digits = [...own('number'), ...own('birth'), ...own('expiry')];
  const lower = { row: at.row, start: 0, end: at.start };
  const upper = { row: 0, start: 5, end: columns };
  return {
    'composite-without-digits': textOf(reading.lines, order([...core, ...optional])),
    'composite-without-optional': textOf(reading.lines, order([...core, ...digits])),
    'composite-with-nationality-and-sex': textOf(
      reading.lines,
      format.id === 'TD1' ? [upper, lower] : [lower],
    ),
    'composite-of-digits-only': textOf(reading.lines, [...digits, ...own('optional')]),
  };
}

/**
 * The arithmetic that explains all failing digits and also every digit that holds: a single digit agrees with a given
 * arithmetic by chance once in ten times, so one that leaves a printed digit over is none.
 */
export function findArithmetic(view: ZoneView): FittingArithmetic[] {
  const { reading, failing, digits } = view;
  const ids = failing.map(({ id }) => id);
  if (ids.length === 0 || view.foreign.length > 0) return [];
  const judged = digits.filter(({ state }) => state !== 'absent');
  const printed = (place: number): string => view.text.charAt(place);
  const found: FittingArithmetic[] = [];
  for (const [id, arithmetic] of Object.entries(EVERY_DIGIT)) {
    const fits = judged.every(
      (each) =>
        digit(textOf(reading.lines, reading.places.checkDigits[each.id].covers), arithmetic) ===
        printed(each.at),
    );
    if (fits) found.push({ id, digits: ids, weight: OF_EVERY_DIGIT });
  }
  const [only] = failing;
  if (only !== undefined && ids.length === 1 && only.id === 'composite') {
    for (const [id, text] of Object.entries(compositeTexts(view))) {
      if (digit(text, BOOK) === printed(only.at)) found.push({ id, digits: ids, weight: OF_COMPOSITE });
    }
  }
  const own = ids.filter((id) => id !== 'composite').length;
  const weight = NOT_COMPUTED[own] ?? 0;
  if (found.length === 0 && weight > 0) found.push({ id: null, digits: ids, weight });
  return found;
}
