// What is looked up: a number, or a name with a date of birth, brought into one spelling, as the text whose token is compared.
import type { AskedList, Listed } from '../examination/listed.ts';
import { isVisaFormat } from '../mrz/formats.ts';
import { parseMrz } from '../mrz/parse.ts';
import { findState } from '../mrz/states.ts';
import { spelled, tokensOf } from '../sharing/fold.ts';

/** What an entry says beside its number or name; a list has some of these shapes, and only those are asked. */
export const LIST_SHAPES = [
  'number',
  'number-state',
  'number-type',
  'number-state-type',
  'visa',
  'visa-state',
  'person',
  'words',
] as const;

export type ListShape = (typeof LIST_SHAPES)[number];
/** Visas are numbered for themselves: their numbers are another shape. */
export type DocumentFamily = 'passport' | 'card';

/** Of what a match of each shape tells. */
export const LISTED_BY: Readonly<Record<ListShape, Listed>> = {
  number: 'number',
  'number-state': 'number',
  'number-type': 'number',
  'number-state-type': 'number',
  visa: 'visa',
  'visa-state': 'visa',
  person: 'person',
  words: 'person',
};

export interface ListKey {
  shape: ListShape;
  /** Shape and parts: the text of which a list keeps a token. */
  text: string;
}

const keyOf = (shape: ListShape, ...parts: readonly string[]): ListKey => ({
  shape,
  text: [shape, ...parts].join('\n'),
});

const SEPARATORS = /[\s<./\\_\-\u2010-\u2015]+/gu;
const PLAIN = /^[A-Z0-9]+$/u;

/** A number in capitals without what only parts it; the caller looks whether anything but letters and digits is left. */
export function numberText(text: string): string {
  const bare = text.trim();
  return PLAIN.test(bare) ? bare : bare.normalize('NFKC').toUpperCase().replaceAll(SEPARATORS, '');
}

export const isPlainNumber = (text: string): boolean => PLAIN.test(text);

/** Codes that two documents of one issuer may carry. */
const SAME_STATE: Readonly<Record<string, string>> = { DEU: 'D', XXK: 'RKS' };

/** The code of a state as the zone has it; null for what is no such code. */
export function stateText(text: string): string | null {
  const code = text.trim().toUpperCase().replaceAll('<', '');
  if (findState(code) === null) return null;
  return SAME_STATE[code] ?? code;
}

/** A number that is listed with what is known beside it. */
export function numberKey(number: string, state: string, family: DocumentFamily | null): ListKey {
  if (state === '') return family === null ? keyOf('number', number) : keyOf('number-type', number, family);
  return family === null
    ? keyOf('number-state', number, state)
    : keyOf('number-state-type', number, state, family);
}

export const visaKey = (number: string, state: string): ListKey =>
  state === '' ? keyOf('visa', number) : keyOf('visa-state', number, state);

const wordsOf = (name: string): string[] => tokensOf(name).map(({ text }) => spelled(text));
const LATIN = /^[A-Z ]+$/u;

/**
 * A person by surname, first given name and date of birth (`YYYY-MM-DD`): further given names are left out as often as
 * not. Null for a name that has no Latin letters.
 */
export function personKey(primary: string, secondary: string, birth: string): ListKey | null {
  const surname = wordsOf(primary).join(' ');
  const [given = ''] = wordsOf(secondary);
  return LATIN.test(surname) && /^[A-Z]*$/u.test(given) ? keyOf('person', surname, given, birth) : null;
}

/** The same where nobody says which word is the surname: all words, in no order. */
export function wordsKey(name: string, birth: string): ListKey | null {
  const words = wordsOf(name).sort().join(' ');
  return LATIN.test(words) ? keyOf('words', words, birth) : null;
}

/** What is looked at of a document: its zone, and what the officer typed of its page. */
export interface AskedDocument {
  lines: readonly string[];
  print?: { number?: string | undefined } | undefined;
}

function numbersOf(zone: string, typed: string | undefined): string[] {
  const numbers = [zone, numberText(typed ?? '')].filter(isPlainNumber);
  return [...new Set(numbers)];
}

/** Every text under which a document can be listed; empty where its zone was not read. `today` as for `parseMrz`. */
export function keysOfDocument({ lines, print }: AskedDocument, today: string): ListKey[] {
  const reading = parseMrz(lines, { today });
  if (!reading.ok) return [];
  const { issuer, number, primaryIdentifier, secondaryIdentifier, birthDate } = reading.fields;
  const state = stateText(issuer) ?? '';
  const numbers = numbersOf(number, print?.number);
  const keys = isVisaFormat(reading.format)
    ? numbers.flatMap((each) => keysOfVisa(each, state))
    : numbers.flatMap((each) => keysOfNumber(each, state, reading.format === 'TD3' ? 'passport' : 'card'));
  const birth = birthDate.iso;
  if (birth?.length !== 10) return keys;
  const person = personKey(primaryIdentifier, secondaryIdentifier, birth);
  const words = wordsKey(`${primaryIdentifier} ${secondaryIdentifier}`, birth);
  return [...keys, ...[person, words].filter((key) => key !== null)];
}

/** Under which a number of a passport or card can be listed; without a family of documents, of either. */
export function keysOfNumber(number: string, state: string, family: DocumentFamily | null): ListKey[] {
  const families = family === null ? (['passport', 'card'] as const) : [family];
  return ['', ...(state === '' ? [] : [state])].flatMap((each) => [
    numberKey(number, each, null),
    ...families.map((one) => numberKey(number, each, one)),
  ]);
}

export function keysOfVisa(number: string, state: string): ListKey[] {
  return [visaKey(number, ''), ...(state === '' ? [] : [visaKey(number, state)])];
}

/** What of these keys is on a list; each thing once, in the order of `LISTED`. */
export function matchedOf(found: readonly ListKey[]): AskedList['matched'] {
  const told = new Set(found.map(({ shape }) => LISTED_BY[shape]));
  return (['number', 'visa', 'person'] as const).filter((each) => told.has(each));
}
