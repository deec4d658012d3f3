// Wrong secrets: each one makes the next wait longer, and ten in a row close the name until somebody releases it.

/** What is remembered of a name; it stands in the key file, so that a restart forgets nothing. */
export interface Attempts {
  failures: number;
  /** UTC, ISO 8601; null where there was none. */
  lastFailureAt: string | null;
  lockedOut: boolean;
}

/** Seconds to wait after so many failures in a row; the last one stands for all beyond. */
const WAITS = [0, 0, 0, 0, 2, 4, 8, 16, 32, 60];
const MAX_FAILURES = 10;

export const NO_ATTEMPTS: Attempts = { failures: 0, lastFailureAt: null, lockedOut: false };

const waitAfter = (failures: number): number => WAITS[Math.min(failures, WAITS.length - 1)] ?? 0;

/**
 * Whole seconds until another try is taken, never more than the delay itself. Where `isAhead`, whoever keeps the count
 * must move the last failure to now, or the waiting would begin anew at each try.
 */
export function secondsLeft({ failures, lastFailureAt }: Attempts, now: Date): number {
  const wait = waitAfter(failures);
  if (wait === 0 || lastFailureAt === null) return 0;
  const left = Date.parse(lastFailureAt) / 1000 + wait - now.getTime() / 1000;
  return Math.ceil(Math.min(wait, Math.max(0, left)));
}

/** Whether the last failure is later than the clock: it was set back since. */
export function isAhead({ lastFailureAt }: Attempts, now: Date): boolean {
  return lastFailureAt !== null && Date.parse(lastFailureAt) > now.getTime();
}

/** One more try. It is counted before the secret is looked at: a power cut in between is no free guess. */
export function charged({ failures }: Attempts, now: Date): Attempts {
  const more = failures + 1;
  return { failures: more, lastFailureAt: now.toISOString(), lockedOut: more >= MAX_FAILURES };
}

/** How many names that nobody has are remembered; each costs whoever tries it the time of a guess. */
const STRANGERS = 10_000;

/** Tries at names that nobody has, so that they are refused like others. */
export interface Strangers {
  get(tag: string): Attempts;
  set(tag: string, attempts: Attempts): void;
}

/**
 * Keeps them in memory alone: what was typed as a name may have been a secret, and a digest of it in a file would be
 * the cheapest way to it. The oldest are forgotten.
 */
export function createStrangers(): Strangers {
  const counts = new Map<string, Attempts>();
  return {
    get: (tag) => counts.get(tag) ?? NO_ATTEMPTS,
    set(tag, attempts) {
      counts.delete(tag);
      counts.set(tag, attempts);
      for (const oldest of counts.keys()) {
        if (counts.size <= STRANGERS) break;
        counts.delete(oldest);
      }
    },
  };
}
