// For every character of a zone: which check digits see it, and what none of them can tell apart.

import { characterValue } from '../check-digit.ts';
import { judgeCheckDigits } from '../check-digits-of.ts';
import { CHECK_DIGIT_IDS, FORMATS } from '../formats.ts';
import type { MrzRead } from '../parse.ts';
import type { Change, Protection } from './types.ts';
import {
  applyChanges,
  changeAt,
  coversNothing,
  type DigitView,
  lawfulAt,
  mod10,
  viewOf,
  type ZoneView,
} from './zone-view.ts';

/** Whether every digit is judged as before with these changes: exact, where a filler more or less moves what is covered. */
function unnoticed(view: ZoneView, changes: readonly Change[]): boolean {
  const judged = judgeCheckDigits(view.format, applyChanges(view.reading.lines, changes));
  return CHECK_DIGIT_IDS.every(
    (id) => (judged[id].state === 'fails') === (view.reading.checkDigits[id] === 'fails'),
  );
}

/** Fillers without which a long number is none: in the place of its digit, and straight after its end. */
function hinges(reading: MrzRead): number[] {
  const format = FORMATS[reading.format];
  const { columns } = format;
  const end = reading.places.checkDigits.number.at;
  const at = format.checkDigits.find(({ id }) => id === 'number')?.at;
  if (!reading.longNumber || end === null || at === undefined) return [];
  const after = end.row * columns + end.end;
  const optional = format.fields.find(({ id }) => id === 'optional');
  return [at.row * columns + at.start, ...(optional !== undefined && end.end < optional.end ? [after] : [])];
}

function blindAt(view: ZoneView, place: number, here: readonly DigitView[]): string[] {
  const char = view.text.charAt(place);
  const others = [...lawfulAt(view, place)].filter((other) => other !== char);
  if (here.length === 0) return others;
  const own = here.find(({ at }) => at === place);
  if (own !== undefined) {
    // Digits are compared as characters; only of an empty field may the digit be 0 or a filler.
    const either = own.id !== 'composite' && coversNothing(own, view.text);
    return either ? others.filter((other) => other === '0' || other === '<') : [];
  }
  if (here.some(({ id, state }) => id !== 'composite' && state === 'absent')) return [];
  const same = others.filter((other) => characterValue(other) % 10 === characterValue(char) % 10);
  return view.reading.longNumber ? same.filter((to) => unnoticed(view, [changeAt(view, place, to)])) : same;
}

function swapUnseen(view: ZoneView, place: number): boolean {
  const [char, next] = [view.text.charAt(place), view.text.charAt(place + 1)];
  const apart = characterValue(next) - characterValue(char);
  if ((place + 1) % view.columns === 0 || char === next || view.foreign.length > 0) return false;
  if (!lawfulAt(view, place).includes(next) || !lawfulAt(view, place + 1).includes(char)) return false;
  const touched = view.digits.filter(({ weight }) => weight[place] !== 0 || weight[place + 1] !== 0);
  if (touched.length === 0) return false;
  if (view.reading.longNumber)
    return unnoticed(view, [changeAt(view, place, next), changeAt(view, place + 1, char)]);
  const plain = /^[0-9]{2}$/u.test(char + next);
  return touched.every(
    ({ weight, at, state }) =>
      state !== 'absent' &&
      // Swapped with its own digit, a character must be a digit itself.
      (plain || (at !== place && at !== place + 1)) &&
      mod10(((weight[place] ?? 0) - (weight[place + 1] ?? 0)) * apart) === 0,
  );
}

function protectionAt(view: ZoneView, place: number, hinged: readonly number[]): Protection {
  const here = view.digits.filter(({ weight }) => weight[place] !== 0);
  const digits = here.map(({ id }) => id);
  if (hinged.includes(place) && !digits.includes('number')) digits.unshift('number');
  return {
    level: digits.length >= 2 ? 2 : digits.length === 1 ? 1 : 0,
    digits,
    blind: blindAt(view, place, here),
    swapUnseen: swapUnseen(view, place),
  };
}

/**
 * What the check digits see of every character, row by row. `level` counts the digits that would see another character
 * there; `blind` are the characters that would pass all the same: those of equal value modulo 10, and every lawful one
 * where no digit looks (ICAO Doc 9303-3 §4.9).
 */
export function protectionOf(reading: MrzRead): Protection[][] {
  const view = viewOf(reading);
  const hinged = hinges(reading);
  return reading.lines.map((line, row) =>
    Array.from({ length: line.length }, (_, column) =>
      protectionAt(view, row * view.columns + column, hinged),
    ),
  );
}

/** For each row how many check digits see each of its characters, 0, 1 or 2: what `protectionOf` says in `level`. */
export function protectionLevels(reading: MrzRead): number[][] {
  const { columns } = FORMATS[reading.format];
  const seen = Array.from({ length: reading.lines.join('').length }, () => 0);
  const see = (place: number) => {
    seen[place] = Math.min(2, (seen[place] ?? 0) + 1);
  };
  for (const id of CHECK_DIGIT_IDS) {
    const { at, covers } = reading.places.checkDigits[id];
    for (const { row, start, end } of at === null ? [] : [at, ...covers]) {
      for (let column = start; column < end; column += 1) see(row * columns + column);
    }
  }
  // The filler between the parts of a long number is in the sum of some issuers' digit, and hangs on it in any case.
  for (const place of hinges(reading)) see(place);
  return reading.lines.map((_, row) => seen.slice(row * columns, (row + 1) * columns));
}
