// Judges the check digits of a zone against its format, the long document number included.

import { checkDigit } from './check-digit.ts';
import type { CheckDigitId, CheckDigitRow, Format, Place } from './formats.ts';
import { CHECK_DIGIT_IDS, fieldRow, textAt } from './formats.ts';

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

/**
 * Where a number of more than nine characters goes on: nine characters, a filler in place of the digit, then the rest
 * and the digit at the beginning of the optional data, ended by a filler or the end of the field
 * (Doc 9303-5 §4.2.4; -6 has the same rule). Null where the zone is not printed so.
 */
export function longNumber(format: Format, lines: readonly string[]): LongNumber | null {
  const number = fieldRow(format, 'number');
  const optional = fieldRow(format, 'optional');
  if (!format.longNumber || number === null || optional === null) return null;
  const filler = textAt(lines, { row: number.row, start: number.end, end: number.end + 1 });
  if (filler !== '<' || textAt(lines, number).endsWith('<')) return null;
  const match = /^([A-Z0-9]+)[0-9](?:<|$)/u.exec(textAt(lines, optional));
  const length = match?.[1]?.length;
  if (length === undefined) return null;
  const { row, start } = optional;
  return {
    rest: { row, start, end: start + length },
    digit: { row, start: start + length, end: start + length + 1 },
  };
}

function judge(lines: readonly string[], at: Place, covers: readonly Place[]): CheckDigitState {
  const text = covers.map((place) => textAt(lines, place)).join('');
  const printed = textAt(lines, at);
  // Empty fields: Doc 9303-4 §4.2.2.2 lets the issuer print 0 or a filler for the optional data; an unknown date
  // printed without a digit is taken the same way.
  if (printed === '<' && /^<*$/u.test(text)) return 'absent';
  return printed !== '' && checkDigit(text) === printed ? 'holds' : 'fails';
}

/** Judges every check digit of complete rows of this format. Never throws. */
export function judgeCheckDigits(format: Format, lines: readonly string[]): JudgedCheckDigits {
  const long = longNumber(format, lines);
  const one = (id: CheckDigitId): JudgedCheckDigit => {
    const row: CheckDigitRow | undefined = format.checkDigits.find((digit) => digit.id === id);
    if (row === undefined) return { state: 'not-applicable', at: null, covers: [] };
    const isLong = id === 'number' && long !== null;
    const at = isLong ? long.digit : row.at;
    const covers = isLong ? [...row.covers, long.rest] : row.covers;
    let state = judge(lines, at, covers);
    // Issuers read the note in two ways: older Belgian cards count the filler between the two parts as a character,
    // newer ones and Doc 9303-11 appendix D leave it out. Both are in travellers' hands, so both hold.
    if (isLong && state === 'fails') state = judge(lines, at, [...row.covers, row.at, long.rest]);
    return { state, at, covers };
  };
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
