// Words being written in a case: they become an entry when the fingers rest, and before anything else is done.
import type { Mark } from '../../../shared/contract/cases.ts';
import { newId } from '../../lib/id.ts';
import { takePart } from '../../lib/sitting.ts';
import {
  asEntries,
  endSitting,
  enter,
  isKept,
  me,
  type Quick,
  send,
  takeUp,
  useCase,
  type Writing,
} from './case-store.ts';
import { hasDraftWords } from './outcome-draft.ts';

/** The fingers rest: what was written is kept. */
const REST_MS = 1_500;
/** Who writes without a rest has it kept as often as this. */
const LONGEST_MS = 10_000;

let resting: ReturnType<typeof setTimeout> | undefined;
/** Since when something is written that is not kept. */
let since: number | null = null;
/** What of the words being written is kept already; it is never kept again over what somebody else wrote since. */
let kept: string | null = null;

takePart({
  keep: async () => {
    keepWriting();
    await send();
    return 0;
  },
  forget: (officerId) => {
    clearTimeout(resting);
    endSitting(officerId, written());
    [since, kept] = [null, null];
  },
  begin: () => takeUp(me().officerId),
});

let isWatching = false;

/** For as long as the window is open: it does not close without a word over what nobody else has. */
export function watchClosing(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener('beforeunload', (event) => {
    keepWriting();
    if (!isKept() || hasDraftWords()) event.preventDefault();
  });
}

export function write(writing: Writing): void {
  const before = useCase.getState().writing;
  if (before !== null && targetOf(before) !== targetOf(writing)) keepWriting();
  useCase.setState({ writing });
  since ??= Date.now();
  clearTimeout(resting);
  resting = setTimeout(keepSoFar, Math.min(REST_MS, Math.max(0, since + LONGEST_MS - Date.now())));
}

/** What was written so far is kept; the field stays as it is typed. */
function keepSoFar(): void {
  clearTimeout(resting);
  since = null;
  const entry = written();
  kept = useCase.getState().writing?.note.trim() ?? null;
  if (entry !== null) enter(entry);
}

/** What the words belong to. */
export function targetOf(writing: Writing): string {
  if (writing.kind === 'answer') return `answer ${writing.documentId} ${writing.itemId}`;
  return `question ${writing.questionId}`;
}

/** Makes an entry of the words being written, where they say something new; they are being written no longer. */
export function keepWriting(): void {
  keepSoFar();
  kept = null;
  if (useCase.getState().writing !== null) useCase.setState({ writing: null });
}

/** The words being written, as an entry; null where they say nothing new. */
function written(): Quick | null {
  const { writing, view, pending } = useCase.getState();
  if (writing === null || view === null) return null;
  const entries = [...view.entries, ...asEntries(view, pending)];
  const note = writing.note.trim();
  if (note === kept) return null;
  const id = newId();
  if (writing.kind === 'answer') {
    const { documentId, itemId } = writing;
    const last = entries.findLast(
      (entry) => entry.kind === 'answer' && entry.documentId === documentId && entry.itemId === itemId,
    );
    const { answer, marks, note: before } = last?.kind === 'answer' ? last : NO_ANSWER;
    return before === note ? null : { kind: 'answer', id, documentId, itemId, answer, marks, note };
  }
  const { questionId } = writing;
  const last = entries.findLast((entry) => entry.kind === 'question' && entry.questionId === questionId);
  return last?.kind === 'question' && last.note === note ? null : { kind: 'question', id, questionId, note };
}

const NO_ANSWER: { answer: null; note: string; marks: Mark[] } = { answer: null, note: '', marks: [] };
