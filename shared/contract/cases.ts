// Shapes of the second line: what is entered in a case, one durable entry after the other, and how a case stands.
import { z } from 'zod';
import {
  BEARER_ANSWERS,
  BEARER_VERDICTS,
  CASE_DISPOSITIONS,
  CASE_OUTCOMES,
  ITEM_ANSWERS,
  MARK_SHAPES,
} from './case-ids.ts';
import { caseHandover } from './handover.ts';
import { examinationRecord, id, imageSubmission } from './records.ts';

const utc = z.iso.datetime();
/** An id of the procedure: an item, a question, a component of the face. */
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
const note = z.string().max(2000);

const place = z.object({ x: z.number().min(0).max(100_000), y: z.number().min(0).max(100_000) });

/** A place in a picture, in pixels of the picture as it is shown upright (`view` at full size). */
export const mark = z.object({
  imageId: id,
  shape: z.enum(MARK_SHAPES),
  /** Of a box two opposite corners, of an arrow its tail and its tip, of a point itself. */
  points: z.array(place).min(1).max(2),
  note: z.string().max(500),
});

/** One item of one document. */
export const itemPlace = z.object({ documentId: id, itemId: code });

/** An officer takes the case into their hands, or over from somebody else. */
const taken = z.object({ kind: z.literal('taken') });

/** The latest answer to an item stands; null takes it back. */
const answer = itemPlace.extend({
  kind: z.literal('answer'),
  answer: z.enum(ITEM_ANSWERS).nullable(),
  note,
  marks: z.array(mark).max(40),
});

/** A picture that came in by the image door, added to a document of the case. */
const image = z.object({ kind: z.literal('image'), documentId: id, image: imageSubmission });

/** A question was asked, or its note changed. */
const question = z.object({ kind: z.literal('question'), questionId: code, note });

/** Of this officer, who works blind: until they close with `bearer-done` they see no answer of anybody else. */
const bearer = z.object({
  kind: z.literal('bearer'),
  componentId: code,
  answer: z.enum(BEARER_ANSWERS).nullable(),
  note,
});

/** Closes the comparison of this officer for good, with what they concluded before they saw anybody else's. */
const bearerDone = z.object({ kind: z.literal('bearer-done'), verdict: z.enum(BEARER_VERDICTS), note });

const outcome = z.object({
  kind: z.literal('outcome'),
  outcome: z.enum(CASE_OUTCOMES),
  dispositions: z.array(z.enum(CASE_DISPOSITIONS)).max(CASE_DISPOSITIONS.length),
  /** Items that differ or are not present, as they are answered now. */
  reasons: z.array(itemPlace).max(400),
  note,
});

/** By another officer than the one whose outcome it is. */
const signed = z.object({
  kind: z.literal('signed'),
  /** Entry of the outcome in force. */
  entryId: id,
});

/** Opens a concluded case again, in the hands of whoever does: a new outcome is to be given, and signed anew. */
const reopened = z.object({ kind: z.literal('reopened'), reason: z.string().trim().min(1).max(500) });

const own = z.object({ id });

/** What the window sends. Ids are minted by the window, so that a repeated request is known. */
export const caseSubmission = z.discriminatedUnion('kind', [
  taken.extend(own.shape),
  answer.extend(own.shape),
  image.extend(own.shape),
  question.extend(own.shape),
  bearer.extend(own.shape),
  bearerDone.extend(own.shape),
  outcome.extend(own.shape),
  signed.extend(own.shape),
  reopened.extend(own.shape),
]);

const head = z.object({
  id,
  /** From 1, without a gap in each case. */
  seq: z.int(),
  at: utc,
  officerId: id,
  officerName: z.string(),
  /** Code of the station where it was made; absent where that is this one. */
  elsewhere: z.string().optional(),
});

const procedureStamp = z.object({ id: z.string(), version: z.string(), sha256: z.string() });

/** What the station adds to an outcome. */
const outcomeFacts = z.object({
  /** Every item of every document that nobody answered, or that was answered `not-checked`. */
  notChecked: z.array(itemPlace),
  /** The procedure that the items come from. */
  procedure: procedureStamp,
  /** Whether a second officer must sign it, by the policy of that moment. */
  needsSignature: z.boolean(),
});

/** An entry as it lies in the case. */
export const caseEntry = z.discriminatedUnion('kind', [
  taken.extend(head.shape),
  answer.extend(head.shape),
  image.extend({
    ...head.shape,
    image: imageSubmission.extend({ sha256: z.string(), width: z.int(), height: z.int() }),
  }),
  question.extend(head.shape),
  bearer.extend(head.shape),
  bearerDone.extend(head.shape),
  outcome.extend({ ...head.shape, ...outcomeFacts.shape }),
  signed.extend(head.shape),
  reopened.extend(head.shape),
]);

export const CASE_KINDS = [
  'taken',
  'answer',
  'image',
  'question',
  'bearer',
  'bearer-done',
  'outcome',
  'signed',
  'reopened',
] as const;

/** Who did what, without what it says: of everybody's entries, also hidden ones and those of an erased record. */
export const caseAct = head.extend({ kind: z.enum(CASE_KINDS) });

/** `open` nobody works at it, `held` somebody does, `to-sign` the outcome waits for a second officer, `done`. */
export const CASE_STATES = ['open', 'held', 'to-sign', 'done'] as const;

export const caseStanding = z.object({
  state: z.enum(CASE_STATES),
  /** Who has it in hand; null in every state but `held`. */
  holder: z.object({ officerId: id, name: z.string() }).nullable(),
  /** Entry of the outcome in force; null where there is none, or the case was reopened. */
  outcomeId: id.nullable(),
});

export const caseRow = caseStanding.extend({
  /** Of the case and of its examination. */
  id,
  /** When it was referred. */
  at: utc,
  /** Of the last entry; null where there is none. */
  changedAt: utc.nullable(),
  outcome: z.enum(CASE_OUTCOMES).nullable(),
  documentType: z.string(),
  issuer: z.string(),
  number: z.string(),
  name: z.string(),
  /** Items of all documents that are not checked yet, and that differ or are not present. */
  notChecked: z.int(),
  differs: z.int(),
  /** Where another station has it, or it came from one. */
  handover: caseHandover.optional(),
});

export const caseList = z.object({
  show: z.enum(['open', 'done', 'all']),
  limit: z.int().min(1).max(200),
  offset: z.int().min(0),
});

export const caseView = caseStanding.extend({
  record: examinationRecord,
  /**
   * In their order. Comparisons of the bearer by others are left out until this officer has closed their own, or the
   * case is concluded. Of an erased record there are none.
   */
  entries: z.array(caseEntry),
  /** All of them by their heads. */
  acts: z.array(caseAct),
  /** By document: its type in the procedure, and the items that it has at second line, in their order. */
  documents: z.array(z.object({ documentId: id, typeId: z.string(), itemIds: z.array(z.string()) })),
  /** As of now, over all documents. */
  notChecked: z.array(itemPlace),
  /** Where another station has it, or it came from one. */
  handover: caseHandover.optional(),
});

const nothing = z.object({});

export const caseChannels = {
  /** Newest first. Every referred examination is a case; erased ones are found in History only. */
  'case.list': { input: caseList, output: z.object({ rows: z.array(caseRow), more: z.boolean() }) },
  /** `not-found` where there is no such record, or it was never referred. */
  'case.open': { input: z.object({ id }), output: caseView },
  /**
   * Adds one entry; it is durable once this is answered, and a repeated request is answered the same. Refused with
   * `case-handed` (another station has it), `case-held` (somebody else has it in hand, or nobody: take it first), `case-closed` (concluded: reopen it first),
   * `case-not-closed`, `bearer-closed`, `sign-own`, `sign-renewed` (one of the two has set the other's secret since the
   * case began), `superseded` (another outcome is in force), `case-full` (of `MOST_CASE_ENTRIES` only those are left that
   * conclude), `image-unknown`, `already-saved`, `erased`, `bad-request` with the names of fields that do not fit the
   * procedure or the case.
   */
  'case.enter': {
    input: z.object({ examinationId: id, entry: caseSubmission }),
    output: caseStanding.extend({ at: utc, seq: z.int() }),
  },
} as const;

export const laneChannels = {
  /** Whether a document of these rows was decided on within the last quarter of an hour at this station. */
  'lane.seen': {
    input: z.object({ lines: z.array(z.string().max(60)).min(1).max(3) }),
    output: z.object({
      seen: z.object({ at: utc, outcome: z.enum(['clear', 'referred', 'skip']) }).nullable(),
    }),
  },
} as const;

export const caseEvents = {
  /** A case was entered in, or there is a new one. */
  'cases.changed': nothing,
} as const;

export type Mark = z.infer<typeof mark>;
export type ItemPlace = z.infer<typeof itemPlace>;
export type ItemAnswer = (typeof ITEM_ANSWERS)[number];
export type BearerAnswer = (typeof BEARER_ANSWERS)[number];
export type BearerVerdict = (typeof BEARER_VERDICTS)[number];
export type CaseKind = (typeof CASE_KINDS)[number];
export type CaseState = (typeof CASE_STATES)[number];
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];
export type CaseDisposition = (typeof CASE_DISPOSITIONS)[number];
export type CaseSubmission = z.infer<typeof caseSubmission>;
export type CaseEntry = z.infer<typeof caseEntry>;
export type CaseAct = z.infer<typeof caseAct>;
export type CaseStanding = z.infer<typeof caseStanding>;
export type CaseRow = z.infer<typeof caseRow>;
export type CaseList = z.infer<typeof caseList>;
export type CaseView = z.infer<typeof caseView>;
