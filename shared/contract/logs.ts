// Shapes of the supervisor's desk: a day at a glance, and the detection log as files, now or by a plan.
import { z } from 'zod';
import { LOG_FORMATS, LOG_TIERS, MOST_SHIFTS } from '../report/log-codes.ts';
import { OUTBOX_HOLDS } from './sync.ts';
import { isoDate } from './records.ts';

const utc = z.iso.datetime();
const nothing = z.object({});
const count = z.int().min(0);
const path = z.string().max(1000);
/** A time of the station's own day. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Times at which shifts begin, in their order; the last one goes on until the first. Empty where nobody works in shifts. */
const shifts = z
  .array(clock)
  .max(MOST_SHIFTS)
  .refine((times) => times.every((time, at) => at === 0 || time > (times[at - 1] ?? '')));

export const logPlan = z.object({
  /** Null where no log is made by itself. */
  folder: path.nullable(),
  /** From when on the log of the day before is made. */
  at: clock,
  formats: z.array(z.enum(LOG_FORMATS)).min(1).max(LOG_FORMATS.length),
  tier: z.enum(LOG_TIERS),
  shifts,
});

const outcomes = z.object({ clear: count, referred: count, skip: count });

export const deskDay = z.object({
  day: isoDate,
  stationCode: z.string(),
  place: z.string(),
  shifts,
  /** Records of the day by their latest outcome. */
  outcomes,
  /** Cleared travellers of whom only the number is kept; they stand in no hour. */
  clearedCounted: count,
  /** Records of each hour from 0 to 23, by the station's clock. */
  hours: z.array(outcomes).length(24),
  /** Records of each shift within this calendar day; empty where there are no shifts. */
  byShift: z.array(outcomes),
  cases: z.object({
    /** Examinations of the day that were referred; cases concluded on the day; cases that are not concluded now. */
    opened: count,
    closed: count,
    open: count,
  }),
  reports: z.object({
    submitted: count,
    approved: count,
    sentBack: count,
    /** With the hub's receipt. */
    sent: count,
    /** Now. */
    toApprove: count,
  }),
  /** Approved here on the day, and come from others on it. */
  alerts: z.object({ approved: count, received: count }),
  outbox: z.object({ waiting: count, parked: count, oldestAt: utc.nullable(), hold: z.enum(OUTBOX_HOLDS) }),
});

export const logTotals = z.object({
  /** Rows of the log, at T3 those that their counts add up to. */
  records: count.nullable(),
  outcomes: outcomes.nullable(),
  /** Null where they cannot be told: of a shift or a post nobody counted them. */
  clearedCounted: count.nullable(),
  /** All travellers examined; null where the number before is. */
  examined: count.nullable(),
});

export const logWanted = z
  .object({
    from: isoDate,
    to: isoDate,
    /** From 1; null for all. */
    shift: z.int().min(1).max(MOST_SHIFTS).nullable(),
    /** Code of a post; null for all. */
    post: z.string().max(40).nullable(),
    tier: z.enum(LOG_TIERS),
    formats: z.array(z.enum(LOG_FORMATS)).min(1).max(LOG_FORMATS.length),
    /** A folder for files of names of our own, or the one new file of one format. */
    place: z.union([z.object({ folder: path }), z.object({ file: path })]),
  })
  .refine(({ from, to }) => from <= to)
  .refine(({ formats }) => new Set(formats).size === formats.length)
  .refine(({ formats, place }) => 'folder' in place || formats.length === 1);

export const writtenLog = z.object({
  files: z.array(
    z.object({ path: z.string(), format: z.enum(LOG_FORMATS), bytes: count, sha256: z.string() }),
  ),
  manifest: z.string(),
  manifestSha256: z.string(),
  totals: logTotals,
  /** The anchor of the audit chain with the entry that tells of these files; see `audit.anchor`. */
  anchor: z.string(),
});

export const logState = z.object({
  plan: logPlan,
  /** The day that was logged last by the plan, and when. */
  last: z.object({ day: isoDate, at: utc }).nullable(),
  /** Days that are over and not logged. */
  due: count,
  /** The share that is done of what is being written, 0 to 1. */
  running: z.object({ step: z.enum(['log']), share: z.number() }).nullable(),
  /** Why the plan could not be kept the last time; null where it could. */
  trouble: z.string().nullable(),
  /** Codes of posts that have records, this one's first. */
  posts: z.array(z.string()),
});

export const logChannels = {
  /** A day at a glance: numbers, nobody who was examined. */
  'desk.day': { input: z.object({ day: isoDate.nullable() }), output: deskDay },
  'log.state': { input: nothing, output: logState },
  /** Refused with `folder-…`, and `pdf-unavailable` where a PDF is asked for that cannot be made here. */
  'log.plan': { input: logPlan, output: logState },
  /**
   * Writes the log with its manifest and says so in the audit chain. `log-busy`, `log-cancelled`, `log-shift` where there is no
   * such shift, `file-there`, `folder-…`, `disk-full`, `pdf-…`; then nothing is left behind.
   */
  'log.export': { input: logWanted, output: writtenLog },
  /** Ends what is being written; answers once nothing is. */
  'log.cancel': { input: nothing, output: logState },
} as const;

export const logEvents = {
  /** Something of `log.state` changed. */
  'log.changed': nothing,
} as const;

export type LogPlan = z.infer<typeof logPlan>;
export type LogState = z.infer<typeof logState>;
export type LogTotals = z.infer<typeof logTotals>;
export type LogWanted = z.output<typeof logWanted>;
export type WrittenLog = z.infer<typeof writtenLog>;
export type DeskDay = z.infer<typeof deskDay>;
