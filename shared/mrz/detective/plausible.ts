// How well a character fits the place it would stand at: shape of numbers, dates that exist, fillers at the end.

import { readDate } from '../dates.ts';
import { liesIn } from '../formats.ts';
import { alphabetAt, coversNothing, fieldAt, rowAndColumn, type ZoneView } from './zone-view.ts';

type Sort = 'digit' | 'letter' | 'filler' | 'edge';

function sortOf(char: string): Sort {
  if (char >= '0' && char <= '9') return 'digit';
  return char === '<' ? 'filler' : char === '' ? 'edge' : 'letter';
}

interface Around {
  /** Place within the field's part that lies on this row. */
  index: number;
  before: Sort;
  after: Sort;
  /** Nothing but fillers stands behind. */
  last: boolean;
  /** Letters among the other characters beyond the second place: numbers of mixed characters. */
  mixed: boolean;
}

function around(view: ZoneView, place: number): Around {
  const [row, column] = rowAndColumn(view, place);
  const line = view.reading.lines[row] ?? '';
  const parts = Object.values(view.reading.places.fields).flat();
  const part = parts.find((at) => liesIn(at, row, column));
  const { start, end } = part ?? { start: column, end: column + 1 };
  const text = line.slice(start, end);
  const index = column - start;
  const others = text.slice(2, index).concat(text.slice(Math.max(2, index + 1)));
  return {
    index,
    before: sortOf(text.charAt(index - 1)),
    after: sortOf(text.charAt(index + 1)),
    last: /^<*$/u.test(text.slice(index + 1)),
    mixed: (others.match(/[A-Z]/gu) ?? []).length >= 2,
  };
}

/** The chance of a digit, as against a letter, between these neighbours. */
function digitShare({ index, before, after, mixed }: Around): number {
  const digits = Number(before === 'digit') + Number(after === 'digit');
  const letters = Number(before === 'letter') + Number(after === 'letter');
  if (mixed) return 0.6;
  // States begin numbers with a series of one or two letters.
  if (index === 0) return 0.4;
  if (index === 1) return before === 'digit' ? 0.9 : digits > 0 ? 0.55 : 0.4;
  if (letters === 2) return 0.4;
  return digits === 2 ? 0.96 : letters === 1 ? 0.75 : 0.9;
}

function fillerShare({ before, after, last }: Around): number {
  const open = before === 'filler' || before === 'edge';
  if (last) return before === 'filler' ? 0.9 : open ? 0.7 : 0.2;
  if (open && after === 'filler') return 0.8;
  // One filler between two parts of optional data.
  return after === 'filler' || before === 'filler' ? 0.05 : 0.02;
}

function dateFits(view: ZoneView, place: number, char: string, today: string): number {
  const field = fieldAt(view, place);
  if (field !== 'birthDate' && field !== 'expiryDate') return 0.1;
  const [at] = view.reading.places.fields[field];
  if (at === undefined) return 0;
  const first = at.row * view.columns + at.start;
  const raw = view.text.slice(first, place) + char + view.text.slice(place + 1, first + 6);
  const { state } = readDate(raw, field === 'birthDate' ? 'birth' : 'expiry', today);
  if (state === 'known') return 0.1;
  return state === 'impossible' ? 0.0005 : 0.002;
}

/** How well a character fits a place, as a weight that may be compared between characters and between places. */
export function fit(view: ZoneView, place: number, char: string, today: string): number {
  const alphabet = alphabetAt(view, place);
  if (alphabet === 'digit') {
    const own = view.digits.find(({ at }) => at === place);
    const mayBeFiller = own !== undefined && coversNothing(own, view.text);
    return char === '<' && !mayBeFiller ? 0.005 : 0.1;
  }
  if (alphabet === 'date') return dateFits(view, place, char, today);
  const near = around(view, place);
  const filler = fillerShare(near);
  const sort = sortOf(char);
  if (sort === 'filler') return filler;
  const share = alphabet === 'alpha' ? 0 : digitShare(near);
  return (1 - filler) * (sort === 'digit' ? share / 10 : (1 - share) / 26);
}
