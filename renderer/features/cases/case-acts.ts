// What an officer does in a case: goes from item to item and picture to picture, answers, marks, asks.
import type { BearerAnswer, CaseEntry, ItemAnswer, ItemPlace, Mark } from '../../../shared/contract/cases.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { newId } from '../../lib/id.ts';
import type { PictureMark } from '../../lib/picture-marks.ts';
import { takePart } from '../../lib/sitting.ts';
import { useProcedure } from '../../lib/store-procedure.ts';
import { asEntries, type CaseStore, enter, me, type Pending, type Tab, useCase } from './case-store.ts';
import {
  type CaseWork,
  type DocumentList,
  mayBeMissing,
  nextOpen,
  type Of,
  pictureFor,
  placeKey,
  stepped,
  workOf,
} from './case-work.ts';
import { keepWriting } from './writing.ts';

let known: { view: unknown; pending: readonly Pending[]; procedure: Procedure; work: CaseWork } | null = null;

/** Answers and marks given since the case was opened, each as its item stood before. */
interface Given extends Pick<Of<'answer'>, 'answer' | 'marks'> {
  examinationId: string;
  place: ItemPlace;
}
let given: Given[] = [];

takePart({
  forget: () => {
    known = null;
    given = [];
  },
});

/** What the open case says; null while there is none, or no procedure to read it by. Reckoned once for each change. */
export function workNow({ view, pending }: CaseStore, procedure: Procedure | null): CaseWork | null {
  if (view === null || procedure === null) return null;
  if (known?.view !== view || known.pending !== pending || known.procedure !== procedure) {
    const entries: CaseEntry[] = [...view.entries, ...asEntries(view, pending)];
    known = { view, pending, procedure, work: workOf(view, entries, procedure) };
  }
  return known.work;
}

function now(): CaseWork | null {
  return workNow(useCase.getState(), useProcedure.getState().procedure);
}

/** Whether it is in the hands of whoever is signed in: only then may they enter. */
export function isMine({ view }: CaseStore): boolean {
  return view !== null && view.handover?.direction !== 'out' && view.holder?.officerId === me().officerId;
}

/** The item that is looked at: the one chosen, else the first of the first document. */
export function placeNow({ place }: Pick<CaseStore, 'place'>, work: CaseWork): ItemPlace | null {
  const list = work.lists.find(({ documentId }) => documentId === place?.documentId);
  if (place !== null && list?.items.some(({ id }) => id === place.itemId)) return place;
  const first = list ?? work.lists[0];
  const itemId = first?.items[0]?.id;
  return first === undefined || itemId === undefined ? null : { documentId: first.documentId, itemId };
}

function here(): { work: CaseWork; list: DocumentList; place: ItemPlace } | null {
  const work = now();
  const place = work === null ? null : placeNow(useCase.getState(), work);
  const list = work?.lists.find(({ documentId }) => documentId === place?.documentId);
  return work === null || place === null || list === undefined ? null : { work, list, place };
}

/** Looks at an item, and at a picture under a light that shows it. */
export function goTo(place: ItemPlace): void {
  keepWriting();
  const work = now();
  const { pictureId } = useCase.getState();
  const item = work?.lists
    .find(({ documentId }) => documentId === place.documentId)
    ?.items.find(({ id }) => id === place.itemId);
  const next = pictureFor(work?.pictures ?? [], place.documentId, item?.lights ?? [], pictureId);
  useCase.setState({ place, pictureId: next, chosenMark: null });
}

export function goToStep(step: string): void {
  const at = here();
  const items = at?.list.items.filter((item) => item.step === step) ?? [];
  if (at === null || items.length === 0) return;
  const { documentId } = at.place;
  const open = items.find(({ id }) => !at.work.answers.get(placeKey({ documentId, itemId: id }))?.answer);
  goTo({ documentId, itemId: (open ?? items[0])?.id ?? at.place.itemId });
}

export function goOn(by: number): void {
  const at = here();
  if (at !== null) goTo({ ...at.place, itemId: stepped(at.list, at.place.itemId, by) });
}

export function hasDocuments(): boolean {
  return (now()?.lists.length ?? 0) > 1;
}

/** The document before or after, for a case of several. */
export function goToDocument(by: number): void {
  const at = here();
  if (at === null) return;
  const { lists } = at.work;
  const next = lists[(lists.indexOf(at.list) + by + lists.length) % lists.length];
  const itemId = next?.items[0]?.id;
  if (next !== undefined && itemId !== undefined) goTo({ documentId: next.documentId, itemId });
}

/** The first item that was not checked, of any document. */
export function goToNotChecked(): void {
  const first = now()?.notChecked[0];
  if (first !== undefined) goTo(first);
}

type AnswerPart = Partial<Pick<Of<'answer'>, 'answer' | 'marks'>>;

/** Enters a change of the item that is looked at; what was said of it before stays beside it, and can be had back. */
function change(part: AnswerPart): void {
  const before = enterChange(part);
  if (before !== null) given.push(before);
}

function enterChange(part: AnswerPart): Given | null {
  keepWriting();
  const at = here();
  const examinationId = useCase.getState().view?.record.id;
  if (at === null || examinationId === undefined || !isMine(useCase.getState())) return null;
  const last = at.work.answers.get(placeKey(at.place));
  const { answer = null, note = '', marks = [] } = last ?? {};
  enter({ kind: 'answer', id: newId(), ...at.place, answer, note, marks, ...part });
  return { examinationId, place: at.place, answer, marks };
}

/** Whether an answer or a mark was given here that can be undone. */
export function canUndo(): boolean {
  return isMine(useCase.getState()) && given.at(-1)?.examinationId === useCase.getState().view?.record.id;
}

/** Back to the item that was answered or marked last, as it stood before; its words stay. */
export function undo(): void {
  if (!canUndo()) return;
  const last = given.pop();
  if (last === undefined) return;
  goTo(last.place);
  enterChange({ answer: last.answer, marks: last.marks });
}

/** Whether this answer may be given to the item that is looked at. */
export function mayAnswer(answer: ItemAnswer | null): boolean {
  const at = here();
  if (at === null || !isMine(useCase.getState())) return false;
  const item = at.list.items.find(({ id }) => id === at.place.itemId);
  if (answer === null) return (at.work.answers.get(placeKey(at.place))?.answer ?? null) !== null;
  return answer !== 'not-present' || (item !== undefined && mayBeMissing(at.list, item));
}

/** Goes on to the next open item where nothing is left to be said; what differs wants words and a mark. */
export function giveAnswer(answer: ItemAnswer | null): void {
  if (!mayAnswer(answer)) return;
  change({ answer });
  const at = here();
  if (at !== null && (answer === 'matched' || answer === 'not-checked'))
    goTo({ ...at.place, itemId: nextOpen(at.work, at.list, at.place.itemId) });
}

/** Adds a mark in a picture to the item that is looked at. */
export function addMark(imageId: string, { shape, points }: PictureMark): void {
  const at = here();
  if (at === null) return;
  const marks = at.work.answers.get(placeKey(at.place))?.marks ?? [];
  change({ marks: [...marks, { imageId, shape, points: points.map(({ x, y }) => ({ x, y })), note: '' }] });
  useCase.setState({ chosenMark: marks.length });
}

export function removeMark(index: number): void {
  const at = here();
  const marks = at?.work.answers.get(placeKey(at.place))?.marks ?? [];
  change({ marks: marks.filter((_, i) => i !== index) });
  useCase.setState({ chosenMark: null });
}

/** Shows a mark where it was set: in the picture on show, or beside it. */
export function chooseMark(index: number, { imageId }: Mark): void {
  useCase.setState(({ pictureId, besideId }) => ({
    chosenMark: index,
    pictureId: besideId === imageId ? pictureId : imageId,
  }));
}

export function showPicture(id: string): void {
  const { besideId } = useCase.getState();
  useCase.setState(besideId === null ? { pictureId: id } : { besideId: id });
}

/** The picture before or after; beside another one, that on the right. */
export function stepPicture(by: number): void {
  const { pictureId, besideId } = useCase.getState();
  const pictures = now()?.pictures ?? [];
  const at = pictures.findIndex(({ id }) => id === (besideId ?? pictureId));
  const next = pictures[Math.min(pictures.length - 1, Math.max(0, at + by))];
  if (next !== undefined) showPicture(next.id);
}

/** Puts another picture beside the one on show, or takes it away. */
export function toggleBeside(): void {
  const { pictureId, besideId } = useCase.getState();
  const pictures = now()?.pictures ?? [];
  if (besideId !== null) {
    useCase.setState({ besideId: null });
    return;
  }
  const at = pictures.findIndex(({ id }) => id === pictureId);
  const other = pictures[at + 1] ?? pictures[at - 1];
  if (other !== undefined) useCase.setState({ besideId: other.id });
}

export function showTab(tab: Tab): void {
  keepWriting();
  useCase.setState({ tab });
}

/** Asked, or its words; a question stays asked. */
export function ask(questionId: string): void {
  keepWriting();
  const asked = now()?.questions.get(questionId);
  if (asked === undefined && isMine(useCase.getState()))
    enter({ kind: 'question', id: newId(), questionId, note: '' });
}

/** Of whoever is signed in: they compare blind, and beside whoever has the case in hand. */
export function compare(componentId: string, answer: BearerAnswer): void {
  keepWriting();
  const own = now()?.comparisons.find(({ officerId }) => officerId === me().officerId);
  const before = own?.answers.get(componentId);
  const same = before?.answer === answer;
  enter({
    kind: 'bearer',
    id: newId(),
    componentId,
    answer: same ? null : answer,
    note: before?.note ?? '',
  });
}
