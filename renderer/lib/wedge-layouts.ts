// Keyboard layouts as a table: what each key of a reader's burst may have meant, by reader and by machine layout.

/** One key press as the window saw it. `key` and `code` as in KeyboardEvent; `atMs` on any one clock. */
export interface BurstKey {
  key: string;
  code: string;
  atMs: number;
}

/** What the keys of a burst tell of the layouts of machine and reader, whatever the rows say. */
export interface BurstEvidence {
  /** The commonest key that is no letter or digit in the layout that is asked; most likely the filler. */
  filler: { key: string; code: string } | null;
  /** Y and Z came from the places that they have on a US keyboard. */
  hasUsPlaces: boolean;
  /** Figures arrived as figures. Every zone has some, so without any the digit row was turned into signs. */
  hasFigures: boolean;
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
   * Whether it can be at all. Check digits alone must not choose: those of an altered document fail, and with
   * letters exchanged one may hold by chance.
   */
  allows: (evidence: BurstEvidence) => boolean;
  /** How far the keys speak for it; `surely` is not outweighed by any check digit. */
  fits: (evidence: BurstEvidence) => 'surely' | 'rather' | 'not';
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

const isFiller = ({ filler }: BurstEvidence) => filler === null || filler.key === '<';
/** A US reader presses shift and comma for `<`; here it came out as another sign. */
const isTurnedComma = ({ filler }: BurstEvidence) => filler?.code === 'Comma' && filler.key !== '<';
/** The key beside the left shift, which European keyboards have for `<`; here it came out as another sign. */
const isTurnedExtraKey = ({ filler }: BurstEvidence) =>
  (filler?.code === 'IntlBackslash' || filler?.code === 'Backslash') && filler.key !== '<';

/** `<` from the key that only European keyboards have, while letters lie as on a US keyboard. */
const isEuropeanFiller = ({ filler, hasUsPlaces }: BurstEvidence) =>
  filler?.key === '<' && filler.code === 'IntlBackslash' && hasUsPlaces;

/** In order of trust: where nothing else decides, the earlier row is taken. */
export const BURST_LAYOUTS: readonly BurstLayout[] = [
  {
    id: 'as-sent',
    by: 'key',
    signs: {},
    allows: () => true,
    // A Spanish reader on a Spanish machine and a German one on some US machines give the same keys.
    fits: (evidence) => {
      if (isTurnedComma(evidence) || isTurnedExtraKey(evidence)) return 'not';
      return evidence.filler?.key === '<' && !isEuropeanFiller(evidence) ? 'surely' : 'rather';
    },
  },
  {
    id: 'us-position',
    by: 'code',
    signs: {},
    allows: (evidence) => !isFiller(evidence),
    fits: (evidence) => (isTurnedComma(evidence) ? 'surely' : 'not'),
  },
  {
    id: 'swapped-yz',
    by: 'key',
    signs: SWAPPED_YZ,
    allows: (evidence) => !isFiller(evidence) || isEuropeanFiller(evidence),
    fits: (evidence) => (isTurnedExtraKey(evidence) ? 'rather' : 'not'),
  },
  {
    id: 'azerty-machine',
    by: 'key',
    signs: { ...AZERTY_LETTERS, ...AZERTY_DIGITS, ',': 'M', '?': 'M' },
    allows: ({ hasFigures }) => !hasFigures,
    fits: (evidence) => (isTurnedComma(evidence) ? 'surely' : 'not'),
  },
  {
    id: 'azerty-reader',
    by: 'key',
    signs: { ...AZERTY_LETTERS, ...SHIFTED_US_DIGITS, ';': 'M', ':': 'M' },
    allows: ({ hasFigures }) => !hasFigures,
    fits: (evidence) => (isTurnedExtraKey(evidence) ? 'rather' : 'not'),
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
