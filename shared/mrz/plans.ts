// The tables of formats.ts laid out for reading: what a parse would otherwise look up and build anew for every zone.

import type { CheckDigitId, CheckDigitRow, FieldId, Format, FormatId, Place } from './formats.ts';
import { FORMAT_IDS, FORMATS, fieldRow, fieldRows } from './formats.ts';

/** Where a digit stands, null where the format has none, and what it is computed over. */
export interface DigitPlaces {
  at: Place | null;
  covers: readonly Place[];
}

export interface Plan {
  format: Format;
  /** The places of every field; none for a field the format does not have. Shared by all readings and frozen. */
  fields: Readonly<Record<FieldId, readonly Place[]>>;
  /** The places of every check digit, shared by all readings and frozen. */
  digits: Readonly<Record<CheckDigitId, DigitPlaces>>;
  /** The number and the optional data it may go on in; null where a number has its nine characters and no more. */
  longNumber: { number: Place; optional: Place } | null;
}

const NONE: readonly Place[] = Object.freeze([]);

function frozen({ row, start, end }: Place): Place {
  return Object.freeze({ row, start, end });
}

function planOf(format: Format): Plan {
  const at = (id: FieldId): readonly Place[] => Object.freeze(fieldRows(format, id).map(frozen));
  const digit = (id: CheckDigitId): DigitPlaces => {
    const row: CheckDigitRow | undefined = format.checkDigits.find((one) => one.id === id);
    if (row === undefined) return Object.freeze({ at: null, covers: NONE });
    return Object.freeze({ at: frozen(row.at), covers: Object.freeze(row.covers.map(frozen)) });
  };
  const number = fieldRow(format, 'number');
  const optional = fieldRow(format, 'optional');
  return {
    format,
    fields: Object.freeze({
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
    }),
    digits: Object.freeze({
      number: digit('number'),
      birth: digit('birth'),
      expiry: digit('expiry'),
      optional: digit('optional'),
      composite: digit('composite'),
    }),
    longNumber:
      format.longNumber && number !== null && optional !== null
        ? { number: frozen(number), optional: frozen(optional) }
        : null,
  };
}

const PLANS = new Map<FormatId, Plan>(FORMAT_IDS.map((id) => [id, planOf(FORMATS[id])]));

/** The plan of a format. */
export function planFor(format: Format): Plan {
  return PLANS.get(format.id) ?? planOf(format);
}
