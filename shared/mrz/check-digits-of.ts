// Judges the check digits of a zone against its format, the long document number included.

import { digitOver } from './check-digit.ts';
import type { CheckDigitId, Format, Place } from './formats.ts';
import { CHECK_DIGIT_IDS, fieldRow, textAt } from './formats.ts';
import type { DigitPlaces } from './plans.ts';
import { planFor } from './plans.ts';

/**
 * `holds` the digit agrees; `fails` it does not, or no digit stands where there must be one; `absent` a filler stands
 * there and the field it covers is empty, which is lawful; `not-applicable` the format has no such digit.
 */
export type CheckDigitState = 'holds' | 'fails' | 'absent' | 'not-applicable';

/** `incomplete` a character it covers, or the digit itself, is not typed yet. */
export type TypedCheckDigitState = CheckDigitState | 'incomplete';

export interface JudgedCheckDigit {
  state: CheckDigitState;
  /** Where the digit stands; null where the format has none. */
  at: Place | null;
  /** The characters it is computed over. */
  covers: readonly Place[];
}

export type JudgedCheckDigits = Record<CheckDigitId, JudgedCheckDigit>;

export interface LongNumber {
  /** The rest of the number, at the beginning of the optional data. */
  rest: Place;
  /** Its check digit, straight after. */
  digit: Place;
}

const FILLER = 60;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isData(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90);
}

/**
 * Where a number of more than nine characters goes on: nine characters, a filler in place of the digit, then the rest
 * and the digit at the beginning of the optional data, ended by a filler or the end of the field
 * (Doc 9303-5 §4.2.4; -6 has the same rule). Null where the zone is not printed so.
 */
export function longNumber(format: Format, lines: readonly string[]): LongNumber | null {
  const plan = planFor(format).longNumber;
  if (plan === null) return null;
  const { number, optional } = plan;
  const line = lines[number.row] ?? '';
  if (line.charCodeAt(number.end) !== FILLER || line.charCodeAt(number.end - 1) === FILLER) return null;
  const { row, start } = optional;
  const rest = lines[row] ?? '';
  const stop = Math.min(optional.end, rest.length);
  let end = start;
  while (end < stop && isData(rest.charCodeAt(end))) end += 1;
  if (end < stop && rest.charCodeAt(end) !== FILLER) return null;
  if (end - start < 2 || !isDigit(rest.charCodeAt(end - 1))) return null;
  return { rest: { row, start, end: end - 1 }, digit: { row, start: end - 1, end } };
}

function allFillers(lines: readonly string[], places: readonly Place[]): boolean {
  for (const { row, start, end } of places) {
    const line = lines[row] ?? '';
    for (let column = start; column < Math.min(end, line.length); column += 1) {
      if (line.charCodeAt(column) !== FILLER) return false;
    }
  }
  return true;
}

function judge(
  lines: readonly string[],
  at: Place,
  covers: readonly Place[],
  mayBeAbsent: boolean,
): CheckDigitState {
  const printed = (lines[at.row] ?? '').charCodeAt(at.start);
  // Empty fields: Doc 9303-4 §4.2.2.2 lets the issuer print 0 or a filler for the optional data; an unknown date
  // printed without a digit is taken the same way. The composite digit is never left out.
  if (printed === FILLER) return mayBeAbsent && allFillers(lines, covers) ? 'absent' : 'fails';
  return isDigit(printed) && digitOver(lines, covers) === printed - 48 ? 'holds' : 'fails';
}

function plainState(
  lines: readonly string[],
  { at, covers }: DigitPlaces,
  mayBeAbsent = true,
): CheckDigitState {
  return at === null ? 'not-applicable' : judge(lines, at, covers, mayBeAbsent);
}

/** Where the digits of a zone stand and what they cover: the format's own places, but for a long number. */
export function digitPlaces(
  format: Format,
  long: LongNumber | null,
): Readonly<Record<CheckDigitId, DigitPlaces>> {
  const { digits } = planFor(format);
  if (long === null) return digits;
  return { ...digits, number: { at: long.digit, covers: [...digits.number.covers, long.rest] } };
}

/** The state of every check digit, at the places `digitPlaces` gives. Never throws. */
export function digitStates(
  format: Format,
  lines: readonly string[],
  long: LongNumber | null,
): Record<CheckDigitId, CheckDigitState> {
  const { digits } = planFor(format);
  return {
    number: long === null ? plainState(lines, digits.number) : longState(lines, digits.number, long),
    birth: plainState(lines, digits.birth),
    expiry: plainState(lines, digits.expiry),
    optional: plainState(lines, digits.optional),
    composite: plainState(lines, digits.composite, false),
  };
}

/**
 * Issuers read the note on long numbers in two ways: older Belgian and many Portuguese cards count the filler between
 * the two parts as a character, newer Belgian ones and Doc 9303-11 appendix D leave it out. Both are in travellers'
 * hands, so both hold.
 */
function longState(lines: readonly string[], number: DigitPlaces, long: LongNumber): CheckDigitState {
  const state = judge(lines, long.digit, [...number.covers, long.rest], false);
  if (state === 'holds' || number.at === null) return state;
  return judge(lines, long.digit, [...number.covers, number.at, long.rest], false);
}

/** Judges every check digit of complete rows of this format. Never throws. */
export function judgeCheckDigits(format: Format, lines: readonly string[]): JudgedCheckDigits {
  const long = longNumber(format, lines);
  const places = digitPlaces(format, long);
  const states = digitStates(format, lines, long);
  const one = (id: CheckDigitId): JudgedCheckDigit => ({ state: states[id], ...places[id] });
  return {
    number: one('number'),
    birth: one('birth'),
    expiry: one('expiry'),
    optional: one('optional'),
    composite: one('composite'),
  };
}

/** Judges the digits of rows that are still being typed: rows may be short or missing. Never throws. */
export function judgeTypedDigits(
  format: Format,
  lines: readonly string[],
): Record<CheckDigitId, TypedCheckDigitState> {
  const judged = judgeCheckDigits(format, lines);
  const typed = (place: Place) => (lines[place.row]?.length ?? 0) >= place.end;
  const states = CHECK_DIGIT_IDS.map((id): [CheckDigitId, TypedCheckDigitState] => {
    const { state, at, covers } = judged[id];
    // A filler after nine characters may become a long number: open until the optional data is there.
    const optional = fieldRow(format, 'optional');
    const mayBeLong = id === 'number' && format.longNumber && at !== null && textAt(lines, at) === '<';
    const waits = mayBeLong && state === 'fails' && optional !== null && !typed(optional);
    return [id, at !== null && (waits || ![at, ...covers].every(typed)) ? 'incomplete' : state];
  });
  return Object.fromEntries(states) as Record<CheckDigitId, TypedCheckDigitState>;
}
