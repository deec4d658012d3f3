// What lists of numbers say of the documents in the lane: asked of the station as soon as a zone is read, and kept no longer.
import { useEffect } from 'react';
import { create } from 'zustand';
import type { AskedList } from '../../../shared/examination/listed.ts';
import { call } from '../../lib/bridge.ts';
import { takePart } from '../../lib/sitting.ts';
import { useExamine } from './store.ts';
import { type DocumentWork, hasReading } from './work.ts';

/** Answers by what was asked; an empty one also where nobody answered. */
export type ListAnswers = Readonly<Record<string, readonly AskedList[]>>;

export const useListed = create<{ answers: ListAnswers }>(() => ({ answers: {} }));

/** What of a document is asked; null while there is nothing to ask. */
function questionOf(document: DocumentWork): { lines: string[]; number?: string } | null {
  const { reading } = document;
  if (reading === null || !hasReading(document)) return null;
  const number = reading.print?.number;
  return { lines: reading.lines, ...(number === undefined ? {} : { number }) };
}

/** The answer for a document; undefined until it has come. */
export function listsOf(document: DocumentWork, answers: ListAnswers): readonly AskedList[] | undefined {
  const question = questionOf(document);
  return question === null ? [] : answers[JSON.stringify(question)];
}

/**
 * Asks for the documents in hand whenever one is read anew. Where nobody answers nothing is said: the station asks again
 * when the examination is saved.
 */
export function useAskLists(): void {
  const documents = useExamine(({ work }) => work.documents);
  const questions = documents.map(questionOf).filter((question) => question !== null);
  const asked = JSON.stringify(questions);
  useEffect(() => {
    const wanted: typeof questions = JSON.parse(asked);
    const keep = (listed: readonly (readonly AskedList[])[]): void =>
      useListed.setState({
        answers: Object.fromEntries(
          wanted.map((question, at) => [JSON.stringify(question), listed[at] ?? []]),
        ),
      });
    if (wanted.length === 0) {
      keep([]);
      return;
    }
    let isOver = false;
    call('lane.listed', { documents: wanted }).then(
      (answer) => !isOver && keep(answer.documents),
      () => !isOver && keep([]),
    );
    return () => {
      isOver = true;
    };
  }, [asked]);
}

takePart({ forget: () => useListed.setState({ answers: {} }) });
