// A visa label against the passport it stands in (checks V08 to V10), and its days as data for a time bar.

import { lastDay, parseDay } from '../mrz/dates.ts';
import { type FieldId, isVisaFormat } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import { typedDates } from '../mrz/printed-dates.ts';
import { UNSPECIFIED_NATIONALITY } from '../mrz/states.ts';
import { compareNames } from '../mrz/transliteration.ts';
import { compareNumbers, foldedSpelling, type Print } from './print.ts';
import { misread, type RuleRow, type Verdict } from './rule.ts';

/** The wordings of `x.visa`: what of the label and the passport does not agree. */
const VISA_VARIANTS = [
  'name',
  'name-order',
  'name-spelling',
  'nationality',
  'nationality-open',
  'birth',
  'sex',
  'number',
  'number-renewed',
  'window',
  'stay',
  'passport-ends',
] as const;

export type VisaVariant = (typeof VISA_VARIANTS)[number];

/** The row of the book; the wordings are the variants above. */
export const VISA_RULE: RuleRow = {
  id: 'x.visa',
  class: 'cross',
  severity: 'look',
  appliesTo: ['MRV-A', 'MRV-B'],
  fields: ['name', 'nationality', 'birthDate', 'sex', 'number', 'expiryDate'],
  fraud: ['FG.visa_transfer', 'FG.visa_alter'],
  source: 'Checks V08, V09, V10 of the visa list; ICAO Doc 9303-7 §4.2.2',
  variants: VISA_VARIANTS,
  variantsOnly: true,
};

/** A label and what the officer typed of it. */
export interface VisaLabel {
  reading: MrzRead;
  print?: Print | undefined;
}

export function isVisa(reading: MrzRead): boolean {
  return isVisaFormat(reading.format);
}

function nameVariant(visa: MrzRead, passport: MrzRead): VisaVariant | null {
  const nameOf = ({ fields }: MrzRead, fold: (name: string) => string) => ({
    primary: fold(fields.primaryIdentifier),
    secondary: fold(fields.secondaryIdentifier),
    truncated: fields.nameTruncated,
  });
  for (const [fold, noted] of [
    [(name: string) => name, null],
    [foldedSpelling, 'name-spelling'],
  ] as const) {
    const [label, book] = [nameOf(visa, fold), nameOf(passport, fold)];
    // Either zone may be the shorter one.
    const compared = [compareNames(label, book), compareNames(book, label)].filter(
      ({ outcome }) => outcome === 'equal' || outcome === 'explained',
    );
    if (compared.length === 0) continue;
    const inOrder = compared.some(({ by }) => !by.includes('order') && !by.includes('part'));
    return inOrder ? noted : 'name-order';
  }
  return 'name';
}

/** Whether the two zones give the same value where both give one. */
function agree(a: string, b: string): boolean {
  return a === b || /^<*$/u.test(a) || /^<*$/u.test(b);
}

/** The same place by place: a part of a date that one of them leaves open cannot differ. */
function agreeInPart(a: string, b: string): boolean {
  return [...a].every((char, index) => char === b[index] || char === '<' || b[index] === '<');
}

const DAY_MS = 86_400_000;

/** The number of a day; only differences mean anything. */
function dayNumber(iso: string): number {
  const day = parseDay(iso);
  return day === null ? Number.NaN : Date.UTC(day.year, day.month - 1, day.day) / DAY_MS;
}

function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** The days of a visa for a time bar; what is not known is null. All days are `YYYY-MM-DD`, both ends count. */
export interface VisaDays {
  from: string | null;
  until: string | null;
  /** From the first to the last day. */
  windowDays: number | null;
  stayDays: number | null;
  entries: 'one' | 'two' | 'multiple' | null;
  today: string;
  position: 'before' | 'within' | 'after' | null;
  /** Days left of the window with today. */
  daysLeft: number | null;
  /** The last day of a stay that begins today: as long as allowed, within the window. */
  stayUntil: string | null;
  /** The last day of the passport. */
  passportUntil: string | null;
}

function typedDay(text: string | undefined, near: string): string | null {
  const days = text === undefined ? [] : typedDates(text);
  // 29 February of a short year may be no day of this century.
  const full = days.map(({ iso }) => (iso.length === 8 ? near.slice(0, 2) + iso : iso));
  return full.find((day) => parseDay(day) !== null) ?? null;
}

function entriesOf(text: string | undefined): VisaDays['entries'] {
  const said = (text ?? '').trim().toUpperCase();
  if (/^(?:1|01|ONE|SINGLE|UNE|UNA|EIN)\b/u.test(said)) return 'one';
  if (/^(?:2|02|TWO|DOUBLE|DEUX|DOS|ZWEI)\b/u.test(said)) return 'two';
  return /^(?:M|MULT\w*|[3-9]|[1-9][0-9])\b/u.test(said) ? 'multiple' : null;
}

/** The days of a label, from its zone and from what the officer typed, beside the passport where there is one. */
export function visaDays({ reading, print }: VisaLabel, passport: MrzRead | null, today: string): VisaDays {
  const zone = reading.fields.expiryDate.iso;
  const until = typedDay(print?.expiryDate, today) ?? (zone === null ? null : lastDay(zone));
  const from = typedDay(print?.validFrom, today);
  const stay = /^[0-9]{1,4}$/u.exec((print?.stayDays ?? '').trim());
  const stayDays = stay === null ? null : Number(stay[0]);
  const passportEnd = passport?.fields.expiryDate.iso ?? null;
  const now = dayNumber(today);
  const daysLeft = until === null ? null : Math.max(0, dayNumber(until) - now + 1);
  const last = stayDays === null || until === null ? null : Math.min(dayNumber(until), now + stayDays - 1);
  const position =
    from !== null && today < from ? 'before' : until !== null && today > until ? 'after' : null;
  return {
    from,
    until,
    windowDays: from === null || until === null ? null : dayNumber(until) - dayNumber(from) + 1,
    stayDays,
    entries: entriesOf(print?.entries),
    today,
    position: position ?? (from === null || until === null ? null : 'within'),
    daysLeft,
    stayUntil: position !== null || last === null || last < now ? null : dayOf(last),
    passportUntil: passportEnd === null ? null : lastDay(passportEnd),
  };
}

function dayVariants({ windowDays, stayDays, until, passportUntil }: VisaDays): VisaVariant[] {
  const found: VisaVariant[] = [];
  if (windowDays !== null && windowDays < 1) found.push('window');
  else if (windowDays !== null && stayDays !== null && stayDays > windowDays) found.push('stay');
  if (until !== null && passportUntil !== null && passportUntil < until) found.push('passport-ends');
  return found;
}

/** What each wording points at in the zone of the label, and which are worth a note only. */
const FIELD: Readonly<Record<VisaVariant, FieldId>> = {
  name: 'name',
  'name-order': 'name',
  'name-spelling': 'name',
  nationality: 'nationality',
  'nationality-open': 'nationality',
  birth: 'birthDate',
  sex: 'sex',
  number: 'number',
  'number-renewed': 'number',
  window: 'expiryDate',
  stay: 'expiryDate',
  'passport-ends': 'expiryDate',
};
const NOTES: readonly VisaVariant[] = [
  'name-order',
  'name-spelling',
  'nationality-open',
  'number-renewed',
  'passport-ends',
];

/**
 * What of a label and a passport does not agree: name, nationality, birth and sex between the zones, the passport's number
 * as typed from the label, and the days of the label; a field that either zone was not read in says nothing. Without a
 * passport only the days are held against one another.
 */
export function visaVerdicts(label: VisaLabel, passport: MrzRead | null, today: string): Verdict[] {
  const { reading: visa, print } = label;
  const variants: VisaVariant[] = [];
  if (passport !== null) {
    const wasRead = (field: FieldId): boolean => !misread(visa, field) && !misread(passport, field);
    const name = wasRead('name') ? nameVariant(visa, passport) : null;
    if (name !== null) variants.push(name);
    const differs = (field: 'nationality' | 'birthDate' | 'sex', same: typeof agree): boolean =>
      wasRead(field) && !same(visa.texts[field], passport.texts[field]);
    if (differs('nationality', agree)) {
      // An open nationality says of no state that it is not theirs.
      const isOpen = [visa, passport].some(({ fields }) => fields.nationality === UNSPECIFIED_NATIONALITY);
      variants.push(isOpen ? 'nationality-open' : 'nationality');
    }
    if (differs('birthDate', agreeInPart)) variants.push('birth');
    if (differs('sex', agree)) variants.push('sex');
    const number = misread(passport, 'number') ? undefined : print?.passportNumber;
    if (number !== undefined && compareNumbers(number, passport.fields.number).outcome === 'differs') {
      // The same person by all else: most often the passport was renewed.
      variants.push(variants.every((each) => NOTES.includes(each)) ? 'number-renewed' : 'number');
    }
  }
  variants.push(...dayVariants(visaDays(label, passport, today)));
  return variants.map((variant) => ({
    places: visa.places.fields[FIELD[variant]],
    variant,
    ...(NOTES.includes(variant) ? { severity: 'note' as const } : {}),
  }));
}

/** The book a label belongs to: the one whose number it names, else the first passport, else the first card; or null. */
export function passportFor(label: VisaLabel, readings: readonly MrzRead[]): MrzRead | null {
  const books = readings.filter((reading) => !isVisa(reading));
  const number = label.print?.passportNumber;
  const named = books.find(
    ({ fields }) => number !== undefined && compareNumbers(number, fields.number).outcome === 'equal',
  );
  return named ?? books.find(({ format }) => format === 'TD3') ?? books[0] ?? null;
}
