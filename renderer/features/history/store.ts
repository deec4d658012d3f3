// History: the filter, the rows found so far and the record that is open. Actions are plain functions.
import { create } from 'zustand';
import type {
  ExaminationRecord,
  HistoryFilter,
  HistoryRow,
  Outcome,
} from '../../../shared/contract/records.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { takePart } from '../../lib/sitting.ts';

/** What the officer asks for; empty parts do not narrow. */
export interface Wanted {
  text: string;
  /** Alpha-3 code or empty. */
  state: string;
  /** `YYYY-MM-DD` or empty, at the station's time zone. */
  from: string;
  to: string;
  outcome: Outcome | null;
}

export const NOTHING_WANTED: Wanted = { text: '', state: '', from: '', to: '', outcome: null };

/** A new decision being written; kept while other screens are looked at, until it is saved or cancelled. */
export interface Changing {
  recordId: string;
  /** Minted once: a second press after a lost answer repeats the same decision. */
  id: string;
  outcome: Outcome;
  /** Null takes the first reason of the outcome. */
  reason: string | null;
  note: string;
}

interface HistoryStore {
  wanted: Wanted;
  phase: 'loading' | 'ready' | 'failed';
  failure: string | null;
  rows: HistoryRow[];
  /** How many fit the filter; `rows` holds the newest of them. */
  total: number;
  /** There are more than `total`. */
  more: boolean;
  /** The row that has or had the focus, so that Esc comes back to it. */
  focusedId: string | null;
  /** The record on the screen; null shows the list. */
  open: ExaminationRecord | null;
  openFailure: string | null;
  changing: Changing | null;
}

let typing: ReturnType<typeof setTimeout> | undefined;

const NOTHING_FOUND: HistoryStore = {
  wanted: NOTHING_WANTED,
  phase: 'loading',
  failure: null,
  rows: [],
  total: 0,
  more: false,
  focusedId: null,
  open: null,
  openFailure: null,
  changing: null,
};

export const useHistory = create<HistoryStore>(() => NOTHING_FOUND);

takePart({
  forget: () => {
    clearTimeout(typing);
    // Answers under way are nobody's.
    question += 1;
    opening += 1;
    useHistory.setState(NOTHING_FOUND, true);
  },
});

/** Rows asked for at a time. */
export const PAGE = 100;
/** While the officer types, the station is asked when the fingers rest this long. */
const TYPING_REST_MS = 120;

/** The question for the station; a range written backwards is read the way it was meant. */
export function filterOf(wanted: Wanted, offset: number, limit: number): HistoryFilter {
  const [from, to] =
    wanted.from !== '' && wanted.to !== '' && wanted.from > wanted.to
      ? [wanted.to, wanted.from]
      : [wanted.from, wanted.to];
  return {
    text: wanted.text.trim().slice(0, 100),
    state: wanted.state,
    from: from === '' ? null : from,
    to: to === '' ? null : to,
    outcome: wanted.outcome,
    limit,
    offset,
  };
}

/** True where the filter narrows anything. */
export function isNarrowed(wanted: Wanted): boolean {
  return (
    wanted.text.trim() !== '' ||
    wanted.state !== '' ||
    wanted.from !== '' ||
    wanted.to !== '' ||
    wanted.outcome !== null
  );
}

// Answers may come back out of order; only that of the newest question counts.
let question = 0;
let isLoadingMore = false;

/**
 * Searches again from the newest row. What was found before stays on the screen until the answer is there.
 * @param asMany ask for as many rows as are shown (something changed), not for one page (something else is wanted)
 */
export async function search(asMany = true): Promise<void> {
  clearTimeout(typing);
  question += 1;
  const mine = question;
  const { wanted, rows } = useHistory.getState();
  const limit = asMany ? Math.min(500, Math.max(PAGE, rows.length)) : PAGE;
  try {
    const found = await call('history.search', filterOf(wanted, 0, limit));
    if (mine !== question) return;
    const { rows: fresh, total, more = false } = found;
    useHistory.setState({ phase: 'ready', failure: null, rows: fresh, total, more });
  } catch (thrown) {
    if (mine === question) useHistory.setState({ phase: 'failed', failure: failureCodeOf(thrown) });
  }
}

/** Changes the filter and searches, at once or when the fingers rest. */
export function want(change: Partial<Wanted>): void {
  useHistory.setState((old) => ({ wanted: { ...old.wanted, ...change } }));
  clearTimeout(typing);
  if (Object.hasOwn(change, 'text')) typing = setTimeout(() => void search(false), TYPING_REST_MS);
  else void search(false);
}

/** Asks for the next rows when the end of the list comes near. */
export async function loadMore(): Promise<void> {
  const { wanted, rows, total, more } = useHistory.getState();
  if (isLoadingMore || (rows.length >= total && !more)) return;
  isLoadingMore = true;
  const mine = question;
  try {
    const found = await call('history.search', filterOf(wanted, rows.length, PAGE));
    if (mine !== question) return;
    const known = new Set(rows.map((row) => row.id));
    const fresh = found.rows.filter((row) => !known.has(row.id));
    useHistory.setState({ rows: [...rows, ...fresh], total: found.total, more: found.more === true });
  } catch (thrown) {
    if (mine === question) useHistory.setState({ failure: failureCodeOf(thrown) });
  } finally {
    isLoadingMore = false;
  }
}

export function focusRow(id: string): void {
  useHistory.setState({ focusedId: id });
}

// Only the newest wish to open counts, and none after the officer has gone back to the list.
let opening = 0;

/** Opens one record as it was saved. */
export async function openRecord(id: string): Promise<void> {
  opening += 1;
  const mine = opening;
  useHistory.setState({ focusedId: id, openFailure: null });
  try {
    const open = await call('history.open', { id });
    if (mine === opening) useHistory.setState({ open, changing: null });
  } catch (thrown) {
    if (mine === opening) useHistory.setState({ openFailure: failureCodeOf(thrown) });
  }
}

/** Back to the list, with the same row focused. */
export function closeRecord(): void {
  opening += 1;
  useHistory.setState({ open: null, openFailure: null, changing: null });
}

/** Asks for a new decision on a record; goes on where one was begun. */
export function beginChange(record: ExaminationRecord): void {
  if (useHistory.getState().changing?.recordId === record.id) return;
  const last = record.decisions.at(-1);
  const changing = {
    recordId: record.id,
    id: newId(),
    outcome: last?.outcome ?? 'referred',
    reason: last?.reasons[0] ?? null,
    note: '',
  };
  useHistory.setState({ changing });
}

export function writeChange(part: Partial<Pick<Changing, 'outcome' | 'reason' | 'note'>>): void {
  useHistory.setState(({ changing }) => (changing === null ? {} : { changing: { ...changing, ...part } }));
}

export function endChange(): void {
  useHistory.setState({ changing: null });
}

export interface ChangedDecision {
  id: string;
  outcome: Outcome;
  reasons: string[];
  note: string;
}

/**
 * Puts a new decision beside the old one, which stays.
 * @throws {CallFailed} `superseded` where another window was quicker
 */
export async function changeDecision(record: ExaminationRecord, decision: ChangedDecision): Promise<void> {
  const last = record.decisions.at(-1);
  if (!last) return;
  const open = await call('decision.change', { ...decision, examinationId: record.id, replaces: last.id });
  // The officer may have gone on to another record, or to another change, before the answer.
  useHistory.setState((state) => ({
    open: state.open?.id === record.id ? open : state.open,
    changing: state.changing?.id === decision.id ? null : state.changing,
  }));
  await search();
}
