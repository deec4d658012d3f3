// Zones of documents of Utopia that are as they should be, in every format and with what is lawful and rare.
import { FORMATS, type FieldId, type FormatId, type Place } from '../../../shared/mrz/formats.ts';
import { addDays, addYears, mrzDate } from '../../../shared/specimen/calendar.ts';
import { inventPerson } from '../../../shared/specimen/person.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import { nameField } from '../../../shared/specimen/transliterate.ts';
import { digitOf, digitsOf, type LongParts, textOf, withText } from './digits.ts';

/** The day on which the bench judges. */
export const TODAY = '2026-11-22';

export interface MadeZone {
  format: FormatId;
  lines: string[];
  long: LongParts;
}

const BENCH_FORMATS: readonly FormatId[] = ['TD3', 'TD3', 'TD3', 'TD1', 'TD1', 'TD2', 'MRV-A', 'MRV-B'];

const some = (random: Random, alphabet: string, count: number): string =>
  Array.from({ length: count }, () => random.pick([...alphabet])).join('');
const digits = (random: Random, count: number): string => some(random, '0123456789', count);
const letters = (random: Random, count: number): string => some(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', count);

/** The ways in which states number their documents. */
function inventNumber(random: Random): string {
  const kind = random.int(1, 20);
  if (kind <= 6) return letters(random, 2) + digits(random, 7);
  if (kind <= 10) return letters(random, 1) + digits(random, 8);
  if (kind <= 14) return digits(random, 9);
  if (kind === 15) return letters(random, 1) + digits(random, 7);
  if (kind === 16) return letters(random, 2) + digits(random, 5) + letters(random, 2);
  if (kind === 17) return digits(random, 2) + letters(random, 2) + digits(random, 5);
  if (kind === 18) return letters(random, 2) + digits(random, 6);
  // A number of any characters without vowels.
  return some(random, 'CFGHJKLMNPRTVWXYZ', 1) + some(random, '0123456789CFGHJKLMNPRTVWXYZ', 8);
}

function optionalData(random: Random, length: number): string {
  const kind = random.int(1, 10);
  if (kind <= 5) return '';
  if (kind <= 8) return digits(random, Math.min(length, random.int(6, 11)));
  const text = letters(random, random.int(1, 2)) + digits(random, 6);
  return (random.chance(0.5) ? text : `${text}<${digits(random, 2)}`).slice(0, length);
}

function dates(random: Random, visa: boolean): { birth: string; expiry: string } {
  const { birthDate } = inventPerson(random.fork('birth'), TODAY, visa ? 16 : 3);
  const validYears = random.pick([5, 10, 10]);
  const expiry = visa
    ? addDays(TODAY, random.int(-20, 360))
    : addDays(addYears(TODAY, validYears), -random.int(20, validYears * 365 + 200));
  const birth = mrzDate(birthDate);
  // Parts of a date of birth may be unknown (Doc 9303-3 §4.8).
  if (random.chance(0.02)) return { birth: `${birth.slice(0, 4)}<<`, expiry: mrzDate(expiry) };
  return { birth: random.chance(0.01) ? `${birth.slice(0, 2)}<<<<` : birth, expiry: mrzDate(expiry) };
}

function inventLong(random: Random, optional: Place): { number: string; optional: string; long: LongParts } {
  const rest = random.int(1, Math.min(6, optional.end - optional.start - 1));
  const number = inventNumber(random).padEnd(9, '7') + digits(random, rest);
  const { row, start } = optional;
  return {
    number: number.slice(0, 9),
    optional: number.slice(9),
    long: {
      rest: { row, start, end: start + rest },
      digit: { row, start: start + rest, end: start + rest + 1 },
    },
  };
}

/** A zone whose digits all hold by the book. */
export function makeZone(random: Random): MadeZone {
  const format = random.pick(BENCH_FORMATS);
  const visa = format === 'MRV-A' || format === 'MRV-B';
  const table = FORMATS[format];
  const place = (id: FieldId): Place | undefined => table.fields.find((field) => field.id === id);
  const person = inventPerson(random.fork('person'), TODAY);
  const { birth, expiry } = dates(random, visa);
  const optional = place('optional') ?? { row: 0, start: 0, end: 0 };
  const room = optional.end - optional.start;
  const isLong = table.longNumber && random.chance(0.06);
  const numbered = isLong
    ? inventLong(random, optional)
    : { number: inventNumber(random), optional: optionalData(random, room), long: null };
  const optional2 = random.chance(0.15) ? digits(random, 6) : '';
  const values: Partial<Record<FieldId, string>> = {
    documentCode: format === 'TD3' ? 'P<' : visa ? 'V<' : random.pick(['I<', 'ID', 'AC']),
    issuer: 'UTO',
    name: nameField(person.surname, person.givenNames, 44),
    number: numbered.number,
    nationality: visa ? 'XXX' : 'UTO',
    birthDate: birth,
    sex: person.sex === 'X' ? '<' : person.sex,
    expiryDate: expiry,
    optional: numbered.optional,
    optional2,
  };
  let lines = Array.from({ length: table.rows }, () => '<'.repeat(table.columns));
  for (const field of table.fields) {
    const length = field.end - field.start;
    lines = withText(lines, field, (values[field.id] ?? '').padEnd(length, '<').slice(0, length));
  }
  for (const { id, at, covers } of digitsOf(format, numbered.long)) {
    const text = textOf(lines, covers);
    // An empty optional field may carry a filler or 0 (Doc 9303-4 §4.2.2.2).
    const empty = id === 'optional' && /^<*$/u.test(text) && random.chance(0.5);
    lines = withText(lines, at, empty ? '<' : digitOf(text));
  }
  return { format, lines, long: numbered.long };
}
