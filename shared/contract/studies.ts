// Shapes of case studies at the station: a draft of a case, what would leave of it, and the library.
import { z } from 'zod';
import { caseStudy } from '../sharing/case-study.ts';
import { DOCUMENT_TYPES, FRAUD_TYPES, IMAGE_MIMES, REPORT_LIGHTS } from '../sharing/codes.ts';
import { box } from '../sharing/full.ts';
import { reportId, sha256Hex, stateCode } from '../sharing/shapes.ts';
import { studyDraft } from '../sharing/study-draft.ts';
import { MOST_BOXES } from '../sharing/study-limits.ts';
import { id } from './records.ts';
import { REPORT_STATES, reportProblem, reportRow } from './reports.ts';

const utc = z.iso.datetime();

/** A picture of the case, upright, and where the station knows a portrait and a zone on it. */
export const studySource = z.object({
  id,
  light: z.enum(REPORT_LIGHTS),
  width: z.int(),
  height: z.int(),
  portrait: box.nullable(),
  zone: box.nullable(),
});

/** Of this station, of another one, or of the state of Utopia: invented, and there from the first day. */
export const STUDY_ORIGINS = ['here', 'others', 'utopia'] as const;

export const studyRow = z.object({
  /** Of its message; a name for an invented one. */
  id: z.string().max(60),
  from: z.enum(STUDY_ORIGINS),
  /** Of one of this station; all others can be read by everybody. */
  state: z.enum(REPORT_STATES),
  title: z.string(),
  type: z.enum(DOCUMENT_TYPES),
  issuer: stateCode,
  fraud: z.array(z.enum(FRAUD_TYPES)),
  /** When it was written; null for an invented one. */
  at: utc.nullable(),
  /** Who published it; empty where that is not known, or nobody did. */
  agencyName: z.string(),
  stationCode: z.string(),
});

/** What is read of a study. */
export const shownStudy = caseStudy.pick({
  title: true,
  document: true,
  fraud: true,
  happened: true,
  gaveAway: true,
  twelveSeconds: true,
  images: true,
  question: true,
});

const place = z.object({ examinationId: id, reportId });

export const studyChannels = {
  /**
   * The draft of a study of this report, or, where there is none, one prefilled from it. `not-found` where there is no
   * such report, `study-report` where it is not one of the network that was approved and is in force, `erased`.
   */
  'study.prepare': {
    input: z.object({ reportId }),
    output: place.extend({
      content: studyDraft,
      /** Null where nobody saved one yet. */
      savedAt: utc.nullable(),
      document: caseStudy.shape.document,
      fraud: caseStudy.shape.fraud,
      pictures: z.array(studySource),
      /** Whether a study would have to be approved by somebody else. */
      needsApproval: z.boolean(),
      /** Studies of this case, as they were made. */
      studies: z.array(reportRow),
    }),
  },
  'study.save-draft': {
    input: place.extend({ content: studyDraft }),
    output: z.object({ savedAt: utc }),
  },
  /** Drafts of which no study was made yet, the one that was saved last first. */
  'study.drafts': {
    input: z.object({}),
    output: z.object({
      drafts: z.array(place.extend({ title: z.string(), savedAt: utc, officerName: z.string() })),
    }),
  },
  /** Cuts a piece out of a picture of the case and takes out what lies under boxes; nothing is kept of it. */
  'study.cut': {
    input: z.object({ examinationId: id, imageId: id, at: box, hidden: z.array(box).max(MOST_BOXES) }),
    output: z.object({
      sha256: sha256Hex,
      bytes: z.int(),
      mime: z.enum(IMAGE_MIMES),
      base64: z.base64(),
      width: z.int(),
      height: z.int(),
      /** Zones that are still to be seen, as boxes of the whole picture. */
      zones: z.array(box),
    }),
  },
  /** What would leave. `hub-none` where the station has no hub. */
  'study.preview': {
    input: place.extend({ content: studyDraft }),
    output: z.object({
      /** Empty where it can be published. */
      problems: z.array(reportProblem),
      /** As it would leave, but for its id and time; null where something stands in the way. */
      body: caseStudy.nullable(),
      /** What the author confirms: digests of the words, and of each picture with its caption and marks. */
      confirm: z.object({ words: sha256Hex, images: z.array(sha256Hex) }).nullable(),
    }),
  },
  /**
   * Makes a study for good; a repeated request is answered the same. `study-unseen` where `confirmed` lacks the digest of
   * a part as it leaves, `report-problem` with the places where it cannot leave, `hub-none`, `superseded`.
   */
  'study.submit': {
    input: place.extend({ id, content: studyDraft, confirmed: z.array(sha256Hex).max(20) }),
    output: z.object({ reports: z.array(reportRow) }),
  },
  /** Studies in force, newest first, those of Utopia last; at second line also own ones that are not approved yet. */
  'study.library': {
    input: z.object({
      query: z.string().max(100),
      from: z.enum(STUDY_ORIGINS).nullable(),
      issuer: stateCode.nullable(),
      type: z.enum(DOCUMENT_TYPES).nullable(),
      fraud: z.enum(FRAUD_TYPES).nullable(),
      limit: z.int().min(1).max(200),
      offset: z.int().min(0),
    }),
    output: z.object({
      rows: z.array(studyRow),
      /** How many fit. */
      total: z.int(),
      /** Of all studies: what can be chosen. */
      issuers: z.array(stateCode),
      types: z.array(z.enum(DOCUMENT_TYPES)),
      frauds: z.array(z.enum(FRAUD_TYPES)),
    }),
  },
  'study.open': {
    input: z.object({ id: z.string().max(60) }),
    output: z.object({ row: studyRow, study: shownStudy }),
  },
  /** A picture of a study of the library. `image-unknown` where it did not come yet. */
  'study.picture': {
    input: z.object({ id: z.string().max(60), sha256: sha256Hex }),
    output: z.object({ mime: z.enum(IMAGE_MIMES), base64: z.base64() }),
  },
} as const;

export type StudyRow = z.infer<typeof studyRow>;
export type StudySource = z.infer<typeof studySource>;
export type ShownStudy = z.infer<typeof shownStudy>;
