// Catalogue ids for what the detective says in general: kinds, standings, the protection of a character, what no digit sees.

import { FORMATS } from '../formats.ts';
import type { MrzRead } from '../parse.ts';
import type { Evidence, Explanation, Protection } from './types.ts';

/** Ids of the words for the kind of an explanation and for how it stands beside the others. */
export function labelsOf({ kind, standing }: Pick<Explanation, 'kind' | 'standing'>): {
  kind: string;
  standing: string;
} {
  return { kind: `detective.kind.${kind}`, standing: `detective.standing.${standing}` };
}

const LEVELS = ['none', 'one', 'two'] as const;

/** What is to say of one character's protection. */
export function protectionWords({ level, blind, swapUnseen }: Protection): Evidence[] {
  const words: Evidence[] = [{ text: `detective.protection.${LEVELS[level]}`, values: {} }];
  if (level > 0 && blind.length > 0)
    words.push({ text: 'detective.protection.blind', values: { others: blind.join(' ') } });
  if (swapUnseen) words.push({ text: 'detective.protection.swap', values: {} });
  return words;
}

/**
 * The id of the one line that tells what no check digit of this format can see. By the weights of Doc 9303-4, -5 and -6
 * the second digit of a date's year weighs 0 in the composite once the date's own digit is computed with it.
 */
export function unseenText({ format }: Pick<MrzRead, 'format'>): string {
  const { checkDigits, fields } = FORMATS[format];
  const composite = checkDigits.find(({ id }) => id === 'composite');
  if (composite === undefined) return 'detective.unseen.no-composite';
  const name = fields.find(({ id }) => id === 'name');
  const whole = composite.covers.some(
    ({ row, start, end }) => row === name?.row && start <= name.start && end >= name.end,
  );
  return whole ? 'detective.unseen.whole-zone' : 'detective.unseen.composite';
}
