// Keyboard layouts as a table: what each key of a reader's burst may have meant, by reader and by machine layout.

/** One key press as the window saw it. `key` and `code` as in KeyboardEvent; `atMs` on any one clock. */
export interface BurstKey {
  key: string;
  code: string;
  atMs: number;
}

/**
 * How a burst may be meant. A layout names letters and digits that are not simply themselves;
 * every other sign that is no letter or digit may be the filler `<`.
 */
export interface BurstLayout {
  id: 'as-sent' | 'us-position' | 'swapped-yz' | 'azerty-machine' | 'azerty-reader';
  /** Which property of the key decides: the sign that arrived or the place of the key on a US keyboard. */
  by: 'key' | 'code';
  /** Lower-case sign that arrived to the character meant. */
  signs: Readonly<Record<string, string>>;
  /**
   * Whether the filler's key speaks for this layout, used where check digits cannot decide.
   * `filler` is the key that most likely stands for `<`.
   */
  fits: (filler: { key: string; code: string } | null) => boolean;
}

/** Letters that change places between QWERTY and AZERTY; the exchange is its own inverse. */
const AZERTY_LETTERS = { a: 'Q', q: 'A', z: 'W', w: 'Z' };

/** The digit row of an AZERTY machine when the reader presses it without shift, as a US keyboard does. */
const AZERTY_DIGITS = {
  '&': '1',
  é: '2',
  '"': '3',
  "'": '4',
  '(': '5',
  '-': '6',
  è: '7',
  _: '8',
  ç: '9',
  à: '0',
};

/** The digit row of a US machine when the reader presses it with shift, as an AZERTY keyboard does. */
const SHIFTED_US_DIGITS = {
  '!': '1',
  '@': '2',
  '#': '3',
  $: '4',
  '%': '5',
  '^': '6',
  '&': '7',
  '*': '8',
  '(': '9',
  ')': '0',
};

const SWAPPED_YZ = { y: 'Z', z: 'Y' };

const isComma = (filler: { code: string } | null) => filler?.code === 'Comma';
/** The key between the left shift and Z, which US keyboards do not have and European ones give `<`. */
const isExtraKey = (filler: { code: string } | null) =>
  filler?.code === 'IntlBackslash' || filler?.code === 'Backslash';

/** In order of trust: where nothing else decides, the earlier row is taken. */
export const BURST_LAYOUTS: readonly BurstLayout[] = [
  {
    id: 'as-sent',
    by: 'key',
    signs: {},
    fits: (filler) => filler === null || filler.key === '<',
  },
  {
    id: 'us-position',
    by: 'code',
    signs: {},
    fits: (filler) => isComma(filler) && filler?.key !== '<',
  },
  {
    id: 'swapped-yz',
    by: 'key',
    signs: SWAPPED_YZ,
    fits: (filler) => isExtraKey(filler) && filler?.key !== '<',
  },
  {
    id: 'azerty-machine',
    by: 'key',
    signs: { ...AZERTY_LETTERS, ...AZERTY_DIGITS, ',': 'M', '?': 'M' },
    fits: (filler) => isComma(filler) && filler?.key !== '<',
  },
  {
    id: 'azerty-reader',
    by: 'key',
    signs: { ...AZERTY_LETTERS, ...SHIFTED_US_DIGITS, ';': 'M', ':': 'M' },
    fits: (filler) => isExtraKey(filler) && filler?.key !== '<',
  },
];

/** The character that a key gives by its place on a US keyboard; empty where that is no letter or digit. */
export function characterOfCode(code: string): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter ?? /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? '';
}

/** Whether a key's name is a sign and not the name of a key: one sign, or two for a dead key before a letter. */
export function isSign(key: string): boolean {
  const signs = [...key].length;
  return signs === 1 || (signs === 2 && !/^[A-Z][A-Za-z0-9]$/.test(key));
}
