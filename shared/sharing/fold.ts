// Texts made comparable: one case, no accents, one spelling of letters that issuers spell in several ways; each character
// knows where it stood.
import { foldedSpelling } from '../examination/print.ts';

/** Letters that stand for themselves plus a stroke or are two in one, which no decomposition parts. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  Æ: 'A',
  Œ: 'O',
  Ø: 'O',
  Đ: 'D',
  Ð: 'D',
  Ł: 'L',
  Þ: 'TH',
  ı: 'I',
  Ħ: 'H',
  Ŧ: 'T',
  Ŋ: 'N',
  Ĳ: 'IJ',
};

const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x1040, 0x17e0];

/** One character, folded; empty for a mark or a sign of a vowel. Digits of any script become ours. */
function foldedChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const zero = ZEROS.find((each) => code >= each && code < each + 10);
  if (zero !== undefined) return String(code - zero);
  const plain = char.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return [...plain]
    .map((each) => LETTERS[each] ?? LETTERS[each.toUpperCase()] ?? each.toUpperCase())
    .join('');
}

/** A text in capitals without accents; not yet of one spelling. */
export const folded = (text: string): string => [...text].map(foldedChar).join('');

/** A word of a name as it is compared: `MUELLER`, `Müller` and `MULLER` are one. */
export const spelled = (word: string): string => foldedSpelling(folded(word));

/** A run of letters, or of digits, and where it stands in the text that was given. */
export interface Token {
  text: string;
  /** The same, folded. */
  folded: string;
  start: number;
  end: number;
}

const PIECES = /[\p{L}\p{M}]+|\p{Nd}+/gu;

/** The words and digit runs of a text, in order. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(PIECES)].map((match) => ({
    text: match[0],
    folded: folded(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The letters and digits of a text alone, folded, with the place of each in the text that was given. */
export function bareOf(text: string): { text: string; at: number[] } {
  const at: number[] = [];
  let bare = '';
  let place = 0;
  for (const char of text) {
    for (const each of foldedChar(char)) {
      if (!/[\p{L}\p{Nd}]/u.test(each)) continue;
      bare += each;
      for (let unit = 0; unit < each.length; unit += 1) at.push(place);
    }
    place += char.length;
  }
  return { text: bare, at };
}
