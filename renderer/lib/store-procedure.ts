// The procedure in force as the window knows it, and the words that an agency's own document types bring with them.
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { BASE_LANGUAGE } from '../text/catalogue.ts';
import { type TextOf, useHasText, useLanguage, useText } from '../text/TextProvider.tsx';
import { call } from './bridge.ts';
import { takePart } from './sitting.ts';

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ProcedureStore {
  /** Null until the station has answered. */
  procedure: Procedure | null;
  /** Of the agency's types: language to catalogue id to words. */
  words: Words;
}

export const useProcedure = create<ProcedureStore>(() => ({ procedure: null, words: {} }));

let isFollowing = false;

/** Asks for the procedure, now and at each sign-in; further calls do nothing. */
export function followProcedure(): void {
  if (isFollowing) return;
  isFollowing = true;
  takePart({ begin: () => void ask(), forget: () => undefined });
  void ask();
}

/** Quiet when it fails: without the procedure an officer examines as before, without a card. */
async function ask(): Promise<void> {
  try {
    const { procedure, words } = await call('procedure.get', {});
    useProcedure.setState({ procedure, words });
  } catch {
    // The one of before stays.
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
