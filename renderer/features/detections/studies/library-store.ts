// The library of case studies at the window: what is asked for, what fits, drafts that were begun, and the one that is open.
import { create } from 'zustand';
import type { Input, Output } from '../../../../shared/contract/channels.ts';
import { call, type CallFailureCode, failureCodeOf, listen } from '../../../lib/bridge.ts';
import { takePart } from '../../../lib/sitting.ts';

export type Library = Output<'study.library'>;
export type OpenStudy = Output<'study.open'>;
export type Draft = Output<'study.drafts'>['drafts'][number];
export type Filter = Omit<Input<'study.library'>, 'limit' | 'offset'>;

interface LibraryStore {
  filter: Filter;
  phase: 'loading' | 'ready';
  failure: CallFailureCode | null;
  library: Library | null;
  /** Of those who may write; none for others. */
  drafts: readonly Draft[];
  /** The row that has or had the focus, so that Esc comes back to it. */
  focusedId: string | null;
  open: OpenStudy | null;
  openFailure: CallFailureCode | null;
  /** The one that was asked for is being made: those of Utopia are drawn when they are first looked at. */
  isOpening: boolean;
}

const EVERYTHING: Filter = { query: '', from: null, issuer: null, type: null, fraud: null };

const NOTHING: LibraryStore = {
  filter: EVERYTHING,
  phase: 'loading',
  failure: null,
  library: null,
  drafts: [],
  focusedId: null,
  open: null,
  openFailure: null,
  isOpening: false,
};

export const useLibrary = create<LibraryStore>(() => NOTHING);

/** Rows asked for at a time, and the most that one answer gives. */
const PAGE = 50;
const MOST = 200;

// Answers may come back out of order; only that of the newest question counts.
let question = 0;
let opening = 0;

takePart({
  forget: () => {
    question += 1;
    opening += 1;
    useLibrary.setState(NOTHING, true);
  },
});

let isFollowing = false;

/** Begins to follow what comes and goes, for as long as the window is open; further calls ask once more. */
export function followLibrary(mayWrite: boolean): void {
  if (!isFollowing) {
    isFollowing = true;
    listen('reports.changed', () => void refreshLibrary());
    listen('received.changed', () => void refreshLibrary());
  }
  void refreshLibrary();
  if (mayWrite) void refreshDrafts();
}

/** Asks again for as many as are shown. */
export async function refreshLibrary(): Promise<void> {
  question += 1;
  const mine = question;
  const { filter, library } = useLibrary.getState();
  const limit = Math.min(MOST, Math.max(PAGE, library?.rows.length ?? 0));
  try {
    const found = await call('study.library', { ...filter, limit, offset: 0 });
    if (mine === question) useLibrary.setState({ phase: 'ready', failure: null, library: found });
  } catch (thrown) {
    if (mine === question) useLibrary.setState({ phase: 'ready', failure: failureCodeOf(thrown) });
  }
}

/** Drafts that were begun and not published; quiet when it fails: nothing of them is lost. */
export async function refreshDrafts(): Promise<void> {
  const mine = question;
  try {
    const { drafts } = await call('study.drafts', {});
    if (mine <= question) useLibrary.setState({ drafts });
  } catch {
    // As before.
  }
}

let isLoadingMore = false;

/** Asks for the next rows when the end of the list comes near. */
export async function moreStudies(): Promise<void> {
  const { filter, library } = useLibrary.getState();
  if (isLoadingMore || library === null || library.rows.length >= library.total) return;
  isLoadingMore = true;
  const mine = question;
  try {
    const next = await call('study.library', { ...filter, limit: PAGE, offset: library.rows.length });
    if (mine !== question) return;
    const known = new Set(library.rows.map(({ id }) => id));
    const rows = [...library.rows, ...next.rows.filter(({ id }) => !known.has(id))];
    useLibrary.setState({ library: { ...next, rows } });
  } catch (thrown) {
    if (mine === question) useLibrary.setState({ failure: failureCodeOf(thrown) });
  } finally {
    isLoadingMore = false;
  }
}

export function lookFor(part: Partial<Filter>): void {
  useLibrary.setState(({ filter }) => ({ filter: { ...filter, ...part }, focusedId: null, library: null }));
  void refreshLibrary();
}

/** Shows everything again. */
export const lookForAll = (): void => lookFor(EVERYTHING);

export function focusStudy(id: string): void {
  useLibrary.setState({ focusedId: id });
}

export async function openStudy(id: string): Promise<void> {
  opening += 1;
  const mine = opening;
  useLibrary.setState({ isOpening: true, openFailure: null, focusedId: id });
  try {
    const open = await call('study.open', { id });
    if (mine === opening) useLibrary.setState({ open, isOpening: false });
  } catch (thrown) {
    if (mine === opening) useLibrary.setState({ openFailure: failureCodeOf(thrown), isOpening: false });
  }
}

export function closeStudy(): void {
  opening += 1;
  useLibrary.setState({ open: null, openFailure: null, isOpening: false });
}
