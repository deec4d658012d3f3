// Shapes of reports at the station: a draft of a case, what would leave of it for whom, what was submitted and approved,
// and what came from others.
import { z } from 'zod';
import { audience, box, fullReport, sealedPart } from '../sharing/full.ts';
import {
  DOCUMENT_TYPES,
  FRAUD_TYPES,
  IMAGE_MIMES,
  MESSAGE_KINDS,
  TIERS,
  WITHDRAWAL_REASONS,
} from '../sharing/codes.ts';
import { fullWireReport, wireReport } from '../sharing/report.ts';
import { reportId, sha256Hex, stateCode } from '../sharing/shapes.ts';
import { id } from './records.ts';
import { OUTBOX_STATES } from './sync.ts';

const utc = z.iso.datetime();
const note = z.string().trim().max(500);

export const REPORT_STATES = ['to-approve', 'approved', 'sent-back'] as const;

/** What a report is of, as a list shows it: the document that was presented, and the kinds of fraud, the main one first. */
export const reportAbout = z.object({
  issuer: stateCode.nullable(),
  type: z.enum(DOCUMENT_TYPES).nullable(),
  fraud: z.array(z.enum(FRAUD_TYPES)),
});

/** A list may be narrowed to reports of one issuer, one type of document, one kind of fraud among theirs. */
export const reportFilter = z.object({
  issuer: stateCode.optional(),
  type: z.enum(DOCUMENT_TYPES).optional(),
  fraud: z.enum(FRAUD_TYPES).optional(),
});

export const reportRow = z.object({
  id: reportId,
  submissionId: id,
  examinationId: id,
  tier: z.enum(TIERS),
  /** The partner at T1. */
  agencyId: z.string().nullable(),
  kind: z.enum(MESSAGE_KINDS),
  replaces: reportId.nullable(),
  /** Of a withdrawal that of what it takes back; null where its bytes went. */
  about: reportAbout.nullable(),
  state: z.enum(REPORT_STATES),
  /** Who submitted it, and when. */
  at: utc,
  officerId: id,
  officerName: z.string(),
  needsApproval: z.boolean(),
  /** Who approved it or sent it back; null for all while nobody did. */
  decidedAt: utc.nullable(),
  decidedBy: z.string().nullable(),
  decisionNote: z.string().nullable(),
  sha256: sha256Hex,
  bytes: z.int(),
  /** Its place in the outbox; null before it is approved. */
  sending: z.enum(OUTBOX_STATES).nullable(),
  sentAt: utc.nullable(),
  /** Whether an approved one has taken its place. */
  standing: z.enum(['in-force', 'replaced', 'withdrawn']),
  /** Its bytes went with the person's data. */
  erased: z.boolean(),
});

/** Why a report cannot leave as it is: a path in the full report, a code of `leaving`, and where in a text. */
export const reportProblem = z.object({
  path: z.string(),
  code: z.string(),
  place: z.object({ start: z.int(), end: z.int() }).nullable(),
});

/** What would leave for one audience. */
export const reportPreview = z.object({
  /** Empty where it can be submitted. */
  problems: z.array(reportProblem),
  /** As it would leave, but for its id, its time and the closed box; null where it cannot be made. */
  body: fullWireReport.nullable(),
  /** What only the partner's stations can open; null at the other tiers. */
  sealedPart: sealedPart.nullable(),
});

const replacing = z.object({
  audience,
  /** A report of this case to the same audience that this one corrects. */
  replaces: reportId.nullable(),
});

const content = fullReport;
const rows = z.object({ reports: z.array(reportRow) });
const cut = z.object({ examinationId: id, imageId: id, at: box });

export const receivedRow = z.object({
  id: reportId,
  agencyId: z.string(),
  agencyName: z.string(),
  stationId: z.string(),
  stationCode: z.string(),
  tier: z.enum(TIERS),
  kind: z.enum(MESSAGE_KINDS),
  replaces: reportId.nullable(),
  /** Of a withdrawal that of what it takes back; null where that is not here. */
  about: reportAbout.nullable(),
  receivedAt: utc,
  standing: z.enum(['in-force', 'replaced', 'withdrawn']),
  /** For this agency alone, and what concerned a person in it is not here any more. */
  personalGone: z.boolean(),
});

export const networkChannels = {
  /**
   * The draft of a case's report, or, where there is none, one prefilled from the case; `not-found` where it is no case,
   * `erased`.
   */
  'report.prepare': {
    input: z.object({ examinationId: id }),
    output: z.object({
      content,
      /** Kinds of fraud that the case points to, for the officer to choose from. */
      suggested: z.array(z.enum(FRAUD_TYPES)),
      /** Null where nobody saved one yet. */
      savedAt: utc.nullable(),
      reports: z.array(reportRow),
      /** To whom a report of this station can go now: partners with a legal basis in force and a station to open it. */
      audiences: z.array(audience),
      /** Whether a report would have to be approved by somebody else. */
      needsApproval: z.boolean(),
    }),
  },
  'report.save-draft': {
    input: z.object({ examinationId: id, content }),
    output: z.object({ savedAt: utc }),
  },
  /** Cuts a piece out of a picture of the case, as it would be sent; nothing is kept of it. */
  'report.crop': {
    input: cut,
    output: z.object({ sha256: sha256Hex, bytes: z.int(), mime: z.enum(IMAGE_MIMES), base64: z.base64() }),
  },
  /** What would leave for this audience. `hub-none` where the station has no hub. */
  'report.preview': { input: z.object({ examinationId: id, content, audience }), output: reportPreview },
  /**
   * Makes one report for each audience, for good; durable once it is answered, and a repeated request is answered the same.
   * `report-problem` with the places where one cannot leave, `hub-none`, `superseded` where what it corrects was replaced.
   */
  'report.submit': {
    input: z.object({ id, examinationId: id, content, audiences: z.array(replacing).min(1).max(10) }),
    output: rows,
  },
  /** Takes back a report that was approved; it is approved like every report. */
  'report.withdraw': {
    input: z.object({ id, reportId, reason: z.enum(WITHDRAWAL_REASONS) }),
    output: rows,
  },
  /**
   * Newest first. `to-approve` are messages of every kind; `open` are reports that wait for approval or for their receipt,
   * `all` every report: alerts and case studies have lists of their own.
   */
  'report.list': {
    input: z.object({
      show: z.enum(['to-approve', 'open', 'all']),
      limit: z.int().min(1).max(200),
      offset: z.int().min(0),
      ...reportFilter.shape,
    }),
    output: z.object({ rows: z.array(reportRow), more: z.boolean() }),
  },
  /** One report with the text of its bytes, empty where they went; nothing in it but what leaves. */
  'report.open': {
    input: z.object({ id: reportId }),
    output: z.object({
      report: reportRow,
      text: z.string(),
      /** What only the partner's stations, and this one, can open; null where there is nothing of it. */
      sealedPart: sealedPart.nullable(),
      images: z.array(z.object({ sha256: sha256Hex, bytes: z.int() })),
    }),
  },
  /** A picture of a report as it leaves. */
  'report.image': {
    input: z.object({ sha256: sha256Hex }),
    output: z.object({ mime: z.enum(IMAGE_MIMES), base64: z.base64() }),
  },
  /** `report-own` where it is theirs and another one is to approve it; `already-saved` where it was decided otherwise. */
  'report.approve': { input: z.object({ id: reportId }), output: z.object({ report: reportRow }) },
  'report.send-back': {
    input: z.object({ id: reportId, note: note.min(1) }),
    output: z.object({ report: reportRow }),
  },
  /** Reports of others, newest first. */
  'received.list': {
    input: z.object({
      limit: z.int().min(1).max(200),
      offset: z.int().min(0),
      ...reportFilter.shape,
    }),
    output: z.object({ rows: z.array(receivedRow), more: z.boolean() }),
  },
  'received.open': {
    input: z.object({ id: reportId }),
    output: z.object({
      report: receivedRow,
      body: wireReport,
      /** What was closed for this station; null where nothing was, or it does not open. */
      sealedPart: sealedPart.nullable(),
    }),
  },
} as const;

export const networkEvents = {
  /** A report was submitted, decided on, or has its receipt. */
  'reports.changed': z.object({}),
  /** Reports of others came in. */
  'received.changed': z.object({}),
} as const;

export type ReportRow = z.infer<typeof reportRow>;
export type ReportProblem = z.infer<typeof reportProblem>;
export type ReportPreview = z.infer<typeof reportPreview>;
export type ReceivedRow = z.infer<typeof receivedRow>;
export type ReportAbout = z.infer<typeof reportAbout>;
export type ReportFilter = z.infer<typeof reportFilter>;
