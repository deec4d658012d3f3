// What zod cannot say of an entry in a case: who may make it as the case stands, and whether it fits case and procedure.
import { DOUBTING_OUTCOMES } from '../../shared/contract/case-ids.ts';
import type { CaseEntry, CaseSubmission, Mark } from '../../shared/contract/cases.ts';
import type { ExaminationRecord } from '../../shared/contract/records.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import type { Standing } from '../db/case-standing.ts';
import { StationFailure } from '../failure.ts';
import { areAmong, type Checklist, differing, repeatsPlace } from './case-items.ts';

/** The case as it is when an entry comes. */
export interface CaseNow {
  record: ExaminationRecord;
  entries: readonly CaseEntry[];
  standing: Standing;
  lists: readonly Checklist[];
  procedure: Procedure;
}

type Of<K extends CaseSubmission['kind']> = Extract<CaseSubmission, { kind: K }>;

const refuse = (...fields: string[]): never => {
  throw new StationFailure('bad-request', fields);
};

function checkHeld({ conclusion, holder }: Standing, officerId: string): void {
  if (conclusion !== null) throw new StationFailure('case-closed');
  if (holder?.officerId !== officerId) throw new StationFailure('case-held');
}

/** Whoever compares the bearer works blind and beside whoever has the case in hand. */
function checkBearer({ standing, entries }: CaseNow, officerId: string): void {
  if (standing.conclusion !== null) throw new StationFailure('case-closed');
  const closed = entries.some((entry) => entry.kind === 'bearer-done' && entry.officerId === officerId);
  if (closed) throw new StationFailure('bearer-closed');
}

function checkSignature({ conclusion }: Standing, { entryId }: Of<'signed'>, officerId: string): void {
  if (conclusion === null) throw new StationFailure('case-not-closed');
  if (conclusion.entryId !== entryId) throw new StationFailure('superseded');
  if (conclusion.signed !== null) throw new StationFailure('case-closed');
  if (conclusion.officerId === officerId) throw new StationFailure('sign-own');
}

/**
 * Who may make an entry of this kind now. Throws `case-held`, `case-closed`, `case-not-closed`, `bearer-closed`,
 * `superseded`, `sign-own`.
 */
export function checkStanding(now: CaseNow, entry: CaseSubmission, officerId: string): void {
  const { standing } = now;
  switch (entry.kind) {
    case 'taken':
      if (standing.conclusion !== null) throw new StationFailure('case-closed');
      return;
    case 'reopened':
      if (standing.conclusion === null) throw new StationFailure('case-not-closed');
      return;
    case 'signed':
      return checkSignature(standing, entry, officerId);
    case 'bearer':
    case 'bearer-done':
      return checkBearer(now, officerId);
    default:
      return checkHeld(standing, officerId);
  }
}

interface Size {
  width: number;
  height: number;
}

/** Every picture of the case: of the record, and those added since. */
function picturesOf({ record, entries }: CaseNow): Map<string, Size> {
  const recorded = record.documents.flatMap(({ images }) => images);
  const added = entries.flatMap((entry) => (entry.kind === 'image' ? [entry.image] : []));
  return new Map([...recorded, ...added].map(({ id, width, height }) => [id, { width, height }]));
}

function markFits({ shape, points }: Mark, size: Size | undefined): boolean {
  if (size === undefined || points.length !== (shape === 'point' ? 1 : 2)) return false;
  return points.every(({ x, y }) => x <= size.width && y <= size.height);
}

function checkAnswer(now: CaseNow, { documentId, itemId, answer, marks }: Of<'answer'>): void {
  const list = now.lists.find((each) => each.documentId === documentId) ?? refuse('documentId');
  if (!list.items.some(({ id }) => id === itemId)) refuse('itemId');
  if (answer === 'not-present' && !list.required.has(itemId)) refuse('answer');
  const pictures = picturesOf(now);
  if (!marks.every((each) => markFits(each, pictures.get(each.imageId)))) refuse('marks');
}

/**
 * A question that serves protection alone is asked there, and what is answered stands in the protection file: the case
 * must not tell.
 */
function checkQuestion({ procedure }: CaseNow, { questionId }: Of<'question'>): void {
  const question = procedure.questions.find(({ id }) => id === questionId) ?? refuse('questionId');
  if (question.serves.every((served) => served === 'protection')) refuse('questionId');
}

function checkOutcome({ entries }: CaseNow, submission: Of<'outcome'>): void {
  const { outcome, dispositions, reasons, note } = submission;
  if (new Set(dispositions).size !== dispositions.length) refuse('dispositions');
  if (repeatsPlace(reasons) || !areAmong(reasons, differing(entries))) refuse('reasons');
  if (DOUBTING_OUTCOMES.has(outcome) && reasons.length === 0 && note.trim() === '') refuse('reasons');
}

/** Whether an entry fits the case and its procedure. Throws `bad-request` with the names of the fields at fault. */
export function checkContent(now: CaseNow, entry: CaseSubmission): void {
  switch (entry.kind) {
    case 'answer':
      return checkAnswer(now, entry);
    case 'question':
      return checkQuestion(now, entry);
    case 'outcome':
      return checkOutcome(now, entry);
    case 'image':
      if (!now.record.documents.some(({ id }) => id === entry.documentId)) refuse('documentId');
      return;
    case 'bearer':
      if (!now.procedure.bearer.some(({ id, step }) => step === 'face' && id === entry.componentId))
        refuse('componentId');
      return;
    default:
  }
}

/** What an officer sees of the comparisons: the own ones, and those of others once the own are closed. */
export function visibleTo(
  officerId: string,
  entries: readonly CaseEntry[],
  { conclusion }: Standing,
): CaseEntry[] {
  const closed = entries.some((entry) => entry.kind === 'bearer-done' && entry.officerId === officerId);
  if (closed || conclusion !== null) return [...entries];
  return entries.filter(
    ({ kind, officerId: by }) => (kind !== 'bearer' && kind !== 'bearer-done') || by === officerId,
  );
}
