// Shapes of alerts at the station: made of an approved report, listed with those of others, opened, and read by whom.
import { z } from 'zod';
import { alert, alertAudience, alertFits } from '../sharing/alert.ts';
import { DOCUMENT_TYPES, LONGEST_ALERT_DAYS, REPORT_ROLES, TIP_LENGTH } from '../sharing/codes.ts';
import { numberRange, reportId, stateCode } from '../sharing/shapes.ts';
import { liveAlert } from './live-alert.ts';
import { id } from './records.ts';
import { reportProblem, reportRow } from './reports.ts';

const utc = z.iso.datetime();
const nothing = z.object({});
/** More are not shown. */
export const ALERTS_SHOWN = 500;

/** What its author enters; whether it is enough is asked before it is submitted. */
export const alertContent = z.strictObject({
  tip: z.string().max(TIP_LENGTH),
  audience: alertAudience,
  fits: alertFits.extend({
    types: z.array(z.enum(DOCUMENT_TYPES)).max(DOCUMENT_TYPES.length),
    issuers: z.array(stateCode).max(20),
  }),
  /** How long it lives, from when it is submitted. */
  days: z.int().min(1).max(LONGEST_ALERT_DAYS),
});

/**
 * `waiting` for approval, `sent-back`; `live` here, or `elsewhere`: for other places than this one; `expired`; `withdrawn`,
 * also where the report that it is made of was taken back.
 */
export const ALERT_STANDINGS = ['waiting', 'sent-back', 'live', 'elsewhere', 'expired', 'withdrawn'] as const;

export const alertRow = z.object({
  id: reportId,
  origin: z.enum(['here', 'others']),
  /** Both empty where it is this station's own. */
  agencyName: z.string(),
  stationCode: z.string(),
  /** When it was submitted, approved, or came to the hub. */
  at: utc,
  tip: z.string(),
  fits: alertFits,
  expiresAt: utc,
  standing: z.enum(ALERT_STANDINGS),
  /** Whether whoever asks has opened it, or made it. */
  isRead: z.boolean(),
});

/** Somebody at another station, named by no more than what they do there. */
const readElsewhere = z.object({
  stationCode: z.string(),
  agencyName: z.string(),
  role: z.enum(REPORT_ROLES),
  at: utc,
});

export const alertChannels = {
  /**
   * An alert as far as the report says it, and whom it can be addressed to. `alert-report` where the report is none of the
   * network that was approved and is in force, `hub-none`, `erased`.
   */
  'alert.prepare': {
    input: z.object({ reportId }),
    output: z.object({
      content: alertContent,
      /** As the report has them: an alert may leave them out, and say no more. */
      numberRange: numberRange.nullable(),
      mrzPattern: z.array(z.string()),
      /** Of the directory: other agencies, how codes of stations begin, and their countries. */
      agencies: z.array(z.object({ id: z.string(), name: z.string() })),
      places: z.array(z.string()),
      countries: z.array(z.string()),
      needsApproval: z.boolean(),
      /** Alerts of this report, as they were made. */
      alerts: z.array(reportRow),
    }),
  },
  /** What would leave, but for its id and its times; null where something is missing. */
  'alert.preview': {
    input: z.object({ reportId, content: alertContent }),
    output: z.object({ body: alert.nullable(), problems: z.array(reportProblem) }),
  },
  /** Makes the alert for good; approved like every report. A repeated request is answered the same. `report-problem`. */
  'alert.submit': {
    input: z.object({ id, reportId, content: alertContent }),
    output: z.object({ report: reportRow }),
  },
  /** Own ones and those of others, the newest first. */
  'alert.list': {
    input: nothing,
    output: z.object({ rows: z.array(alertRow).max(ALERTS_SHOWN), more: z.boolean() }),
  },
  /** The alert whole, and who read it as far as is known here; whoever asks has read it from now on. */
  'alert.open': {
    input: z.object({ id: reportId }),
    output: z.object({
      row: alertRow,
      body: alert,
      readers: z.object({
        here: z.array(z.object({ name: z.string(), role: z.enum(REPORT_ROLES), at: utc })),
        /** Of an own alert. */
        elsewhere: z.array(readElsewhere),
      }),
    }),
  },
  /** Asks the hub who read an own alert; `isHeard` is false where it did not answer: then what it said last. */
  'alert.reads': {
    input: z.object({ id: reportId }),
    output: z.object({ elsewhere: z.array(readElsewhere), isHeard: z.boolean() }),
  },
  /** Everything that is in force here, for the lane. */
  'alert.lane': { input: nothing, output: z.object({ alerts: z.array(liveAlert) }) },
} as const;

export const alertEvents = {
  /** An alert came, ended, was taken back, or was read. */
  'alerts.changed': nothing,
} as const;

export type AlertContent = z.infer<typeof alertContent>;
export type AlertRow = z.infer<typeof alertRow>;
export type AlertStanding = (typeof ALERT_STANDINGS)[number];
