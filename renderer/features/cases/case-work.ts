// What a case says as it stands: answers, questions, comparisons, pictures and the outcome, out of its entries.
import type { CaseEntry, CaseKind, CaseView, ItemAnswer, ItemPlace } from '../../../shared/contract/cases.ts';
import { canBeMissing } from '../../../shared/procedures/choose.ts';
import { openItems } from '../../../shared/procedures/open-items.ts';
import {
  allItems,
  type DocumentType,
  type Item,
  LIGHTS,
  type Light,
  type Procedure,
  type Step,
} from '../../../shared/procedures/procedure.ts';

export type Of<K extends CaseKind> = Extract<CaseEntry, { kind: K }>;

/** What one officer found when they compared the face, part by part. */
export interface Comparison {
  officerId: string;
  name: string;
  /** The latest answer to each component; null where it was taken back. */
  answers: ReadonlyMap<string, Of<'bearer'>>;
  closed: Of<'bearer-done'> | null;
}

export interface CasePicture {
  id: string;
  documentId: string;
  light: Light;
  width: number;
  height: number;
  /** What was read in it; null where nothing was. */
  outline: readonly { x: number; y: number }[] | null;
}

/** The items of one document, in the order of the steps. */
export interface DocumentList {
  documentId: string;
  /** Null for a type that the procedure in force does not have any more. */
  type: DocumentType | null;
  typeId: string;
  items: readonly Item[];
}

export interface CaseWork {
  lists: readonly DocumentList[];
  /** The latest entry of each item, by `placeKey`; its answer is null where it was taken back. */
  answers: ReadonlyMap<string, Of<'answer'>>;
  questions: ReadonlyMap<string, Of<'question'>>;
  comparisons: readonly Comparison[];
  pictures: readonly CasePicture[];
  /** The outcome in force and the signature under it. */
  outcome: Of<'outcome'> | null;
  signature: Of<'signed'> | null;
  notChecked: readonly ItemPlace[];
  /** What differs or is not present. */
  differing: readonly ItemPlace[];
}

export const placeKey = ({ documentId, itemId }: ItemPlace): string => `${documentId} ${itemId}`;

export function isDiffering(answer: ItemAnswer | null | undefined): boolean {
  return answer === 'differs' || answer === 'not-present';
}

/** Whether somebody still has to look: nobody answered, or that it was not checked. */
export function isOpen(answer: ItemAnswer | null | undefined): boolean {
  return answer === undefined || answer === null || answer === 'not-checked';
}

function listsOf({ documents }: CaseView, procedure: Procedure): DocumentList[] {
  const items = new Map(allItems(procedure).map((item) => [item.id, item]));
  return documents.map(({ documentId, typeId, itemIds }) => ({
    documentId,
    typeId,
    type: procedure.types.find(({ id }) => id === typeId) ?? null,
    items: itemIds.map((id) => items.get(id)).filter((item) => item !== undefined),
  }));
}

/** By light, in the order of the lights; those of one light as they came. */
function picturesOf({ record }: CaseView, entries: readonly CaseEntry[]): CasePicture[] {
  const recorded = record.documents.flatMap(({ id, images, reading }) =>
    images.map((image) => ({
      ...image,
      documentId: id,
      outline: reading?.imageId === image.id ? reading.outline : null,
    })),
  );
  const added = entries.flatMap((entry) =>
    entry.kind === 'image' ? [{ ...entry.image, documentId: entry.documentId, outline: null }] : [],
  );
  return [...recorded, ...added]
    .map(({ id, documentId, light, width, height, outline }) => ({
      id,
      documentId,
      light,
      width,
      height,
      outline,
    }))
    .sort((a, b) => LIGHTS.indexOf(a.light) - LIGHTS.indexOf(b.light));
}

function comparisonsOf(entries: readonly CaseEntry[]): Comparison[] {
  const byOfficer = new Map<string, Comparison & { answers: Map<string, Of<'bearer'>> }>();
  for (const entry of entries) {
    if (entry.kind !== 'bearer' && entry.kind !== 'bearer-done') continue;
    const { officerId, officerName: name } = entry;
    const own = byOfficer.get(officerId) ?? { officerId, name, answers: new Map(), closed: null };
    if (entry.kind === 'bearer') own.answers.set(entry.componentId, entry);
    else own.closed = entry;
    byOfficer.set(officerId, own);
  }
  return [...byOfficer.values()];
}

/** Reads a case; `entries` are those of the view and behind them what is on its way to the station. */
export function workOf(view: CaseView, entries: readonly CaseEntry[], procedure: Procedure): CaseWork {
  const lists = listsOf(view, procedure);
  const answers = new Map<string, Of<'answer'>>();
  const questions = new Map<string, Of<'question'>>();
  for (const entry of entries) {
    if (entry.kind === 'answer') answers.set(placeKey(entry), entry);
    if (entry.kind === 'question') questions.set(entry.questionId, entry);
  }
  const places = lists.flatMap(({ documentId, items }) =>
    items.map(({ id }) => ({ documentId, itemId: id })),
  );
  const answerAt = (place: ItemPlace): ItemAnswer | null => answers.get(placeKey(place))?.answer ?? null;
  const outcome = entries.find((entry) => entry.kind === 'outcome' && entry.id === view.outcomeId);
  const signature = entries.findLast((entry) => entry.kind === 'signed' && entry.entryId === outcome?.id);
  return {
    lists,
    answers,
    questions,
    comparisons: comparisonsOf(entries),
    pictures: picturesOf(view, entries),
    outcome: outcome?.kind === 'outcome' ? outcome : null,
    signature: signature?.kind === 'signed' ? signature : null,
    notChecked: openItems(lists, answerAt),
    differing: places.filter((place) => isDiffering(answerAt(place))),
  };
}

export interface StepCount {
  step: Step;
  items: readonly Item[];
  open: number;
  differs: number;
}

/** Every step that is done by items, with how far it is; the eight letters also where this type has none of them. */
export function stepsOf(work: CaseWork, list: DocumentList, procedure: Procedure): StepCount[] {
  return procedure.steps
    .filter((step) => step !== 'face')
    .map((step) => {
      const items = list.items.filter((item) => item.step === step);
      const answers = items.map(({ id }) =>
        work.answers.get(placeKey({ documentId: list.documentId, itemId: id })),
      );
      return {
        step,
        items,
        open: answers.filter((entry) => isOpen(entry?.answer)).length,
        differs: answers.filter((entry) => isDiffering(entry?.answer)).length,
      };
    })
    .filter(({ step, items }) => step.length === 1 || items.length > 0);
}

/** Whether "not present" may be said of an item. */
export function mayBeMissing({ type }: DocumentList, item: Item): boolean {
  return type !== null && canBeMissing(type, item);
}

/** The item `by` places on; it stays at either end. */
export function stepped({ items }: DocumentList, itemId: string, by: number): string {
  const at = items.findIndex(({ id }) => id === itemId);
  return items[Math.min(items.length - 1, Math.max(0, at + by))]?.id ?? itemId;
}

/** The next item that nobody has answered, round the end; the same one where there is no other. */
export function nextOpen(work: CaseWork, { documentId, items }: DocumentList, itemId: string): string {
  const at = items.findIndex(({ id }) => id === itemId);
  const round = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))];
  const open = round.find(({ id }) => {
    const entry = work.answers.get(placeKey({ documentId, itemId: id }));
    return entry === undefined || entry.answer === null;
  });
  return open?.id ?? itemId;
}

/** The picture to look at for an item: the one on show where its light fits, else the first of the best light. */
export function pictureFor(
  pictures: readonly CasePicture[],
  documentId: string,
  lights: readonly Light[],
  shownId: string | null,
): string | null {
  const own = pictures.filter((picture) => picture.documentId === documentId);
  const shown = own.find(({ id }) => id === shownId);
  if (shown !== undefined && (lights.length === 0 || lights.includes(shown.light))) return shown.id;
  for (const light of lights) {
    const fitting = own.find((picture) => picture.light === light);
    if (fitting !== undefined) return fitting.id;
  }
  return (shown ?? own[0])?.id ?? null;
}
