// What an address of the trends page asks, and addresses that ask the same with one thing changed.
import { isoWeek } from '../../shared/sharing/shapes.ts';
import type { TrendQuestion } from '../../shared/trends/question.ts';
import { DIMENSIONS, type Dimension } from '../../shared/trends/row.ts';
import { weekName, weekNumber } from '../../shared/trends/weeks.ts';
import type { TrendScope } from '../trends.ts';

export const PERIODS = ['13', '26', '52', '104', 'all'] as const;
export type Period = (typeof PERIODS)[number];

export interface Asked {
  by: Dimension;
  period: Period;
  week: string | null;
  only: TrendQuestion['only'];
  scope: TrendScope;
}

type Query = Record<string, unknown>;

const LONGEST_VALUE = 120;

/** What stands in an address; what makes no sense there is as if it were not there. */
export function askedOf(query: Query): Asked {
  const only = DIMENSIONS.flatMap((dimension): [Dimension, string][] => {
    const value = query[dimension];
    return typeof value === 'string' && value.length <= LONGEST_VALUE ? [[dimension, value]] : [];
  });
  const week = isoWeek.safeParse(query.week);
  return {
    by: DIMENSIONS.find((each) => each === query.by) ?? 'issuer',
    period: PERIODS.find((each) => each === query.period) ?? '52',
    week: week.success ? week.data : null,
    only: Object.fromEntries(only),
    scope: query.scope === 'statistics' ? 'statistics' : 'open',
  };
}

/** The parts of an address, the empty value of a dimension too: it stands for what is not told. */
export function partsOf({ by, period, week, only, scope }: Asked): [string, string][] {
  return [
    ['by', by],
    ['period', period],
    ...(scope === 'open' ? [] : [['scope', scope] as [string, string]]),
    ...(week === null ? [] : [['week', week] as [string, string]]),
    ...DIMENSIONS.flatMap((each): [string, string][] => {
      const value = only[each];
      return value === undefined ? [] : [[each, value]];
    }),
  ];
}

export const addressOf = (path: string, asked: Asked): string =>
  `${path}?${new URLSearchParams(partsOf(asked)).toString()}`;

/** The same with one value chosen, or, where it is chosen, taken away. */
export function choosing(asked: Asked, dimension: Dimension, value: string): Asked {
  const { [dimension]: chosen, ...others } = asked.only;
  return { ...asked, only: chosen === value ? others : { ...others, [dimension]: value } };
}

/** With this value chosen, whatever was. */
export const having = (asked: Asked, dimension: Dimension, value: string): Asked => ({
  ...asked,
  only: { ...asked.only, [dimension]: value },
});

export const choosingWeek = (asked: Asked, week: string): Asked => ({
  ...asked,
  week: asked.week === week ? null : week,
});

const MONDAY_1970 = Date.UTC(1969, 11, 29);
const WEEK_MS = 7 * 86_400_000;

/** The question itself; `all` goes back to the first report, of which `span` knows. */
export function questionOf(
  { by, period, week, only }: Asked,
  span: { from: string; to: string } | null,
  now: number,
): TrendQuestion {
  const current = Math.floor((now - MONDAY_1970) / WEEK_MS);
  const last = Math.max(current, span === null ? current : weekNumber(span.to));
  const first =
    period === 'all' ? (span === null ? last : weekNumber(span.from)) : current - Number(period) + 1;
  const isWithin = week !== null && weekNumber(week) >= first && weekNumber(week) <= last;
  return { by, from: weekName(first), to: weekName(last), week: isWithin ? week : null, only };
}
