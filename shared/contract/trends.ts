// Trends at the station: what is counted of its own approved reports and of those of others, and the reports behind it.
import { z } from 'zod';
import { isoWeek, reportId } from '../sharing/shapes.ts';
import { TREND_FILES } from '../trends/order.ts';
import { trendFilter, trendQuestion, trendView } from '../trends/question.ts';

const report = z.object({
  id: reportId,
  week: isoWeek,
  isOwn: z.boolean(),
  /** Codes, as they are counted; empty where the report does not tell. */
  issuer: z.string(),
  place: z.string(),
  country: z.string(),
  family: z.string(),
  fraud: z.array(z.string()),
});

export const trendChannels = {
  /** One view. Reports that came since the last question are counted first: `trends.counting` tells how that goes. */
  'trends.view': {
    input: trendQuestion,
    output: z.object({
      view: trendView,
      /**
       * Travellers examined at this station in these weeks, and from which day on where that is not all of them; null where
       * nobody knows. Of other stations nobody knows.
       */
      examined: z.object({ count: z.int(), since: z.iso.date().nullable() }).nullable(),
      /** Weeks of the first and the last report of all; null where there is none. */
      span: z.object({ from: isoWeek, to: isoWeek }).nullable(),
    }),
  },
  /** The reports behind a figure, the newest week first. */
  'trends.reports': {
    input: trendFilter.extend({ limit: z.int().min(1).max(200), offset: z.int().min(0) }),
    output: z.object({ rows: z.array(report), total: z.int() }),
  },
  /**
   * Writes a view into a folder; shared, small figures are kept out. `folder-gone`, `folder-read-only`, `folder-own`,
   * `disk-full`.
   */
  'trends.save': {
    input: z.object({
      question: trendQuestion,
      what: z.enum(TREND_FILES),
      isShared: z.boolean(),
      folder: z.string().min(1).max(4096),
    }),
    output: z.object({ path: z.string(), bytes: z.int() }),
  },
} as const;

export const trendEvents = {
  /** Reports are being counted for the first time since they came: so many of so many. */
  'trends.counting': z.object({ done: z.int(), total: z.int() }),
} as const;

export type TrendReport = z.infer<typeof report>;
