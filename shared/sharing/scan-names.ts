// Whether a text names one of the persons of a case: in any case, with or without accents, hyphens and spaces, in its own
// script or as a zone spells it.
import { foldedSpelling } from '../examination/print.ts';
import { compareNames } from '../mrz/transliteration.ts';
import { folded, spelled, type Token, tokensOf } from './fold.ts';
import type { Place } from './scan.ts';

const SHORTEST = 3;
/** A part this long is found inside a longer word as well: `Petrovs`, `exPetrov`. */
const INSIDE = 6;
/** A name is looked for over at most so many words: also one whose letters stand apart. */
const MOST_WORDS = 24;

/** Words that many names and most texts have, and titles: they count in a whole name alone. */
const PARTICLES = new Set(
  'VAN VON DER DEN DEL DOS DAS LAS LOS BIN IBN ABU THE AND MRS MISS OFFICER INSPECTOR EXAMINER SUPERVISOR'.split(
    ' ',
  ),
);

const GAPLESS =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LATIN = /^[A-Z]+$/u;
const TABLES = /[\p{Script=Cyrillic}\p{Script=Arabic}]/u;

interface Parts {
  /** Folded and of one spelling, without gaps. */
  latin: readonly string[];
  /** Of scripts with a table, one word each. */
  tabled: readonly string[];
  /** Of scripts that part no words. */
  gapless: readonly string[];
}

function partsOf(names: readonly string[]): Parts {
  const [latin, tabled, gapless] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const name of names) {
    const words = tokensOf(name).filter(({ text }) => /\p{L}/u.test(text));
    for (const { text } of words) {
      if (GAPLESS.test(text)) {
        if (text.length > 1) gapless.add(folded(text));
        continue;
      }
      if (text.length < SHORTEST) continue;
      if (TABLES.test(text)) tabled.add(folded(text));
      const word = spelled(text);
      if (!PARTICLES.has(word)) latin.add(word);
    }
    const whole = spelled(words.map(({ text }) => text).join(''));
    if (whole.length >= SHORTEST && words.length > 1) latin.add(whole);
  }
  return { latin: [...latin], tabled: [...tabled], gapless: [...gapless] };
}

/** An Arabic name by ear fits many short words, since its vowels are not written. */
const BY_EAR = 5;

/** A letter of another script becomes at most so many of a zone; of an Arabic word vowels are added besides. */
const LETTERS_OF_ONE = 4;

/** Whether a name in its own script is this one in letters of a zone. */
function says(printed: string, zone: string): boolean {
  if (zone.length > LETTERS_OF_ONE * printed.length || 2 * zone.length < printed.length) return false;
  const { outcome, by } = compareNames(
    { primary: printed, secondary: '' },
    { primary: zone, secondary: '', truncated: false },
  );
  if (outcome !== 'equal' && outcome !== 'explained') return false;
  return !by.includes('sound') || zone.length >= BY_EAR;
}

/** Words that follow each other with no more than this between them may be one name. */
const JOINT = /^[\s\-‐-―.'’ʼ_·]*$/u;

/** Words from one on, joined, and the last of them: as many as a name of this length can have. */
function* runsFrom(
  text: string,
  tokens: readonly Token[],
  first: number,
  longest: number,
): Generator<[string, Token]> {
  let joined = '';
  for (let index = first; index < Math.min(tokens.length, first + MOST_WORDS); index += 1) {
    const token = tokens[index];
    const before = tokens[index - 1];
    if (token === undefined || /\d/u.test(token.folded)) return;
    if (index > first && before !== undefined && !JOINT.test(text.slice(before.end, token.start))) return;
    joined += token.folded;
    if (joined.length > longest) return;
    yield [foldedSpelling(joined), token];
  }
}

/** Places at which a text says a name, or a part of one of three letters or more. */
export function namesIn(text: string, names: readonly string[]): Place[] {
  const { latin, tabled, gapless } = partsOf(names);
  const wanted = new Set(latin);
  const long = latin.filter((part) => part.length >= INSIDE);
  const zones = latin.filter((part) => LATIN.test(part));
  // Two spellings of one letter may be twice as long.
  const longest = 2 * Math.max(0, ...latin.map((part) => part.length));
  const tokens = tokensOf(text);
  const judged = new Map<string, boolean>();
  const found: Place[] = [];
  for (const [index, token] of tokens.entries()) {
    const { start, end } = token;
    for (const [run, last] of runsFrom(text, tokens, index, longest)) {
      if (wanted.has(run)) found.push({ start, end: last.end });
    }
    const word = spelled(token.text);
    const inside = long.some((part) => word.includes(part));
    // The same name in another script, as the book spells it or as it is heard.
    let isForeign = judged.get(token.folded);
    if (isForeign === undefined) {
      isForeign = TABLES.test(word)
        ? zones.some((zone) => says(token.text, zone))
        : LATIN.test(word) && word.length >= SHORTEST && tabled.some((part) => says(part, token.folded));
      judged.set(token.folded, isForeign);
    }
    if (inside || isForeign) found.push({ start, end });
  }
  const upper = folded(text);
  if (upper.length === text.length) {
    for (const part of gapless) {
      for (let at = upper.indexOf(part); at >= 0; at = upper.indexOf(part, at + 1))
        found.push({ start: at, end: at + part.length });
    }
  } else if (gapless.some((part) => upper.includes(part))) found.push({ start: 0, end: text.length });
  return found;
}
