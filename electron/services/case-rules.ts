// What zod cannot say of an entry in a case: who may make it as the case stands, and whether it fits case and procedure.
import {
  CASE_ENTRIES_TO_CONCLUDE,
  DOUBTING_OUTCOMES,
  MOST_CASE_ENTRIES,
} from '../../shared/contract/case-ids.ts';
import type { CaseEntry, CaseSubmission, Mark } from '../../shared/contract/cases.ts';
import type { ExaminationRecord } from '../../shared/contract/records.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import type { Conclusion, Standing } from '../db/case-standing.ts';
import type { CaseAnswer } from '../db/cases.ts';
import { StationFailure } from '../failure.ts';
import { areAmong, type Checklist, differing, repeatsPlace } from './case-items.ts';

export interface Size {
  width: number;
  height: number;
}

/** The case as it is when an entry comes. What depends on how long it is, is read only by a rule that needs it. */
export interface CaseNow {
  record: ExaminationRecord;
  standing: Standing;
  lists: readonly Checklist[];
  procedure: Procedure;
  answers: () => readonly CaseAnswer[];
  /** Whether this officer has closed their own comparison of the bearer. */
  hasClosed: (officerId: string) => boolean;
  /** Of a picture that was added at second line; undefined for any other. */
  addedSize: (imageId: string) => Size | undefined;
  /** Who set this person's secret last, between the beginning of the case and a moment. */
  renewedBy: (officerId: string, until: string) => string | undefined;
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
function checkBearer({ standing, hasClosed }: CaseNow, officerId: string): void {
  if (standing.conclusion !== null) throw new StationFailure('case-closed');
  if (hasClosed(officerId)) throw new StationFailure('bearer-closed');
}

/**
 * Whoever set the other's secret for once could have signed in as them, and be both of the two: before the outcome as
 * whoever gave it, until now as whoever signs it.
 */
function couldBeOne({ renewedBy }: CaseNow, conclusion: Conclusion, officerId: string, at: string): boolean {
  const { officerId: author, at: concludedAt } = conclusion;
  return renewedBy(officerId, at) === author || renewedBy(author, concludedAt) === officerId;
}

function checkSignature(now: CaseNow, { entryId }: Of<'signed'>, officerId: string, at: string): void {
  const { conclusion } = now.standing;
  if (conclusion === null) throw new StationFailure('case-not-closed');
  if (conclusion.entryId !== entryId) throw new StationFailure('superseded');
  if (conclusion.signed !== null) throw new StationFailure('case-closed');
  if (conclusion.officerId === officerId) throw new StationFailure('sign-own');
  if (couldBeOne(now, conclusion, officerId, at)) throw new StationFailure('sign-renewed');
}

/**
 * Who may make an entry of this kind at this moment (UTC). Throws `case-held`, `case-closed`, `case-not-closed`,
 * `bearer-closed`, `superseded`, `sign-own`, `sign-renewed`.
 */
export function checkStanding(now: CaseNow, entry: CaseSubmission, officerId: string, at: string): void {
  const { standing } = now;
  switch (entry.kind) {
    case 'taken':
      if (standing.conclusion !== null) throw new StationFailure('case-closed');
      return;
    case 'reopened':
      if (standing.conclusion === null) throw new StationFailure('case-not-closed');
      return;
    case 'signed':
      return checkSignature(now, entry, officerId, at);
    case 'bearer':
    case 'bearer-done':
      return checkBearer(now, officerId);
    default:
      return checkHeld(standing, officerId);
  }
}

/** Of any picture of the case: of the record, or added since. */
function sizeOf({ record, addedSize }: CaseNow, imageId: string): Size | undefined {
  const recorded = record.documents.flatMap(({ images }) => images);
  return recorded.find(({ id }) => id === imageId) ?? addedSize(imageId);
}

function markFits({ shape, points }: Mark, size: Size | undefined): boolean {
  if (size === undefined || points.length !== (shape === 'point' ? 1 : 2)) return false;
  return points.every(({ x, y }) => x <= size.width && y <= size.height);
}

function checkAnswer(now: CaseNow, { documentId, itemId, answer, marks }: Of<'answer'>): void {
  const list = now.lists.find((each) => each.documentId === documentId) ?? refuse('documentId');
  if (!list.items.some(({ id }) => id === itemId)) refuse('itemId');
  if (answer === 'not-present' && !list.required.has(itemId)) refuse('answer');
  if (!marks.every((each) => markFits(each, sizeOf(now, each.imageId)))) refuse('marks');
}

/**
 * A question that serves protection alone is asked there, and what is answered stands in the protection file: the case
 * must not tell.
 */
function checkQuestion({ procedure }: CaseNow, { questionId }: Of<'question'>): void {
  const question = procedure.questions.find(({ id }) => id === questionId) ?? refuse('questionId');
  if (question.serves.every((served) => served === 'protection')) refuse('questionId');
}

function checkOutcome({ answers }: CaseNow, submission: Of<'outcome'>): void {
  const { outcome, dispositions, reasons, note } = submission;
  if (new Set(dispositions).size !== dispositions.length) refuse('dispositions');
  if (repeatsPlace(reasons) || !areAmong(reasons, differing(answers()))) refuse('reasons');
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

/** What takes a case to its end, or on to somebody else. */
const CONCLUDES: ReadonlySet<CaseSubmission['kind']> = new Set([
  'taken',
  'bearer-done',
  'outcome',
  'signed',
  'reopened',
]);

/** Whether a case has room for an entry of this kind at this place. Throws `case-full`. */
export function checkRoom(kind: CaseSubmission['kind'], seq: number): void {
  const most = CONCLUDES.has(kind) ? MOST_CASE_ENTRIES : MOST_CASE_ENTRIES - CASE_ENTRIES_TO_CONCLUDE;
  if (seq > most) throw new StationFailure('case-full');
}

/** What an officer sees of the comparisons: the own ones, and those of others once the own are closed. */
export function visibleTo(
  officerId: string,
  entries: readonly CaseEntry[],
  { standing, hasClosed }: CaseNow,
): CaseEntry[] {
  if (hasClosed(officerId) || standing.conclusion !== null) return [...entries];
  return entries.filter(
    ({ kind, officerId: by }) => (kind !== 'bearer' && kind !== 'bearer-done') || by === officerId,
  );
}
