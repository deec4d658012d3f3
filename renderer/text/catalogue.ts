// All words of the window: every file of assets/text/<language>/, merged into one flat table per language.
import { pseudoMessages } from './pseudo.ts';

export type Messages = Readonly<Record<string, string>>;

const files = import.meta.glob<Record<string, string>>('../../assets/text/*/*.json', {
  eager: true,
  import: 'default',
});

/** The language every other falls back to, word by word. */
export const BASE_LANGUAGE = 'en';
/** Accented, longer, bracketed English; tests ask for it to find words that come from no catalogue. */
export const PSEUDO_LANGUAGE = 'en-XA';

const byLanguage = new Map<string, Record<string, string>>();
for (const [path, messages] of Object.entries(files)) {
  const language = /\/text\/([^/]+)\//.exec(path)?.[1];
  if (!language) continue;
  byLanguage.set(language, { ...byLanguage.get(language), ...messages });
}

/** Languages with a catalogue, for the settings. */
export function languages(): string[] {
  return [...byLanguage.keys()].sort();
}

/**
 * The language to begin with on a machine that is not set up: the first the system prefers and we speak.
 * @param preferred language tags, best first, as `navigator.languages` gives them
 */
export function languageFor(preferred: readonly string[]): string {
  const spoken = [...languages(), PSEUDO_LANGUAGE];
  for (const tag of preferred) {
    const found = spoken.find((one) => one === tag) ?? spoken.find((one) => one === tag.split('-')[0]);
    if (found) return found;
  }
  return BASE_LANGUAGE;
}

/** The words of a language, English where it has none yet. */
export function messagesOf(language: string): Messages {
  const base = byLanguage.get(BASE_LANGUAGE) ?? {};
  if (language === PSEUDO_LANGUAGE) return pseudoMessages(base);
  return language === BASE_LANGUAGE ? base : { ...base, ...byLanguage.get(language) };
}
