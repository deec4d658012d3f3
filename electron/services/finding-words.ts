// The catalogue of findings as the station keeps it with records: the same files the window shows.
import english from '../../assets/text/en/findings.json' with { type: 'json' };
import { LANGUAGES } from '../../shared/contract/records.ts';
import { type FindingText, type FindingWords, wordsOf } from '../../shared/examination/finding-words.ts';

type Language = (typeof LANGUAGES)[number];

const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: english };

/** The words of a finding in a language of the settings; English where there is no catalogue of it, as in the window. */
export function shownWords(text: FindingText, language: string): FindingWords | undefined {
  const shown = LANGUAGES.find((each) => each === language) ?? 'en';
  const catalogue = CATALOGUES[shown];
  // Sentences of findings take no values (`test/examination/words.test.ts`), so their ICU form is the sentence itself.
  return wordsOf(text, shown, (id) => (Object.hasOwn(catalogue, id) ? catalogue[id] : undefined));
}
