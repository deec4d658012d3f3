// What is asked of trends, and what is answered: the same at the station and at the hub.
import { z } from 'zod';
import { isoWeek } from '../sharing/shapes.ts';
import { DIMENSIONS } from './row.ts';

/** A value of a dimension as it is counted; the empty one stands for reports that do not tell. */
const value = z.string().max(120);

/** Which reports are looked at. Everything named must fit. */
export const trendFilter = z.object({
  /** First and last week, both within. */
  from: isoWeek,
  to: isoWeek,
  /** One week within. */
  week: isoWeek.nullable(),
  only: z.partialRecord(z.enum(DIMENSIONS), value),
});

export const trendQuestion = trendFilter.extend({ by: z.enum(DIMENSIONS) });

/** A week that is more than the past of its line makes likely. */
const fresh = z.object({
  week: isoWeek,
  count: z.int(),
  /** Reports a week, on average over the weeks before. */
  usual: z.number(),
  /** Weeks before that it was held against. */
  weeks: z.int(),
  /** How likely chance alone brings as many, 0 to 1. */
  chance: z.number(),
  /** Also among as many lines as are shown it would be rare. */
  isClear: z.boolean(),
});

const line = z.object({ key: value, count: z.int(), fresh: z.array(fresh) });
const marked = z.object({ key: value, count: z.int() });

export const trendView = z.object({
  by: z.enum(DIMENSIONS),
  /** Reports that fit. A report of two kinds of fraud stands in two lines, so lines may add up to more. */
  total: z.int(),
  /** Values that reports have, those of the most reports first. What is chosen of this dimension hides no line. */
  lines: z.array(line),
  /** Lines of fewer reports that are not here. */
  more: z.int(),
  /** Week for week from first to last; what week is chosen hides none. */
  time: z.array(z.object({ week: isoWeek, count: z.int(), fresh: fresh.nullable() })),
  /** By the country where it was found; by issuing state where the lines are by issuing state. */
  map: z.array(marked),
  /** Reports within the weeks that do not fit the rest of the filter. */
  rest: z.int(),
});

export type TrendFilter = z.infer<typeof trendFilter>;
export type TrendQuestion = z.infer<typeof trendQuestion>;
export type TrendView = z.infer<typeof trendView>;
export type TrendLine = TrendView['lines'][number];
export type Fresh = z.infer<typeof fresh>;
