// How long is waited: between attempts, for an answer, between looks; and sleep that can be ended.

/** Milliseconds; tests are in a hurry. */
export interface Pace {
  /** Of the first wait after a failure at most; each next one is twice as long. */
  firstMs: number;
  longestMs: number;
  /** An answer that takes longer is none. */
  answerMs: number;
  /** How often the hub's feed is looked at where nothing says when. */
  lookMs: number;
  /** What a hub that is busy may ask for at most. */
  longestPauseMs: number;
  /** Where it does not say how long. */
  usualPauseMs: number;
}

export const PACE: Pace = {
  firstMs: 10_000,
  longestMs: 15 * 60_000,
  answerMs: 60_000,
  lookMs: 60_000,
  longestPauseMs: 60 * 60_000,
  usualPauseMs: 30_000,
};

/**
 * How long to wait after so many attempts that failed: between half of it and the whole, so that a thousand stations that
 * lost one hub do not come back at once. It never ends.
 */
export function backoffMs({ firstMs, longestMs }: Pace, attempts: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(30, attempts - 1));
  return Math.round(whole * (0.5 + random / 2));
}

/** Sleeps until a time has passed or somebody wakes it; one that was woken before it slept does not sleep. */
export interface Sleeper {
  /** Null sleeps until it is woken. */
  sleep(ms: number | null): Promise<void>;
  wake(): void;
}

/** A timer that is longer goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createSleeper(): Sleeper {
  let isWoken = false;
  let end: (() => void) | null = null;
  return {
    async sleep(ms) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const timer = ms === null ? undefined : setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS)).unref();
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        end = null;
      }
      isWoken = false;
    },
    wake() {
      isWoken = true;
      end?.();
    },
  };
}
