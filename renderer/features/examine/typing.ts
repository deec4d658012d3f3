// Typing an MRZ by hand: what a key means, where it goes, which format is meant, which digits already hold.
import { judgeTypedDigits } from '../../../shared/mrz/check-digits-of.ts';
import {
  CHECK_DIGIT_IDS,
  type FormatId,
  FORMATS,
  formatOf,
  type Place,
} from '../../../shared/mrz/formats.ts';
import { normaliseLines } from '../../../shared/mrz/normalise.ts';

/** A row being edited and where the caret stands after a change. */
export interface RowEdit {
  row: string;
  caret: number;
  /** What did not fit any more; goes on at the start of the next row. */
  rest: string;
}

/** Typed or pasted text in MRZ characters: lower case counts, space and full stop are the filler; the rest is dropped. */
export function mrzCharacters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[«≪]/gu, '<<')
    .replace(/[ .‹]/gu, '<')
    .replace(/[^A-Z0-9<]/gu, '');
}

/**
 * Puts text into a row. A chosen range is replaced; in a full row a single place is overwritten, in a short row
 * characters are put in, so that a dropped one can be added.
 */
export function typeInto(row: string, start: number, end: number, text: string, columns: number): RowEdit {
  const typed = mrzCharacters(text);
  const full = row.length >= columns && start < row.length;
  const replaced = start === end && full ? start + typed.length : end;
  const whole = row.slice(0, start) + typed + row.slice(replaced);
  const caret = Math.min(columns, start + typed.length);
  return { row: whole.slice(0, columns), caret, rest: whole.slice(columns) };
}

/** Takes out the range, or the place before (`back`) or after the caret. */
export function takeOut(row: string, start: number, end: number, back: boolean): RowEdit {
  const from = start === end && back ? Math.max(0, start - 1) : start;
  const to = start === end && !back ? end + 1 : end;
  return { row: row.slice(0, from) + row.slice(to), caret: from, rest: '' };
}

/** Rows out of pasted text where it is a whole zone; null where it is a few characters for one place. */
export function pastedRows(text: string): string[] | null {
  const rows = normaliseLines(text);
  return formatOf(rows) !== null || (rows.length > 1 && rows.length <= 3) ? rows : null;
}

/** The format meant: the officer's choice, else that of complete rows, else by first letter and length. */
export function typedFormat(lines: readonly string[], chosen: FormatId | null): FormatId {
  if (chosen !== null) return chosen;
  const complete = formatOf(lines);
  if (complete !== null) return complete.id;
  const [first = ''] = lines;
  const longest = Math.max(0, ...lines.map((line) => line.length));
  if (first.startsWith('V'))
    return lines.length > 1 && first.length === FORMATS['MRV-B'].columns ? 'MRV-B' : 'MRV-A';
  if (first.startsWith('IDFRA') && longest > FORMATS.TD1.columns) return 'FR-ID';
  if (/^[IAC]/u.test(first)) return longest > FORMATS.TD1.columns ? 'TD2' : 'TD1';
  return 'TD3';
}

/** Exactly as many rows as the format has; what a longer row holds stays in it. */
export function rowsOf(lines: readonly string[], format: FormatId): string[] {
  return Array.from({ length: FORMATS[format].rows }, (_, row) => lines[row] ?? '');
}

export interface TypedDigit {
  at: Place;
  state: 'holds' | 'fails' | 'absent' | 'incomplete';
}

/** The check digits of rows that may still be short, in the order of the format. */
export function typedDigits(format: FormatId, lines: readonly string[]): (TypedDigit & { id: string })[] {
  const states = judgeTypedDigits(FORMATS[format], lines);
  return CHECK_DIGIT_IDS.flatMap((id) => {
    const at = FORMATS[format].checkDigits.find((digit) => digit.id === id)?.at;
    const state = states[id];
    return at === undefined || state === 'not-applicable' ? [] : [{ id, at, state }];
  });
}
