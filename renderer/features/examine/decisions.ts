// Deciding: one key, one save; a failure keeps everything and says so, and the lane is ready at once after success.
import type { Draft, Outcome } from '../../../shared/contract/records.ts';
import { REASON_AT_SECOND_LINE } from '../../../shared/examination/outcomes.ts';
import { call, CallFailed, failureCodeOf } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import {
  dropForm,
  formOf,
  isFormEmpty,
  type ProtectionForm,
  recordProtection,
} from '../../lib/store-protection.ts';
import { refreshCleared } from '../../lib/store-station.ts';
import { forgetDraft, restDraft, restore, resumeDraft } from './draft-keeping.ts';
import { cancelReading } from './reading.ts';
import { dayShown } from './today.ts';
import {
  announce,
  type ExamineStore,
  freshWork,
  type PendingDecision,
  type Picker,
  UNTOUCHED,
  useExamine,
  when,
} from './store.ts';
import { takeScan, waitingScans } from './scans.ts';
import { fromDraft, imageAt, isEmpty, toDraft, withoutImages } from './work.ts';

/** A second press of a decision key within this time is a slip of the finger. */
const SECOND_PRESS_MS = 1_000;
let lastPressAt = Number.NEGATIVE_INFINITY;

/**
 * Whether a decision can be made now. To clear needs something that was seen and is read to its end; who is in the
 * protection file already can only be referred.
 */
export function canDecide(what: Outcome): boolean {
  const { loaded, saving, picker, work, busy, queued, protection } = useExamine.getState();
  if (!loaded || saving || picker !== null) return false;
  if (what === 'referred') return true;
  if (protection?.recorded === true) return false;
  return what === 'skip' || (!isEmpty(work) && busy === null && queued === 0);
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
export function pressOpen(picker: Picker): void {
  if (!canDecide(picker === 'skip' ? 'skip' : 'referred') || isSecondPress()) return;
  // What was refused while the last question was open is no news beside this one.
  const { trouble } = useExamine.getState();
  useExamine.setState({
    picker,
    askingToDrop: false,
    trouble: trouble === 'decide-first' ? null : trouble,
  });
}

/** Leaves the question; what was written beside it goes. */
export function closePicker(): void {
  const { saving, picker } = useExamine.getState();
  if (saving || picker === null) return;
  // What was written on the protection page stays: whoever stops there loses nothing.
  if (picker !== 'protect') writeNote(picker, '');
  useExamine.setState({ picker: null });
}

/** Keeps what is being written beside a question, whatever is shown meanwhile. */
export function writeNote(picker: keyof ExamineStore['notes'], note: string): void {
  useExamine.setState(({ notes }) => ({ notes: { ...notes, [picker]: note } }));
}

/** Answers the question of D or K. */
export function chooseReason(outcome: Exclude<Outcome, 'clear'>, reason: string, note: string): void {
  void save(pending(outcome, [reason], note));
}

/** Confirms the protection page. Everything but the protection file says only that the traveller was referred. */
export function confirmProtection(form: ProtectionForm): void {
  void save({ ...pending('referred', [REASON_AT_SECOND_LINE], ''), protection: form });
}

export function saveAgain(): void {
  const failure = useExamine.getState().saveFailure;
  if (failure !== null) void save(failure.decision);
}

/** After a save that failed for pictures that are no longer there: the rest, with the same decision. */
export function saveWithoutLost(): void {
  const { saveFailure, saving, work } = useExamine.getState();
  if (saveFailure === null || saveFailure.lost.length === 0 || saving) return;
  useExamine.setState({ work: withoutImages(work, saveFailure.lost), imageId: null });
  void save(saveFailure.decision);
}

function pending(outcome: Outcome, reasons: string[], note: string): PendingDecision {
  return { id: null, outcome, reasons, note: note.trim(), judgedOn: dayShown(), protection: null };
}

async function save(decision: PendingDecision): Promise<void> {
  const { saving, work } = useExamine.getState();
  if (saving) return;
  useExamine.setState({ saving: true, saveFailure: null, trouble: null, askingToDrop: false });
  // Pictures that came before belong to this traveller; their reading need not be waited for.
  cancelReading();
  await when(({ queued }) => queued === 0);
  await restDraft();
  if (useExamine.getState().work.id === work.id) await send(decision);
}

async function send(pressed: PendingDecision): Promise<void> {
  const { work } = useExamine.getState();
  const { outcome, reasons, note, judgedOn, protection } = pressed;
  let { id } = pressed;
  try {
    if (protection !== null) await protect(work.id, protection);
    else await keepWritten(work.id, outcome);
    // Minted only now: an id tells its moment, and a record must not tell that something came before it.
    id ??= newId();
    const decision = { id, outcome, reasons, note };
    const { recorded, undoUntil } = await call('examination.save', {
      ...toDraft(work),
      decision,
      judgedOn,
    });
    if (!recorded && outcome !== 'clear') throw new NotRecorded();
    forgetDraft();
    dropForm(work.id);
    useExamine.setState({
      ...UNTOUCHED,
      ...freshWork(),
      keeping: 'kept',
      // A picture of this traveller that could not be kept is told also now.
      trouble: useExamine.getState().trouble,
      saved: { examinationId: work.id, outcome, recorded, undoUntil },
    });
    announce(savedTextId(outcome, recorded));
    void refreshCleared();
  } catch (thrown) {
    const lost = lostPictures(thrown, toDraft(work));
    const code = thrown instanceof NotRecorded ? 'not-recorded' : failureCodeOf(thrown);
    useExamine.setState({
      saving: false,
      picker: null,
      saveFailure: { code: lost.length > 0 ? 'pictures-lost' : code, decision: { ...pressed, id }, lost },
    });
    resumeDraft();
  }
}

/** Pictures that the station has named as missing or damaged; none where it refused for another reason. */
function lostPictures(thrown: unknown, draft: Draft): string[] {
  if (!(thrown instanceof CallFailed) || !/^image-(unknown|damaged)$/u.test(thrown.code)) return [];
  return thrown.fields.map((place) => imageAt(draft, place)).filter((id) => id !== null);
}

/** The station kept only a count where a record was asked for. */
class NotRecorded extends Error {}

/** Writes the entry of the protection file, once; a further attempt repeats it under the same id. */
async function protect(examinationId: string, form: ProtectionForm): Promise<void> {
  const known = useExamine.getState().protection;
  if (known?.recorded === true) return;
  const id = known?.id ?? newId();
  useExamine.setState({ protection: { id, recorded: false } });
  await recordProtection(examinationId, id, form);
  useExamine.setState({ protection: { id, recorded: true } });
}

/**
 * Whoever stopped on the protection page and decides otherwise loses nothing of it: it goes into the protection file all
 * the same. A referral waits for that; nobody is held at the counter for it who may go on.
 */
async function keepWritten(examinationId: string, outcome: Outcome): Promise<void> {
  const form = formOf(examinationId);
  if (isFormEmpty(form)) return;
  if (outcome === 'referred') {
    await protect(examinationId, form);
    return;
  }
  await recordProtection(examinationId, newId(), form).then(
    () => dropForm(examinationId),
    () => undefined,
  );
}

/** Catalogue id of what was kept. */
export function savedTextId(outcome: Outcome, recorded: boolean): string {
  return recorded ? `examine.saved.${outcome}` : 'examine.saved.counted';
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

/**
 * Key N: the line about the last traveller goes; the lane itself has been ready since the save. A scan that had to
 * wait is opened.
 */
export function nextTraveller(): void {
  const { work, loaded } = useExamine.getState();
  if (!loaded) return;
  if (isEmpty(work)) {
    useExamine.setState({ saved: null, trouble: null });
    if (waitingScans() > 0) void takeScan();
  } else announce('examine.decide-first');
}
