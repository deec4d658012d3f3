// The procedure in force as the window knows it, and the words that an agency's own document types bring with them.
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { BASE_LANGUAGE } from '../text/catalogue.ts';
import { type TextOf, useHasText, useLanguage, useText } from '../text/TextProvider.tsx';
import { call, type CallFailureCode, failureCodeOf } from './bridge.ts';
import { takePart } from './sitting.ts';

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ProcedureStore {
  /** Null until the station has answered. */
  procedure: Procedure | null;
  /** Of the agency's types: language to catalogue id to words. */
  words: Words;
  /** Why the last question for it was not answered. */
  failure: CallFailureCode | null;
}

export const useProcedure = create<ProcedureStore>(() => ({ procedure: null, words: {}, failure: null }));

let isFollowing = false;

/** Asks for the procedure, now and at each sign-in; further calls do nothing. */
export function followProcedure(): void {
  if (isFollowing) return;
  isFollowing = true;
  takePart({ begin: () => void askProcedure(), forget: () => undefined });
  void askProcedure();
}

/** Quiet at the counter when it fails: there an officer examines as before, without a card. A case tells it. */
export async function askProcedure(): Promise<void> {
  useProcedure.setState({ failure: null });
  try {
    const { procedure, words } = await call('procedure.get', {});
    useProcedure.setState({ procedure, words });
  } catch (thrown) {
    // The one of before stays.
    useProcedure.setState({ failure: failureCodeOf(thrown) });
  }
}

/** Words by catalogue id as `useText`, those of an agency where the catalogue has none. */
export function useProcedureText(): TextOf {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  const words = useProcedure((state) => state.words);
  return useMemo(
    () => (id, values) => {
      const own = words[language]?.[id] ?? words[BASE_LANGUAGE]?.[id];
      return own === undefined || has(id) ? text(id, values) : own;
    },
    [text, has, language, words],
  );
}
