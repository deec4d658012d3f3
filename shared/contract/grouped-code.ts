// Bytes as a code that people print, read out and type: Crockford's base32 in groups, each with a check character.

/** Crockford's alphabet: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

/** Times x in GF(32) modulo x^5 + x^2 + 1. */
const timesX = (value: number): number => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;

/**
 * The check of a group: a weighted sum in GF(32) that begins with the group's own place. So one wrong character, two
 * exchanged ones and two exchanged groups are told.
 */
function checkOf(values: readonly number[], place: number): number {
  return values.reduce((sum, value) => timesX(sum) ^ value, timesX((place % 31) + 1));
}

/** What is often typed for a character of the alphabet. */
const MEANT: Record<string, string> = { I: '1', L: '1', O: '0' };

/** A code or a group of one as typed: case, spaces and hyphens do not count, I and L are 1, O is 0. */
export function tidyCode(text: string): string {
  return [...text.toUpperCase().replace(/[\s-]/gu, '')].map((char) => MEANT[char] ?? char).join('');
}

const valueOf = (char: string): number => ALPHABET.indexOf(char);

/** Groups of five characters, the fifth being the check, parted by hyphens. `bytes` fill the last group up with zero bits. */
export function toGroupedCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = Math.ceil(bits.length / (5 * GROUP));
  const padded = bits.padEnd(groups * 5 * GROUP, '0');
  return Array.from({ length: groups }, (_, place) => {
    const values = Array.from({ length: GROUP }, (_each, index) => {
      const at = (place * GROUP + index) * 5;
      return Number.parseInt(padded.slice(at, at + 5), 2);
    });
    return [...values, timesX(checkOf(values, place))].map((value) => ALPHABET[value]).join('');
  }).join('-');
}

export type GroupedCode =
  | { ok: true; bytes: Uint8Array }
  /** Places of groups, from 0, in which something is mistyped; empty where characters are missing or too many. */
  | { ok: false; groups: number[] };

/** Reads a code of `length` bytes as typed. */
export function fromGroupedCode(text: string, length: number): GroupedCode {
  const values = [...tidyCode(text)].map(valueOf);
  const groups = Math.ceil((length * 8) / (5 * GROUP));
  if (values.length !== groups * (GROUP + 1)) return { ok: false, groups: [] };
  const places = Array.from({ length: groups }, (_, place) => place);
  const slice = (place: number): number[] => values.slice(place * (GROUP + 1), (place + 1) * (GROUP + 1));
  const wrong = places.filter((place) => {
    const group = slice(place);
    return group.includes(-1) || timesX(checkOf(group.slice(0, GROUP), place)) !== group[GROUP];
  });
  const bits = places
    .flatMap((place) => slice(place).slice(0, GROUP))
    .map((value) => Math.max(0, value).toString(2).padStart(5, '0'))
    .join('');
  // What fills the last group up is always zero: each code has one spelling.
  if (wrong.length === 0 && bits.slice(length * 8).includes('1')) wrong.push(groups - 1);
  if (wrong.length > 0) return { ok: false, groups: wrong };
  return {
    ok: true,
    bytes: Uint8Array.from({ length }, (_, index) =>
      Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2),
    ),
  };
}
