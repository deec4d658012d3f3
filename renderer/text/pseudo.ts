// The pseudo-locale en-XA: English made accented, 40 % longer and bracketed, its ICU arguments left alone.

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçđéƒğĥíĵķłɱñóþɋŕšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶŁⱮÑÓÞɊŔŠŢÚṼŴẊÝŽ';
const TO_ACCENTED = new Map([...PLAIN].map((letter, at) => [letter, [...ACCENTED][at] ?? letter]));

/** Text to find in a rendered screen: every message of the pseudo-locale begins and ends with these. */
export const PSEUDO_START = '⟦';
export const PSEUDO_END = '⟧';

/** Pseudo-localises every message of a catalogue. */
export function pseudoMessages(messages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, pseudo(text)]));
}

/** One ICU message in the pseudo-locale: literal text changes, arguments, selectors and tags do not. */
export function pseudo(message: string): string {
  // In groups, as words are: a line may break between them.
  const padding = '~'.repeat(Math.ceil(literalLength(message) * 0.4)).replace(/~{8}/g, '$& ');
  return `${PSEUDO_START}${accentLiteral(message)}${padding}${PSEUDO_END}`;
}

function literalLength(message: string): number {
  return message.replace(/\{[^{}]*\}/g, '').length;
}

function accent(text: string): string {
  return [...text].map((letter) => TO_ACCENTED.get(letter) ?? letter).join('');
}

/** Walks literal text; `{` begins an argument, `<x>` a tag, `'{` quoted text. */
function accentLiteral(message: string): string {
  let out = '';
  let at = 0;
  while (at < message.length) {
    const character = message[at] ?? '';
    if (character === '{') {
      const end = closingBrace(message, at);
      out += accentArgument(message.slice(at, end + 1));
      at = end + 1;
    } else if (character === '<' && /^<\/?[a-z]+>/.test(message.slice(at))) {
      const end = message.indexOf('>', at);
      out += message.slice(at, end + 1);
      at = end + 1;
    } else {
      out += accent(character);
      at += 1;
    }
  }
  return out;
}

/** `{name}` stays; in `{n, plural, one {# row} other {# rows}}` only the texts in inner braces change. */
function accentArgument(argument: string): string {
  if (!/,\s*(plural|select|selectordinal)\s*,/.test(argument)) return argument;
  let out = '{';
  let at = 1;
  while (at < argument.length - 1) {
    const character = argument[at] ?? '';
    if (character !== '{') {
      out += character;
      at += 1;
      continue;
    }
    const end = closingBrace(argument, at);
    out += `{${accentLiteral(argument.slice(at + 1, end))}}`;
    at = end + 1;
  }
  return `${out}}`;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length - 1;
}
