// Which state code a reading stands for, when what was read is no code that exists.
import { findState, STATES } from '../mrz/states.ts';

// One way only, from what stands there to letters a code can have: the detective's look-alikes weigh slips of any reader.
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'ODQU',
  '1': 'ITL',
  '2': 'Z',
  '3': 'B',
  '4': 'A',
  '5': 'S',
  '6': 'G',
  '7': 'TZ',
  '8': 'B',
  '<': 'CKX',
  B: 'RE',
  C: 'G',
  D: 'OU',
  E: 'F',
  F: 'EP',
  G: 'C',
  H: 'MN',
  I: 'TLJ',
  K: '<X',
  L: 'I',
  M: 'NH',
  N: 'MH',
  O: 'DQU',
  P: 'F',
  Q: 'O',
  R: 'BK',
  S: 'B',
  U: 'O',
  V: 'YU',
  X: '<K',
  Y: 'V',
};

const PRINTED = [...STATES.keys()].map((code) => code.padEnd(3, '<'));

/** How many characters differ, when each that differs is a look-alike; null when one is not. */
function swaps(raw: string, code: string): number | null {
  let count = 0;
  for (let i = 0; i < 3; i++) {
    if (raw[i] === code[i]) continue;
    if (!(LOOK_ALIKES[raw[i]!] ?? '').includes(code[i]!)) return null;
    count++;
  }
  return count;
}

/** Whether a digit was read where a state code has the letter that looks like it: no state's code has digits. */
export function isDigitFor(read: string, letter: string): boolean {
  return /[0-9]/.test(read) && (LOOK_ALIKES[read] ?? '').includes(letter);
}

/** At how many of three places two codes differ. */
function differing(raw: string, code: string): number {
  return [0, 1, 2].filter((i) => raw[i] !== code[i]).length;
}

/**
 * The code that three characters stand for: themselves when the code exists; the document's other code when it is at
 * most two look-alikes or any one character away; else the only code one look-alike away. Null when there is none or more than one, or
 * when a filler would have to go: a short code is not repaired into another state.
 */
export function settleState(raw: string, other: string | null): string | null {
  if (findState(raw) !== null) return raw;
  if (other !== null && ((swaps(raw, other) ?? 3) <= 2 || differing(raw, other) === 1)) return other;
  if (raw.includes('<')) return null;
  const near = PRINTED.filter((code) => swaps(raw, code) === 1);
  return near.length === 1 ? near[0]! : null;
}
