// The lists of reports: own ones by what is left to do, and those of others. Which is shown, the rows so far, the focus.
import { create } from 'zustand';
import type { ReceivedRow, ReportFilter, ReportRow } from '../../../shared/contract/reports.ts';
import { call, failureCodeOf, listen } from '../../lib/bridge.ts';
import { takePart } from '../../lib/sitting.ts';

export const SHOWS = ['open', 'to-approve', 'all', 'received'] as const;
export type Show = (typeof SHOWS)[number];

interface ListStore {
  show: Show;
  /** What the list is narrowed to; it stays from list to list. */
  filter: ReportFilter;
  phase: 'loading' | 'ready';
  failure: string | null;
  /** Of the own lists. */
  reports: readonly ReportRow[];
  /** Of `received`. */
  received: readonly ReceivedRow[];
  more: boolean;
  /** The row that has or had the focus, so that Esc comes back to it. */
  focusedId: string | null;
}

const NOTHING: ListStore = {
  show: 'open',
  filter: {},
  phase: 'loading',
  failure: null,
  reports: [],
  received: [],
  more: false,
  focusedId: null,
};

export const useReportList = create<ListStore>(() => NOTHING);

/** Rows asked for at a time, and the most that one answer gives. */
const PAGE = 50;
const MOST = 200;

// Answers may come back out of order; only that of the newest question counts.
let question = 0;

takePart({
  forget: () => {
    question += 1;
    useReportList.setState(NOTHING, true);
  },
});

let isFollowing = false;

/** Begins to follow the reports, for as long as the window is open; further calls ask once more. */
export function followReports(): void {
  if (!isFollowing) {
    isFollowing = true;
    listen('reports.changed', () => void refreshReports());
  }
  void refreshReports();
}

const shown = ({ show, reports, received }: ListStore): number =>
  (show === 'received' ? received : reports).length;

async function ask({ show, filter }: ListStore, limit: number, offset: number): Promise<Partial<ListStore>> {
  if (show === 'received') {
    const { rows, more } = await call('received.list', { ...filter, limit, offset });
    return { received: rows, more };
  }
  const { rows, more } = await call('report.list', { ...filter, show, limit, offset });
  return { reports: rows, more };
}

/** Asks again from the newest, for as many as are shown. */
export async function refreshReports(): Promise<void> {
  question += 1;
  const mine = question;
  const state = useReportList.getState();
  const limit = Math.min(MOST, Math.max(PAGE, shown(state)));
  try {
    const found = await ask(state, limit, 0);
    if (mine === question) useReportList.setState({ phase: 'ready', failure: null, ...found });
  } catch (thrown) {
    if (mine === question) useReportList.setState({ phase: 'ready', failure: failureCodeOf(thrown) });
  }
}

export function showReports(show: Show): void {
  useReportList.setState(({ filter }) => ({ ...NOTHING, show, filter }));
  void refreshReports();
}

/** Narrows the list by one more thing, or by it no longer (null). */
export function narrow(name: keyof ReportFilter, value: string | null): void {
  useReportList.setState(({ show, filter: { [name]: _before, ...rest } }) => ({
    ...NOTHING,
    show,
    filter: value === null ? rest : { ...rest, [name]: value },
  }));
  void refreshReports();
}

let isLoadingMore = false;

/** Asks for the next rows when the end of the list comes near. */
export async function moreReports(): Promise<void> {
  const state = useReportList.getState();
  if (isLoadingMore || !state.more) return;
  isLoadingMore = true;
  const mine = question;
  try {
    const { more = false, ...next } = await ask(state, PAGE, shown(state));
    if (mine !== question) return;
    const known = new Set([...state.reports, ...state.received].map(({ id }) => id));
    useReportList.setState({
      reports: [...state.reports, ...(next.reports ?? []).filter(({ id }) => !known.has(id))],
      received: [...state.received, ...(next.received ?? []).filter(({ id }) => !known.has(id))],
      more,
    });
  } catch (thrown) {
    if (mine === question) useReportList.setState({ failure: failureCodeOf(thrown) });
  } finally {
    isLoadingMore = false;
  }
}

export function focusReport(id: string): void {
  useReportList.setState({ focusedId: id });
}
