// Keeps the draft in the station while the officer works, so that a closed window or a lost current loses nothing.
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { clockIn } from '../../lib/time.ts';
import { useStation } from '../../lib/store-station.ts';
import { announce, freshWork, UNTOUCHED, useExamine } from './store.ts';
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
  const { work } = useExamine.getState();
  if (isEmpty(work) && heldId === null && dropped.size === 0) return;
  useExamine.setState({ keeping: 'waiting' });
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

/** At start: the draft that a closed window left behind comes back as it was. */
export async function loadDraft(): Promise<void> {
  if (useExamine.getState().loaded) return;
  try {
    const { draft } = await call('draft.load', {});
    if (draft === null) useExamine.setState({ loaded: true });
    else restore(fromDraft(draft), draft.startedAt);
  } catch {
    // An officer must be able to work; a draft that cannot be read stays where it is.
    useExamine.setState({ loaded: true, trouble: 'draft-not-loaded' });
  }
}

/** Puts a draft of the station into the lane. */
export function restore(work: Work, restoredAt: string | null): void {
  letGo(work.id);
  heldId = work.id;
  held = work;
  const documentId = work.documents[0]?.id ?? freshWork().documentId;
  useExamine.setState({
    ...UNTOUCHED,
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

/** True while closing the window would lose something. */
export function wouldLose(): boolean {
  const { work, keeping } = useExamine.getState();
  return keeping !== 'kept' && !isEmpty(work);
}
