// Dates as pages print them: read from what an officer typed, in many languages and calendars, and written as a page would.

import { parseDay } from './dates.ts';

// Months by language, as pages shorten them, without accents (Doc 9303-3 §3.8: the national word, or two with a slash).
const MONTHS: Readonly<Record<string, string>> = {
  en: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC',
  fr: 'JAN FEV MARS AVR MAI JUIN JUIL AOUT SEPT OCT NOV DEC',
  es: 'ENE FEB MAR ABR MAY JUN JUL AGO SEP OCT NOV DIC',
  pt: 'JAN FEV MAR ABR MAI JUN JUL AGO SET OUT NOV DEZ',
  de: 'JAN FEB MAR APR MAI JUN JUL AUG SEP OKT NOV DEZ',
  it: 'GEN FEB MAR APR MAG GIU LUG AGO SET OTT NOV DIC',
  nl: 'JAN FEB MAART APR MEI JUN JUL AUG SEP OKT NOV DEC',
  da: 'JAN FEB MAR APR MAJ JUN JUL AUG SEP OKT NOV DEC',
  fi: 'TAMMI HELMI MAALIS HUHTI TOUKO KESA HEINA ELO SYYS LOKA MARRAS JOULU',
  pl: 'STY LUT MAR KWI MAJ CZE LIP SIE WRZ PAZ LIS GRU',
  cs: 'LED UNO BRE DUB KVE CVN CVC SRP ZAR RIJ LIS PRO',
  hr: 'SIJ VELJ OZU TRA SVI LIP SRP KOL RUJ LIS STU PRO',
  hu: 'JAN FEB MARC APR MAJ JUN JUL AUG SZEPT OKT NOV DEC',
  ro: 'IAN FEB MAR APR MAI IUN IUL AUG SEPT OCT NOI DEC',
  tr: 'OCA SUB MAR NIS MAY HAZ TEM AGU EYL EKI KAS ARA',
  et: 'JAAN VEEBR MARTS APR MAI JUUNI JUULI AUG SEPT OKT NOV DETS',
  id: 'JAN FEB MAR APR MEI JUN JUL AGT SEP OKT NOV DES',
  sq: 'JAN SHK MAR PRI MAJ QER KOR GUS SHT TET NEN DHJ',
  eo: 'JAN FEB MAR APR MAJ JUN JUL AUG SEP OKT NOV DEC',
};

// Issuers by the language of their pages; a number in place of the month where they print none. Others print English.
const LANGUAGES: Readonly<Record<string, string>> = {
  fr: 'FRA BEL LUX MCO SEN CIV MLI BFA NER TGO BEN CMR GAB COG COD TCD GIN MDG DZA MAR TUN HTI CAN DJI COM CAF',
  es: 'ESP MEX ARG COL PER CHL ECU VEN BOL PRY URY CRI PAN GTM HND SLV NIC DOM CUB GNQ',
  pt: 'PRT BRA AGO MOZ CPV TLS STP GNB',
  it: 'ITA SMR VAT',
  nl: 'NLD SUR',
  da: 'DNK NOR SWE',
  fi: 'FIN',
  hr: 'HRV',
  hu: 'HUN',
  ro: 'ROU MDA',
  et: 'EST',
  id: 'IDN',
  sq: 'ALB',
  eo: 'UTO',
  numbers:
    'D AUT CHE LIE POL CZE SVK SVN BGR RUS BLR UKR KAZ TUR LVA GEO ARM AZE SRB MNE MKD BIH RKS GRC CYP',
};

const LANGUAGE_OF = new Map(
  Object.entries(LANGUAGES).flatMap(([language, issuers]) =>
    issuers.split(' ').map((issuer) => [issuer, language] as const),
  ),
);

const wordsOf = (language: string): string[] => (MONTHS[language] ?? '').split(' ');

/**
 * A date of a zone (ISO 8601, of any precision) as a page of this issuer would print it, the likeliest way first, then
 * others: `12 AOUT/AUG 1974`, `12 AUG 1974`, `12.08.1974`. Parts that are not known are left out.
 */
export function printedDates(iso: string, issuer: string): string[] {
  const [year = '', month, day] = iso.split('-');
  if (month === undefined) return [year];
  const index = Number(month) - 1;
  const before = day === undefined ? '' : `${day} `;
  const english = wordsOf('en')[index] ?? '';
  const language = LANGUAGE_OF.get(issuer) ?? 'en';
  const own = wordsOf(language)[index] ?? english;
  // Canada prints English first.
  const both = issuer === 'CAN' ? `${english}/${own}` : `${own}/${english}`;
  const named = `${before}${own === english ? english : both} ${year}`;
  const numbers = `${day === undefined ? '' : `${day}.`}${month}.${year}`;
  const plain = `${before}${english} ${year}`;
  return [...new Set(language === 'numbers' ? [numbers, plain] : [named, plain, numbers])];
}

/** How a typed date was understood: as it stands, month before day, in another calendar, or with two digits of a year. */
export type DateReason = 'month-first' | 'calendar' | 'short-year';

export interface TypedDate {
  /** `YYYY-MM-DD`, or `YY-MM-DD` where two digits of a year were typed: its century is open. */
  iso: string;
  by: DateReason | null;
}

/** The months a word can mean: of the longest short form it begins with, else of those that begin with it. */
function monthsOf(word: string): number[] {
  const all = Object.keys(MONTHS).flatMap((language) =>
    wordsOf(language).map((short, index) => ({ short, month: index + 1 })),
  );
  // MAR is March in a dozen languages, though MARRAS of Finland begins with it and is November.
  const within = all.filter(({ short }) => word.startsWith(short));
  const longest = Math.max(0, ...within.map(({ short }) => short.length));
  const found =
    longest > 0
      ? within.filter(({ short }) => short.length === longest)
      : all.filter(({ short }) => word.length >= 3 && short.startsWith(word));
  return [...new Set(found.map(({ month }) => month))];
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Thai years run 543 ahead; a year of the Hijra or the Persian calendar has no day of its own in ours without tables. */
const BUDDHIST = 543;

function dated(year: string, month: number, day: number, by: DateReason | null): TypedDate[] {
  const rest = `${pad(month)}-${pad(day)}`;
  if (year.length === 2)
    return parseDay(`2000-${rest}`) === null ? [] : [{ iso: `${year}-${rest}`, by: by ?? 'short-year' }];
  const found: TypedDate[] = [];
  if (parseDay(`${year}-${rest}`) !== null) found.push({ iso: `${year}-${rest}`, by });
  const common = String(Number(year) - BUDDHIST).padStart(4, '0');
  if (Number(year) > 2400 && parseDay(`${common}-${rest}`) !== null) {
    found.push({ iso: `${common}-${rest}`, by: 'calendar' });
  }
  return found;
}

/** Digits of other scripts as ours. */
function plainDigits(text: string): string {
  const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x1040, 0x17e0];
  return [...text]
    .map((char) => {
      const code = char.codePointAt(0) ?? 0;
      const zero = zeros.find((each) => code >= each && code < each + 10);
      return zero === undefined ? char : String(code - zero);
    })
    .join('');
}

/**
 * The days a typed date can mean, the likeliest first; empty where it is none. Takes `12 AUG/AOUT 1974`, `12AUG1974`, `12.08.1974`,
 * `1974-08-12`, `12 08 74`, digits of other scripts, Thai years. Never throws.
 */
export function typedDates(text: string): TypedDate[] {
  const upper = plainDigits(text).normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
  const parts = upper.match(/[A-Z]+|[0-9]+/gu) ?? [];
  const words = parts.filter((part) => /^[A-Z]/u.test(part));
  const numbers = parts.filter((part) => /^[0-9]+$/u.test(part));
  if (words.length > 0) {
    const [day = '', year = ''] = numbers;
    if (numbers.length !== 2 || day.length > 2) return [];
    const [first = [], ...others] = words.map(monthsOf);
    const months = first.filter((month) => others.every((list) => list.includes(month)));
    return months.flatMap((month) => dated(year, month, Number(day), null));
  }
  const [a = '', b = '', c = ''] = numbers;
  if (numbers.length !== 3) return [];
  if (a.length === 4) return dated(a, Number(b), Number(c), null);
  if (a.length > 2 || b.length > 2) return [];
  const dayFirst = dated(c, Number(b), Number(a), null);
  const monthFirst = dated(c, Number(a), Number(b), 'month-first');
  return a === b ? dayFirst : [...dayFirst, ...monthFirst];
}
