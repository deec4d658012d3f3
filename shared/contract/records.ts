// Shapes that travel between window and station, as zod schemas: settings, officers, readings, examinations.
import { z } from 'zod';
import { liveAlert } from './live-alert.ts';
import { askedList } from './lists.ts';

export const id = z.uuidv7();
const utc = z.iso.datetime();
export const isoDate = z.iso.date();
const alpha3 = z.string().regex(/^[A-Z]{3}$/);
const point = z.object({ x: z.number(), y: z.number() });
const quad = z.tuple([point, point, point, point]);
/** One MRZ row as shown to the officer: at most 44 places, MRZ alphabet or a stand-in typed by hand. */
const mrzRow = z.string().max(60);

export const PLACE_KINDS = ['airport', 'seaport', 'land', 'rail', 'inland'] as const;
export const DIRECTIONS = ['arrivals', 'departures', 'transit', 'both'] as const;
export const THEMES = ['system', 'light', 'dark', 'uv'] as const;
export const ROLES = ['officer', 'examiner', 'supervisor', 'trainer', 'administrator'] as const;
export const LANGUAGES = ['en'] as const;
export const CLEARED_POLICIES = ['counter', 'record'] as const;
/** What a decision can be in an ordinary record. Doubt and protection both read `referred`. */
export const OUTCOMES = ['clear', 'referred', 'skip'] as const;
/**
 * Whether another officer must sign what the second line concludes; by staff: wherever a second one could. It counts as
 * it stood when the outcome was given.
 */
export const SECOND_SIGNATURES = ['by-staff', 'required', 'off'] as const;
/** Whether a supervisor must approve a report before it leaves; by staff: wherever another one could. */
export const REPORT_APPROVALS = ['by-staff', 'required', 'off'] as const;
export const READING_SOURCES = ['image', 'camera', 'wedge', 'typed', 'specimen'] as const;

export const stationSettings = z.object({
  place: z.string().trim().min(1).max(80),
  placeKind: z.enum(PLACE_KINDS),
  country: alpha3,
  timeZone: z.string().min(1).max(64),
  stationCode: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,15}$/),
  direction: z.enum(DIRECTIONS),
  /** Label of the camera to prefer; null takes the first. */
  cameraLabel: z.string().max(200).nullable(),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  theme: z.enum(THEMES),
  sound: z.boolean(),
  clearedPolicy: z.enum(CLEARED_POLICIES),
  /** Minutes without a hand on the window until it locks. */
  idleMinutes: z.int().min(1).max(30).default(5),
  secondSignature: z.enum(SECOND_SIGNATURES).default('by-staff'),
  reportApproval: z.enum(REPORT_APPROVALS).default('by-staff'),
});

export const officer = z.object({
  id,
  name: z.string().trim().min(1).max(80),
  role: z.enum(ROLES),
});

/** What whoever is signed in sees of the station, beside `vault.state`. */
export const stationState = z.object({ stationId: id, settings: stationSettings.nullable() });

export const correction = z.object({
  row: z.int().min(0).max(2),
  column: z.int().min(0).max(43),
  from: z.string().max(4),
  to: z.string().max(4),
  /** Which rule changed the character; `officer` for a change by hand. */
  rule: z.string().max(40),
  reason: z.string().max(200),
});

const printed = z.string().max(200).optional();

/** What the officer confirmed or typed of the page, in any script; a field that is absent was not looked at. */
export const printSubmission = z.object({
  primary: printed,
  secondary: printed,
  number: printed,
  nationality: printed,
  birthDate: printed,
  sex: printed,
  expiryDate: printed,
  /** Of a visa label: the passport it names, its first day, days of stay and entries. */
  passportNumber: printed,
  validFrom: printed,
  stayDays: printed,
  entries: printed,
});

export const readingSubmission = z.object({
  source: z.enum(READING_SOURCES),
  /** The rows that the officer saw when deciding; empty where nothing could be read. */
  lines: z.array(mrzRow).max(3),
  /** The rows as the recogniser, the reader device or the keyboard gave them; always kept. */
  rawLines: z.array(z.string().max(200)).max(8),
  corrections: z.array(correction).max(200),
  lowConfidence: z.array(z.object({ line: z.int().min(0).max(2), column: z.int().min(0).max(43) })).max(132),
  /** Mean confidence of the characters, 0 to 1; null for typed and wedge readings. */
  confidence: z.number().min(0).max(1).nullable(),
  /** Corners of the MRZ in pixels of the image `imageId`; null where there is none. */
  outline: quad.nullable(),
  imageId: id.nullable(),
  /** The picture shows the document mirrored; absent where it does not. */
  mirrored: z.literal(true).optional(),
  print: printSubmission.optional(),
});

/** A reading as the station keeps it. */
export const readingRecord = readingSubmission.extend({
  /** The lists that were asked for the document when it was saved; absent where there were none. */
  lists: z.array(askedList).optional(),
  /** The alerts that fitted the document when it was saved; absent where there were none. */
  alerts: z.array(liveAlert).max(100).optional(),
});

export const imageSubmission = z.object({
  id,
  light: z.enum(['white', 'oblique', 'transmitted', 'uv-a', 'infrared', 'macro']),
  source: z.enum(['file', 'camera', 'specimen']),
});

export const documentSubmission = z.object({
  id,
  images: z.array(imageSubmission).max(40),
  reading: readingSubmission.nullable(),
});

export const draft = z.object({
  id,
  startedAt: utc,
  documents: z.array(documentSubmission).min(1).max(20),
});

export const decisionSubmission = z.object({
  id,
  outcome: z.enum(OUTCOMES),
  /** Ids of `shared/examination/outcomes.ts`; empty for `clear`. */
  reasons: z.array(z.string().max(40)).max(20),
  note: z.string().max(2000),
});

const findingText = z.object({
  title: z.string(),
  fraud: z.string().optional(),
  innocent: z.string().optional(),
  retake: z.string().optional(),
});

/** One automatic finding as it was shown: codes and catalogue ids, and the words themselves. */
export const finding = z.object({
  id: z.string().max(40),
  class: z.string().max(20),
  severity: z.enum(['look', 'note', 'retake']),
  fields: z.array(z.string().max(40)),
  places: z.array(z.object({ row: z.int(), start: z.int(), end: z.int() })),
  fraud: z.array(z.string().max(40)),
  text: findingText,
  /** As shown, in the language shown; absent in records of older versions. */
  words: findingText.extend({ language: z.string() }).optional(),
  values: z.record(z.string(), z.string()).optional(),
});

export const decisionRecord = decisionSubmission.extend({
  at: utc,
  officerName: z.string(),
  /** The decision that this one replaces; null for the first. */
  replaces: id.nullable(),
});

export const historyRow = z.object({
  id,
  at: utc,
  outcome: z.enum(OUTCOMES),
  reasons: z.array(z.string()),
  documentType: z.string(),
  format: z.string().nullable(),
  issuer: z.string(),
  nationality: z.string(),
  number: z.string(),
  name: z.string(),
  documents: z.int(),
  images: z.int(),
  officerName: z.string(),
  /** When the person's data was erased by a rule; absent where it stands. */
  erasedAt: utc.optional(),
});

export const historyFilter = z.object({
  text: z.string().max(100),
  state: z.string().max(3),
  from: isoDate.nullable(),
  to: isoDate.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  limit: z.int().min(1).max(500),
  offset: z.int().min(0),
});

export const examinationRecord = z.object({
  id,
  startedAt: utc,
  savedAt: utc,
  officerName: z.string(),
  stationCode: z.string(),
  place: z.string(),
  documents: z.array(
    z.object({
      id,
      images: z.array(imageSubmission.extend({ sha256: z.string(), width: z.int(), height: z.int() })),
      reading: readingRecord.nullable(),
      findings: z.array(finding),
      rulesVersion: z.string(),
      /** The day against which dates were judged, at the station's own time zone. */
      judgedOn: isoDate,
    }),
  ),
  decisions: z.array(decisionRecord).min(1),
  /** The procedure that was in force; absent in records of older versions. */
  procedure: z.object({ version: z.string(), sha256: z.string() }).optional(),
  /** What the second line concluded, as it is in force; absent where it has not. */
  secondLine: z
    .object({
      outcome: z.string(),
      at: utc,
      officerName: z.string(),
      /** The second officer; null where nobody signed. */
      signedBy: z.string().nullable(),
      signedAt: utc.nullable(),
    })
    .optional(),
  /** When the person's data was erased by a rule; absent where it stands. */
  erasedAt: utc.optional(),
  /** The legal hold that keeps it from every rule, whose reason only a supervisor reads; absent where there is none. */
  holdId: id.optional(),
});

export type StationSettings = z.infer<typeof stationSettings>;
export type Officer = z.infer<typeof officer>;
export type StationState = z.infer<typeof stationState>;
export type PrintSubmission = z.infer<typeof printSubmission>;
export type ReadingSubmission = z.infer<typeof readingSubmission>;
export type ReadingRecord = z.infer<typeof readingRecord>;
export type ImageSubmission = z.infer<typeof imageSubmission>;
export type DocumentSubmission = z.infer<typeof documentSubmission>;
export type Draft = z.infer<typeof draft>;
export type DecisionSubmission = z.infer<typeof decisionSubmission>;
export type DecisionRecord = z.infer<typeof decisionRecord>;
export type HistoryRow = z.infer<typeof historyRow>;
export type HistoryFilter = z.infer<typeof historyFilter>;
export type ExaminationRecord = z.infer<typeof examinationRecord>;
export type Outcome = (typeof OUTCOMES)[number];
export type ReadingSource = (typeof READING_SOURCES)[number];
