// Gives every component its words: one ICU catalogue, one time zone, no text of its own.
import { type ReactNode, useMemo } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { BASE_LANGUAGE, messagesOf } from './catalogue.ts';

export type TextValues = Record<string, string | number | Date>;

/** What `useText` gives: the message of a catalogue id with its values put in. */
export type TextOf = (id: string, values?: TextValues) => string;

interface TextProviderProps {
  language: string;
  /** Of the station; dates inside messages are written in it. */
  timeZone?: string | undefined;
  children: ReactNode;
}

/** Wraps the window once. A missing id shows itself as the id, which a test looks for. */
export function TextProvider({ language, timeZone, children }: TextProviderProps) {
  const messages = useMemo(() => messagesOf(language), [language]);
  return (
    <IntlProvider
      locale={language}
      defaultLocale={BASE_LANGUAGE}
      messages={messages}
      onError={ignoreMissing}
      {...(timeZone ? { timeZone } : {})}
    >
      {children}
    </IntlProvider>
  );
}

/** react-intl writes every error to the console, values included; the house logs codes only. */
function ignoreMissing(): void {}

/** The words of the window: `const text = useText(); text('history.count', { count })`. */
export function useText(): TextOf {
  const intl = useIntl();
  return useMemo(() => (id, values) => intl.formatMessage({ id, defaultMessage: id }, values), [intl]);
}

/** True where the catalogue has this id; for ids that come from data (states, document types, rules). */
export function useHasText(): (id: string) => boolean {
  const intl = useIntl();
  return useMemo(() => (id) => Object.hasOwn(intl.messages, id), [intl]);
}

/** Language in use, for formats of `lib/time.ts`. */
export function useLanguage(): string {
  return useIntl().locale;
}
