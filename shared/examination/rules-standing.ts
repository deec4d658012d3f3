// The rules for what a document is rather than what is printed on it: validity, optional data, quirks, long names and numbers.

import { lastDay } from '../mrz/dates.ts';
import { isVisaFormat } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import { personalNumberDisagrees } from './personal-numbers.ts';
import { fillerCounted, QUIRKS, quirksOf } from './quirks.ts';
import type { Rule } from './rule.ts';

/**
 * Years for which issuers make documents valid. No rule of Doc 9303 sets a limit; ten years is what most issuers give a
 * passport, with some months of the former one added by a few.
 */
const MOST_YEARS = { document: 11, card: 16 };

interface ChildValidity {
  issuers: readonly string[];
  /** Under this age at issue the period is at most `years`. */
  under: number;
  years: number;
  source: string;
}

/** Issuers whose shorter validity for children was read in a source. */
const CHILD_VALIDITY: readonly ChildValidity[] = [
  { issuers: ['USA'], under: 16, years: 5, source: 'legalclarity.org, how long is a passport book good for' },
];
/** Everybody else: most issuers give children five years, some ten, so it is only a note. */
const USUAL_CHILD = { under: 12, years: 6 };

function isCard(reading: MrzRead): boolean {
  return reading.format !== 'TD3' && !isVisaFormat(reading.format);
}

/** The same day that many years later, as text that orders rightly beside days; 29 February stays as it is. */
function yearsLater(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
}

/**
 * Whether a document issued today, the latest possible day, and valid for so many years would end before this one does.
 * Where the digit of the date fails, that is told instead: the date is not to be built upon.
 */
function endsAfter(reading: MrzRead, today: string, years: number): boolean {
  const { iso } = reading.fields.expiryDate;
  return reading.checkDigits.expiry !== 'fails' && iso !== null && iso > yearsLater(today, years);
}

export const VALIDITY_RULES: readonly Rule[] = [
  {
    id: 'mrz.exp.far',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['expiryDate'],
    fraud: ['CF', 'FG.validity'],
    source: 'Periods most issuers give; ICAO Doc 9303 sets none',
    variants: ['card'],
    judge: ({ reading, today }) => {
      const card = isCard(reading);
      if (!endsAfter(reading, today, card ? MOST_YEARS.card : MOST_YEARS.document)) return null;
      const places = reading.places.fields.expiryDate;
      // Cards of the old are valid for good in some states, by a date far ahead.
      return card ? { places, variant: 'card', severity: 'note' } : { places };
    },
  },
  {
    id: 'mrz.minor',
    class: 'data',
    severity: 'note',
    appliesTo: ['TD3'],
    fields: ['birthDate', 'expiryDate'],
    fraud: ['FG.validity'],
    source: 'Periods of issuers; the United States give five years under 16',
    variants: ['issuer'],
    judge: ({ reading, today }) => {
      const born = reading.fields.birthDate;
      if (born.iso?.length !== 10 || reading.checkDigits.birth === 'fails') return null;
      // Issued today at the latest: what is still to run is the least the whole period can be, today's age the most
      // the bearer can have had.
      const known = CHILD_VALIDITY.find(({ issuers }) => issuers.includes(reading.fields.issuer));
      const { under, years } = known ?? USUAL_CHILD;
      if (yearsLater(born.iso, under) <= today || !endsAfter(reading, today, years)) return null;
      const { birthDate, expiryDate } = reading.places.fields;
      const places = [...birthDate, ...expiryDate];
      return known === undefined ? { places } : { places, variant: 'issuer', severity: 'look' };
    },
  },
];

export const EXPIRED_RULE: Rule = {
  id: 'mrz.exp.past',
  class: 'status',
  severity: 'look',
  appliesTo: 'all',
  fields: ['expiryDate'],
  fraud: ['MU.expired'],
  source: 'ICAO Doc 9303-4 §4.2.2.2',
  judge: ({ reading, today }) => {
    const { iso } = reading.fields.expiryDate;
    return iso !== null && lastDay(iso) < today ? { places: reading.places.fields.expiryDate } : null;
  },
};

export const OPTIONAL_RULE: Rule = {
  id: 'mrz.opt',
  class: 'data',
  severity: 'note',
  appliesTo: ['TD3'],
  fields: ['optional', 'birthDate', 'sex'],
  fraud: ['CF'],
  source: 'Personal numbers of issuers (shared/examination/personal-numbers.ts)',
  judge: ({ reading }) => {
    if (!personalNumberDisagrees(reading)) return null;
    const { optional, birthDate, sex } = reading.places.fields;
    return { places: [...optional, ...birthDate, ...sex] };
  },
};

/** What is good to know and points to nothing by itself. */
export const NOTE_RULES: readonly Rule[] = [
  {
    id: 'mrz.quirk',
    class: 'info',
    severity: 'note',
    appliesTo: 'all',
    fields: [],
    fraud: [],
    source: 'Issuer quirks, each with its own source (shared/examination/quirks.ts)',
    variants: QUIRKS.map(({ id }) => id),
    variantsOnly: true,
    judge: ({ reading }) => {
      const quirks = quirksOf(reading);
      if (quirks.length === 0) return null;
      return quirks.map(({ id, fields }) => ({
        places: fields.flatMap((field) => reading.places.fields[field]),
        variant: id,
      }));
    },
  },
  {
    id: 'mrz.name.trunc',
    class: 'info',
    severity: 'note',
    appliesTo: 'all',
    fields: ['name'],
    fraud: [],
    source: 'ICAO Doc 9303-4 §4.2.3',
    judge: ({ reading }) => (reading.fields.nameTruncated ? { places: reading.places.fields.name } : null),
  },
  {
    id: 'mrz.long',
    class: 'info',
    severity: 'note',
    appliesTo: ['TD1', 'TD2'],
    fields: ['number'],
    fraud: [],
    source: 'ICAO Doc 9303-5 §4.2.4; -6 has the same rule',
    variants: ['filler-counted'],
    judge: ({ reading }) => {
      if (!reading.longNumber) return null;
      const places = reading.places.fields.number;
      // Taken as holding for every issuer; where that is known of this one, its quirk says so.
      const told = quirksOf(reading).some(({ fits }) => fits === fillerCounted);
      return fillerCounted(reading) && !told ? { places, variant: 'filler-counted' } : { places };
    },
  },
];
