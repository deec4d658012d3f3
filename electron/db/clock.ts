// Whether the machine's clock can be believed, by the times of the last entries of the audit chain.
import type { WarningCode } from '../../shared/contract/health.ts';
import type { Db } from './open.ts';

export type ClockDoubt = Extract<WarningCode, `clock-${string}`>;

/** With this entry somebody says that date and time are right: what was dated before it raises no doubt any more. */
export const CLOCK_CONFIRMED = 'clock.confirmed';

/** How much later than the clock an entry may be. */
const SLACK_MS = 5 * 60_000;
/** A station may be closed for a season; a clock that lost its battery is mostly wrong by years. */
const LEAP_MS = 90 * 24 * 60 * 60_000;
/** A busy day or two: whoever signs in under a wrong clock writes entries, too, and those must not hide it. */
const ENTRIES = 500;

/**
 * What is doubtful about the clock: it stands well before the time of a late entry, or leapt far ahead between two of
 * them; null for neither. Entries stay in order by their number, whatever their times.
 */
export function clockDoubt(db: Db, now: Date): ClockDoubt | null {
  const late = db
    .prepare<[number], { at: string; action: string }>(
      'SELECT at, action FROM audit ORDER BY seq DESC LIMIT ?',
    )
    .all(ENTRIES);
  const confirmed = late.findIndex(({ action }) => action === CLOCK_CONFIRMED);
  const times = (confirmed === -1 ? late : late.slice(0, confirmed + 1)).map(({ at }) => Date.parse(at));
  if (times.some((time) => time - now.getTime() > SLACK_MS)) return 'clock-set-back';
  const leapt = times.some((time, index) => time - (times[index + 1] ?? time) > LEAP_MS);
  return leapt ? 'clock-ahead' : null;
}
