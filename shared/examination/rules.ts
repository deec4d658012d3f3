// The rules that judge a machine readable zone, as a table: what each looks at, what it may mean, where it comes from.

import { lastDay, parseDay, requireDay } from '../mrz/dates.ts';
import { documentCodeKnown } from '../mrz/document-code.ts';
import type { CheckDigitId, FieldId, FormatId, Place } from '../mrz/formats.ts';
import { textAt } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import { findState } from '../mrz/states.ts';
import type { FindingClass, Severity } from './findings.ts';

/** Changes with every rule, so that a record tells by which rules it was judged. */
export const RULES_VERSION = '1.0.0';

export interface RuleContext {
  reading: MrzRead;
  /** The day of the examination, `YYYY-MM-DD`. */
  today: string;
}

export interface Verdict {
  places: Place[];
  /** A second wording of the same rule: the texts are then `finding.<id>.<variant>.…`. */
  variant?: string;
  /** Where this verdict weighs less than the rule. */
  severity?: Severity;
}

export interface Rule {
  /** Id of the check (domain list b.12). */
  id: string;
  class: FindingClass;
  severity: Severity;
  appliesTo: 'all' | readonly FormatId[];
  fields: readonly FieldId[];
  /** Fraud types; `CF` stands for the counterfeit of this kind of document. */
  fraud: readonly string[];
  /** Where the rule comes from. */
  source: string;
  /** Places to look at, or null where there is nothing to say. */
  judge: (context: RuleContext) => Verdict | null;
}

/** A rule for one check digit: it speaks whenever that digit fails. */
function digitRule(
  id: string,
  digit: CheckDigitId,
  fields: FieldId[],
  fraud: string[],
  source: string,
): Rule {
  return {
    id,
    class: 'integrity',
    severity: 'look',
    appliesTo:
      digit === 'optional' ? ['TD3'] : digit === 'composite' ? ['TD1', 'TD2', 'TD3', 'FR-ID'] : 'all',
    fields,
    fraud,
    source,
    judge: ({ reading }) => {
      if (reading.checkDigits[digit] !== 'fails') return null;
      const { at, covers } = reading.places.checkDigits[digit];
      return { places: at === null ? [...covers] : [...covers, at] };
    },
  };
}

function overlaps(a: Place, b: Place): boolean {
  return a.row === b.row && a.start < b.end && b.start < a.end;
}

/** Whether a field holds a character no zone has: then the reading is at fault, and its data say nothing. */
function misread(reading: MrzRead, field: FieldId): boolean {
  return reading.places.fields[field].some((place) =>
    reading.foreign.some((other) => overlaps(place, other)),
  );
}

function stateVerdict(reading: MrzRead, field: 'issuer' | 'nationality'): Verdict | null {
  if (misread(reading, field)) return null;
  const places = reading.places.fields[field];
  if (places.length === 0) return null;
  // Some cards (Macao) print no nationality: worth a note, not a doubt. A document always has an issuer.
  if (field === 'nationality' && reading.fields.nationality === '') {
    return { places, variant: 'empty', severity: 'note' };
  }
  const state = findState(places.map((place) => textAt(reading.lines, place)).join(''));
  if (state?.current === true) return null;
  return state === null ? { places } : { places, variant: 'withdrawn' };
}

/** A date of birth that lies in the future in this century, and so recently that its bearer would be 99 or older. */
function bornWithinAYear(raw: string, today: string): boolean {
  const now = requireDay(today);
  const century = String(now.year).slice(0, 2);
  const iso = `${century}${raw.slice(0, 2)}-${raw.slice(2, 4)}-${raw.slice(4, 6)}`;
  return parseDay(iso) !== null && iso > today && iso <= `${String(now.year + 1)}${today.slice(4)}`;
}

/** The rules, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
  {
    id: 'mrz.charset',
    class: 'capture',
    severity: 'retake',
    appliesTo: 'all',
    fields: [],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.3',
    judge: ({ reading }) => (reading.foreign.length > 0 ? { places: reading.foreign } : null),
  },
  digitRule('mrz.cd.num', 'number', ['number'], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
  digitRule('mrz.cd.dob', 'birth', ['birthDate'], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
  digitRule('mrz.cd.exp', 'expiry', ['expiryDate'], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
  digitRule('mrz.cd.opt', 'optional', ['optional'], ['CF'], 'ICAO Doc 9303-4 §4.2.2.2'),
  {
    ...digitRule('mrz.cd.comp', 'composite', [], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
    judge: ({ reading }) => {
      const { number, birth, expiry, optional, composite } = reading.checkDigits;
      if (composite !== 'fails') return null;
      const { at, covers } = reading.places.checkDigits.composite;
      const places = at === null ? [...covers] : [...covers, at];
      // It covers the other digits' fields: where one of them fails, it only repeats what that one says.
      const repeats = [number, birth, expiry, optional].includes('fails');
      return repeats ? { places, variant: 'with-field', severity: 'note' } : { places };
    },
  },
  {
    id: 'mrz.doccode',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['documentCode'],
    fraud: ['CF', 'PS.fantasy'],
    source: 'ICAO Doc 9303-4, -5, -6, -7 §4.2.2.1',
    judge: ({ reading }) => {
      if (misread(reading, 'documentCode')) return null;
      const places = reading.places.fields.documentCode;
      const code = places.map((place) => textAt(reading.lines, place)).join('');
      return documentCodeKnown(reading.format, code) ? null : { places };
    },
  },
  {
    id: 'mrz.issuer',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['issuer'],
    fraud: ['PS.fantasy', 'PS.camouflage', 'PS.unrecognised'],
    source: 'ICAO Doc 9303-3 §5',
    judge: ({ reading }) => stateVerdict(reading, 'issuer'),
  },
  {
    id: 'mrz.nat',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['nationality'],
    fraud: ['PS.fantasy', 'PS.camouflage'],
    source: 'ICAO Doc 9303-3 §5',
    judge: ({ reading }) => stateVerdict(reading, 'nationality'),
  },
  {
    id: 'mrz.dob.valid',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['birthDate'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.8',
    judge: ({ reading }) =>
      reading.fields.birthDate.state === 'impossible' && !misread(reading, 'birthDate')
        ? { places: reading.places.fields.birthDate }
        : null,
  },
  {
    id: 'mrz.dob.future',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['birthDate'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.8: no century is printed',
    judge: ({ reading, today }) => {
      const { birthDate, expiryDate } = reading.fields;
      if (birthDate.iso === null) return null;
      const places = reading.places.fields.birthDate;
      if (bornWithinAYear(birthDate.raw, today)) return { places };
      // Born after the last day the document can be valid: not in this century, whatever the rule chose.
      if (expiryDate.iso === null || birthDate.iso <= lastDay(expiryDate.iso)) return null;
      return { places: [...places, ...reading.places.fields.expiryDate], variant: 'after-expiry' };
    },
  },
  {
    // Not in the list b.12, which has a rule only for an impossible date of birth.
    id: 'mrz.exp.valid',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['expiryDate'],
    fraud: ['CF', 'FG.validity'],
    source: 'ICAO Doc 9303-3 §4.8',
    judge: ({ reading }) =>
      reading.fields.expiryDate.state === 'impossible' && !misread(reading, 'expiryDate')
        ? { places: reading.places.fields.expiryDate }
        : null,
  },
  {
    id: 'mrz.sex',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['sex'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-4 §4.2.2.2',
    judge: ({ reading }) =>
      reading.fields.sex === null && !misread(reading, 'sex') ? { places: reading.places.fields.sex } : null,
  },
  {
    id: 'mrz.name.sep',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['name'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.6',
    judge: ({ reading }) => {
      const [first] = reading.nameFaults;
      if (first === undefined) return null;
      const places = reading.nameFaults.map((fault) => fault.place);
      // One identifier of many parts is lawful, so this alone weighs little.
      if (first.fault === 'separator-missing') return { places, variant: 'missing', severity: 'note' };
      return first.fault === 'empty' ? { places, variant: 'empty' } : { places };
    },
  },
  {
    id: 'mrz.name.digit',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['name'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.6',
    judge: ({ reading }) => {
      const places = reading.places.fields.name.flatMap(({ row, start, end }) =>
        [...textAt(reading.lines, { row, start, end }).matchAll(/[0-9]+/gu)].map((run) => ({
          row,
          start: start + run.index,
          end: start + run.index + run[0].length,
        })),
      );
      return places.length > 0 ? { places } : null;
    },
  },
  {
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
    judge: ({ reading }) => (reading.longNumber ? { places: reading.places.fields.number } : null),
  },
];

/** The rule for a zone that has the shape of no format; it is judged before there is anything else to judge. */
export const SHAPE_RULE: Omit<Rule, 'judge'> = {
  id: 'mrz.len',
  class: 'capture',
  severity: 'retake',
  appliesTo: 'all',
  fields: [],
  fraud: ['CF'],
  source: 'ICAO Doc 9303-4, -5, -6, -7 §4.2.1',
};
