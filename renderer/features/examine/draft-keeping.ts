// Keeps the draft in the station while the officer works, so that a closed window or a lost current loses nothing.
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { clockIn } from '../../lib/time.ts';
import { useStation } from '../../lib/store-station.ts';
import { useVault } from '../../lib/store-vault.ts';
import { useHandover } from './handover.ts';
import { announce, type ExamineStore, freshWork, UNTOUCHED, useExamine, when } from './store.ts';
import { fromDraft, isEmpty, toDraft, type Work } from './work.ts';

/** Changes closer together than this are sent as one. */
const PAUSE_MS = 300;
/** After a failure the draft is offered again, for as long as it stands. */
const AGAIN_MS = 3_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> = Promise.resolve();
/** The draft that the station holds, or may hold where its answer is not there yet; null where it holds none. */
let heldId: string | null = null;
/** Drafts that were dropped here and that the station still holds. */
const dropped = new Set<string>();
let held: Work | null = null;

/** Follows the store from now on. Returns how to stop. */
export function keepDraft(): () => void {
  const stop = useExamine.subscribe((state, before) => {
    if (state.loaded && state.work !== before.work && state.work !== held) keepSoon(PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function keepSoon(afterMs: number): void {
  clearTimeout(timer);
  const { work, keeping } = useExamine.getState();
  if (isEmpty(work) && heldId === null && dropped.size === 0) return;
  // What could not be kept is told until it is.
  if (keeping !== 'failed') useExamine.setState({ keeping: 'waiting' });
  timer = setTimeout(() => {
    sending = sending.then(send);
  }, afterMs);
}

async function send(): Promise<void> {
  const { work, saving } = useExamine.getState();
  if (saving) return;
  letGo(work.id);
  try {
    for (const id of dropped) {
      await call('draft.discard', { id });
      dropped.delete(id);
    }
    if (work === held) {
      // Nothing changed since: only the mark is set again.
    } else if (!isEmpty(work)) {
      heldId = work.id;
      await call('draft.save', toDraft(work));
    } else if (heldId !== null) {
      await call('draft.discard', { id: heldId });
      heldId = null;
    }
    held = work;
    if (useExamine.getState().work === work) useExamine.setState({ keeping: 'kept' });
  } catch (thrown) {
    if (failureCodeOf(thrown) === 'already-saved') return closedElsewhere(work.id);
    useExamine.setState({ keeping: 'failed' });
    keepSoon(AGAIN_MS);
  }
}

/** Whatever draft but this one the station holds is to be dropped. */
function letGo(currentId: string): void {
  if (heldId === null || heldId === currentId) return;
  dropped.add(heldId);
  heldId = null;
}

/** Another window has decided on or dropped this traveller: that stands, and the lane starts anew. */
function closedElsewhere(id: string): void {
  // A decision under way is answered by the station itself.
  const { work, saving } = useExamine.getState();
  if (saving || work.id !== id) return;
  forgetDraft();
  useExamine.setState({ ...UNTOUCHED, ...freshWork(), keeping: 'kept', trouble: 'draft-closed' });
  announce('error.draft-closed.happened');
}

/** Before a decision is saved: nothing of the draft is sent any more, and what was under way has arrived. */
export async function restDraft(): Promise<void> {
  clearTimeout(timer);
  await sending;
}

/** After a decision failed: the draft is kept again as before. */
export function resumeDraft(): void {
  keepSoon(0);
}

/** After a decision was saved: the station has dropped the draft itself. */
export function forgetDraft(): void {
  clearTimeout(timer);
  heldId = null;
  held = null;
}

let loading: Promise<void> | null = null;

/** When a sitting begins: the draft that was left comes back as it was; what somebody else began is asked about. */
export function loadDraft(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  if (useExamine.getState().loaded) return;
  const who = whoNow() ?? '';
  const own = unkept.get(who);
  if (own !== undefined) {
    unkept.delete(who);
    restore(own, own.startedAt);
    // The station does not hold it as it stands.
    held = null;
    keepSoon(0);
    return;
  }
  try {
    const { draft, begunBy } = await call('draft.load', {});
    if (draft === null) useExamine.setState({ loaded: true });
    else if (begunBy !== null) useHandover.setState({ offered: { draft, name: begunBy.name } });
    else restore(fromDraft(draft), draft.startedAt);
  } catch (thrown) {
    if (failureCodeOf(thrown) === 'signed-out') return;
    // An officer must be able to work; a draft that cannot be read stays where it is.
    useExamine.setState({ loaded: true, trouble: 'draft-not-loaded' });
  }
}

/** Drafts that the station could not take before their officers signed out: they wait here, shown to nobody else. */
const unkept = new Map<string, Work>();
/** What was written beside a question as the sitting ended, by officer: the draft does not hold it. */
const unsaid = new Map<string, { workId: string; notes: ExamineStore['notes'] }>();

function whoNow(): string | null {
  return useVault.getState().state?.session?.officerId ?? null;
}

/** Before the sitting ends: a decision under way is answered, the rest of the draft is sent. Answers how many are kept. */
export async function keepForNext(): Promise<number> {
  await when((state) => !state.saving);
  keepNow();
  await sending;
  const { work, loaded } = useExamine.getState();
  return loaded && !isEmpty(work) && !wouldLose() ? 1 : 0;
}

/** The sitting is over: nothing of the traveller stays in the window but what the station could not take. */
export function forgetWork(officerId: string): void {
  const { work, loaded, notes } = useExamine.getState();
  if (loaded && wouldLose()) unkept.set(officerId, work);
  if (notes.doubt !== '' || notes.skip !== '') unsaid.set(officerId, { workId: work.id, notes });
  forgetDraft();
  dropped.clear();
  useHandover.setState({ offered: null });
  useExamine.setState({
    ...UNTOUCHED,
    ...freshWork(),
    loaded: false,
    cameraOn: false,
    saved: null,
    keeping: 'kept',
    announcement: null,
  });
}

/** Puts a draft of the station into the lane. */
export function restore(work: Work, restoredAt: string | null): void {
  letGo(work.id);
  heldId = work.id;
  held = work;
  const documentId = work.documents[0]?.id ?? freshWork().documentId;
  const who = whoNow() ?? '';
  const own = unsaid.get(who);
  unsaid.delete(who);
  useExamine.setState({
    ...UNTOUCHED,
    ...(own?.workId === work.id ? { notes: own.notes } : {}),
    work,
    documentId,
    imageId: null,
    loaded: true,
    saved: null,
    keeping: 'kept',
    restoredAt,
  });
  if (dropped.size > 0) keepSoon(0);
  const settings = useStation.getState().state?.settings;
  if (restoredAt !== null && settings) {
    const time = clockIn(settings.timeZone, new Date(restoredAt), settings.language);
    announce('examine.restored', { time });
  }
}

/** Drops everything in the lane; the station drops the draft and the images that only it held. */
export function dropDraft(): void {
  useExamine.setState({ ...UNTOUCHED, ...freshWork() });
  announce('examine.dropped');
}

/** Sends what is not kept yet at once; for the moment in which the window closes. */
export function keepNow(): void {
  clearTimeout(timer);
  sending = sending.then(send);
}

/** True while something of this traveller is nowhere but in the window. */
function wouldLose(): boolean {
  const { work, keeping } = useExamine.getState();
  return keeping !== 'kept' && !isEmpty(work);
}

/** True while closing the window would lose something, of somebody who signed out before it could be kept, too. */
export function closingLoses(): boolean {
  return wouldLose() || unkept.size > 0;
}
