// The recovery key as people handle it: groups of five characters, two of which are asked back.

/** Bytes of a recovery key. */
export const RECOVERY_BYTES = 32;

/** The groups of a code. */
export function groupsOf(words: string): string[] {
  return words.split('-').filter((group) => group !== '');
}

/**
 * Two groups to ask back, from 0: one of each half, neither the first nor the last, which eyes copy best.
 * @param draw a number from 0 to below 1
 */
export function askedGroups(count: number, draw: () => number): [number, number] {
  const half = Math.floor(count / 2);
  const within = (from: number, to: number): number => from + Math.floor(draw() * (to - from));
  return [within(1, half), within(half, count - 1)];
}
