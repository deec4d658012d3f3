// Deliberate changes of one field that would leave just these digits: what stood there before, where the zone can tell.

import { characterValue } from '../check-digit.ts';
import type { CheckDigitId, FieldId } from '../formats.ts';
import { readDate } from '../dates.ts';
import type { Change } from './types.ts';
import {
  changeAt,
  type DigitView,
  FIELD_OF,
  lawfulAt,
  mod10,
  placesIn,
  repairs,
  type ZoneView,
} from './zone-view.ts';

/** `left`: the field was changed and no digit; `own-computed`: its own digit was made to fit, the composite was not. */
export type AlterationWay = 'left' | 'own-computed';

export interface Alteration {
  field: FieldId;
  way: AlterationWay;
  digits: CheckDigitId[];
  /** The years that would make every digit hold, two digits each, the nearest first: how dates are usually changed. */
  years: string[];
  /** What stood there, where just one year fits. */
  repair: Change[];
  weight: number;
}

/** Chance of a deliberate change before anything is known of the digits; only its ratio to that of a slip matters. */
const ANY_CHANGE = 0.003;
/** How often which field is what was changed: validity, then age, then identity. */
const CHANGED: Partial<Record<FieldId, number>> = {
  expiryDate: 0.4,
  birthDate: 0.3,
  number: 0.2,
  optional: 0.08,
  name: 0.08,
  nationality: 0.03,
  optional2: 0.02,
};
/** How often the field's own digit was made to fit. */
const OWN_COMPUTED = 0.25;
/** Changes other than the usual ones leave any residue: one in ten, and they are the fewer. */
const OTHERWISE = 0.03;

/** Years that an expiry is moved on by, and a birth either way. */
const YEARS: Partial<Record<FieldId, readonly number[]>> = {
  expiryDate: [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10],
  birthDate: [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9, 10, -10, 11, -11, 12, -12],
};

interface Subject {
  view: ZoneView;
  field: FieldId;
  way: AlterationWay;
  /** Places of the field. */
  places: number[];
  own: DigitView | undefined;
}

function placesOf(view: ZoneView, field: FieldId): number[] {
  return placesIn(view, view.reading.places.fields[field]);
}

/** Whether the residues of all digits are just what a change leaves that added `step` in value at these places. */
function leaves(
  { view, way, own }: Subject,
  steps: readonly (readonly [place: number, step: number])[],
): boolean {
  const shift = (digit: DigitView): number =>
    steps.reduce((sum, [place, step]) => sum + (digit.weight[place] ?? 0) * step, 0);
  // With the field's own digit computed anew, that digit moved with the field, and the composite covers it too.
  const moved = way === 'own-computed' && own !== undefined ? mod10(shift(own)) : 0;
  return view.digits.every((digit) => {
    if (digit.state === 'absent') return true;
    const also = moved === 0 || own === undefined ? 0 : (digit.weight[own.at] ?? 0) * moved;
    return mod10(digit.residue - shift(digit) - also) === 0;
  });
}

/** The earlier years that fit, the nearest first, as steps of the two places of the year. */
function fittingYears(subject: Subject, today: string): { year: string; share: number }[] {
  const { view, field, places } = subject;
  const raw = places.map((place) => view.text.charAt(place)).join('');
  const [tens, ones] = places;
  const kind = field === 'birthDate' ? 'birth' : 'expiry';
  if (tens === undefined || ones === undefined || !/^[0-9]{6}$/u.test(raw)) return [];
  const years = YEARS[field] ?? [];
  return years.flatMap((by) => {
    const year = String(mod100(Number(raw.slice(0, 2)) + by)).padStart(2, '0');
    if (readDate(year + raw.slice(2), kind, today).state !== 'known') return [];
    const steps = [
      [tens, Number(raw.charAt(0)) - Number(year.charAt(0))],
      [ones, Number(raw.charAt(1)) - Number(year.charAt(1))],
    ] as const;
    return leaves(subject, steps) ? [{ year, share: 1 / years.length }] : [];
  });
}

const mod100 = (value: number): number => ((value % 100) + 100) % 100;

/** The share of all changes of one digit of the field that would leave these residues. */
function shareOfSingles(subject: Subject): number {
  const { view, places } = subject;
  let fits = 0;
  let all = 0;
  for (const place of places) {
    const value = characterValue(view.text.charAt(place));
    if (value < 0 || value > 9 || view.text.charAt(place) === '<') continue;
    for (let before = 0; before <= 9; before += 1) {
      if (before === value) continue;
      all += 1;
      if (leaves(subject, [[place, value - before]])) fits += 1;
    }
  }
  return all === 0 ? 0 : fits / all;
}

/** What the own digit must have been with the earlier text, as a change; empty where it need not have moved. */
function yearRepair(subject: Subject, year: string): Change[] {
  const { view, places, own, way } = subject;
  const changes = [...year].flatMap((char, i) => {
    const place = places[i];
    return place === undefined || view.text.charAt(place) === char ? [] : [changeAt(view, place, char)];
  });
  if (way === 'own-computed' && own !== undefined) {
    const shift = changes.reduce((sum, { row, column, from, to }) => {
      const weight = own.weight[row * view.columns + column] ?? 0;
      return sum + weight * (characterValue(to) - characterValue(from));
    }, 0);
    const digit = String(mod10(characterValue(view.text.charAt(own.at)) + shift));
    if (digit !== view.text.charAt(own.at) && lawfulAt(view, own.at).includes(digit))
      changes.push(changeAt(view, own.at, digit));
  }
  return repairs(view, changes) ? changes : [];
}

/**
 * Whether any change of the field can leave what the composite is off by, once the field's own digit is computed anew: in
 * every format of Doc 9303 the two digits' weights then add up to even numbers, so an odd rest has another cause.
 */
function reachable({ view, way, places, own }: Subject): boolean {
  const composite = view.failing[0];
  if (way === 'left' || own === undefined || composite === undefined) return true;
  const moved = composite.weight[own.at] ?? 0;
  const odd = places.some(
    (place) => mod10((composite.weight[place] ?? 0) + moved * (own.weight[place] ?? 0)) % 2 === 1,
  );
  return odd || composite.residue % 2 === 0;
}

function alteration(view: ZoneView, field: FieldId, way: AlterationWay, today: string): Alteration | null {
  const own = view.digits.find(({ id }) => FIELD_OF[id] === field);
  const subject: Subject = { view, field, way, places: placesOf(view, field), own };
  if (subject.places.every((place) => view.text.charAt(place) === '<')) return null;
  if (!reachable(subject)) return null;
  const years = fittingYears(subject, today);
  const usual = field in YEARS ? years.reduce((sum, { share }) => sum + share, 0) : shareOfSingles(subject);
  const ways = own === undefined ? 1 : way === 'own-computed' ? OWN_COMPUTED : 1 - OWN_COMPUTED;
  const [only, ...more] = years;
  return {
    field,
    way,
    digits: view.failing.map(({ id }) => id),
    years: years.map(({ year }) => year),
    repair: only === undefined || more.length > 0 ? [] : yearRepair(subject, only.year),
    weight: ANY_CHANGE * (CHANGED[field] ?? 0) * ways * (usual + OTHERWISE),
  };
}

/**
 * The fields whose change would explain the failing digits. A field whose own digit fails is always among them; where
 * only the composite fails, every field whose change it would see, its own digit computed anew.
 */
export function findAlterations(view: ZoneView, today: string): Alteration[] {
  const own = view.failing.flatMap(({ id }) => FIELD_OF[id] ?? []);
  const found = own.map((field) => alteration(view, field, 'left', today));
  if (own.length === 0 && view.failing.length > 0) {
    const withDigit = view.digits.flatMap(({ id, state }) =>
      state === 'absent' ? [] : (FIELD_OF[id] ?? []),
    );
    found.push(...withDigit.map((field) => alteration(view, field, 'own-computed', today)));
    // Fields that only the composite covers: optional data of cards, on the French card the name as well.
    const composite = view.failing[0];
    const bare = (Object.keys(CHANGED) as FieldId[]).filter(
      (field) =>
        !withDigit.includes(field) &&
        placesOf(view, field).some((place) => (composite?.weight[place] ?? 0) !== 0),
    );
    found.push(...bare.map((field) => alteration(view, field, 'left', today)));
  }
  const several = own.length > 1;
  return found
    .flatMap((each): Alteration[] => {
      if (each === null) return [];
      if (!several) return [each];
      // Several fields fail: each needs a change of its own, and the composite follows from all of them.
      const digits = each.digits.filter((id) => FIELD_OF[id] === each.field);
      return [{ ...each, digits, weight: each.weight * 0.1 }];
    })
    .sort((a, b) => b.weight - a.weight);
}
