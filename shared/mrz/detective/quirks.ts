// Habits of lawful issuers: what is known of this one, else a filler or 0 in the place of a digit though the field is not empty.

import type { CheckDigitId } from '../formats.ts';
import type { Clues } from './types.ts';
import type { ZoneView } from './zone-view.ts';

/** `filler-for-digit`, `zero-for-digit`: what stands in place of the digits; words are `detective.quirk.<id>`. */
export type QuirkId = 'filler-for-digit' | 'zero-for-digit';

export interface FittingQuirk {
  /** Catalogue ids: what the habit is, and what is known of it. */
  evidence: string[];
  digits: CheckDigitId[];
  weight: number;
}

/** The chance that an issuer leaves a digit out, by what it prints instead; 0 comes about by chance once in ten times. */
const LEFT_OUT: Readonly<Record<QuirkId, number>> = { 'filler-for-digit': 0.003, 'zero-for-digit': 2e-5 };
/** A habit that is known of this very issuer: nothing else needs to be looked for first. */
const KNOWN = 0.02;
/** Where the reader was not sure of the digit's place, a habit is the lesser cause. */
const UNSURE = 0.02;

/**
 * The habits that explain all failing digits: those known of this issuer, else a digit left out, which is verified for none.
 */
export function findQuirks(
  { failing, text, columns }: ZoneView,
  { lowConfidence = [], habits = [] }: Clues,
): FittingQuirk[] {
  if (failing.length === 0) return [];
  const digits = failing.map(({ id }) => id);
  const all = (char: string) => failing.every(({ at }) => text.charAt(at) === char);
  const unsure = failing.some(({ at }) =>
    lowConfidence.some(({ line, column }) => line * columns + column === at),
  );
  const known = habits.filter((each) => digits.every((id) => each.digits.includes(id)));
  if (known.length > 0) {
    const weight = KNOWN * (unsure ? UNSURE : 1);
    return known.map((each) => ({ evidence: [each.text], digits, weight }));
  }
  const habit = (id: QuirkId): FittingQuirk => ({
    evidence: [`detective.quirk.${id}`, 'detective.evidence.quirk-unverified'],
    digits,
    weight: LEFT_OUT[id] * (unsure ? UNSURE : 1),
  });
  if (all('<')) return [habit('filler-for-digit')];
  // The personal number is the field whose digit some issuers do not compute; 0 elsewhere is no habit of any.
  const [only] = failing;
  if (all('0') && failing.length === 1 && only?.id === 'optional') return [habit('zero-for-digit')];
  return [];
}
