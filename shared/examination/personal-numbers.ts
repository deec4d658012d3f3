// Personal numbers that some issuers print as optional data and that carry a date of birth: held against the date of the zone.

import type { FormatId } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';

export interface PersonalNumber {
  id: string;
  issuers: readonly string[];
  formats: readonly FormatId[];
  /** What such a number looks like; optional data of another shape is never judged. */
  shape: RegExp;
  /** Whether the number and its own check digit, date of birth and sex go with the zone. */
  agrees: (number: string, person: { birth: string; sex: string }) => boolean;
  source: string;
  /** How the number is built was read there; that it stands in the zone was not, so a disagreement is only a note. */
  checked: 'opened' | 'unverified';
}

function weighted(number: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(number.charAt(index)), 0);
}

/** PESEL: YYMMDD with 20 added to the month from 2000 on, serial, sex in the tenth place (even: female), check digit. */
function pesel(number: string, { birth, sex }: { birth: string; sex: string }): boolean {
  const check = (10 - (weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10;
  const month = String(Number(number.slice(2, 4)) % 20).padStart(2, '0');
  const sexFits = sex === '<' || (Number(number.charAt(9)) % 2 === 0) === (sex === 'F');
  return (
    check === Number(number.charAt(10)) &&
    number.slice(0, 2) + month + number.slice(4, 6) === birth &&
    sexFits
  );
}

/** Estonia and Lithuania: century and sex (odd: male), YYMMDD, serial, check digit of two rounds modulo 11. */
function baltic(number: string, { birth, sex }: { birth: string; sex: string }): boolean {
  const first = weighted(number, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const second = weighted(number, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  const check = first < 10 ? first : second % 10;
  const sexFits = sex === '<' || (Number(number.charAt(0)) % 2 === 0) === (sex === 'F');
  return check === Number(number.charAt(10)) && number.slice(1, 7) === birth && sexFits;
}

const PERSONAL_NUMBERS: readonly PersonalNumber[] = [
  {
    id: 'pesel',
    issuers: ['POL'],
    formats: ['TD3'],
    shape: /^[0-9]{11}$/u,
    agrees: pesel,
    source: 'github.com fizyka-python/weryfikacja README',
    checked: 'opened',
  },
  {
    id: 'baltic',
    issuers: ['EST', 'LTU'],
    formats: ['TD3'],
    shape: /^[1-6][0-9]{10}$/u,
    agrees: baltic,
    source: 'none opened',
    checked: 'unverified',
  },
];

const BY_ISSUER = new Map(
  PERSONAL_NUMBERS.flatMap((row) => row.issuers.map((issuer) => [issuer, row] as const)),
);

/**
 * Whether the optional data is a personal number that goes against the birth or the sex of its own zone. False for an
 * issuer whose numbers are not known, for another shape, and where the zone gives no whole date of birth.
 */
export function personalNumberDisagrees({ fields, texts, format }: MrzRead): boolean {
  const row = BY_ISSUER.get(fields.issuer);
  if (row === undefined || !row.formats.includes(format) || fields.nationality !== fields.issuer)
    return false;
  if (!row.shape.test(fields.optional) || fields.birthDate.state !== 'known') return false;
  return !row.agrees(fields.optional, { birth: texts.birthDate, sex: texts.sex });
}
