// The detective: for check digits that do not hold, every cause the zone allows, ranked, each with its evidence.

import { blindClass } from '../check-digit.ts';
import type { CheckDigitId, FieldId, Place } from '../formats.ts';
import { liesIn } from '../formats.ts';
import type { MrzReading } from '../parse.ts';
import { type Alteration, findAlterations } from './alterations.ts';
import { type FittingArithmetic, findArithmetic } from './arithmetic.ts';
import { type DataSlip, dataFit, findDataSlips } from './data-slips.ts';
import { type FittingQuirk, findQuirks } from './quirks.ts';
import { findSlips, type Slip } from './slips.ts';
import type { Change, Clues, Evidence, Explanation, Standing } from './types.ts';
import { fieldAt, FIELD_OF, lawfulAt, repairs, viewOf, type ZoneView } from './zone-view.ts';

/** Fields that are changed to travel on a document: their failing is told as such. */
const OFTEN_CHANGED: readonly (FieldId | null)[] = ['expiryDate', 'birthDate', 'number'];

/** A slip that no single character explains: several characters were read wrongly. */
const SEVERAL_SLIPS = { unsure: 0.0005, unknown: 0.0001, sure: 1e-6 };

/** Shares of all weights from which an explanation is called likely or possible. */
const LIKELY = 0.5;
const POSSIBLE = 0.05;

type Ranked = Omit<Explanation, 'standing'> & { weight: number };

const texts = (id: string) => ({
  title: `detective.${id}.title`,
  fraud: `detective.${id}.fraud`,
  innocent: `detective.${id}.innocent`,
});

const says = (id: string, values: Record<string, string> = {}): Evidence => ({
  text: `detective.evidence.${id}`,
  values,
});

const placeOf = ({ row, column }: Change): Place => ({ row, start: column, end: column + 1 });
const fieldName = (field: FieldId | null): string => field ?? 'composite';

/** Row and place from 1, as an officer counts them. */
function told({ row, column, from, to }: Change): Record<string, string> {
  return { row: String(row + 1), place: String(column + 1), from, to };
}

/** The last digit follows the others: a digit of its own field is named first. */
function digitsText(view: ZoneView): Evidence {
  return view.failing.length === 1 ? says('fits-the-digit') : says('fits-all-digits');
}

function slipEvidence(view: ZoneView, slip: Slip, field: FieldId | null): Evidence[] {
  const found: Evidence[] = [says(`trust-${slip.trust}`)];
  const [change] = slip.changes;
  if (change !== undefined && !slip.swap) {
    const values = told(change);
    if (/^[A-Z0-9<]$/u.test(change.from)) found.push(says(`likeness-${slip.likeness}`, values));
    // What the digits cannot tell from the repaired character: only the print can.
    const place = change.row * view.columns + change.column;
    const lawful = lawfulAt(view, place);
    const others = blindClass(change.to).filter(
      (char) =>
        ![change.to, change.from].includes(char) &&
        lawful.includes(char) &&
        repairs(view, [{ ...change, to: char }]),
    );
    if (slip.changes.length === 1 && others.length > 0)
      found.push(says('blind', { to: change.to, others: others.join(' ') }));
  }
  found.push(digitsText(view));
  if (OFTEN_CHANGED.includes(field)) found.push(says('often-changed', { field: fieldName(field) }));
  return found;
}

function fromSlip(view: ZoneView, slip: Slip): Ranked {
  const [first] = slip.changes;
  const field = first === undefined ? null : fieldAt(view, first.row * view.columns + first.column);
  const id = slip.swap ? 'swap' : slip.changes.length > 1 ? 'two-slips' : 'slip';
  return {
    kind: 'reading-slip',
    weight: slip.weight,
    field,
    digits: view.failing.map((digit) => digit.id),
    places: slip.changes.map(placeOf),
    repair: slip.changes,
    arithmetic: null,
    evidence: slipEvidence(view, slip, field),
    text: texts(id),
    values: first === undefined ? {} : { ...told(first), field: fieldName(field) },
  };
}

/** Where no slip explains the digits: several characters at once, which only another reading can show. */
function severalSlips(view: ZoneView, clues: Clues): Ranked {
  const covers = view.failing.flatMap(({ id }) => [...view.reading.places.checkDigits[id].covers]);
  const covered = (row: number, column: number) => covers.some((place) => liesIn(place, row, column));
  const unsure = (clues.lowConfidence ?? []).some(({ line, column }) => covered(line, column));
  const trust = unsure ? 'unsure' : clues.lowConfidence === undefined ? 'unknown' : 'sure';
  const own = view.failing.find(({ id }) => id !== 'composite');
  return {
    kind: 'reading-slip',
    weight: SEVERAL_SLIPS[trust],
    field: own === undefined ? null : FIELD_OF[own.id],
    digits: view.failing.map(({ id }) => id),
    places: covers,
    repair: [],
    arithmetic: null,
    evidence: [says('no-single-change'), says(trust === 'unsure' ? 'unsure-within' : `trust-${trust}`)],
    text: texts('several-slips'),
    values: {},
  };
}

function alterationEvidence(view: ZoneView, found: Alteration, noSlip: boolean): Evidence[] {
  const { field, way, years } = found;
  const evidence: Evidence[] = [];
  if (OFTEN_CHANGED.includes(field)) evidence.push(says('often-changed', { field }));
  evidence.push(way === 'left' ? says('digit-left', { field }) : says('own-digit-holds', { field }));
  const from = view.reading.texts[field].slice(0, 2);
  if (years.length > 0) {
    const id = years.length === 1 ? 'year-fits' : 'years-fit';
    const values = { field, from, to: years.join(' ') };
    // A year alone does not do it where the field's own digit was made to fit the new one.
    evidence.push(says(way === 'left' ? id : `${id}-digit-too`, values));
  }
  if (noSlip) evidence.push(says('no-single-change'));
  return evidence;
}

function fromAlteration(view: ZoneView, found: Alteration, noSlip: boolean): Ranked {
  const { field, way, digits, repair, weight } = found;
  return {
    kind: 'alteration',
    weight,
    field,
    digits,
    places: [...view.reading.places.fields[field]],
    repair,
    arithmetic: null,
    evidence: alterationEvidence(view, found, noSlip),
    text: texts(way === 'left' ? 'alteration' : 'alteration-computed'),
    values: { field },
  };
}

function digitPlaces(view: ZoneView, ids: readonly CheckDigitId[]): Place[] {
  return ids.flatMap((id) => view.reading.places.checkDigits[id].at ?? []);
}

function fromArithmetic(view: ZoneView, { id, digits, weight }: FittingArithmetic): Ranked {
  const own = digits.filter((digit) => digit !== 'composite');
  const [only] = own;
  const fits = says(digits.length === 1 ? 'fits-by-chance' : 'fits-whole-zone');
  return {
    kind: 'counterfeit-arithmetic',
    weight,
    field: own.length === 1 && only !== undefined ? FIELD_OF[only] : null,
    digits,
    places: digitPlaces(view, digits),
    repair: [],
    arithmetic: id,
    evidence:
      id === null ? [says('no-arithmetic')] : [{ text: `detective.arithmetic.${id}`, values: {} }, fits],
    text: texts(id === null ? 'not-computed' : 'arithmetic'),
    values: {},
  };
}

function fromQuirk(view: ZoneView, { digits, weight, evidence }: FittingQuirk): Ranked {
  const own = digits.find((digit) => digit !== 'composite');
  return {
    kind: 'issuer-quirk',
    weight,
    field: own === undefined ? null : FIELD_OF[own],
    digits,
    places: digitPlaces(view, digits),
    repair: [],
    arithmetic: null,
    evidence: evidence.map((text) => ({ text, values: {} })),
    text: texts('quirk'),
    values: {},
  };
}

const UNVERIFIED = says('quirk-unverified').text;

function standing({ kind, digits, text, evidence, weight }: Ranked, total: number, rank: number): Standing {
  // One digit fits any arithmetic, and none, too easily to accuse anybody; the composite alone tells fields apart badly;
  // a habit that is verified for no issuer excuses nothing.
  const weak =
    (kind === 'counterfeit-arithmetic' && digits.length === 1) ||
    text.title === texts('alteration-computed').title ||
    evidence.some((each) => each.text === UNVERIFIED);
  if (weight >= LIKELY * total && !weak) return 'likely';
  return rank === 0 || weight >= POSSIBLE * total ? 'possible' : 'remote';
}

function fromDataSlip({ field, change, likeness, trust, because, weight }: DataSlip): Ranked {
  const values = told(change);
  return {
    kind: 'reading-slip',
    weight,
    field,
    digits: [],
    places: [placeOf(change)],
    repair: [change],
    arithmetic: null,
    evidence: [says(`trust-${trust}`), says(`likeness-${likeness}`, values), says(because, values)],
    text: texts('data-slip'),
    values: { ...values, field },
  };
}

function ranked(found: Ranked[]): Explanation[] {
  const total = found.reduce((sum, { weight }) => sum + weight, 0);
  let slips = 0;
  return found
    .sort((a, b) => b.weight - a.weight)
    .map((each, rank): Explanation => {
      const { weight: _, ...explanation } = each;
      return { ...explanation, standing: standing(each, total, rank) };
    })
    .filter(({ kind, standing: how }) => {
      if (kind !== 'reading-slip') return true;
      slips += 1;
      // One slip that is hardly believable is enough: it says how an innocent reading would look.
      return slips === 1 || how !== 'remote';
    });
}

function explainDigits(view: ZoneView, clues: Clues): Explanation[] {
  if (view.failing.length === 0) return [];
  const slips = findSlips(view, clues);
  return ranked([
    ...slips.map((slip) => fromSlip(view, slip)),
    ...(slips.length === 0 ? [severalSlips(view, clues)] : []),
    ...findAlterations(view, clues.today).map((found) => fromAlteration(view, found, slips.length === 0)),
    ...findArithmetic(view).map((found) => fromArithmetic(view, found)),
    ...findQuirks(view, clues).map((found) => fromQuirk(view, found)),
  ]);
}

/**
 * The explanations of the check digits that fail, the best first, then those of data no document carries where a slip
 * explains them (`digits` empty); none where digits and data are as they should be or nothing could be read. Every
 * failing digit is explained by at least one, and each explanation carries a fraud and an innocent reading. Nothing is
 * changed: `repair` is a preview.
 * Never throws on what the document says; a malformed `today` is a mistake of the caller: RangeError.
 */
export function explain(reading: MrzReading, clues: Clues): Explanation[] {
  if (!reading.ok) return [];
  if (!Object.values(reading.checkDigits).includes('fails') && dataFit(reading)) return [];
  const view = viewOf(reading);
  const digits = explainDigits(view, clues);
  const repaired = (change: Change) =>
    digits.some(({ repair }) =>
      repair.some(
        ({ row, column, to }) => row === change.row && column === change.column && to === change.to,
      ),
    );
  // Each place of the data is a matter of its own; what a digit already tells is not told twice.
  const data = findDataSlips(view, clues)
    .filter(({ change }) => !repaired(change))
    .flatMap((found) =>
      // Nothing is weighed against it: where the reader was sure and the two are no twins, it is not called likely.
      ranked([fromDataSlip(found)]).map((each) =>
        found.trust === 'sure' && found.likeness !== 'twin'
          ? { ...each, standing: 'possible' as const }
          : each,
      ),
    );
  return [...digits, ...data];
}
