// The words of the report on paper: the same files that the window shows, for a station that prints without one.
import report from '../../assets/text/en/case-report.json' with { type: 'json' };
import findings from '../../assets/text/en/findings.json' with { type: 'json' };
import history from '../../assets/text/en/history.json' with { type: 'json' };
import items from '../../assets/text/en/procedure-items.json' with { type: 'json' };
import talk from '../../assets/text/en/procedure-talk.json' with { type: 'json' };
import procedure from '../../assets/text/en/procedure.json' with { type: 'json' };
import { LANGUAGES } from '../../shared/contract/records.ts';
import type { ReportWords } from '../../shared/report/case-parts.ts';

type Words = Readonly<Record<string, string>>;

const CATALOGUES: Readonly<Record<(typeof LANGUAGES)[number], Words>> = {
  en: { ...history, ...findings, ...procedure, ...items, ...talk, ...report },
};

/**
 * Words in a language of the settings, English where there is no catalogue of it; `added` are those of an agency's own
 * types. Messages of the report have plain arguments only.
 */
export function reportWords(language: string, timeZone: string, added: Words): ReportWords {
  const shown = LANGUAGES.find((each) => each === language) ?? 'en';
  const words: Words = { ...CATALOGUES[shown], ...added };
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  return {
    language: shown,
    say(id, values = {}) {
      const message = Object.hasOwn(words, id) ? words[id] : undefined;
      return (message ?? id).replaceAll(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
    },
    time: (at) => format.format(new Date(at)),
  };
}
