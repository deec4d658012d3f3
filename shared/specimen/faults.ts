// The faults a specimen can have: what is changed, and which automatic findings must come of it.
import { blindClass } from '../mrz/check-digit.ts';
import { type CheckDigitId, type FieldId, FORMATS, type FormatId, type Place } from '../mrz/formats.ts';
import { addDays, addYears, mrzDate, printedDate } from './calendar.ts';
import { SPECIMEN_KINDS, type SpecimenKind } from './kinds.ts';
import type { Random } from './prng.ts';
import type { SpecimenRecord } from './record.ts';
import { composeLines } from './zone.ts';

export const FAULT_IDS = [
  'check-digit-number',
  'birth-date-altered',
  'expiry-date-altered',
  'composite-wrong',
  'optional-digit-wrong',
  'expired',
  'unknown-issuer',
  'name-digit',
  'sex-letter',
  'birth-date-impossible',
  'print-differs-name',
  'print-differs-birth',
] as const;

export type FaultId = (typeof FAULT_IDS)[number];

export interface Fault {
  /** Catalogue id of its description (assets/text/en/specimen.json). */
  readonly textId: string;
  readonly kinds: readonly SpecimenKind[];
  /** Finding ids that the machine readable zone alone gives rise to, for formats that have the digit. */
  readonly findings: readonly string[];
  /** Finding ids that need the visual zone as well. */
  readonly crossFindings: readonly string[];
  apply(record: SpecimenRecord, random: Random, today: string): SpecimenRecord;
}

const NOT_VISA: readonly SpecimenKind[] = ['passport', 'id-card', 'id-card-td2'];

/** An invented code that Doc 9303-3 §5 does not list: ISO 3166-1 leaves ZZA to ZZZ to private use. */
const FANTASY_CODE = 'ZZA';

function fieldPlace(format: FormatId, id: FieldId): Place {
  const place = FORMATS[format].fields.find((field) => field.id === id);
  if (!place) throw new RangeError(`${format} has no field ${id}`);
  return place;
}

function digitPlace(format: FormatId, id: CheckDigitId): Place {
  const digit = FORMATS[format].checkDigits.find((row) => row.id === id);
  if (!digit) throw new RangeError(`${format} has no check digit ${id}`);
  return digit.at;
}

/** Overprints characters of the finished zone; the check digits stay as they were. */
function overprint(lines: readonly string[], place: Place, text: string): string[] {
  return lines.map((line, row) =>
    row === place.row ? line.slice(0, place.start) + text + line.slice(place.start + text.length) : line,
  );
}

/**
 * A date with one digit altered, in the zone and in print. One digit only: two could cancel one another in a check
 * digit. The year becomes earlier (`way` -1) or later (1); of 29 February the day, which stays a day of the calendar.
 */
function alterDate(
  date: { readonly zone: string; readonly printed: string },
  way: -1 | 1,
  random: Random,
): { zone: string; printed: string } {
  const { zone, printed } = date;
  if (zone.endsWith('0229')) return { zone: `${zone.slice(0, 5)}8`, printed: printed.replace(/^29/u, '28') };
  const digit = Number(zone.charAt(1));
  const room = way < 0 ? digit : 9 - digit;
  const years = room === 0 ? way * 10 : way * random.int(1, room);
  const year = String((Number(zone.slice(0, 2)) + years + 100) % 100).padStart(2, '0');
  return {
    zone: year + zone.slice(2),
    printed: printed.slice(0, -4) + String(Number(printed.slice(-4)) + years),
  };
}

function wrongDigit(record: SpecimenRecord, id: CheckDigitId, random: Random): string[] {
  const place = digitPlace(record.format, id);
  const now = record.lines[place.row]?.[place.start] ?? '0';
  const digit = now === '<' ? 0 : Number(now);
  return overprint(record.lines, place, String((digit + random.int(1, 9)) % 10));
}

/** The faults by id. Finding ids are those of the rule table in shared/examination. */
export const FAULTS: Readonly<Record<FaultId, Fault>> = {
  'check-digit-number': {
    textId: 'specimen.fault.check-digit-number',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.cd.num', 'mrz.cd.comp'],
    crossFindings: ['x.num'],
    apply: (record, random) => {
      const place = fieldPlace(record.format, 'number');
      const at = random.int(2, 8);
      const now = record.zone.number[at] ?? '0';
      const others = [...'0123456789'].filter((digit) => !blindClass(now).includes(digit));
      const number = record.zone.number.slice(0, at) + random.pick(others) + record.zone.number.slice(at + 1);
      return { ...record, zone: { ...record.zone, number }, lines: overprint(record.lines, place, number) };
    },
  },
  'birth-date-altered': {
    textId: 'specimen.fault.birth-date-altered',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.cd.dob', 'mrz.cd.comp'],
    crossFindings: [],
    apply: (record, random) => {
      // Earlier: altered dates usually make a holder older.
      const date = { zone: record.zone.birthDate, printed: record.printed.birthDate };
      const altered = alterDate(date, -1, random);
      return {
        ...record,
        zone: { ...record.zone, birthDate: altered.zone },
        lines: overprint(record.lines, fieldPlace(record.format, 'birthDate'), altered.zone),
        printed: { ...record.printed, birthDate: altered.printed },
        erased: 'birthDate',
      };
    },
  },
  'expiry-date-altered': {
    textId: 'specimen.fault.expiry-date-altered',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.cd.exp', 'mrz.cd.comp'],
    crossFindings: [],
    apply: (record, random) => {
      const date = { zone: record.zone.expiryDate, printed: record.printed.expiryDate };
      const altered = alterDate(date, 1, random);
      return {
        ...record,
        zone: { ...record.zone, expiryDate: altered.zone },
        lines: overprint(record.lines, fieldPlace(record.format, 'expiryDate'), altered.zone),
        printed: { ...record.printed, expiryDate: altered.printed },
        erased: 'expiryDate',
      };
    },
  },
  'composite-wrong': {
    textId: 'specimen.fault.composite-wrong',
    kinds: NOT_VISA,
    findings: ['mrz.cd.comp'],
    crossFindings: [],
    apply: (record, random) => ({ ...record, lines: wrongDigit(record, 'composite', random) }),
  },
  'optional-digit-wrong': {
    textId: 'specimen.fault.optional-digit-wrong',
    kinds: ['passport'],
    findings: ['mrz.cd.opt', 'mrz.cd.comp'],
    crossFindings: [],
    apply: (record, random) => {
      const optional = record.zone.optional || String(random.int(1000000, 9999999));
      const zone = { ...record.zone, optional };
      const filled = { ...record, zone, lines: composeLines(record.format, zone) };
      const printed = { ...record.printed, personalNumber: optional };
      return { ...filled, printed, lines: wrongDigit(filled, 'optional', random) };
    },
  },
  expired: {
    textId: 'specimen.fault.expired',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.exp.past'],
    crossFindings: [],
    apply: (record, random, today) => {
      const visa = record.zone.documentCode.startsWith('V');
      const expiry = addDays(today, -random.int(9, visa ? 90 : 700));
      const issue = visa ? addDays(expiry, -90) : addDays(addYears(expiry, record.age < 16 ? -5 : -10), 1);
      const zone = { ...record.zone, expiryDate: mrzDate(expiry) };
      const printed = { ...record.printed, expiryDate: printedDate(expiry), issueDate: printedDate(issue) };
      return { ...record, zone, printed, lines: composeLines(record.format, zone) };
    },
  },
  'unknown-issuer': {
    textId: 'specimen.fault.unknown-issuer',
    kinds: NOT_VISA,
    findings: ['mrz.issuer', 'mrz.nat'],
    crossFindings: [],
    apply: (record) => {
      const zone = { ...record.zone, issuer: FANTASY_CODE, nationality: FANTASY_CODE };
      const printed = {
        ...record.printed,
        issuer: 'NOVA ATLANTIDO / NEW ATLANTIS',
        nationality: 'ATLANTIDANO / ATLANTIDAN',
      };
      return { ...record, zone, printed, lines: composeLines(record.format, zone) };
    },
  },
  'name-digit': {
    textId: 'specimen.fault.name-digit',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.name.digit'],
    crossFindings: ['x.name'],
    apply: (record) => {
      const place = fieldPlace(record.format, 'name');
      const name = record.lines[place.row]?.slice(place.start, place.end) ?? '';
      const likeness: Record<string, string> = { O: '0', I: '1', S: '5', B: '8' };
      const at = Math.max(
        1,
        [...name].findIndex((letter) => letter in likeness),
      );
      const digit = likeness[name[at] ?? ''] ?? '0';
      return { ...record, lines: overprint(record.lines, { ...place, start: place.start + at }, digit) };
    },
  },
  'sex-letter': {
    textId: 'specimen.fault.sex-letter',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.sex'],
    crossFindings: [],
    apply: (record) => ({ ...record, lines: overprint(record.lines, fieldPlace(record.format, 'sex'), 'X') }),
  },
  'birth-date-impossible': {
    textId: 'specimen.fault.birth-date-impossible',
    kinds: SPECIMEN_KINDS,
    findings: ['mrz.dob.valid'],
    crossFindings: [],
    apply: (record, random) => {
      const month = random.pick(['02', '04', '06', '09', '11']);
      const zone = { ...record.zone, birthDate: `${record.zone.birthDate.slice(0, 2)}${month}31` };
      const name = printedDate(`2001-${month}-01`).slice(3, -5);
      const printed = { ...record.printed, birthDate: `31 ${name} ${record.printed.birthDate.slice(-4)}` };
      return { ...record, zone, printed, lines: composeLines(record.format, zone) };
    },
  },
  'print-differs-name': {
    textId: 'specimen.fault.print-differs-name',
    kinds: SPECIMEN_KINDS,
    findings: [],
    crossFindings: ['x.name'],
    apply: (record, random) => {
      const letters = [...record.printed.surname];
      const at = 1 + random.int(0, 2);
      letters[at] = letters[at] === 'N' ? 'R' : 'N';
      return { ...record, printed: { ...record.printed, surname: letters.join('') } };
    },
  },
  'print-differs-birth': {
    textId: 'specimen.fault.print-differs-birth',
    kinds: SPECIMEN_KINDS,
    findings: [],
    crossFindings: ['x.dob'],
    apply: (record, random) => {
      const printed = record.printed.birthDate;
      const year = Number(printed.slice(-4)) - random.int(1, 8);
      return { ...record, printed: { ...record.printed, birthDate: printed.slice(0, -4) + String(year) } };
    },
  },
};

/** The findings that a fault must give rise to on this format, from the machine readable zone alone. */
export function expectedFindings(id: FaultId, format: FormatId): string[] {
  const digits = FORMATS[format].checkDigits.map((digit) => digit.id);
  return FAULTS[id].findings.filter(
    (finding) =>
      !(finding === 'mrz.cd.comp' && !digits.includes('composite')) &&
      !(finding === 'mrz.cd.opt' && !digits.includes('optional')),
  );
}
