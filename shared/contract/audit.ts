// Shapes of the audit chain as the window and the command line see them: whole, or where it breaks. No value, ever.
import { z } from 'zod';
import { id, isoDate } from './records.ts';

/** How something does not fit. None of them tells what stands there. */
export const BREAK_KINDS = [
  'changed', // the entry is not what was written
  'removed', // the entry of this number is not there
  'moved', // the entry does not follow on the one before
  'unsigned', // the signature is not there, or not the station's
  'cut', // the chain ends before an anchor that was made of it
  'anchor-differs', // the chain is another one than the anchor was made of
  'anchor-damaged', // the anchor itself was changed, or is another station's
  'record-changed', // a record is not what its entry says
  'record-missing', // the record that an entry tells of is not there
  'record-unknown', // no entry tells of the record
  'count-changed', // a count of cleared travellers is not what the entries add up to
] as const;

export const auditBreak = z.object({
  /** Number of the entry; null where no entry tells of it. */
  seq: z.int().nullable(),
  kind: z.enum(BREAK_KINDS),
  /** Id of what the entry is about, where that is known. */
  subjectId: z.string().nullable(),
});

export const auditVerdict = z.object({
  ok: z.boolean(),
  entries: z.int(),
  /** First signed entry; null where none is. */
  signedFrom: z.int().nullable(),
  /** How many anchors the chain was held against. */
  anchors: z.int(),
  /** Entries with which the station was restored from a backup: what came after that backup is not there. */
  restoredAt: z.array(z.int()),
  /** In the order of the entries, at most a hundred. */
  breaks: z.array(auditBreak),
  /** Breaks beyond those that are listed. */
  more: z.int(),
});

export const auditVerifyRequest = z.object({
  /** Anchors from outside, printed codes or whole ones, beside those that the station keeps. */
  anchors: z.array(z.string().max(1000)).max(10_000).default([]),
});

export const auditAnchor = z.object({
  stationId: id,
  seq: z.int(),
  /** UTC, when it was made. */
  at: z.iso.datetime(),
  /** For the printed log: ten groups of five characters, each with a check character. */
  code: z.string(),
  /** The whole anchor as one line of JSON, with its signature. */
  line: z.string(),
});

export const dayLogRequest = z.object({
  /** At the station's own time zone; null for today. */
  day: isoDate.nullable().default(null),
});

/** The log of a day, to be printed, signed and put away: counts and an anchor, nobody who was examined. */
export const dayLog = z.object({
  day: isoDate,
  stationCode: z.string(),
  place: z.string(),
  /** Records of that day by their latest outcome; `clear` without those of whom only the count is kept. */
  outcomes: z.object({ clear: z.int(), referred: z.int(), skip: z.int() }),
  clearedCounted: z.int(),
  /** Entries of that day about refused sign-ins, closed names, refused recovery keys; one may tell of several tries. */
  refused: z.object({ signIns: z.int(), lockOuts: z.int(), recoveries: z.int() }),
  /** Who decided, by name. */
  officers: z.array(z.string()),
  /** First entry of the audit chain since the anchor before; the last one is the anchor's. */
  firstEntry: z.int(),
  anchor: auditAnchor,
});

export type BreakKind = (typeof BREAK_KINDS)[number];
export type AuditBreak = z.infer<typeof auditBreak>;
export type AuditVerdict = z.infer<typeof auditVerdict>;
export type DayLog = z.infer<typeof dayLog>;
