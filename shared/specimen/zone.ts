// The rows of a machine readable zone from its values, by the tables of shared/mrz.
import { checkDigit } from '../mrz/check-digit.ts';
import { type FieldId, FORMATS, type FormatId, type Place } from '../mrz/formats.ts';
import { nameField } from './transliterate.ts';

/** The values that make a machine readable zone, before its check digits. */
export interface ZoneValues {
  readonly documentCode: string;
  readonly issuer: string;
  readonly nationality: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly number: string;
  /** YYMMDD. */
  readonly birthDate: string;
  /** M, F or the filler. */
  readonly sex: string;
  /** YYMMDD. */
  readonly expiryDate: string;
  readonly optional: string;
  readonly optional2: string;
}

/** Sets the fields into the rows of a format and computes every check digit (Doc 9303-3 §4.9). */
export function composeLines(format: FormatId, values: ZoneValues): string[] {
  const table = FORMATS[format];
  const rows = Array.from({ length: table.rows }, () => Array.from({ length: table.columns }, () => '<'));
  const put = (place: Place, text: string): void => {
    const row = rows[place.row];
    for (let i = 0; row && i < Math.min(text.length, place.end - place.start); i++)
      row[place.start + i] = text.charAt(i);
  };
  for (const field of table.fields) put(field, textOf(field.id, values, field.end - field.start));
  // In table order: the composite digit comes last and covers the others.
  for (const digit of table.checkDigits) {
    const covered = digit.covers
      .map((place) => (rows[place.row] ?? []).slice(place.start, place.end).join(''))
      .join('');
    const empty = digit.id === 'optional' && /^<*$/u.test(covered);
    put(digit.at, empty ? '<' : checkDigit(covered));
  }
  return rows.map((row) => row.join(''));
}

function textOf(id: FieldId, values: ZoneValues, length: number): string {
  if (id === 'name') return nameField(values.surname, values.givenNames, length);
  return values[id];
}
