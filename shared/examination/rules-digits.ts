// The rules for check digits: one for each digit, and what a digit that holds still cannot see.

import type { CheckDigitId, FieldId, Place } from '../mrz/formats.ts';
import { liesIn } from '../mrz/formats.ts';
import type { MrzRead } from '../mrz/parse.ts';
import type { Rule, RuleContext, Verdict, ZoneRuleId } from './rule.ts';

/** A digit that fails: what it is computed over, and the digit itself. */
function failing(reading: MrzRead, digit: CheckDigitId): Verdict | null {
  if (reading.checkDigits[digit] !== 'fails') return null;
  const { at, covers } = reading.places.checkDigits[digit];
  return { places: at === null ? [...covers] : [...covers, at] };
}

/** A rule for one check digit: it speaks whenever that digit fails. */
function digitRule(
  id: ZoneRuleId,
  digit: CheckDigitId,
  fields: FieldId[],
  fraud: string[],
  source: string,
): Rule {
  return {
    id,
    class: 'integrity',
    severity: 'look',
    appliesTo:
      digit === 'optional' ? ['TD3'] : digit === 'composite' ? ['TD1', 'TD2', 'TD3', 'FR-ID'] : 'all',
    fields,
    fraud,
    source,
    judge: ({ reading }) => failing(reading, digit),
  };
}

/** Each digit, in the order in which findings are reported. */
export const DIGIT_RULES: readonly Rule[] = [
  digitRule('mrz.cd.num', 'number', ['number'], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
  digitRule('mrz.cd.dob', 'birth', ['birthDate'], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
  digitRule('mrz.cd.exp', 'expiry', ['expiryDate'], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
  digitRule('mrz.cd.opt', 'optional', ['optional'], ['CF'], 'ICAO Doc 9303-4 §4.2.2.2'),
  {
    ...digitRule('mrz.cd.comp', 'composite', [], ['FG.mrz_alter', 'CF'], 'ICAO Doc 9303-3 §4.9'),
    variants: ['with-field'],
    judge: ({ reading }) => {
      const verdict = failing(reading, 'composite');
      const { number, birth, expiry, optional } = reading.checkDigits;
      // It covers the other digits' fields: where one of them fails, it only repeats what that one says.
      const repeats = [number, birth, expiry, optional].includes('fails');
      return verdict !== null && repeats ? { ...verdict, variant: 'with-field', severity: 'note' } : verdict;
    },
  },
];

/** Characters that look like another of their blind class in OCR-B: <K 8S 6GQ 1L FP 0U HR MW; no digit tells such a slip. */
const ALIKE_AND_BLIND: ReadonlySet<string> = new Set('<K8S6G1LFP0UQHRMW');

const FREE_FIELDS = ['number', 'optional', 'optional2'] as const;

/** Whether a digit that holds looks at this place: where it fails, its own rule speaks. */
function heldByDigit(reading: MrzRead, row: number, column: number): boolean {
  let held = false;
  for (const id of ['number', 'optional', 'composite'] as const) {
    const { covers } = reading.places.checkDigits[id];
    if (!covers.some((place) => liesIn(place, row, column))) continue;
    if (reading.checkDigits[id] === 'fails') return false;
    held = true;
  }
  return held;
}

/** A K between fillers, or between a filler and the end: most often a filler read as K. */
const LONE_K = /<K+(?=<|$)/u;

function loneK(reading: MrzRead): Place[] {
  return FREE_FIELDS.flatMap((field) => {
    if (!LONE_K.test(reading.texts[field])) return [];
    return reading.places.fields[field].flatMap(({ row, start, end }) => {
      const text = (reading.lines[row] ?? '').slice(start, end);
      return [...text.matchAll(/<(K+)(?=<|$)/gu)].map((run) => ({
        row,
        start: start + run.index + 1,
        end: start + run.index + run[0].length,
      }));
    });
  });
}

function unseenDoubts({ reading, doubts }: RuleContext): Place[] {
  return doubts.flatMap(({ row, column }) => {
    const char = (reading.lines[row] ?? '').charAt(column);
    if (!ALIKE_AND_BLIND.has(char)) return [];
    const place = FREE_FIELDS.flatMap((field) => reading.places.fields[field]).find((each) =>
      liesIn(each, row, column),
    );
    if (place === undefined) return [];
    // A filler after all that is printed hardly hides a K.
    const after = (reading.lines[row] ?? '').slice(column, place.end);
    return char === '<' && /^<*$/u.test(after) ? [] : [{ row, start: column, end: column + 1 }];
  });
}

/** What was read with doubt, or is odd, where every digit holds and would hold for a look-alike as well. */
export const BLIND_RULE: Rule = {
  id: 'mrz.blind',
  class: 'warn',
  severity: 'note',
  appliesTo: 'all',
  fields: ['number', 'optional', 'optional2'],
  fraud: ['FG.mrz_alter'],
  source: 'ICAO Doc 9303-3 §4.9: values that are equal modulo 10 give the same digit',
  judge: (context) => {
    const { reading } = context;
    const places = [...loneK(reading), ...(context.doubts.length === 0 ? [] : unseenDoubts(context))];
    if (places.length === 0) return null;
    const held = places.filter(({ row, start }) => heldByDigit(reading, row, start));
    return held.length === 0 ? null : { places: held };
  },
};
