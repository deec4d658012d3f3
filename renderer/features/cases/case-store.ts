// The case that is open, and what is entered in it: shown at once, sent one after the other, durable when answered.
import { create } from 'zustand';
import type { CaseEntry, CaseSubmission, CaseView, ItemPlace } from '../../../shared/contract/cases.ts';
import { call, CallFailed, type CallFailureCode, failureCodeOf } from '../../lib/bridge.ts';
import { sittingNumber } from '../../lib/sitting.ts';
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
  isOpening: boolean;
  /** On the way to the station, in order; of this case and of one that was left. */
  pending: readonly Pending[];
  /** Why they are not in the station, by case. */
  refused: Readonly<Record<string, CallFailureCode>>;
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

const CLOSED: Omit<CaseStore, 'pending' | 'refused'> = {
  view: null,
  openFailure: null,
  isOpening: false,
  writing: null,
  place: null,
  pictureId: null,
  besideId: null,
  chosenMark: null,
  tab: 'record',
  asked: null,
};
const NOTHING: CaseStore = { ...CLOSED, pending: [], refused: {} };

export const useCase = create<CaseStore>(() => NOTHING);

// Only the newest wish to open counts.
let opening = 0;
/** Entries that the station has answered: a view asked for before one of them is old. */
let answered = 0;
let reloading: ReturnType<typeof setTimeout> | undefined;

/** What the station could not take before its officers signed out: it waits here, and is shown to nobody else. */
const unkept = new Map<string, readonly Pending[]>();

/** The sitting is over: nothing stays but what the station has not taken; `last` was still being written. */
export function endSitting(officerId: string, last: Quick | null): void {
  const { pending, view } = useCase.getState();
  const left = last === null || view === null ? pending : [...pending, pendingOf(view, last)];
  if (left.length > 0) unkept.set(officerId, [...(unkept.get(officerId) ?? []), ...left]);
  clearTimeout(reloading);
  opening += 1;
  useCase.setState(NOTHING, true);
}

/** Whoever left something behind is here again. */
export function takeUp(officerId: string): void {
  const own = unkept.get(officerId);
  if (own === undefined) return;
  unkept.delete(officerId);
  useCase.setState(({ pending }) => ({ pending: [...own, ...pending] }));
  void send();
}

/** Whether something entered is nowhere but in this window. */
export function isKept(): boolean {
  return unkept.size === 0 && useCase.getState().pending.length === 0;
}

/** Opens a case as it stands. */
export async function openCase(id: string): Promise<void> {
  opening += 1;
  const mine = opening;
  useCase.setState({ openFailure: null, isOpening: true });
  try {
    let before: number;
    let view: CaseView;
    do {
      before = answered;
      view = await call('case.open', { id });
      // Without what was on its way here it would be shown, and answered, as if that had not been said.
    } while (mine === opening && before !== answered);
    if (mine === opening) useCase.setState({ ...CLOSED, view });
  } catch (thrown) {
    if (mine === opening) useCase.setState({ openFailure: failureCodeOf(thrown), isOpening: false });
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
    if (nextToSend() === undefined) void reload();
    else reloadSoon();
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
  useCase.setState({ pending: [...pending, pendingOf(view, entry)] });
  void send();
}

function pendingOf({ record }: CaseView, entry: Quick): Pending {
  return { examinationId: record.id, entry, at: new Date().toISOString() };
}

let sending: Promise<void> | null = null;

/** Sends what waits, each case in its order, until of each all is in the station or one was refused. */
export function send(): Promise<void> {
  if (useCase.getState().pending.length === 0) return sending ?? Promise.resolve();
  sending ??= sendAll();
  return sending;
}

/** The first that waits of a case of which nothing was refused: what one case cannot take holds up no other. */
function nextToSend(): Pending | undefined {
  const { pending, refused } = useCase.getState();
  return pending.find(({ examinationId }) => refused[examinationId] === undefined);
}

async function sendAll(): Promise<void> {
  useCase.setState({ refused: {} });
  // What comes while the last one is on its way is sent in the same round; what comes later begins another.
  for (let next = nextToSend(); next !== undefined; next = nextToSend()) {
    const sitting = sittingNumber();
    try {
      await sendOne(next);
    } catch (thrown) {
      // Who asked has signed out meanwhile: what is here now is of another sitting, and was not refused.
      if (sitting === sittingNumber()) refuse(next.examinationId, failureCodeOf(thrown));
    }
  }
  sending = null;
}

function refuse(examinationId: string, code: CallFailureCode): void {
  useCase.setState(({ refused }) => ({ refused: { ...refused, [examinationId]: code } }));
  void reload();
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

/** The case of which something was refused first, and why; null where nothing was. */
export function refusedCase({ pending, refused }: CaseStore): string | null {
  return pending.find(({ examinationId }) => refused[examinationId] !== undefined)?.examinationId ?? null;
}

/** Gives up what waits of a case that the station did not take; of other cases it goes on. */
export function dropPending(refusedId: string): void {
  useCase.setState(({ pending }) => ({
    pending: pending.filter(({ examinationId }) => examinationId !== refusedId),
  }));
  void send().then(reload);
}

/**
 * Enters what must be answered before one goes on, behind everything of this case that waits, and reads the case again.
 * @throws {CallFailed} the station's refusal
 */
export async function enterNow(entry: Slow): Promise<void> {
  const { view } = useCase.getState();
  if (view === null) return;
  const { id } = view.record;
  if (entry.kind !== 'taken') await sendOrFail(id);
  const standing = await call('case.enter', { examinationId: id, entry });
  answered += 1;
  useCase.setState((old) => ({
    view:
      old.view?.record.id === id
        ? { ...old.view, state: standing.state, holder: standing.holder, outcomeId: standing.outcomeId }
        : old.view,
  }));
  await reload();
  // What was refused because somebody else had the case can go now.
  if (entry.kind === 'taken') await send();
}

/**
 * Waits until everything entered in a case is in the station.
 * @throws {CallFailed} why something is not
 */
export async function sendOrFail(examinationId: string): Promise<void> {
  await send();
  const code = useCase.getState().refused[examinationId];
  const isLeft = useCase.getState().pending.some((one) => one.examinationId === examinationId);
  if (code !== undefined && isLeft) throw new CallFailed({ code });
}
