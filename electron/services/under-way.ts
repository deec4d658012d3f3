// One piece of work at the backups at a time: how far it is, and its end by somebody's hand.
import type { BackupState, BackupStep } from '../../shared/contract/backup.ts';
import { StationFailure } from '../failure.ts';

export interface UnderWay {
  /** Null for nothing. */
  running(): BackupState['running'];
  tell(step: BackupStep, share: number): void;
  /** Refuses with `backup-busy`: two would take the counter's disk and processor. */
  alone<T>(step: BackupStep, begin: () => Promise<T>): Promise<T>;
  /** Throws `backup-cancelled` once somebody wants the work to end. */
  checkCancelled(): void;
  /** Who wants it to end; null for nobody, and for somebody without a name. */
  cancelledBy(): string | null;
  /** Has the work end by `end`, and waits until it has. */
  cancel(by: string | null, end: () => Promise<void>): Promise<void>;
}

export function createUnderWay(changed: () => void): UnderWay {
  let running: BackupState['running'] = null;
  let work: Promise<unknown> | null = null;
  let cancelled: { by: string | null } | null = null;

  function tell(step: BackupStep, share: number): void {
    // Some steps a second would wake the window for nothing.
    if (running?.step === step && share - running.share < 0.01) return;
    running = { step, share };
    changed();
  }

  return {
    running: () => running,
    tell,
    async alone(step, begin) {
      if (running !== null) throw new StationFailure('backup-busy');
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
      if (cancelled !== null) throw new StationFailure('backup-cancelled');
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
