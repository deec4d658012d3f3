// Reads the rows of a machine readable zone into fields, places and judged check digits. Never throws on input.

import type { CheckDigitState, LongNumber } from './check-digits-of.ts';
import { digitPlaces, digitStates, longNumber } from './check-digits-of.ts';
import type { MrzDate } from './dates.ts';
import { readDate } from './dates.ts';
import type { DocumentType } from './document-code.ts';
import { documentType } from './document-code.ts';
import type { CheckDigitId, FieldId, Format, FormatId, Place } from './formats.ts';
import { FORMAT_IDS, FORMATS, formatOf, textAt, textOf } from './formats.ts';
import type { NameFault } from './names.ts';
import { readName, readNames } from './names.ts';
import { normaliseLines } from './normalise.ts';
import type { DigitPlaces } from './plans.ts';
import { planFor } from './plans.ts';

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

/** Where each thing stands, for the window to point at. Readings of one format share it: it is never changed. */
export interface MrzPlaces {
  fields: Readonly<Record<FieldId, readonly Place[]>>;
  checkDigits: Readonly<Record<CheckDigitId, DigitPlaces>>;
}

export interface MrzRead {
  ok: true;
  format: FormatId;
  /** Normalised rows. */
  lines: string[];
  fields: MrzFields;
  /** The characters of each field as printed, fillers and all; the parts of a long number or of two rows joined. */
  texts: Readonly<Record<FieldId, string>>;
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
  let start = 0;
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '<') end -= 1;
  while (start < end && text.charAt(start) === '<') start += 1;
  return text.slice(start, end);
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

const FOREIGN = /[^A-Z0-9<]+/gu;

function foreignPlaces(lines: readonly string[]): Place[] {
  const places: Place[] = [];
  for (const [row, line] of lines.entries()) {
    if (line.search(FOREIGN) < 0) continue;
    for (const run of line.matchAll(FOREIGN)) {
      places.push({ row, start: run.index, end: run.index + run[0].length });
    }
  }
  return places;
}

function fieldPlaces(format: Format, long: LongNumber | null): MrzPlaces['fields'] {
  const { fields } = planFor(format);
  if (long === null) return fields;
  return {
    ...fields,
    number: [...fields.number, long.rest],
    optional: fields.optional.map((place) => ({ ...place, start: long.digit.end })),
  };
}

function textsOf(lines: readonly string[], places: MrzPlaces['fields']): MrzRead['texts'] {
  return {
    documentCode: textOf(lines, places.documentCode),
    issuer: textOf(lines, places.issuer),
    name: textOf(lines, places.name),
    number: textOf(lines, places.number),
    nationality: textOf(lines, places.nationality),
    birthDate: textOf(lines, places.birthDate),
    sex: textOf(lines, places.sex),
    expiryDate: textOf(lines, places.expiryDate),
    optional: textOf(lines, places.optional),
    optional2: textOf(lines, places.optional2),
  };
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
  const texts = textsOf(lines, places);
  const name =
    places.name.length === 1
      ? readName(texts.name)
      : readNames(places.name.map((place) => textAt(lines, place)));
  const [nameField] = places.name;
  const nationality = trimmed(texts.nationality);

  return {
    ok: true,
    format: format.id,
    lines,
    fields: {
      documentCode: trimmed(texts.documentCode),
      documentType: documentType(format.id, texts.documentCode, nationality),
      issuer: trimmed(texts.issuer),
      number: trimmed(texts.number),
      nationality,
      birthDate: readDate(texts.birthDate, 'birth', options.today),
      sex: SEXES[texts.sex] ?? null,
      sexRaw: texts.sex,
      // A zone without a place for the expiry (FR-ID) says nothing of it.
      expiryDate: readDate(
        places.expiryDate.length === 0 ? '<<<<<<' : texts.expiryDate,
        'expiry',
        options.today,
      ),
      optional: trimmed(texts.optional),
      optional2: trimmed(texts.optional2),
      primaryIdentifier: name.primaryIdentifier,
      secondaryIdentifier: name.secondaryIdentifier,
      nameTruncated: name.truncated,
    },
    texts,
    checkDigits: digitStates(format, lines, long),
    places: { fields: places, checkDigits: digitPlaces(format, long) },
    foreign: foreignPlaces(lines),
    nameFaults: name.faults.map(({ fault, start, end }) => {
      const { row, start: base } = nameField ?? { row: 0, start: 0 };
      return { fault, place: { row, start: base + start, end: base + end } };
    }),
    longNumber: long !== null,
  };
}
