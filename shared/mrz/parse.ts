// Reads the rows of a machine readable zone into fields, places and judged check digits. Never throws on input.

import type { CheckDigitState, JudgedCheckDigits, LongNumber } from './check-digits-of.ts';
import { judgeCheckDigits, longNumber } from './check-digits-of.ts';
import type { MrzDate } from './dates.ts';
import { readDate } from './dates.ts';
import type { DocumentType } from './document-code.ts';
import { documentType } from './document-code.ts';
import type { CheckDigitId, FieldId, Format, FormatId, Place } from './formats.ts';
import { FORMAT_IDS, FORMATS, fieldRows, formatOf, textAt } from './formats.ts';
import type { NameFault } from './names.ts';
import { readNames } from './names.ts';
import { normaliseLines } from './normalise.ts';

/** `unspecified` is the filler (Doc 9303-4 §4.2.2.2); null is a character that is none of the three. */
export type Sex = 'F' | 'M' | 'unspecified' | null;

export interface MrzFields {
  /** One or two letters, e.g. `P`, `ID`, `AC`. */
  documentCode: string;
  documentType: DocumentType;
  /** Issuing state or organisation, without fillers, e.g. `D`. */
  issuer: string;
  /** Without outer fillers; a number of more than nine characters is joined. */
  number: string;
  nationality: string;
  birthDate: MrzDate;
  sex: Sex;
  sexRaw: string;
  expiryDate: MrzDate;
  /** Optional data without outer fillers, and without the part that belongs to a long number. */
  optional: string;
  /** The second optional field of TD1; empty elsewhere. */
  optional2: string;
  primaryIdentifier: string;
  secondaryIdentifier: string;
  nameTruncated: boolean;
}

/** Where each thing stands, for the window to point at. */
export interface MrzPlaces {
  fields: Record<FieldId, Place[]>;
  checkDigits: Record<CheckDigitId, { at: Place | null; covers: readonly Place[] }>;
}

export interface MrzRead {
  ok: true;
  format: FormatId;
  /** Normalised rows. */
  lines: string[];
  fields: MrzFields;
  checkDigits: Record<CheckDigitId, CheckDigitState>;
  places: MrzPlaces;
  /** Characters outside A-Z, 0-9 and the filler: what they touch is read all the same. */
  foreign: Place[];
  nameFaults: { fault: NameFault; place: Place }[];
  /** The number has more than nine characters and goes on in the optional data. */
  longNumber: boolean;
}

/** `empty` nothing there; `rows` no format has so many rows; `length` rows of a length no format has. */
export type MrzProblem = 'empty' | 'rows' | 'length';

export interface MrzUnread {
  ok: false;
  lines: string[];
  problem: MrzProblem;
  /** What would be needed: the format nearest by number and length of rows, and the length of each row given. */
  detail: { nearest: FormatId | null; lengths: number[] };
}

export type MrzReading = MrzRead | MrzUnread;

export interface ParseOptions {
  /** The day against which centuries are chosen, `YYYY-MM-DD`. */
  today: string;
}

function trimmed(text: string): string {
  return text.replace(/^<+|<+$/gu, '');
}

function unread(lines: string[]): MrzUnread {
  const lengths = lines.map((line) => line.length);
  const rows = FORMAT_IDS.map((id) => FORMATS[id]).filter((format) => format.rows === lines.length);
  const visa = (lines[0] ?? '').startsWith('V');
  // A row of the exact length says more than the sum of what is missing elsewhere; V decides between equals.
  const distance = (format: Format) =>
    lengths.reduce(
      (sum, length) => sum + Math.abs(length - format.columns) + (length === format.columns ? 0 : 100),
      0,
    ) + (visa === (format.codeLetters === 'V') ? 0 : 0.5);
  const nearest = rows.sort((a, b) => distance(a) - distance(b))[0] ?? null;
  const problem = lines.length === 0 ? 'empty' : rows.length === 0 ? 'rows' : 'length';
  return { ok: false, lines, problem, detail: { nearest: nearest?.id ?? null, lengths } };
}

function foreignPlaces(lines: readonly string[]): Place[] {
  return lines.flatMap((line, row) =>
    [...line.matchAll(/[^A-Z0-9<]+/gu)].map((run) => ({
      row,
      start: run.index,
      end: run.index + run[0].length,
    })),
  );
}

function fieldPlaces(format: Format, long: LongNumber | null): Record<FieldId, Place[]> {
  const at = (id: FieldId): Place[] =>
    fieldRows(format, id).map(({ row, start, end }) => ({ row, start, end }));
  const places: Record<FieldId, Place[]> = {
    documentCode: at('documentCode'),
    issuer: at('issuer'),
    name: at('name'),
    number: at('number'),
    nationality: at('nationality'),
    birthDate: at('birthDate'),
    sex: at('sex'),
    expiryDate: at('expiryDate'),
    optional: at('optional'),
    optional2: at('optional2'),
  };
  if (long !== null) {
    places.number.push(long.rest);
    places.optional = places.optional.map((place) => ({ ...place, start: long.digit.end }));
  }
  return places;
}

const SEXES: Readonly<Record<string, Sex>> = { F: 'F', M: 'M', '<': 'unspecified' };

/**
 * Reads rows (anything `normaliseLines` takes) into fields. A row of the wrong length or a wrong number of rows gives
 * `ok: false`; everything else is read field by field, and what is wrong in one field never hides another.
 * Never throws on input; a malformed `today` is a mistake of the caller: RangeError.
 */
export function parseMrz(input: unknown, options: ParseOptions): MrzReading {
  const lines = normaliseLines(input);
  const format = formatOf(lines);
  if (format === null) return unread(lines);

  const long = longNumber(format, lines);
  const places = fieldPlaces(format, long);
  const text = (id: FieldId) => places[id].map((place) => textAt(lines, place)).join('');
  const code = text('documentCode');
  const name = readNames(places.name.map((place) => textAt(lines, place)));
  const sexRaw = text('sex');
  const digits: JudgedCheckDigits = judgeCheckDigits(format, lines);
  const [nameField] = places.name;

  return {
    ok: true,
    format: format.id,
    lines,
    fields: {
      documentCode: trimmed(code),
      documentType: documentType(format.id, code, trimmed(text('nationality'))),
      issuer: trimmed(text('issuer')),
      number: trimmed(text('number')),
      nationality: trimmed(text('nationality')),
      birthDate: readDate(text('birthDate'), 'birth', options.today),
      sex: SEXES[sexRaw] ?? null,
      sexRaw,
      // A zone without a place for the expiry (FR-ID) says nothing of it.
      expiryDate: readDate(
        places.expiryDate.length === 0 ? '<<<<<<' : text('expiryDate'),
        'expiry',
        options.today,
      ),
      optional: trimmed(text('optional')),
      optional2: trimmed(text('optional2')),
      primaryIdentifier: name.primaryIdentifier,
      secondaryIdentifier: name.secondaryIdentifier,
      nameTruncated: name.truncated,
    },
    checkDigits: {
      number: digits.number.state,
      birth: digits.birth.state,
      expiry: digits.expiry.state,
      optional: digits.optional.state,
      composite: digits.composite.state,
    },
    places: {
      fields: places,
      checkDigits: {
        number: { at: digits.number.at, covers: digits.number.covers },
        birth: { at: digits.birth.at, covers: digits.birth.covers },
        expiry: { at: digits.expiry.at, covers: digits.expiry.covers },
        optional: { at: digits.optional.at, covers: digits.optional.covers },
        composite: { at: digits.composite.at, covers: digits.composite.covers },
      },
    },
    foreign: foreignPlaces(lines),
    nameFaults: name.faults.map(({ fault, start, end }) => {
      const { row, start: base } = nameField ?? { row: 0, start: 0 };
      return { fault, place: { row, start: base + start, end: base + end } };
    }),
    longNumber: long !== null,
  };
}
