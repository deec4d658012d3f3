// The quick card of the lane: at most three points to look at and one question, one after the other.
import { flaggedQuestion, quickCard, type QuickPoint, typeOf } from '../../../shared/procedures/choose.ts';
import type { DocumentType, Procedure, TypeFields } from '../../../shared/procedures/procedure.ts';
import { useProcedure } from '../../lib/store-procedure.ts';
import type { Judged } from './judged.ts';
import { shownDocument, useExamine } from './store.ts';

export type CardStep = ({ kind: 'point' } & QuickPoint) | { kind: 'question'; id: string };

export interface Card {
  type: DocumentType;
  steps: CardStep[];
}

/** The type of a document as its rows tell it; a general one before they are read. */
export function typeFieldsOf(judged: Judged | null): TypeFields | null {
  if (judged === null || !judged.reading.ok) return null;
  const { documentType, issuer } = judged.reading.fields;
  return { format: judged.reading.format, kind: documentType, issuer };
}

/** What the card of a document shows; null before the document is read. */
export function cardOf(procedure: Procedure | null, judged: Judged | null): Card | null {
  const fields = typeFieldsOf(judged);
  if (procedure === null || judged === null || fields === null) return null;
  const type = typeOf(procedure, fields);
  const question = flaggedQuestion(procedure, judged.findings);
  const steps: CardStep[] = quickCard(procedure, type, judged.findings).map((point) => ({
    kind: 'point',
    ...point,
  }));
  if (question !== null) steps.push({ kind: 'question', id: question });
  return { type, steps };
}

function seenOf(documentId: string): number {
  return useExamine.getState().lookedAt[documentId] ?? 0;
}

/** Whether something of the card on show was not looked at yet. */
export function canSee(judged: Judged | null): boolean {
  const state = useExamine.getState();
  if (state.picker !== null || state.saving) return false;
  const card = cardOf(useProcedure.getState().procedure, judged);
  return card !== null && seenOf(shownDocument(state).id) < card.steps.length;
}

/** Key Space: this point was looked at, or the question asked; the next one comes. */
export function pressSeen(judged: Judged | null): void {
  if (!canSee(judged)) return;
  const { id } = shownDocument(useExamine.getState());
  useExamine.setState(({ lookedAt }) => ({ lookedAt: { ...lookedAt, [id]: seenOf(id) + 1 } }));
}
