// Slips that no check digit sees but the alphabet or the list of states does: a 0 in a name, a code that does not exist.

import { type FieldId, FORMATS } from '../formats.ts';
import type { MrzRead } from '../parse.ts';
import { findState } from '../states.ts';
import { digitAndLetter, likeness, type Likeness } from './look-alikes.ts';
import { TAKEN_FOR, type Trust, type Trusts, trustsOf } from './trust.ts';
import type { Change, Clues } from './types.ts';
import { alphabetAt, changeAt, lawfulAt, placesIn, repairs, type ZoneView } from './zone-view.ts';

export interface DataSlip {
  field: FieldId;
  change: Change;
  likeness: Likeness;
  trust: Trust;
  /** Why it is one: the character cannot stand there, or the code would be one of the list. */
  because: 'not-lawful' | 'only-state';
  weight: number;
}

/** A field with more characters than this out of place was not read at all: nothing is guessed there. */
const MOST_FAULTS = 3;

interface Spot {
  field: FieldId;
  place: number;
}

function spotsOf(view: ZoneView, fields: readonly FieldId[]): Spot[] {
  return fields.flatMap((field) =>
    placesIn(view, view.reading.places.fields[field]).map((place) => ({ field, place })),
  );
}

function slip(
  view: ZoneView,
  trusts: Trusts,
  { field, place }: Spot,
  to: string,
  because: DataSlip['because'],
): DataSlip {
  const alike = likeness(view.text.charAt(place), to);
  const trust = trusts.before(place) === to ? 'read-first' : trusts.at(place);
  const nearest = digitAndLetter(view.text.charAt(place), to) ? 2 : 1;
  const taken = trust === 'read-first' ? 1 : TAKEN_FOR[alike] * nearest;
  return {
    field,
    change: changeAt(view, place, to),
    likeness: alike,
    trust,
    because,
    weight: trusts.chance(place) * taken,
  };
}

function covered(view: ZoneView, place: number): boolean {
  return view.digits.some(({ weight }) => weight[place] !== 0);
}

/** The most believable character for each place that holds one which cannot stand there. */
function unlawful(view: ZoneView, trusts: Trusts): DataSlip[] {
  const fields = ['documentCode', 'issuer', 'name', 'nationality', 'birthDate', 'sex', 'expiryDate'] as const;
  const faulty = spotsOf(view, fields).filter(({ place }) => {
    const plain = alphabetAt(view, place) !== 'any' && !view.foreign.includes(place);
    return plain && !lawfulAt(view, place).includes(view.text.charAt(place));
  });
  return fields.flatMap((field) => {
    const here = faulty.filter((spot) => spot.field === field);
    if (here.length > MOST_FAULTS) return [];
    return here.flatMap((spot) => {
      const found = [...lawfulAt(view, spot.place)]
        .map((to) => slip(view, trusts, spot, to, 'not-lawful'))
        .filter((each) => each.trust === 'read-first' || each.likeness !== 'stranger')
        // Where digits look as well, they must hold: a letter in a date may have the value of its digit.
        .filter(({ change }) => !covered(view, spot.place) || repairs(view, [change]))
        .sort((a, b) => b.weight - a.weight);
      return found.slice(0, 1);
    });
  });
}

/** A code that is none, one look-alike away from a code of the list; the document's other code before all others. */
function states(view: ZoneView, trusts: Trusts): DataSlip[] {
  const { texts } = view.reading;
  return (['issuer', 'nationality'] as const).flatMap((field) => {
    const code = texts[field];
    if (!/^[A-Z<]{3}$/u.test(code) || code === '<<<' || findState(code) !== null) return [];
    const other = field === 'issuer' ? texts.nationality : texts.issuer;
    const found = spotsOf(view, [field]).flatMap((spot, i) =>
      [...lawfulAt(view, spot.place)].flatMap((to) => {
        const settled = code.slice(0, i) + to + code.slice(i + 1);
        const each = slip(view, trusts, spot, to, 'only-state');
        if (findState(settled)?.current !== true || each.likeness === 'stranger') return [];
        return [{ ...each, weight: settled === other ? each.weight * 20 : each.weight }];
      }),
    );
    return found.sort((a, b) => b.weight - a.weight).slice(0, 1);
  });
}

/** Whether every character may stand where it stands and both codes are of the list: then there is no slip to look for. */
export function dataFit({ texts, format }: MrzRead): boolean {
  const { documentCode, issuer, name, nationality, sex, birthDate, expiryDate } = texts;
  const known = (code: string) => code === '' || code === '<<<' || findState(code) !== null;
  return (
    /^[A-Z<]*$/u.test(documentCode + issuer + name + nationality) &&
    /^[0-9<]*$/u.test(birthDate + expiryDate) &&
    (/^[FM<]$/u.test(sex) || !FORMATS[format].fields.some(({ id }) => id === 'sex')) &&
    known(issuer) &&
    known(nationality)
  );
}

/** The slips behind data that no document carries, the most believable first. */
export function findDataSlips(view: ZoneView, clues: Clues): DataSlip[] {
  const trusts = trustsOf(view, clues);
  return [...unlawful(view, trusts), ...states(view, trusts)].sort((a, b) => b.weight - a.weight);
}
