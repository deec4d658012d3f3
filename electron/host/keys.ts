// Opening keys and sessions of the loopback host: who may come in, kept as digests in memory only.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long an opening key can be spent. */
export const KEY_LIFE_MS = 10 * 60 * 1000;
/** A browser that opens a new address drops the oldest of more sessions than these. */
const MAX_SESSIONS = 4;
const MAX_KEYS = 8;

export interface Keys {
  /** A new one-time key; those made before stay good until they are spent or too old. */
  newKey(): string;
  /** Spends a key and answers the session's token; null for a key that is wrong, spent or too old. */
  spend(key: string): string | null;
  /** Whether a token belongs to a session. Takes the same time for every token. */
  admits(token: string): boolean;
}

/** `now` in milliseconds of any steady clock. */
export function createKeys(now: () => number): Keys {
  let keys: { digest: Buffer; until: number }[] = [];
  let sessions: Buffer[] = [];

  return {
    newKey() {
      const key = randomBytes(32).toString('base64url');
      keys = [...keys, { digest: digestOf(key), until: now() + KEY_LIFE_MS }].slice(-MAX_KEYS);
      return key;
    },
    spend(key) {
      const digest = digestOf(key);
      const at = indexOf(
        keys.map((known) => known.digest),
        digest,
      );
      const found = keys[at];
      if (found === undefined) return null;
      keys = keys.filter((known) => known !== found);
      if (now() >= found.until) return null;
      const token = randomBytes(32).toString('base64url');
      sessions = [...sessions, digestOf(token)].slice(-MAX_SESSIONS);
      return token;
    },
    admits: (token) => indexOf(sessions, digestOf(token)) >= 0,
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Looks at every entry, so that the time taken tells nothing. */
function indexOf(known: readonly Buffer[], digest: Buffer): number {
  let at = -1;
  for (const [index, entry] of known.entries()) {
    if (timingSafeEqual(entry, digest)) at = index;
  }
  return at;
}
