// The view of trends that is shown: what it is counted by, what is chosen, and the answer. Actions are plain functions.
import { create } from 'zustand';
import type { Output } from '../../../../shared/contract/channels.ts';
import { weekOf } from '../../../../shared/sharing/redact.ts';
import type { TrendFilter, TrendQuestion } from '../../../../shared/trends/question.ts';
import type { Dimension } from '../../../../shared/trends/row.ts';
import { weekName, weekNumber } from '../../../../shared/trends/weeks.ts';
import { call, type CallFailureCode, failureCodeOf, listen } from '../../../lib/bridge.ts';
import { takePart } from '../../../lib/sitting.ts';
import { useStation } from '../../../lib/store-station.ts';
import { dayIn } from '../../../lib/time.ts';

/** How far back is looked, in weeks; `all` begins with the first report. */
export const PERIODS = ['13', '26', '52', '104', 'all'] as const;
export type Period = (typeof PERIODS)[number];

interface TrendsStore {
  period: Period;
  by: Dimension;
  week: string | null;
  only: TrendFilter['only'];
  phase: 'loading' | 'ready';
  failure: CallFailureCode | null;
  /** Of the newest question that was answered. */
  answer: Output<'trends.view'> | null;
  /** How far reports are counted that nobody asked about yet; null where nothing is under way. */
  counting: { done: number; total: number } | null;
  /** The row that has or had the focus. */
  focusedKey: string | null;
}

const NOTHING: TrendsStore = {
  period: '52',
  by: 'issuer',
  week: null,
  only: {},
  phase: 'loading',
  failure: null,
  answer: null,
  counting: null,
  focusedKey: null,
};

export const useTrends = create<TrendsStore>(() => NOTHING);

// Answers may come back out of order; only that of the newest question counts.
let asked = 0;

takePart({
  forget: () => {
    asked += 1;
    useTrends.setState(NOTHING, true);
  },
});

/** The most that is shown at once, in weeks: ten years. */
const LONGEST = 520;

/** What is asked now: up to the week of today at the station. */
export function questionNow(): TrendQuestion {
  const { period, by, week, only, answer } = useTrends.getState();
  const timeZone = useStation.getState().state?.settings?.timeZone ?? 'UTC';
  const today = weekNumber(weekOf(dayIn(timeZone, new Date())));
  const first = answer?.span === null || answer === null ? today - 51 : weekNumber(answer.span.from);
  const from =
    period === 'all' ? Math.max(today - LONGEST + 1, Math.min(first, today)) : today - Number(period) + 1;
  return { by, from: weekName(from), to: weekName(today), week, only };
}

export async function refreshTrends(): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const answer = await call('trends.view', questionNow());
    if (mine === asked) useTrends.setState({ phase: 'ready', failure: null, counting: null, answer });
  } catch (thrown) {
    if (mine === asked)
      useTrends.setState({ phase: 'ready', counting: null, failure: failureCodeOf(thrown) });
  }
}

let isFollowing = false;

/** Begins to follow the reports, for as long as the window is open; further calls ask once more. */
export function followTrends(): void {
  if (!isFollowing) {
    isFollowing = true;
    listen('reports.changed', () => void refreshTrends());
    listen('received.changed', () => void refreshTrends());
    listen('trends.counting', (counting) => useTrends.setState({ counting }));
  }
  void refreshTrends();
}

function ask(change: Partial<TrendsStore>): void {
  useTrends.setState(change);
  void refreshTrends();
}

export const countBy = (by: Dimension): void => ask({ by, focusedKey: null });

/** A week of one period need not lie in another. */
export const lookBack = (period: Period): void => ask({ period, week: null });

/** Chooses a value, or none where it is chosen already. */
export function choose(dimension: Dimension, key: string): void {
  const { [dimension]: before, ...others } = useTrends.getState().only;
  ask({ only: before === key ? others : { ...others, [dimension]: key } });
}

export function chooseWeek(week: string): void {
  ask({ week: useTrends.getState().week === week ? null : week });
}

/** Chooses the reports of a line in one week, also where some of that is chosen already. */
export function lookAt(dimension: Dimension, key: string, week: string): void {
  ask({ only: { ...useTrends.getState().only, [dimension]: key }, week });
}

export const chooseAll = (): void => ask({ only: {}, week: null });

export function focusLine(focusedKey: string): void {
  useTrends.setState({ focusedKey });
}
