// Files of the watched folder that were taken, by what is in them: one that is touched or renamed is no new scan.
import { createHmac, randomBytes } from 'node:crypto';

export interface KnownBytes {
  has(bytes: Uint8Array): boolean;
  add(bytes: Uint8Array): void;
}

/** More scans than one station sees in a week. */
const MOST = 10_000;

/**
 * Kept in memory only and under a key of this process: of a cleared traveller of whom only the count is kept, the store
 * must not tell which picture was shown.
 */
export function createKnownBytes(): KnownBytes {
  const key = randomBytes(32);
  const known = new Set<string>();
  const nameOf = (bytes: Uint8Array) => createHmac('sha256', key).update(bytes).digest('base64');
  return {
    has: (bytes) => known.has(nameOf(bytes)),
    add(bytes) {
      known.add(nameOf(bytes));
      for (const oldest of known) {
        if (known.size <= MOST) break;
        known.delete(oldest);
      }
    },
  };
}
