// Ways of lawful issuers that leave a digit out: a filler or 0 in the place of a digit although the field is not empty.

import type { CheckDigitId } from '../formats.ts';
import type { Clues } from './types.ts';
import type { ZoneView } from './zone-view.ts';

/** `filler-for-digit`, `zero-for-digit`: what stands in place of the digits; words are `detective.quirk.<id>`. */
export type QuirkId = 'filler-for-digit' | 'zero-for-digit';

export interface FittingQuirk {
  id: QuirkId;
  digits: CheckDigitId[];
  weight: number;
}

/** The chance that an issuer leaves a digit out, by what it prints instead; 0 comes about by chance once in ten times. */
const LEFT_OUT: Readonly<Record<QuirkId, number>> = { 'filler-for-digit': 0.003, 'zero-for-digit': 2e-5 };
/** Where the reader was not sure of the digit's place, a habit is the lesser cause. */
const UNSURE = 0.02;

/**
 * The quirk that explains all failing digits: none of the issuer's own accord. Not verified for any issuer here; what is
 * known of an issuer is the rule book's.
 */
export function findQuirks(
  { failing, text, columns }: ZoneView,
  { lowConfidence = [] }: Clues,
): FittingQuirk[] {
  if (failing.length === 0) return [];
  const digits = failing.map(({ id }) => id);
  const all = (char: string) => failing.every(({ at }) => text.charAt(at) === char);
  const unsure = failing.some(({ at }) =>
    lowConfidence.some(({ line, column }) => line * columns + column === at),
  );
  const habit = (id: QuirkId): FittingQuirk => ({ id, digits, weight: LEFT_OUT[id] * (unsure ? UNSURE : 1) });
  if (all('<')) return [habit('filler-for-digit')];
  // The personal number is the field whose digit some issuers do not compute; 0 elsewhere is no habit of any.
  const [only] = failing;
  if (all('0') && failing.length === 1 && only?.id === 'optional') return [habit('zero-for-digit')];
  return [];
}
