// Deciding: one key, one save; a failure keeps everything and says so, and the lane is ready at once after success.
import type { Outcome } from '../../../shared/contract/records.ts';
import { REASON_AT_SECOND_LINE } from '../../../shared/examination/outcomes.ts';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { refreshCleared } from '../../lib/store-station.ts';
import { forgetDraft, restDraft, restore, resumeDraft } from './draft-keeping.ts';
import { cancelReading } from './intake.ts';
import { announce, freshWork, type PendingDecision, UNTOUCHED, useExamine, when } from './store.ts';
import { fromDraft, isEmpty, toDraft } from './work.ts';

/** A second press of a decision key within this time is a slip of the finger. */
const SECOND_PRESS_MS = 1_000;
let lastPressAt = Number.NEGATIVE_INFINITY;

/** Whether a decision can be made now. To clear needs something that was seen and is read to its end. */
export function canDecide(what: 'clear' | 'other'): boolean {
  const { loaded, saving, picker, work, busy } = useExamine.getState();
  if (!loaded || saving || picker !== null) return false;
  return what === 'other' || (!isEmpty(work) && busy === null);
}

function isSecondPress(): boolean {
  const now = performance.now();
  if (now - lastPressAt < SECOND_PRESS_MS) return true;
  lastPressAt = now;
  return false;
}

/** Key C. */
export function pressClear(): void {
  if (canDecide('clear') && !isSecondPress()) void save(pending('clear', [], ''));
}

/** Keys D, K and P: each opens its question; nothing is saved yet. */
export function pressOpen(picker: 'doubt' | 'skip' | 'protect'): void {
  if (!canDecide('other') || isSecondPress()) return;
  useExamine.setState({ picker, askingToDrop: false });
}

export function closePicker(): void {
  if (!useExamine.getState().saving) useExamine.setState({ picker: null });
}

/** Answers the question of D or K. */
export function chooseReason(outcome: Exclude<Outcome, 'clear'>, reason: string, note: string): void {
  void save(pending(outcome, [reason], note));
}

/** Confirms the protection page. Everything but the protection file says only that the traveller was referred. */
export function confirmProtection(note: string): void {
  void save({ ...pending('referred', [REASON_AT_SECOND_LINE], ''), protection: { id: newId(), note } });
}

export function saveAgain(): void {
  const failure = useExamine.getState().saveFailure;
  if (failure !== null) void save(failure.decision);
}

function pending(outcome: Outcome, reasons: string[], note: string): PendingDecision {
  return { id: newId(), outcome, reasons, note: note.trim(), protection: null };
}

let isSaving = false;

async function save(decision: PendingDecision): Promise<void> {
  if (isSaving) return;
  isSaving = true;
  try {
    // A picture that is just being kept belongs to this traveller; its reading need not be waited for.
    await when(({ busy }) => busy?.step !== 'store');
    useExamine.setState({ saving: true, saveFailure: null, askingToDrop: false });
    cancelReading();
    await restDraft();
    await send(decision);
  } finally {
    isSaving = false;
  }
}

async function send(decision: PendingDecision): Promise<void> {
  const { work } = useExamine.getState();
  const { protection, ...submission } = decision;
  try {
    if (protection !== null) {
      await call('protection.record', { ...protection, examinationId: work.id, signs: [] });
    }
    const { recorded, undoUntil } = await call('examination.save', {
      ...toDraft(work),
      decision: submission,
    });
    forgetDraft();
    useExamine.setState({
      ...UNTOUCHED,
      ...freshWork(),
      keeping: 'kept',
      saved: { examinationId: work.id, outcome: decision.outcome, recorded, undoUntil },
    });
    announce(savedTextId(decision.outcome, recorded));
    void refreshCleared();
  } catch (thrown) {
    useExamine.setState({
      saving: false,
      picker: null,
      saveFailure: { code: failureCodeOf(thrown), decision },
    });
    resumeDraft();
  }
}

/** Catalogue id of what was kept. */
export function savedTextId(outcome: Outcome, recorded: boolean): string {
  return outcome === 'clear' && !recorded ? 'examine.saved.counted' : `examine.saved.${outcome}`;
}

/** Brings back a cleared traveller of whom only the count was kept. */
export async function undo(): Promise<void> {
  const { saved, work, saving } = useExamine.getState();
  if (saved === null || saved.undoUntil === null || saving || !isEmpty(work)) return;
  useExamine.setState({ saving: true });
  try {
    const { draft } = await call('examination.undo', { id: saved.examinationId });
    restore(fromDraft(draft), null);
    announce('examine.undone');
    void refreshCleared();
  } catch (thrown) {
    useExamine.setState({
      saving: false,
      saved: { ...saved, undoUntil: null },
      trouble: failureCodeOf(thrown),
    });
  }
}

/** Key N: the line about the last traveller goes; the lane itself has been ready since the save. */
export function nextTraveller(): void {
  const { work, loaded } = useExamine.getState();
  if (!loaded) return;
  if (isEmpty(work)) useExamine.setState({ saved: null, trouble: null });
  else announce('examine.decide-first');
}
