// One reading slip in a zone that is as it should be: where the digits look, and where they cannot.
import { FORMATS, type Alphabet } from '../../../shared/mrz/formats.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import { misread } from './confusions.ts';
import { digitsOf } from './digits.ts';
import type { MadeZone } from './zones.ts';

export interface Slip {
  /** As read. */
  lines: string[];
  row: number;
  column: number;
  printed: string;
  read: string;
  /** Where the reader was unsure: the slip, and now and then a place that was read well. */
  lowConfidence: { line: number; column: number }[];
}

/** How often the reader knew that only a digit can stand in a date or in a digit's place, or only a letter in a name. */
const BY_GRAMMAR = 0.75;
/** How often another place, read well, is low as well. */
const DECOY = 0.25;

const BLIND_CLASSES = '<0AKU 1BLV 2CMW 3DNX 4EOY 5FPZ 6GQ 7HR 8IS 9JT'.split(' ');

/** Whether no check digit can tell the two apart. */
export function blindPair(a: string, b: string): boolean {
  return BLIND_CLASSES.some((chars) => chars.includes(a) && chars.includes(b));
}

/** Every place a check digit covers, and the digits themselves, row by row. */
export function protectedPlaces({ format, long, lines }: MadeZone): boolean[][] {
  const seen = lines.map((line) => Array.from(line, () => false));
  for (const { at, covers } of digitsOf(format, long)) {
    for (const { row, start, end } of [at, ...covers]) seen[row]?.fill(true, start, end);
  }
  return seen;
}

function alphabetAt({ format, long }: MadeZone, row: number, column: number): Alphabet {
  const here = (place: { row: number; start: number; end: number }) =>
    place.row === row && column >= place.start && column < place.end;
  if (digitsOf(format, long).some(({ at }) => here(at))) return 'date';
  return FORMATS[format].fields.find(here)?.alphabet ?? 'any';
}

const BY_ALPHABET: Readonly<Record<Alphabet, RegExp>> = {
  alpha: /[A-Z<]/u,
  date: /[0-9<]/u,
  sex: /[A-Z<]/u,
  any: /[A-Z0-9<]/u,
};

function slipAt(
  random: Random,
  zone: MadeZone,
  allowed: (place: Place, printed: string, read: string) => boolean,
): Slip {
  for (;;) {
    const row = random.int(0, zone.lines.length - 1);
    const column = random.int(0, (zone.lines[row]?.length ?? 1) - 1);
    const printed = zone.lines[row]?.charAt(column) ?? '';
    const grammar = random.chance(BY_GRAMMAR) ? BY_ALPHABET[alphabetAt(zone, row, column)] : BY_ALPHABET.any;
    const read = misread(
      random,
      printed,
      (char) => grammar.test(char) && allowed({ row, column }, printed, char),
    );
    if (read === null) continue;
    const lowConfidence = [{ line: row, column }];
    while (random.chance(DECOY)) {
      const line = random.int(0, zone.lines.length - 1);
      lowConfidence.push({ line, column: random.int(0, (zone.lines[line]?.length ?? 1) - 1) });
    }
    const lines = zone.lines.map((text, i) =>
      i === row ? text.slice(0, column) + read + text.slice(column + 1) : text,
    );
    return { lines, row, column, printed, read, lowConfidence };
  }
}

interface Place {
  row: number;
  column: number;
}

/** A slip that the digits can see: a protected place, and no pair of a blind class. */
export function seenSlip(random: Random, zone: MadeZone): Slip {
  const seen = protectedPlaces(zone);
  return slipAt(
    random,
    zone,
    ({ row, column }, printed, read) => seen[row]?.[column] === true && !blindPair(printed, read),
  );
}

/** A slip that no digit can see: an unprotected place, or a pair of a blind class. */
export function unseenSlip(random: Random, zone: MadeZone): Slip {
  const seen = protectedPlaces(zone);
  return slipAt(
    random,
    zone,
    ({ row, column }, printed, read) => seen[row]?.[column] === false || blindPair(printed, read),
  );
}
