// One piece of work of a kind at a time: how far it is, and its end by somebody's hand.
import type { BackupStep } from '../../shared/contract/backup.ts';
import type { FailureCode } from '../../shared/contract/bridge.ts';
import { StationFailure } from '../failure.ts';

export interface UnderWay<Step extends string> {
  /** The share of the step that is done, 0 to 1; null for nothing. */
  running(): { step: Step; share: number } | null;
  tell(step: Step, share: number): void;
  /** Refuses as busy: two would take the counter's disk and processor. */
  alone<T>(step: Step, begin: () => Promise<T>): Promise<T>;
  /** Throws that it was cancelled once somebody wants the work to end. */
  checkCancelled(): void;
  /** Who wants it to end; null for nobody, and for somebody without a name. */
  cancelledBy(): string | null;
  /** Has the work end by `end`, and waits until it has. */
  cancel(by: string | null, end: () => Promise<void>): Promise<void>;
}

interface Codes {
  busy: FailureCode;
  cancelled: FailureCode;
}

const OF_BACKUPS: Codes = { busy: 'backup-busy', cancelled: 'backup-cancelled' };

export function createUnderWay<Step extends string = BackupStep>(
  changed: () => void,
  codes = OF_BACKUPS,
): UnderWay<Step> {
  let running: { step: Step; share: number } | null = null;
  let work: Promise<unknown> | null = null;
  let cancelled: { by: string | null } | null = null;

  function tell(step: Step, share: number): void {
    // Some steps a second would wake the window for nothing.
    if (running?.step === step && share - running.share < 0.01) return;
    running = { step, share };
    changed();
  }

  return {
    running: () => running,
    tell,
    async alone(step, begin) {
      if (running !== null) throw new StationFailure(codes.busy);
      tell(step, 0);
      cancelled = null;
      try {
        const begun = begin();
        work = begun;
        return await begun;
      } finally {
        running = null;
        work = null;
        changed();
      }
    },
    checkCancelled() {
      if (cancelled !== null) throw new StationFailure(codes.cancelled);
    },
    cancelledBy: () => cancelled?.by ?? null,
    async cancel(by, end) {
      if (work === null) return;
      const ending = work;
      cancelled ??= { by };
      await end();
      await ending.catch(() => undefined);
    },
  };
}
