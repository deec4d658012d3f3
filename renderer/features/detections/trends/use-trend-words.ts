// The words of trends in the window: names of what is counted, days and weeks as an officer reads them.
import { useMemo } from 'react';
import type { Words } from '../../../../shared/trends/names.ts';
import { mondayOf, weekNumber } from '../../../../shared/trends/weeks.ts';
import { useHasText, useLanguage, useText } from '../../../text/TextProvider.tsx';

export interface TrendWords extends Words {
  /** The week by the day on which it begins. */
  week: (week: string) => string;
  /** A day, `YYYY-MM-DD`, as an officer reads it. */
  day: (day: string) => string;
}

export function useTrendWords(): TrendWords {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language.startsWith('en') ? 'en-GB' : language, {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
    const day = (iso: string) => format.format(new Date(`${iso}T00:00:00Z`));
    return { text, has, day, week: (week) => text('trends.week', { day: day(mondayOf(weekNumber(week))) }) };
    // `has` is made anew at every render, of the messages that `text` is made of.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text, language]);
}
