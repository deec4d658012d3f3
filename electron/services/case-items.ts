// What is to be looked at in a case: the items of each document by its type, and what the answers given so far leave open.
import type { ItemPlace } from '../../shared/contract/cases.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { canBeMissing, itemsFor, typeOf } from '../../shared/procedures/choose.ts';
import { openItems } from '../../shared/procedures/open-items.ts';
import type { Item, Procedure } from '../../shared/procedures/procedure.ts';
import type { CaseAnswer, CaseDocument } from '../db/cases.ts';

/** The items of one document at second line, in the order of the steps. */
export interface Checklist {
  documentId: string;
  typeId: string;
  items: Item[];
  /** Items of which the type must have what they look at: only these can be "not present". */
  required: ReadonlySet<string>;
}

/** The checklist of each document, in their order. */
export function checklistsOf(procedure: Procedure, documents: readonly CaseDocument[]): Checklist[] {
  return documents.map(({ id, lines, judgedOn }) => {
    const reading = parseMrz(lines, { today: judgedOn });
    const fields = reading.ok
      ? { format: reading.format, kind: reading.fields.documentType, issuer: reading.fields.issuer }
      : null;
    const type = typeOf(procedure, fields);
    // Components of the face have entries of their own.
    const items = itemsFor(procedure, type, 'L2').filter(({ step }) => step !== 'face');
    const required = new Set(items.filter((item) => canBeMissing(type, item)).map((item) => item.id));
    return { documentId: id, typeId: type.id, items, required };
  });
}

const keyOf = ({ documentId, itemId }: ItemPlace): string => `${documentId} ${itemId}`;

const placeOf = ({ documentId, itemId }: ItemPlace): ItemPlace => ({ documentId, itemId });

/** The latest answer to each item; those taken back are not there. */
function inForce(given: readonly CaseAnswer[]): Map<string, CaseAnswer> {
  const answers = new Map<string, CaseAnswer>();
  for (const each of given) {
    const key = keyOf(each);
    answers.delete(key);
    if (each.answer !== null) answers.set(key, each);
  }
  return answers;
}

/** Every item that nobody answered, or that was answered `not-checked`. */
export function notChecked(lists: readonly Checklist[], given: readonly CaseAnswer[]): ItemPlace[] {
  const answers = inForce(given);
  return openItems(lists, (place) => answers.get(keyOf(place))?.answer);
}

/** Items that differ or are not present, in the order in which they were found. */
export function differing(given: readonly CaseAnswer[]): ItemPlace[] {
  return [...inForce(given).values()]
    .filter(({ answer }) => answer === 'differs' || answer === 'not-present')
    .map(placeOf);
}

/** Whether all of these places are among those. */
export function areAmong(places: readonly ItemPlace[], known: readonly ItemPlace[]): boolean {
  const keys = new Set(known.map(keyOf));
  return places.every((place) => keys.has(keyOf(place)));
}

/** Whether a place stands there twice. */
export function repeatsPlace(places: readonly ItemPlace[]): boolean {
  return new Set(places.map(keyOf)).size !== places.length;
}
