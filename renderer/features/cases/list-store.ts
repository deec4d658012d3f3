// The list of cases: which are shown, the rows so far, and the row that has the focus. Actions are plain functions.
import { create } from 'zustand';
import type { CaseList, CaseRow } from '../../../shared/contract/cases.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { takePart } from '../../lib/sitting.ts';

export type Show = CaseList['show'];

interface CaseListStore {
  show: Show;
  phase: 'loading' | 'ready';
  failure: string | null;
  rows: readonly CaseRow[];
  more: boolean;
  /** The row that has or had the focus, so that Esc comes back to it. */
  focusedId: string | null;
}

const NOTHING: CaseListStore = {
  show: 'open',
  phase: 'loading',
  failure: null,
  rows: [],
  more: false,
  focusedId: null,
};

export const useCaseList = create<CaseListStore>(() => NOTHING);

/** Rows asked for at a time, and the most that one answer gives. */
const PAGE = 50;
const MOST = 200;

// Answers may come back out of order; only that of the newest question counts.
let question = 0;

takePart({
  forget: () => {
    question += 1;
    useCaseList.setState(NOTHING, true);
  },
});

/** Asks again from the newest, for as many as are shown. */
export async function refreshList(): Promise<void> {
  question += 1;
  const mine = question;
  const { show, rows } = useCaseList.getState();
  const wanted = Math.max(PAGE, rows.length);
  try {
    const found: CaseRow[] = [];
    let more = true;
    // All of them before any is shown: a row that went away in between would take the focus along.
    while (more && found.length < wanted && mine === question) {
      const limit = Math.min(MOST, wanted - found.length);
      const page = await call('case.list', { show, limit, offset: found.length });
      found.push(...page.rows);
      ({ more } = page);
    }
    if (mine === question) useCaseList.setState({ phase: 'ready', failure: null, rows: found, more });
  } catch (thrown) {
    if (mine === question) useCaseList.setState({ phase: 'ready', failure: failureCodeOf(thrown) });
  }
}

export function showCases(show: Show): void {
  useCaseList.setState({ show, rows: [], more: false, phase: 'loading', focusedId: null });
  void refreshList();
}

let isLoadingMore = false;

/** Asks for the next rows when the end of the list comes near. */
export async function moreCases(): Promise<void> {
  const { show, rows, more } = useCaseList.getState();
  if (isLoadingMore || !more) return;
  isLoadingMore = true;
  const mine = question;
  try {
    const found = await call('case.list', { show, limit: PAGE, offset: rows.length });
    if (mine !== question) return;
    const known = new Set(rows.map(({ id }) => id));
    useCaseList.setState({
      rows: [...rows, ...found.rows.filter(({ id }) => !known.has(id))],
      more: found.more,
    });
  } catch (thrown) {
    if (mine === question) useCaseList.setState({ failure: failureCodeOf(thrown) });
  } finally {
    isLoadingMore = false;
  }
}

export function focusCase(id: string): void {
  useCaseList.setState({ focusedId: id });
}
