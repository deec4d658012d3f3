// What may stand at each place of each format, and what a misread character there most likely is.
import { type Alphabet, type Format, FORMAT_IDS, FORMATS } from '../mrz/formats.ts';

/** The kinds of places: like the alphabets of the formats, with code, state and check digit set apart. */
export type PlaceKind = 'code' | 'letter' | 'state' | 'date' | 'digit' | 'sex' | 'any';

const KIND_OF_ALPHABET: Record<Alphabet, PlaceKind> = {
  alpha: 'letter',
  date: 'date',
  sex: 'sex',
  any: 'any',
};

function templateOf(format: Format): PlaceKind[][] {
  const rows = Array.from({ length: format.rows }, () => new Array<PlaceKind>(format.columns).fill('any'));
  for (const field of format.fields) {
    const state = field.id === 'issuer' || field.id === 'nationality';
    const kind: PlaceKind = state ? 'state' : KIND_OF_ALPHABET[field.alphabet];
    for (let column = field.start; column < field.end; column++) rows[field.row]![column] = kind;
    if (field.id === 'documentCode') rows[field.row]![field.start] = 'code';
  }
  for (const { row, start, end } of format.digits ?? []) rows[row]!.fill('digit', start, end);
  for (const digit of format.checkDigits) rows[digit.at.row]![digit.at.start] = 'digit';
  return rows;
}

/** Rows of place kinds by format. */
export const TEMPLATES = Object.fromEntries(
  FORMAT_IDS.map((id) => [id, templateOf(FORMATS[id])]),
) as Readonly<Record<Format['id'], PlaceKind[][]>>;

// Shapes of OCR-B that are taken for one another (measured: 0/O, D/O, 1/I, 2/Z, 5/S, 8/B, 6/G, 4/A, 7/T).
const AS_LETTER: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '3': 'B',
  '4': 'A',
  '5': 'S',
  '6': 'G',
  '7': 'T',
  '8': 'B',
};
const AS_DIGIT: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  U: '0',
  C: '0',
  I: '1',
  L: '1',
  J: '1',
  Z: '2',
  E: '3',
  A: '4',
  S: '5',
  G: '6',
  T: '7',
  Y: '7',
  B: '8',
};
const AS_SEX: Readonly<Record<string, string>> = { P: 'F', E: 'F', H: 'M', N: 'M', W: 'M' };

/** A character as it is written at its place, and how much its reading speaks against the place (0 fits, 1 not). */
export interface Fit {
  char: string;
  cost: number;
}

const isDigit = (char: string): boolean => char >= '0' && char <= '9';

function fitDigit(char: string, fillerCost: number): Fit {
  if (isDigit(char)) return { char, cost: 0 };
  if (char === '<') return { char, cost: fillerCost };
  const digit = AS_DIGIT[char];
  return digit === undefined ? { char, cost: 1 } : { char: digit, cost: 0.35 };
}

/** The format's document code: never changed, but a wrong one speaks against the format. */
function fitCode(char: string, format: Format): Fit {
  if (format.codeLetters.includes(char)) return { char, cost: 0 };
  // In a format that takes I, a lone stroke read as 1 or L is that letter.
  if (format.codeLetters.includes('I') && (char === '1' || char === 'L')) return { char: 'I', cost: 0.4 };
  return { char, cost: format.codeLetters === 'V' || char === 'V' ? 2.5 : 1.2 };
}

/** How a character read at a place of a kind is written there. */
export function fitCharacter(char: string, kind: PlaceKind, format: Format): Fit {
  switch (kind) {
    case 'any':
      return { char, cost: 0 };
    case 'letter': {
      if (!isDigit(char)) return { char, cost: 0 };
      const letter = AS_LETTER[char];
      return letter === undefined ? { char, cost: 1 } : { char: letter, cost: 0.35 };
    }
    case 'state':
      // Some cards print digits in the nationality: only a state code that exists may change it, elsewhere.
      return { char, cost: isDigit(char) ? 0.3 : 0 };
    case 'date':
      return fitDigit(char, 0.25);
    case 'digit':
      return fitDigit(char, 0.2);
    case 'sex': {
      if (char === 'M' || char === 'F' || char === '<') return { char, cost: 0 };
      const sex = AS_SEX[char];
      return sex === undefined ? { char, cost: char === 'X' ? 0.2 : 1 } : { char: sex, cost: 0.6 };
    }
    case 'code':
      return fitCode(char, format);
  }
}
