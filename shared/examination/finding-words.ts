// The words of a finding as an officer is shown them, to be kept with the record beside the catalogue ids.

/** Catalogue ids of a finding; those of a record may be of a catalogue that is gone. */
export interface FindingText {
  title: string;
  fraud?: string | undefined;
  innocent?: string | undefined;
  retake?: string | undefined;
}

/** The sentences themselves, and the language they are in. */
export interface FindingWords extends FindingText {
  language: string;
}

const PARTS = ['title', 'fraud', 'innocent', 'retake'] as const;

/** The words of these ids by a catalogue; undefined where it lacks one of them: half of a finding is not kept. */
export function wordsOf(
  text: FindingText,
  language: string,
  say: (id: string) => string | undefined,
): FindingWords | undefined {
  const words: FindingWords = { language, title: '' };
  for (const part of PARTS) {
    const id = text[part];
    if (id === undefined) continue;
    const said = say(id);
    if (said === undefined) return undefined;
    words[part] = said;
  }
  return words;
}
