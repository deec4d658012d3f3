// Words being written in a case: they become an entry when the fingers rest, and before anything else is done.
import type { Mark } from '../../../shared/contract/cases.ts';
import { newId } from '../../lib/id.ts';
import { takePart } from '../../lib/sitting.ts';
import { asEntries, enter, send, useCase, type Writing } from './case-store.ts';

/** The fingers rest: what was written is kept. */
const REST_MS = 1_500;

let resting: ReturnType<typeof setTimeout> | undefined;

takePart({
  keep: async () => {
    keepWriting();
    await send();
    return 0;
  },
  forget: () => clearTimeout(resting),
});

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
  const { writing, view, pending } = useCase.getState();
  if (writing === null || view === null) return;
  useCase.setState({ writing: null });
  const entries = [...view.entries, ...asEntries(view, pending)];
  const note = writing.note.trim();
  const id = newId();
  if (writing.kind === 'answer') {
    const { documentId, itemId } = writing;
    const last = entries.findLast(
      (entry) => entry.kind === 'answer' && entry.documentId === documentId && entry.itemId === itemId,
    );
    const { answer, marks, note: before } = last?.kind === 'answer' ? last : NO_ANSWER;
    if (before !== note) enter({ kind: 'answer', id, documentId, itemId, answer, marks, note });
    return;
  }
  const { questionId } = writing;
  const last = entries.findLast((entry) => entry.kind === 'question' && entry.questionId === questionId);
  if (last?.kind !== 'question' || last.note !== note) enter({ kind: 'question', id, questionId, note });
}

const NO_ANSWER: { answer: null; note: string; marks: Mark[] } = { answer: null, note: '', marks: [] };
