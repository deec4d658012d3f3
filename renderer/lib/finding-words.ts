// The words of a recorded finding: those of the day it was shown; of old records, those the catalogue has for its ids.
import type { RecordedFinding } from '../../shared/examination/judge-again.ts';
import { useHasText, useText } from '../text/TextProvider.tsx';

type Values = Readonly<Record<string, string>> | undefined;

export interface ToldWords {
  title: string;
  fraud: string | undefined;
  innocent: string | undefined;
  retake: string | undefined;
  /** Of words kept with the record; undefined where they are in the language of the window. */
  language: string | undefined;
}

/** Gives what was told; a plain sentence stands where the words were not kept and their id is gone. */
export function useToldWords(): (finding: RecordedFinding & { values?: Values }) => ToldWords {
  const text = useText();
  const has = useHasText();
  return ({ text: ids, words, values }) => {
    if (words !== undefined) {
      const { title, fraud, innocent, retake, language } = words;
      return { title, fraud, innocent, retake, language };
    }
    const told = (id: string | undefined) =>
      id === undefined ? undefined : has(id) ? text(id, values) : text('history.reading.not-kept');
    return {
      title: has(ids.title) ? text(ids.title, values) : text('history.finding.not-kept'),
      fraud: told(ids.fraud),
      innocent: told(ids.innocent),
      retake: told(ids.retake),
      language: undefined,
    };
  };
}
