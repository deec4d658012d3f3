// The core of the command line's `check`: one row of JSON in, one plain object out, whatever the row holds.

import type { CheckDigitState } from '../mrz/check-digits-of.ts';
import {
  type PlainExplanation,
  plainExplanations,
  protectionRows,
  type Words,
} from '../mrz/detective/plain.ts';
import type { Clues } from '../mrz/detective/types.ts';
import type { CheckDigitId, FormatId, Place } from '../mrz/formats.ts';
import type { MrzFields } from '../mrz/parse.ts';
import { parseMrz } from '../mrz/parse.ts';
import type { Finding, FindingClass, Severity } from './findings.ts';
import { judge } from './judge.ts';

export type CheckErrorCode =
  | 'row-not-object'
  | 'lines-missing'
  | 'lines-not-text'
  | 'mrz-empty'
  | 'mrz-rows'
  | 'mrz-length'
  | 'mrz-characters';

/** The fields of a zone without structure, for files and scripts. */
export interface PlainFields {
  documentCode: string;
  documentType: string;
  issuer: string;
  number: string;
  nationality: string;
  /** ISO 8601 as far as known; null where no year can be told. */
  birthDate: string | null;
  /** As printed, `YYMMDD` with fillers. */
  birthDateRaw: string;
  /** Id of the rule that chose the century; null where none was needed. */
  birthDateCentury: string | null;
  sex: string | null;
  expiryDate: string | null;
  expiryDateRaw: string;
  expiryDateCentury: string | null;
  optional: string;
  optional2: string;
  primaryIdentifier: string;
  secondaryIdentifier: string;
  nameTruncated: boolean;
}

/** A finding with its words in place of their ids. */
export interface PlainFinding {
  id: string;
  class: FindingClass;
  severity: Severity;
  fields: string[];
  places: Place[];
  fraudTypes: string[];
  title: string;
  /** Both readings; a finding on the reading itself has only `retake`. */
  fraud?: string;
  innocent?: string;
  retake?: string;
}

export interface CheckError {
  code: CheckErrorCode;
  message: string;
}

export interface CheckedRow {
  format: FormatId;
  fields: PlainFields;
  checkDigits: Record<CheckDigitId, CheckDigitState>;
  findings: PlainFinding[];
  /** What may be behind it, the best first; empty where every digit holds and every character may stand where it does. */
  explanations: PlainExplanation[];
  /** For each row, how many check digits see each character: 0, 1 or 2. */
  protection: string[];
  /** `mrz-characters`: the row holds characters no zone has; the rest was read all the same. */
  error?: CheckError;
}

/** A row nothing can be read from; `findings` where there were rows to judge. */
export interface FailedRow {
  error: CheckError;
  findings?: PlainFinding[];
}

export interface CheckOptions {
  /** The day against which dates are judged, `YYYY-MM-DD`; a malformed one gives a RangeError. */
  today: string;
  /** Words for a catalogue id; without it the ids themselves stand in the object. */
  text?: Words;
}

/** The fields of a reading as plain values. */
export function plainFields(fields: MrzFields): PlainFields {
  const { birthDate, expiryDate } = fields;
  return {
    documentCode: fields.documentCode,
    documentType: fields.documentType,
    issuer: fields.issuer,
    number: fields.number,
    nationality: fields.nationality,
    birthDate: birthDate.iso,
    birthDateRaw: birthDate.raw,
    birthDateCentury: birthDate.century,
    sex: fields.sex,
    expiryDate: expiryDate.iso,
    expiryDateRaw: expiryDate.raw,
    expiryDateCentury: expiryDate.century,
    optional: fields.optional,
    optional2: fields.optional2,
    primaryIdentifier: fields.primaryIdentifier,
    secondaryIdentifier: fields.secondaryIdentifier,
    nameTruncated: fields.nameTruncated,
  };
}

/** A finding with words, by the function that gives the words of a catalogue id. */
export function plainFinding(finding: Finding, text: (id: string) => string): PlainFinding {
  const { fraud, innocent, retake } = finding.text;
  return {
    id: finding.id,
    class: finding.class,
    severity: finding.severity,
    fields: finding.fields,
    places: finding.places,
    fraudTypes: finding.fraud,
    title: text(finding.text.title),
    ...(fraud === undefined ? {} : { fraud: text(fraud) }),
    ...(innocent === undefined ? {} : { innocent: text(innocent) }),
    ...(retake === undefined ? {} : { retake: text(retake) }),
  };
}

function linesOf(row: unknown): unknown[] | CheckErrorCode {
  const bare = typeof row === 'string' || Array.isArray(row);
  if (!bare && (typeof row !== 'object' || row === null)) return 'row-not-object';
  const named = bare ? { lines: row } : (row as { lines?: unknown; mrz?: unknown });
  if (!Object.hasOwn(named, 'lines') && !Object.hasOwn(named, 'mrz')) return 'lines-missing';
  const lines = Object.hasOwn(named, 'lines') ? named.lines : (named as { mrz?: unknown }).mrz;
  const list = typeof lines === 'string' ? [lines] : lines;
  return Array.isArray(list) && list.every((line) => typeof line === 'string') ? list : 'lines-not-text';
}

/** The places a row says were read with doubt; what has not that shape says nothing. */
function cluesOf(row: unknown): Pick<Clues, 'lowConfidence'> {
  const given = (row as { lowConfidence?: unknown }).lowConfidence;
  if (!Array.isArray(given)) return {};
  const lowConfidence = given.flatMap((mark: unknown) => {
    const { line, column } = (mark ?? {}) as { line?: unknown; column?: unknown };
    return Number.isInteger(line) && Number.isInteger(column)
      ? [{ line: Number(line), column: Number(column) }]
      : [];
  });
  return { lowConfidence };
}

/**
 * Checks one row `{ lines }` (an array of rows or one string; `mrz` is taken for `lines`, and so is either by itself),
 * with `lowConfidence` (`{ line, column }` from 0) where it is known at which places the reader was unsure. Whatever
 * cannot be checked gives an object with `error`; it never throws on input and never repeats the row's content in an error.
 */
export function checkRow(row: unknown, options: CheckOptions): CheckedRow | FailedRow {
  const text = options.text ?? ((id: string) => id);
  const error = (code: CheckErrorCode): CheckError => ({ code, message: text(`check.error.${code}`) });
  const input = linesOf(row);
  if (typeof input === 'string') return { error: error(input) };

  const reading = parseMrz(input, { today: options.today });
  const findings = judge(reading, { today: options.today }).map((finding) => plainFinding(finding, text));
  if (!reading.ok) {
    const failed = error(`mrz-${reading.problem}`);
    return findings.length === 0 ? { error: failed } : { error: failed, findings };
  }
  return {
    format: reading.format,
    fields: plainFields(reading.fields),
    checkDigits: reading.checkDigits,
    findings,
    explanations: plainExplanations(reading, { today: options.today, ...cluesOf(row) }, text),
    protection: protectionRows(reading),
    ...(reading.foreign.length > 0 ? { error: error('mrz-characters') } : {}),
  };
}
