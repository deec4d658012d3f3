// The print of a page beside its zone: what the page should say, and how what was typed of it agrees.

import type { MrzDate } from '../mrz/dates.ts';
import type { FieldId } from '../mrz/formats.ts';
import type { MrzFields, MrzRead } from '../mrz/parse.ts';
import { printedDates, type TypedDate, typedDates } from '../mrz/printed-dates.ts';
import { findState } from '../mrz/states.ts';
import { compareNames, type NameReason, type PrintedName, type ZoneName } from '../mrz/transliteration.ts';
import { misread } from './rule.ts';

export const PRINT_FIELDS = [
  'primary',
  'secondary',
  'number',
  'nationality',
  'birthDate',
  'sex',
  'expiryDate',
] as const;
export type PrintField = (typeof PRINT_FIELDS)[number];

/** What a visa label says beside that and its zone does not have. `validFrom` is its first day, `expiryDate` its last. */
export const LABEL_FIELDS = ['passportNumber', 'validFrom', 'stayDays', 'entries'] as const;
export type LabelField = (typeof LABEL_FIELDS)[number];

/** What the page says, as the officer confirmed or typed it, in any script; a field that is absent was not looked at. */
export type Print = { [field in PrintField | LabelField]?: string | undefined };

/** The page as it would be printed, from the zone: of every field the likeliest text first; empty where the zone has none. */
export type ExpectedPrint = Record<PrintField, string[]>;

const SEXES = { F: ['F'], M: ['M'], unspecified: ['X', '<'] } as const;

/** What the page of this zone should say, to be confirmed or corrected. */
export function expectedPrint({ fields }: MrzRead): ExpectedPrint {
  const only = (text: string): string[] => (text === '' ? [] : [text]);
  const dates = ({ iso }: MrzDate): string[] => (iso === null ? [] : printedDates(iso, fields.issuer));
  return {
    primary: only(fields.primaryIdentifier),
    secondary: only(fields.secondaryIdentifier),
    number: only(fields.number),
    nationality: only(fields.nationality),
    birthDate: dates(fields.birthDate),
    sex: fields.sex === null ? [] : [...SEXES[fields.sex]],
    expiryDate: dates(fields.expiryDate),
  };
}

/**
 * What explains a difference. Of names see `NameReason`, and `spelling` (one letter in two of the spellings of the
 * standard, its accent left out by the hand that typed it); of dates `calendar` (Thai years), `month-first`, `century`
 * (the zone has two digits of a year, its century was taken by rule), `incomplete` (the zone leaves parts open); of
 * numbers `look-alike` (a letter and a digit of one shape).
 */
export type PrintReason =
  | NameReason
  | 'spelling'
  | 'calendar'
  | 'month-first'
  | 'century'
  | 'incomplete'
  | 'look-alike';

export interface Comparison {
  /** `not-comparable`: a script, a word or a date that cannot be understood; the officer's eye decides. */
  outcome: 'equal' | 'explained' | 'differs' | 'not-comparable';
  by: PrintReason[];
}

/** The comparisons of what was given; primary and secondary are one name. */
export interface PrintComparison {
  name?: Comparison;
  number?: Comparison;
  nationality?: Comparison;
  birthDate?: Comparison;
  sex?: Comparison;
  expiryDate?: Comparison;
}

const EQUAL: Comparison = { outcome: 'equal', by: [] };
const DIFFERS: Comparison = { outcome: 'differs', by: [] };
const NOT_COMPARABLE: Comparison = { outcome: 'not-comparable', by: [] };
const explainedBy = (reason: PrintReason): Comparison => ({ outcome: 'explained', by: [reason] });

const letters = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '');
const SHAPES: Readonly<Record<string, string>> = { O: '0', I: '1', Q: '0', S: '5', B: '8', Z: '2', G: '6' };
const shaped = (text: string): string => [...text].map((char) => SHAPES[char] ?? char).join('');

/** A name in capitals with one spelling for letters of which two issuers may choose between several (Doc 9303-3 §6.A). */
export function foldedSpelling(name: string): string {
  return name
    .replaceAll(/([UN])XX/gu, '$1')
    .replaceAll(/([AOU])E/gu, '$1')
    .replaceAll('AA', 'A');
}

/** Names; where they differ, once more with the spellings of one letter taken alike. */
function compareSpelled(page: PrintedName, zone: ZoneName): Comparison {
  const compared = compareNames(page, zone);
  if (compared.outcome !== 'differs') return compared;
  const folded = <N extends PrintedName>(name: N): N => ({
    ...name,
    primary: foldedSpelling(name.primary.toUpperCase()),
    secondary: foldedSpelling(name.secondary.toUpperCase()),
  });
  const again = compareNames(folded(page), folded(zone));
  // A name more or less is more than a spelling.
  if (again.outcome === 'differs' || again.by.includes('part')) return compared;
  return { outcome: 'explained', by: ['spelling', ...again.by] };
}

/** Numbers: only letters and digits count. */
export function compareNumbers(typed: string, number: string): Comparison {
  const [a, b] = [letters(typed), letters(number)];
  if (a === '') return NOT_COMPARABLE;
  if (a === b) return EQUAL;
  return shaped(a) === shaped(b) ? explainedBy('look-alike') : DIFFERS;
}

/** Whether a day agrees with every part the zone gives; what it leaves open cannot differ. */
function fitsOpen(iso: string, raw: string): boolean {
  const six = iso.slice(-8).replaceAll('-', '');
  return [...raw].every((char, index) => char === '<' || char === six[index]);
}

function compareDay({ iso, by }: TypedDate, zone: string, raw: string): Comparison | null {
  // Two digits of a year say as much as the zone does.
  const full = iso.length === 8 ? zone.slice(0, 2) + iso : iso;
  if (full === zone) return by === null || by === 'short-year' ? EQUAL : explainedBy(by);
  if (zone.length === 10 && full.slice(2) === zone.slice(2)) return explainedBy('century');
  return zone.length < 10 && full.startsWith(zone) && fitsOpen(full, raw) ? explainedBy('incomplete') : null;
}

/** Dates. Each day the typed text can mean may be the one of the zone. */
function compareDates(typed: string, date: MrzDate): Comparison {
  const days = typedDates(typed);
  if (days.length === 0 || date.state === 'impossible') return NOT_COMPARABLE;
  const { iso: zone, raw } = date;
  // The year is not known; the rest may be.
  if (zone === null) return days.some(({ iso }) => fitsOpen(iso, raw)) ? explainedBy('incomplete') : DIFFERS;
  const agreeing = days.map((day) => compareDay(day, zone, raw)).filter((each) => each !== null);
  return agreeing.find(({ outcome }) => outcome === 'equal') ?? agreeing[0] ?? DIFFERS;
}

/** Sex: the letter of the standard, alone or beside that of the state's own language. */
function compareSex(typed: string, sex: MrzFields['sex']): Comparison {
  const words = typed.toUpperCase().split(/[^\p{L}<]+/u);
  const said = new Set(words.flatMap((word) => (['F', 'M', 'X', '<'].includes(word) ? [word] : [])));
  // M of Cyrillic looks the same and means the same.
  if (words.includes('М')) said.add('M');
  if (said.size !== 1 || sex === null) return NOT_COMPARABLE;
  const [one] = said;
  return SEXES[sex].some((expected) => expected === one) ? EQUAL : DIFFERS;
}

/** Nationality: by its code; a word in any language is for the officer to compare. */
function compareNationality(typed: string, nationality: string): Comparison {
  // A zone that prints none (the French card, some cards of Macao) says nothing to compare with.
  if (nationality === '') return NOT_COMPARABLE;
  const code = letters(typed);
  if (code === nationality) return EQUAL;
  // Germany's code is one letter in the zone and may be typed as three.
  if (nationality === 'D' && code === 'DEU') return EQUAL;
  return findState(code) === null ? NOT_COMPARABLE : DIFFERS;
}

/**
 * Compares what was typed of a page with its zone, field by field; a field of the zone that holds a character no zone
 * has was not read, and is compared with nothing. Never throws.
 */
export function comparePrint(reading: MrzRead, print: Print): PrintComparison {
  const { fields } = reading;
  const found: PrintComparison = {};
  const { primary, secondary, number, nationality, birthDate, sex, expiryDate } = print;
  const where = (field: FieldId, compared: () => Comparison): Comparison =>
    misread(reading, field) ? NOT_COMPARABLE : compared();
  if (primary !== undefined || secondary !== undefined) {
    const name = {
      primary: fields.primaryIdentifier,
      secondary: fields.secondaryIdentifier,
    };
    // A part that was not looked at is taken as the zone has it.
    const page = { primary: primary ?? name.primary, secondary: secondary ?? name.secondary };
    found.name = misread(reading, 'name')
      ? NOT_COMPARABLE
      : compareSpelled(page, { ...name, truncated: fields.nameTruncated });
  }
  if (number !== undefined) found.number = where('number', () => compareNumbers(number, fields.number));
  if (nationality !== undefined)
    found.nationality = where('nationality', () => compareNationality(nationality, fields.nationality));
  if (birthDate !== undefined)
    found.birthDate = where('birthDate', () => compareDates(birthDate, fields.birthDate));
  if (sex !== undefined) found.sex = where('sex', () => compareSex(sex, fields.sex));
  if (expiryDate !== undefined)
    found.expiryDate = where('expiryDate', () => compareDates(expiryDate, fields.expiryDate));
  return found;
}
