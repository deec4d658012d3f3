// One deliberate change of a zone as it is done on documents, and zones whose digits somebody computed in a way of their own.
import { FORMATS, type FieldId, type Place } from '../../../shared/mrz/formats.ts';
import { addDays, addYears, mrzDate } from '../../../shared/specimen/calendar.ts';
import type { Random } from '../../../shared/specimen/prng.ts';
import { type Arithmetic, BOOK, type DigitId, digitOf, digitsOf, textOf, withText } from './digits.ts';
import type { MadeZone } from './zones.ts';

export type EditedField = 'expiryDate' | 'birthDate' | 'number' | 'optional';

export interface Edit {
  lines: string[];
  field: EditedField;
  /** What became of the digits: left as they were, or that of the field computed anew and the composite left. */
  digits: 'left' | 'own-computed';
}

const DIGIT_OF: Readonly<Record<EditedField, DigitId>> = {
  expiryDate: 'expiry',
  birthDate: 'birth',
  number: 'number',
  optional: 'optional',
};

/** What is changed, as often as weighed: validity before age, age before identity. */
const FIELDS: readonly EditedField[] = [
  ...Array.from({ length: 9 }, () => 'expiryDate' as const),
  ...Array.from({ length: 6 }, () => 'birthDate' as const),
  ...Array.from({ length: 4 }, () => 'number' as const),
  'optional',
];

/** How often somebody who knows of the field's digit forgets the composite. */
const OWN_COMPUTED = 0.25;

function fullDate(raw: string, birth: boolean): string {
  const year = Number(raw.slice(0, 2));
  const century = birth && year > 26 ? 1900 : 2000;
  return `${century + year}-${raw.slice(2, 4)}-${raw.slice(4, 6)}`;
}

function otherDigit(random: Random, digit: string): string {
  return String((Number(digit) + random.int(1, 9)) % 10);
}

/** Some digits of a text changed, one or all from a place on; the rest as it was. */
function changedDigits(random: Random, text: string): string {
  const at = [...text].flatMap((char, i) => (/[0-9]/u.test(char) ? [i] : []));
  if (at.length === 0) return text;
  const chars = [...text];
  const count = random.chance(0.6) ? 1 : random.int(2, at.length);
  const first = random.int(0, Math.max(0, at.length - count));
  for (const i of at.slice(first, first + count)) chars[i] = otherDigit(random, chars[i] ?? '0');
  return chars.join('');
}

function changed(random: Random, field: EditedField, text: string): string {
  if (field === 'number' || field === 'optional') return changedDigits(random, text);
  if (text.includes('<')) return text;
  const date = fullDate(text, field === 'birthDate');
  const kind = random.int(1, 10);
  if (field === 'expiryDate') {
    // Mostly the year alone is raised; else the whole date is a later one.
    if (kind <= 8) return mrzDate(addYears(date, random.int(1, 10)));
    return mrzDate(addDays(date, random.int(30, 1500)));
  }
  if (kind <= 7) return mrzDate(addYears(date, random.pick([-1, 1]) * random.int(1, 12)));
  if (kind <= 9) return mrzDate(addDays(date, random.pick([-1, 1]) * random.int(1, 300)));
  return mrzDate(addDays(date, random.pick([-1, 1]) * random.int(1000, 8000)));
}

function failing(zone: MadeZone, lines: readonly string[]): DigitId[] {
  return digitsOf(zone.format, zone.long).flatMap(({ id, at, covers }) => {
    const [printed, text] = [textOf(lines, [at]), textOf(lines, covers)];
    return printed === digitOf(text) || (printed === '<' && /^<*$/u.test(text)) ? [] : [id];
  });
}

/**
 * One field changed. Null where this draw came to nothing: the field is empty or the change is one that no digit of the
 * format sees (`unseen`), as when the year's last digit is raised and the field's own digit computed anew.
 */
export function makeEdit(random: Random, zone: MadeZone): Edit | { unseen: boolean } {
  const field = random.pick(FIELDS);
  const digits = random.chance(OWN_COMPUTED) ? 'own-computed' : 'left';
  const place: Place | undefined = FORMATS[zone.format].fields.find(({ id }) => id === (field as FieldId));
  const visa = zone.format === 'MRV-A' || zone.format === 'MRV-B';
  if (place === undefined || (field === 'optional' && (visa || zone.long !== null))) return { unseen: false };
  const before = textOf(zone.lines, [place]);
  const after = changed(random, field, before);
  if (after === before) return { unseen: false };
  let lines = withText(zone.lines, place, after);
  if (digits === 'own-computed') {
    const own = digitsOf(zone.format, zone.long).find(({ id }) => id === DIGIT_OF[field]);
    if (own === undefined) return { unseen: false };
    lines = withText(lines, own.at, digitOf(textOf(lines, own.covers)));
  }
  return failing(zone, lines).length === 0 ? { unseen: true } : { lines, field, digits };
}

/** Arithmetic of imitations by name; each computes every digit of a zone. */
export const ARITHMETICS: Readonly<Record<string, Arithmetic>> = {
  'weights-3-1-7': { ...BOOK, weights: [3, 1, 7] },
  'weights-1-7-3': { ...BOOK, weights: [1, 7, 3] },
  'weights-1-3-7': { ...BOOK, weights: [1, 3, 7] },
  'weights-none': { ...BOOK, weights: [1] },
  'letters-as-zero': { ...BOOK, letterA: null },
  'letters-from-one': { ...BOOK, letterA: 1 },
  'modulus-9': { ...BOOK, modulus: 9 },
  'modulus-11': { ...BOOK, modulus: 11 },
  complement: { ...BOOK, complement: true },
};

/** What a composite is computed over by mistake, by name; places of the lower row by the book's own counting from 1. */
export const COMPOSITES: readonly string[] = [
  'without-digits',
  'with-nationality-and-sex',
  'without-optional',
];

function wrongComposite(zone: MadeZone, name: string): string | null {
  const own = digitsOf(zone.format, zone.long);
  const composite = own.find(({ id }) => id === 'composite');
  if (composite === undefined) return null;
  const field = (id: FieldId): Place[] => FORMATS[zone.format].fields.filter((row) => row.id === id);
  const data = [...field('number'), ...field('birthDate'), ...field('expiryDate')];
  if (name === 'without-digits') {
    const optional = [...field('optional'), ...field('optional2')];
    const places =
      zone.format === 'TD1'
        ? [...field('number'), ...field('optional'), ...data.slice(1), ...field('optional2')]
        : [...data, ...optional];
    return digitOf(textOf(zone.lines, places));
  }
  if (name === 'with-nationality-and-sex') {
    const columns = zone.lines[0]?.length ?? 0;
    const lower = { row: 1, start: 0, end: composite.at.start };
    return digitOf(
      textOf(zone.lines, zone.format === 'TD1' ? [{ row: 0, start: 5, end: columns }, lower] : [lower]),
    );
  }
  const parts = (['number', 'birth', 'expiry'] as const).flatMap((id, i) => {
    const digit = own.find((row) => row.id === id);
    return digit === undefined ? [] : [data[i] ?? digit.at, digit.at];
  });
  return digitOf(textOf(zone.lines, parts));
}

/** The zone with its digits computed in the way named; null where that leaves every digit as the book has it. */
export function withArithmetic(zone: MadeZone, name: string): string[] | null {
  let lines = [...zone.lines];
  const arithmetic = ARITHMETICS[name];
  for (const { id, at, covers } of digitsOf(zone.format, zone.long)) {
    if (arithmetic !== undefined) lines = withText(lines, at, digitOf(textOf(lines, covers), arithmetic));
    else if (id === 'composite')
      lines = withText(lines, at, wrongComposite(zone, name) ?? textOf(lines, [at]));
  }
  return failing(zone, lines).length === 0 ? null : lines;
}
