// The case that is open, and what is entered in it: shown at once, sent one after the other, durable when answered.
import { create } from 'zustand';
import type { CaseEntry, CaseSubmission, CaseView, ItemPlace } from '../../../shared/contract/cases.ts';
import { call, CallFailed, type CallFailureCode, failureCodeOf } from '../../lib/bridge.ts';
import { takePart } from '../../lib/sitting.ts';
import { useVault } from '../../lib/store-vault.ts';

/** Entries that are shown before the station has answered. */
export type Quick = Extract<CaseSubmission, { kind: 'answer' | 'question' | 'bearer' }>;
/** The others wait for the station: what follows depends on its answer. */
export type Slow = Exclude<CaseSubmission, Quick>;

export interface Pending {
  examinationId: string;
  entry: Quick;
  at: string;
}

/** Words being written, before they are an entry. */
export type Writing = { note: string } & (
  | ({ kind: 'answer' } & ItemPlace)
  | { kind: 'question'; questionId: string }
);

export type Tab = 'face' | 'questions' | 'record';
export type Asked =
  | 'take'
  | 'outcome'
  | 'sign'
  | 'reopen'
  | 'print'
  | 'picture'
  | 'protection'
  | 'hand-over'
  | 'acknowledge'
  | 'take-back';

export interface CaseStore {
  /** The case on the screen; null shows the list. */
  view: CaseView | null;
  openFailure: CallFailureCode | null;
  /** On the way to the station, in order; of this case and of one that was left. */
  pending: readonly Pending[];
  /** Why the first of them is not in the station. */
  saveFailure: CallFailureCode | null;
  writing: Writing | null;
  /** What is looked at. */
  place: ItemPlace | null;
  pictureId: string | null;
  /** The picture beside it; null for one alone. */
  besideId: string | null;
  /** Index among the marks of the item. */
  chosenMark: number | null;
  tab: Tab;
  asked: Asked | null;
}

const CLOSED: Omit<CaseStore, 'pending' | 'saveFailure'> = {
  view: null,
  openFailure: null,
  writing: null,
  place: null,
  pictureId: null,
  besideId: null,
  chosenMark: null,
  tab: 'record',
  asked: null,
};
const NOTHING: CaseStore = { ...CLOSED, pending: [], saveFailure: null };

export const useCase = create<CaseStore>(() => NOTHING);

// Only the newest wish to open counts.
let opening = 0;
/** Entries that the station has answered: a view asked for before one of them is old. */
let answered = 0;
let reloading: ReturnType<typeof setTimeout> | undefined;

takePart({
  keep: async () => {
    await send();
    return 0;
  },
  forget: () => {
    clearTimeout(reloading);
    opening += 1;
    useCase.setState(NOTHING, true);
  },
});

/** Opens a case as it stands. */
export async function openCase(id: string): Promise<void> {
  opening += 1;
  const mine = opening;
  useCase.setState({ openFailure: null });
  try {
    const view = await call('case.open', { id });
    if (mine === opening) useCase.setState({ ...CLOSED, view });
  } catch (thrown) {
    if (mine === opening) useCase.setState({ openFailure: failureCodeOf(thrown) });
  }
}

/** Back to the list. What is on its way to the station goes on. */
export function closeCase(): void {
  opening += 1;
  clearTimeout(reloading);
  useCase.setState(CLOSED);
}

const RELOAD_MS = 400;

/** Reads the case again when entering rests: another window, or the station itself, may have changed it. */
export function reloadSoon(): void {
  clearTimeout(reloading);
  if (useCase.getState().view === null) return;
  reloading = setTimeout(() => {
    if (useCase.getState().pending.length > 0 && useCase.getState().saveFailure === null) reloadSoon();
    else void reload();
  }, RELOAD_MS);
}

async function reload(): Promise<void> {
  const id = useCase.getState().view?.record.id;
  if (id === undefined) return;
  const [mine, before] = [opening, answered];
  try {
    const view = await call('case.open', { id });
    if (mine !== opening) return;
    if (before === answered) useCase.setState({ view });
    else reloadSoon();
  } catch (thrown) {
    const code = failureCodeOf(thrown);
    if (mine === opening && code === 'not-found') {
      closeCase();
      useCase.setState({ openFailure: code });
    }
  }
}

/** Whoever is signed in. */
export function me(): { officerId: string; name: string } {
  const { officerId = '', name = '' } = useVault.getState().state?.session ?? {};
  return { officerId, name };
}

/** What is on its way, as it will lie in the case. */
export function asEntries(view: CaseView, pending: readonly Pending[]): CaseEntry[] {
  const { officerId, name: officerName } = me();
  const last = view.acts.at(-1)?.seq ?? 0;
  const own = pending.filter(({ examinationId }) => examinationId === view.record.id);
  return own.map(({ entry, at }, index) => ({ ...entry, seq: last + index + 1, at, officerId, officerName }));
}

/** Enters something in the open case; it is shown at once. */
export function enter(entry: Quick): void {
  const { view, pending } = useCase.getState();
  if (view === null) return;
  const at = new Date().toISOString();
  useCase.setState({ pending: [...pending, { examinationId: view.record.id, entry, at }] });
  void send();
}

let sending: Promise<void> | null = null;

/** Sends what waits, in its order, until all is in the station or one was refused. */
export function send(): Promise<void> {
  if (useCase.getState().pending.length === 0) return sending ?? Promise.resolve();
  sending ??= sendAll();
  return sending;
}

async function sendAll(): Promise<void> {
  useCase.setState({ saveFailure: null });
  // What comes while the last one is on its way is sent in the same round; what comes later begins another.
  for (let next = useCase.getState().pending[0]; next !== undefined; next = useCase.getState().pending[0]) {
    try {
      await sendOne(next);
    } catch (thrown) {
      useCase.setState({ saveFailure: failureCodeOf(thrown) });
      void reload();
      break;
    }
  }
  sending = null;
}

async function sendOne({ examinationId, entry }: Pending): Promise<void> {
  const { seq, at, ...standing } = await call('case.enter', { examinationId, entry });
  answered += 1;
  const { officerId, name: officerName } = me();
  const head = { seq, at, officerId, officerName };
  useCase.setState(({ view, pending }) => ({
    pending: pending.filter((one) => one.entry.id !== entry.id),
    view:
      view?.record.id !== examinationId || view.entries.some(({ id }) => id === entry.id)
        ? view
        : {
            ...view,
            ...standing,
            entries: [...view.entries, { ...entry, ...head }],
            acts: [...view.acts, { id: entry.id, kind: entry.kind, ...head }],
          },
  }));
}

/** Gives up what the station did not take of the case of the first that waits; the rest goes on. */
export function dropPending(): void {
  const { pending } = useCase.getState();
  const refused = pending[0]?.examinationId;
  useCase.setState({ pending: pending.filter(({ examinationId }) => examinationId !== refused) });
  void send().then(reload);
}

/**
 * Enters what must be answered before one goes on, behind everything that waits, and reads the case again.
 * @throws {CallFailed} the station's refusal
 */
export async function enterNow(entry: Slow): Promise<void> {
  const { view } = useCase.getState();
  if (view === null) return;
  if (entry.kind !== 'taken') await sendOrFail();
  const standing = await call('case.enter', { examinationId: view.record.id, entry });
  answered += 1;
  useCase.setState((old) => ({
    view:
      old.view?.record.id === view.record.id
        ? { ...old.view, state: standing.state, holder: standing.holder, outcomeId: standing.outcomeId }
        : old.view,
  }));
  await reload();
  // What was refused because somebody else had the case can go now.
  if (entry.kind === 'taken') await send();
}

async function sendOrFail(): Promise<void> {
  await send();
  const { saveFailure } = useCase.getState();
  if (saveFailure !== null) throw new CallFailed({ code: saveFailure });
}
