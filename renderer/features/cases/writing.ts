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

let resting: ReturnType<typeof setTimeout> | undefined;

takePart({
  keep: async () => {
    keepWriting();
    await send();
    return 0;
  },
  forget: (officerId) => {
    clearTimeout(resting);
    endSitting(officerId, written());
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
  clearTimeout(resting);
  const before = useCase.getState().writing;
  if (before !== null && targetOf(before) !== targetOf(writing)) keepWriting();
  useCase.setState({ writing });
  resting = setTimeout(keepWriting, REST_MS);
}

/** What the words belong to. */
export function targetOf(writing: Writing): string {
  if (writing.kind === 'answer') return `answer ${writing.documentId} ${writing.itemId}`;
  return `question ${writing.questionId}`;
}

/** Makes an entry of the words being written, where they say something new. */
export function keepWriting(): void {
  clearTimeout(resting);
  const entry = written();
  if (useCase.getState().writing !== null) useCase.setState({ writing: null });
  if (entry !== null) enter(entry);
}

/** The words being written, as an entry; null where they say nothing new. */
function written(): Quick | null {
  const { writing, view, pending } = useCase.getState();
  if (writing === null || view === null) return null;
  const entries = [...view.entries, ...asEntries(view, pending)];
  const note = writing.note.trim();
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
