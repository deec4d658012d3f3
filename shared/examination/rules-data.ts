// The rules for data that no document should carry: codes, dates, sex and names.

import { lastDay, parseDay, requireDay } from '../mrz/dates.ts';
import { documentCodeKnown } from '../mrz/document-code.ts';
import { textAt } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import { findState } from '../mrz/states.ts';
import { misread, type Rule, type RuleContext, type Verdict } from './rule.ts';

function stateVerdict(reading: MrzRead, field: 'issuer' | 'nationality'): Verdict | null {
  if (misread(reading, field)) return null;
  const places = reading.places.fields[field];
  if (places.length === 0) return null;
  // Some cards print no nationality: worth a note, not a doubt. A document always has an issuer.
  if (field === 'nationality' && reading.fields.nationality === '') {
    return { places, variant: 'empty', severity: 'note' };
  }
  const state = findState(reading.texts[field]);
  if (state?.current === true) return null;
  return state === null ? { places } : { places, variant: 'withdrawn' };
}

/** A date that no calendar has. */
const impossible =
  (field: 'birthDate' | 'expiryDate') =>
  ({ reading }: RuleContext): Verdict | null =>
    reading.fields[field].state === 'impossible' && !misread(reading, field)
      ? { places: reading.places.fields[field] }
      : null;

/** A date of birth that lies in the future in this century, and so recently that its bearer would be 99 or older. */
function bornWithinAYear(raw: string, today: string): boolean {
  const now = requireDay(today);
  const century = String(now.year).slice(0, 2);
  const iso = `${century}${raw.slice(0, 2)}-${raw.slice(2, 4)}-${raw.slice(4, 6)}`;
  return parseDay(iso) !== null && iso > today && iso <= `${String(now.year + 1)}${today.slice(4)}`;
}

/** Characters no zone has: a matter of reading, asked before all others. */
export const CHARSET_RULE: Rule = {
  id: 'mrz.charset',
  class: 'capture',
  severity: 'retake',
  appliesTo: 'all',
  fields: [],
  fraud: ['CF'],
  source: 'ICAO Doc 9303-3 §4.3',
  judge: ({ reading }) => (reading.foreign.length > 0 ? { places: reading.foreign } : null),
};

/** Codes of the document, the issuer and the nationality. */
export const CODE_RULES: readonly Rule[] = [
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
      return documentCodeKnown(reading.format, reading.texts.documentCode) ? null : { places };
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
    variants: ['withdrawn'],
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
    variants: ['withdrawn', 'empty'],
    judge: ({ reading }) => stateVerdict(reading, 'nationality'),
  },
];

/** Dates that no calendar has, or that come too late. */
export const DATE_RULES: readonly Rule[] = [
  {
    id: 'mrz.dob.valid',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['birthDate'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.8',
    judge: impossible('birthDate'),
  },
  {
    id: 'mrz.dob.future',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['birthDate'],
    fraud: ['CF'],
    source: 'ICAO Doc 9303-3 §4.8: no century is printed',
    variants: ['after-expiry'],
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
    // The list b.12 as published had a rule only for an impossible date of birth.
    id: 'mrz.exp.valid',
    class: 'data',
    severity: 'look',
    appliesTo: 'all',
    fields: ['expiryDate'],
    fraud: ['CF', 'FG.validity'],
    source: 'ICAO Doc 9303-3 §4.8',
    judge: impossible('expiryDate'),
  },
];

/** Sex and name. */
export const PERSON_RULES: readonly Rule[] = [
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
    variants: ['missing', 'empty'],
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
      if (!/[0-9]/u.test(reading.texts.name)) return null;
      const places = reading.places.fields.name.flatMap(({ row, start, end }) =>
        [...textAt(reading.lines, { row, start, end }).matchAll(/[0-9]+/gu)].map((run) => ({
          row,
          start: start + run.index,
          end: start + run.index + run[0].length,
        })),
      );
      return { places };
    },
  },
];
