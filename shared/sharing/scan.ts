// Free text on its way out, held against what the case knows of persons and against what always tells of somebody.
import { bareOf } from './fold.ts';
import type { Box } from './full.ts';
import { bareNumber, HIDDEN } from './redact.ts';
import { datesIn } from './scan-dates.ts';
import { namesIn } from './scan-names.ts';

/** From the first character of a text to behind its last, in UTF-16 units. */
export interface Place {
  start: number;
  end: number;
}

/** Of everybody in a case: holders of its documents, companions, officers. In any script, as they were read or typed. */
export interface Known {
  /** One text a name or a part of one. */
  names: readonly string[];
  /** Of documents, visas and persons. */
  numbers: readonly string[];
  /** Days, `YYYY-MM-DD`. */
  dates: readonly string[];
  /** Where the reader found a zone on a picture, whatever an officer marks there. */
  zones?: readonly { imageId: string; at: Box }[];
}

/** What was found: a known name, number or day; six digits in a row; an address or a phone; a word of protection. */
export type TextFault = 'name' | 'number' | 'date' | 'digits' | 'contact' | 'protection';

const SHORTEST_NUMBER = 5;
/** A number this long is known by its end as well: a range would complete it. */
const LONG_NUMBER = 8;

/** A letter that is typed for a digit, and the other way round, tells the number all the same. */
const alike = (bare: string): string => bare.replaceAll('O', '0').replaceAll('I', '1');

function numbersIn(text: string, numbers: readonly string[]): Place[] {
  const wanted = new Set(
    numbers.flatMap((number) => {
      const bare = alike(bareNumber(number));
      if (bare.length < SHORTEST_NUMBER) return [];
      return bare.length < LONG_NUMBER ? [bare] : [bare, bare.slice(-HIDDEN)];
    }),
  );
  const bare = bareOf(text);
  const said = alike(bare.text);
  const found: Place[] = [];
  for (const number of wanted) {
    for (let from = said.indexOf(number); from >= 0; from = said.indexOf(number, from + 1)) {
      const last = bare.at[from + number.length - 1] ?? text.length - 1;
      found.push({ start: bare.at[from] ?? 0, end: last + 1 });
    }
  }
  return found;
}

const DIGITS = /\p{Nd}{6,}/gu;
const CONTACTS = [
  /[\p{L}\p{Nd}._%+-]+@[\p{L}\p{Nd}-]+(?:\.[\p{L}\p{Nd}-]+)+/gu,
  /(?<![\p{L}\p{Nd}])@[\p{L}\p{Nd}_.]{3,}/gu,
  /(?:\+|(?<!\p{Nd})00)[\s(]*\p{Nd}(?:[\s()./-]*\p{Nd}){6,}/gu,
  /\p{Nd}(?:[\s()./-]{0,2}\p{Nd}){8,}/gu,
  /(?:https?:\/\/|www\.|t\.me\/|wa\.me\/)\S+/giu,
];

/** What belongs into the protection file and nowhere else. */
const PROTECTION = [
  /asylum\w*/giu,
  /protection\s+(?:officer|concern|referral|case|need|file|sign)s?/giu,
  /(?:in\s+need\s+of|needs?|seeks?|seeking|asked\s+for)\s+protection/giu,
  /traffick\w*/giu,
  /victim\w*/giu,
  /exploit\w*/giu,
  /(?:forced|bonded)\s+labou?r|debt\s+bondage|slavery|refoulement/giu,
  /\bTI[\s-]?\d\d\b/gu,
];

const matches = (text: string, patterns: readonly RegExp[]): Place[] =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({ start: index, end: index + match.length })),
  );

export interface Fault {
  code: TextFault;
  place: Place;
}

/** Soft hyphens, joiners, marks of direction: nobody sees them, and they part a word for whoever compares it. */
const UNSEEN = /\p{Cf}/gu;

/** Everything in a text that may not leave in the open, in the order of the text. */
export function faultsOf(text: string, known: Known): Fault[] {
  const own = { ...known, names: known.names.map((name) => name.replaceAll(UNSEEN, '')) };
  const unseen = [...text.matchAll(UNSEEN)].map(({ index, 0: { length } }) => ({ index, length }));
  // The place of a character before what cannot be seen was taken out.
  const placeOf = (seen: number): number =>
    unseen.reduce((at, { index, length }) => (index <= at ? at + length : at), seen);
  return faultsIn(text.replaceAll(UNSEEN, ''), own).map(({ code, place: { start, end } }) => ({
    code,
    place: { start: placeOf(start), end: placeOf(end - 1) + 1 },
  }));
}

function faultsIn(text: string, known: Known): Fault[] {
  if (text === '') return [];
  const of = (code: TextFault, places: readonly Place[]) => places.map((place) => ({ code, place }));
  const found = [
    ...of('name', namesIn(text, known.names)),
    ...of('number', numbersIn(text, known.numbers)),
    ...of('date', datesIn(text, known.dates)),
    ...of('digits', matches(text, [DIGITS])),
    ...of('contact', matches(text, CONTACTS)),
    ...of('protection', matches(text, PROTECTION)),
  ];
  const distinct = new Map(
    found.map((fault) => [`${fault.code} ${fault.place.start} ${fault.place.end}`, fault]),
  );
  return [...distinct.values()].toSorted(
    (a, b) => a.place.start - b.place.start || a.place.end - b.place.end,
  );
}
