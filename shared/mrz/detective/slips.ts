// Slips of a reader or a hand that would explain the failing digits: one character, two unsure ones, two neighbours swapped.

import { characterValue } from '../check-digit.ts';
import { likeness, type Likeness } from './look-alikes.ts';
import { fit } from './plausible.ts';
import { TAKEN_FOR, type Trust, type Trusts, trustsOf } from './trust.ts';
import type { Change, Clues } from './types.ts';
import { changeAt, type DigitView, inverse, lawfulAt, mod10, repairs, type ZoneView } from './zone-view.ts';

export interface Slip {
  changes: Change[];
  /** The neighbours stand the other way round. */
  swap: boolean;
  likeness: Likeness;
  trust: Trust;
  weight: number;
}

const READ_FIRST = 0.05;
const SWAP = { typed: 0.003, unknown: 0.0003, read: 1e-6 };

/** Unsure places beyond this number say that the whole zone was read badly: pairs among them would fit by chance. */
const MOST_UNSURE = 10;
const MOST_SLIPS = 3;
/** Against the most believable slip, one that is less believable than this says nothing. */
const LEAST = 0.003;

interface Candidate {
  place: number;
  char: string;
  weight: number;
  likeness: Likeness;
  trust: Trust;
}

function candidate(view: ZoneView, trusts: Trusts, place: number, char: string, today: string): Candidate {
  const read = view.text.charAt(place);
  const alike = likeness(read, char);
  const trust = trusts.at(place);
  // What the recogniser itself gave before a rule changed it needs no other reason to be believed.
  if (trusts.before(place) === char)
    return { place, char, weight: trusts.chance(place) * READ_FIRST, likeness: alike, trust: 'read-first' };
  // A character that no zone has says nothing of what was printed: anything may stand there.
  const taken = characterValue(read) < 0 ? 1 : TAKEN_FOR[alike];
  return {
    place,
    char,
    weight: trusts.chance(place) * taken * fit(view, place, char, today),
    likeness: alike,
    trust,
  };
}

/** The value modulo 10 a place would need for every digit to hold; null where no character there could do it. */
function neededAt(view: ZoneView, place: number): number | null {
  const { digits, failing, foreign, text } = view;
  if (foreign.some((other) => other !== place)) return null;
  const value = Math.max(0, characterValue(text.charAt(place)));
  const [first] = failing;
  const weight = first?.weight[place] ?? 0;
  if (first === undefined || weight === 0) return null;
  const shift = mod10(-first.residue * inverse(weight));
  const holds = digits.every(
    (digit) => digit.state === 'absent' || mod10(digit.residue + (digit.weight[place] ?? 0) * shift) === 0,
  );
  return holds ? mod10(value + shift) : null;
}

function singles(view: ZoneView, trusts: Trusts, today: string): Candidate[] {
  const found: Candidate[] = [];
  for (let place = 0; place < view.text.length; place += 1) {
    const needed = neededAt(view, place);
    if (needed === null) continue;
    for (const char of lawfulAt(view, place)) {
      if (characterValue(char) % 10 !== needed || char === view.text.charAt(place)) continue;
      found.push(candidate(view, trusts, place, char, today));
    }
  }
  return found;
}

/**
 * Characters that change what is computed over what: those around a number of more than nine characters, whose end a
 * filler tells. Only look-alikes and unsure places are tried, by judging the whole zone again.
 */
function hinges(view: ZoneView, trusts: Trusts, today: string): Candidate[] {
  const { format, columns, text } = view;
  const number = format.checkDigits.find(({ id }) => id === 'number')?.at;
  const optional = format.fields.find(({ id }) => id === 'optional');
  const fails = view.failing.some(({ id }) => id === 'number');
  if (!format.longNumber || !fails || number === undefined || optional === undefined) return [];
  const digit = number.row * columns + number.start;
  if (text.charAt(digit) !== '<' && likeness(text.charAt(digit), '<') === 'stranger') return [];
  const places = [digit - 1, digit];
  for (let column = optional.start; column < optional.end; column += 1)
    places.push(optional.row * columns + column);
  return places.flatMap((place) =>
    [...lawfulAt(view, place)].flatMap((char) => {
      const read = text.charAt(place);
      if (char === read || (likeness(read, char) === 'stranger' && trusts.at(place) !== 'unsure')) return [];
      const found = candidate(view, trusts, place, char, today);
      // A filler there is usual as soon as there is a long number, which the judging of the whole zone decides.
      if (place === digit && char === '<')
        return [{ ...found, weight: trusts.chance(place) * TAKEN_FOR[found.likeness] * 0.1 }];
      return [found];
    }),
  );
}

/** What is added to the residues of all digits, as one number to base 10. */
function keyOf({ digits }: ZoneView, added: (digit: DigitView) => number): number {
  return digits.reduce((key, digit) => key * 10 + (digit.state === 'absent' ? 0 : mod10(added(digit))), 0);
}

/** Two slips at once, both at places that the reader was unsure of. */
function pairs(view: ZoneView, trusts: Trusts, today: string): [Candidate, Candidate][] {
  const { unsure } = trusts;
  if (unsure.length < 2 || unsure.length > MOST_UNSURE) return [];
  if (view.foreign.some((place) => !unsure.includes(place))) return [];
  const all = unsure.flatMap((place) => {
    const value = Math.max(0, characterValue(view.text.charAt(place)));
    return [...lawfulAt(view, place)]
      .filter((char) => char !== view.text.charAt(place))
      .map((char) => {
        const step = characterValue(char) - value;
        return { one: candidate(view, trusts, place, char, today), step, place };
      });
  });
  const byKey = new Map<number, typeof all>();
  for (const entry of all) {
    const key = keyOf(view, ({ weight }) => (weight[entry.place] ?? 0) * entry.step);
    byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  }
  const found: [Candidate, Candidate][] = [];
  for (const first of all) {
    const rest = keyOf(view, ({ residue, weight }) => -residue - (weight[first.place] ?? 0) * first.step);
    // The first alone does it: no second is needed.
    if (rest === 0) continue;
    for (const second of byKey.get(rest) ?? []) {
      if (second.place > first.place) found.push([first.one, second.one]);
    }
  }
  return found;
}

/** Two neighbours the other way round, as a hand types them. */
function swaps(view: ZoneView, { typed = false, lowConfidence }: Clues): Slip[] {
  const { text, columns, digits } = view;
  const weight = typed ? SWAP.typed : lowConfidence === undefined ? SWAP.unknown : SWAP.read;
  const found: Slip[] = [];
  if (view.foreign.length > 0) return found;
  for (let place = 0; place + 1 < text.length; place += 1) {
    const [char, next] = [text.charAt(place), text.charAt(place + 1)];
    if (char === next || (place + 1) % columns === 0) continue;
    const apart = characterValue(next) - characterValue(char);
    const holds = digits.every(
      (digit) =>
        digit.state === 'absent' ||
        mod10(digit.residue + ((digit.weight[place] ?? 0) - (digit.weight[place + 1] ?? 0)) * apart) === 0,
    );
    if (!holds || !lawfulAt(view, place).includes(next) || !lawfulAt(view, place + 1).includes(char))
      continue;
    found.push({
      changes: [changeAt(view, place, next), changeAt(view, place + 1, char)],
      swap: true,
      likeness: 'stranger',
      trust: typed ? 'unknown' : 'sure',
      weight,
    });
  }
  return found;
}

/** The slips that would make every digit hold, the most believable first; at most three. */
export function findSlips(view: ZoneView, clues: Clues): Slip[] {
  const trusts = trustsOf(view, clues);
  const { today } = clues;
  const one = [...singles(view, trusts, today), ...hinges(view, trusts, today)].map(
    ({ place, char, ...rest }): Slip => ({ ...rest, changes: [changeAt(view, place, char)], swap: false }),
  );
  const two = pairs(view, trusts, today).map(
    ([a, b]): Slip => ({
      changes: [changeAt(view, a.place, a.char), changeAt(view, b.place, b.char)],
      swap: false,
      likeness: [a, b].some((each) => each.likeness === 'stranger')
        ? 'stranger'
        : a.likeness === 'kin'
          ? 'kin'
          : b.likeness,
      trust: 'unsure',
      weight: a.weight * b.weight,
    }),
  );
  const found: Slip[] = [];
  const seen = new Set<string>();
  for (const slip of [...one, ...two, ...swaps(view, clues)].sort((a, b) => b.weight - a.weight)) {
    if (found.length === MOST_SLIPS || slip.weight < LEAST * (found[0]?.weight ?? 0)) break;
    const key = slip.changes.map(({ row, column, to }) => `${row} ${column} ${to}`).join(',');
    if (seen.has(key)) continue;
    seen.add(key);
    if (repairs(view, slip.changes)) found.push(slip);
  }
  return found;
}
