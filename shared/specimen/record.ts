// What one specimen says: the values of its visual zone and the rows of its machine readable zone, with or without a fault.
import type { FormatId } from '../mrz/formats.ts';
import { UNSPECIFIED_NATIONALITY } from '../mrz/states.ts';
import { addDays, addYears, mrzDate, printedDate, yearsBetween } from './calendar.ts';
import { FAULTS, type FaultId } from './faults.ts';
import { KINDS, type SpecimenKind } from './kinds.ts';
import { inventPerson } from './person.ts';
import { createRandom, type Random } from './prng.ts';
import { composeLines, type ZoneValues } from './zone.ts';

/** The texts of the visual zone, as printed. */
export interface PrintedFields {
  readonly issuer: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly number: string;
  readonly nationality: string;
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly sex: string;
  readonly issueDate: string;
  readonly expiryDate: string;
  readonly authority: string;
  readonly personalNumber: string;
  readonly heightCm: string;
  /** Visa labels only; empty elsewhere. */
  readonly passportNumber: string;
  readonly entries: string;
  readonly stayDays: string;
  readonly visaType: string;
}

/** One document's content; `lines` as printed. */
export interface SpecimenRecord {
  readonly kind: SpecimenKind;
  readonly format: FormatId;
  readonly zone: ZoneValues;
  readonly printed: PrintedFields;
  readonly lines: readonly string[];
  readonly age: number;
  readonly sex: 'F' | 'M' | 'X';
  readonly faults: readonly FaultId[];
  /** The printed field that was altered after printing, and shows it; empty for none. */
  readonly erased: keyof PrintedFields | '';
}

const SERIES = 'ACEFHKLMNPRTUVXZ';

function inventNumber(random: Random): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => String(random.int(0, 9))).join('');
  return random.pick([...SERIES]) + random.pick([...SERIES]) + digits(7);
}

/**
 * What the document of a seed says. `today` (YYYY-MM-DD) places its dates: valid on that day unless a fault says
 * otherwise. Throws a RangeError when the fault is not one of this kind of document.
 */
export function makeRecord(
  seed: number,
  kind: SpecimenKind,
  today: string,
  faultId?: FaultId,
): SpecimenRecord {
  const row = KINDS[kind];
  const fault = faultId ? FAULTS[faultId] : null;
  if (fault && !fault.kinds.includes(kind)) throw new RangeError(`no fault ${faultId} on a ${kind}`);
  const random = createRandom(seed).fork(`record ${kind}`);
  const visa = kind === 'visa-a' || kind === 'visa-b';
  const person = inventPerson(random.fork('person'), today, kind === 'passport' ? 3 : 16);
  const dates = visa ? visaDates(random, today) : bookDates(random, person.birthDate, today, row.validYears);
  const number = inventNumber(random);
  const passportNumber = visa ? inventNumber(random) : '';
  const personalNumber =
    kind === 'passport' && random.chance(0.6) ? '' : `${random.int(100000, 999999)}${random.int(1000, 9999)}`;
  const zone: ZoneValues = {
    documentCode: row.documentCode,
    issuer: 'UTO',
    nationality: visa ? UNSPECIFIED_NATIONALITY : 'UTO',
    surname: person.surname,
    givenNames: person.givenNames,
    number,
    birthDate: mrzDate(person.birthDate),
    sex: person.sex === 'X' ? '<' : person.sex,
    expiryDate: mrzDate(dates.expiry),
    // The eight places of MRV-B do not hold a passport number of nine characters.
    optional:
      kind === 'visa-a' ? passportNumber : kind === 'passport' || kind === 'id-card' ? personalNumber : '',
    optional2: '',
  };
  const stay = random.pick([15, 30, 60, 90]);
  const printed: PrintedFields = {
    issuer: 'UTOPIO / UTOPIA',
    surname: person.surname,
    givenNames: person.givenNames,
    number,
    nationality: visa
      ? UNSPECIFIED_NATIONALITY
      : person.sex === 'F'
        ? 'UTOPIANINO / UTOPIAN'
        : 'UTOPIANO / UTOPIAN',
    birthDate: printedDate(person.birthDate),
    birthPlace: person.birthPlace,
    sex: person.sex,
    issueDate: printedDate(dates.issue),
    expiryDate: printedDate(dates.expiry),
    authority: random.pick(['AMAUROT', 'LUMHAVENO', 'DELTURBO', 'STEPKAMPO']),
    personalNumber,
    heightCm: `${person.heightCm} cm`,
    passportNumber,
    entries: visa ? random.pick(['01', '02', 'MULT']) : '',
    stayDays: visa ? String(stay) : '',
    visaType: visa ? random.pick(['C', 'D', 'B1']) : '',
  };
  const base: SpecimenRecord = {
    kind,
    format: row.format,
    zone,
    printed,
    lines: composeLines(row.format, zone),
    age: Math.max(0, yearsBetween(person.birthDate, dates.issue)),
    sex: person.sex,
    faults: [],
    erased: '',
  };
  if (!fault || !faultId) return base;
  return { ...fault.apply(base, random.fork('fault'), today), faults: [faultId] };
}

function bookDates(
  random: Random,
  birthDate: string,
  today: string,
  years: number,
): { issue: string; expiry: string } {
  const age = yearsBetween(birthDate, today);
  const valid = age < 16 ? 5 : years;
  const oldest = Math.min(valid * 365 - 120, Math.max(30, Math.floor((age + 0.5) * 365) - 40));
  const issue = addDays(today, -random.int(20, oldest));
  return { issue, expiry: addDays(addYears(issue, valid), -1) };
}

function visaDates(random: Random, today: string): { issue: string; expiry: string } {
  const issue = addDays(today, -random.int(2, 40));
  return { issue, expiry: addDays(issue, random.pick([90, 180, 365])) };
}
