// The detective's answers with their words filled in, for files, scripts and the command line.

import type { MrzReading } from '../parse.ts';
import { explain } from './explain.ts';
import { protectionLevels } from './protection.ts';
import type { Clues, Explanation } from './types.ts';

/** An explanation with its words in place of their ids. */
export interface PlainExplanation extends Omit<Explanation, 'evidence' | 'text' | 'values'> {
  title: string;
  fraud: string;
  innocent: string;
  evidence: string[];
}

/** The words of a catalogue id with its values filled in. */
export type Words = (id: string, values?: Record<string, string>) => string;

/** The explanations of a reading in words, the best first. */
export function plainExplanations(reading: MrzReading, clues: Clues, words: Words): PlainExplanation[] {
  return explain(reading, clues).map(({ text, values, evidence, ...rest }) => ({
    kind: rest.kind,
    standing: rest.standing,
    field: rest.field,
    digits: rest.digits,
    places: rest.places.map(({ row, start, end }) => ({ row, start, end })),
    repair: rest.repair,
    arithmetic: rest.arithmetic,
    title: words(text.title, values),
    fraud: words(text.fraud, values),
    innocent: words(text.innocent, values),
    evidence: evidence.map((piece) => words(piece.text, piece.values)),
  }));
}

/** For each row a text as long as the row: how many check digits see each character, 0, 1 or 2. */
export function protectionRows(reading: MrzReading): string[] {
  if (!reading.ok) return [];
  return protectionLevels(reading).map((levels) => levels.join(''));
}
