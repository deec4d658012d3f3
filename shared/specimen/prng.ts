// Seeded random numbers for specimens: the same seed gives the same document on every machine.

/** A stream of reproducible random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  range(low: number, high: number): number;
  /** Whole number from low to high, both included. */
  int(low: number, high: number): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Normal deviate, mean 0, standard deviation 1. */
  normal(): number;
  /** An independent stream for one purpose, so that a change in one drawing step leaves the others as they were. */
  fork(label: string): Random;
}

/** FNV-1a, 32 bits: turns a label into a number that changes with every letter. */
function hashText(text: string, start: number): number {
  let hash = start >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * A stream from a seed (any finite number; its 32 low bits count).
 * Generator: sfc32 (C. Doty-Humphrey, PractRand), warmed up by 15 rounds.
 */
export function createRandom(seed: number): Random {
  return streamOf(
    hashText('utopia', 0x811c9dc5 ^ (Math.trunc(seed) | 0)),
    0x9e3779b9 ^ (Math.trunc(seed) | 0),
  );
}

function streamOf(first: number, second: number): Random {
  let a = first | 0;
  let b = second | 0;
  let c = Math.imul(first ^ (second >>> 7), 0x85ebca6b) | 0;
  let counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) step();
  const next = (): number => step() / 4294967296;
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    int: (low, high) => low + Math.floor((high - low + 1) * next()),
    pick: (list) => {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new RangeError('pick: the list is empty');
      return chosen;
    },
    chance: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (label) => streamOf(hashText(label, first), hashText(label, second ^ 0x5bd1e995)),
  };
}
