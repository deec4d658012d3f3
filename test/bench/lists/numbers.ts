// Numbers of documents that are listed, and others next to them that are not: told apart without keeping any.
import { createRandom } from '../../../shared/specimen/prng.ts';

/** A letter and eight digits. */
const NUMBERS = 26n * 10n ** 8n;
/** Odd, and no multiple of 5 or 13: it steps through every number once. */
const STEP = 1_234_567_891n;
const STATES = ['UTO', 'XPO', 'XOM', 'UNO', 'EUE'];

export interface Numbers {
  /** The listed number of this place, its state and the kind of its document. */
  listed(place: number): { number: string; state: string; type: string };
  isListed(number: string): boolean;
  /** Numbers that an officer could take for this one: a digit more or less, two exchanged, another letter. */
  near(number: string): string[];
}

function inverse(of: bigint, modulo: bigint): bigint {
  let [a, b, x, y] = [of % modulo, modulo, 1n, 0n];
  while (b !== 0n) {
    const share = a / b;
    [a, b, x, y] = [b, a - share * b, y, x - share * y];
  }
  return ((x % modulo) + modulo) % modulo;
}

const spelledOut = (code: number): string =>
  String.fromCharCode(65 + Math.floor(code / 1e8)) + String(code % 1e8).padStart(8, '0');

const codeOf = (number: string): bigint =>
  BigInt((number.charCodeAt(0) - 65) * 1e8 + Number(number.slice(1)));

/** So many listed numbers, others for every seed. */
export function numbersOf(seed: number, count: number): Numbers {
  const begin = BigInt(createRandom(seed).int(0, 2_000_000_000));
  const back = inverse(STEP, NUMBERS);
  return {
    listed(place) {
      const number = spelledOut(Number((BigInt(place) * STEP + begin) % NUMBERS));
      return { number, state: STATES[place % STATES.length] ?? 'UTO', type: place % 3 === 0 ? 'ID' : 'P' };
    },
    isListed(number) {
      const place = ((((codeOf(number) - begin) % NUMBERS) + NUMBERS) * back) % NUMBERS;
      return place < BigInt(count);
    },
    near(number) {
      const digits = number.slice(1);
      const turned = (by: number): string => String((Number(digits) + by + 1e8) % 1e8).padStart(8, '0');
      const exchanged = `${digits.slice(0, 6)}${digits.slice(7)}${digits.slice(6, 7)}`;
      const letter = String.fromCharCode(65 + ((number.charCodeAt(0) - 64) % 26));
      return [
        number.slice(0, 1) + turned(1),
        number.slice(0, 1) + turned(-1),
        number.slice(0, 1) + exchanged,
        letter + digits,
      ];
    },
  };
}
