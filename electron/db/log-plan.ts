// When detection logs are made by themselves, where to, and which days were.
import type { LogPlan } from '../../shared/contract/logs.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

export interface LogPlanRow extends LogPlan {
  /** The first day that is to be logged; null while no log is made by itself. */
  since: string | null;
}

type Kept = Omit<LogPlanRow, 'formats' | 'shifts'> & { formats: string; shifts: string };

export function loadLogPlan(db: Db): LogPlanRow {
  const row = statement<[], Kept>(db, 'SELECT folder, at, formats, tier, shifts, since FROM log_plan').get();
  if (row === undefined) throw new Error('the store has no plan of logs');
  return { ...row, formats: JSON.parse(row.formats), shifts: JSON.parse(row.shifts) };
}

export function saveLogPlan(db: Db, { formats, shifts, ...rest }: LogPlanRow): void {
  statement(
    db,
    `UPDATE log_plan SET folder = @folder, at = @at, formats = @formats, tier = @tier, shifts = @shifts, since = @since`,
  ).run({ ...rest, formats: JSON.stringify(formats), shifts: JSON.stringify(shifts) });
}

/** Says of a day for good that it was logged. Call it once its files have their names. */
export function markLogged(db: Db, made: { day: string; at: string; sha256: string }): void {
  statement(
    db,
    'INSERT INTO log_made (day, at, sha256) VALUES (@day, @at, @sha256) ON CONFLICT DO NOTHING',
  ).run(made);
}

export function lastLogged(db: Db): { day: string; at: string } | null {
  return (
    statement<[], { day: string; at: string }>(
      db,
      'SELECT day, at FROM log_made ORDER BY day DESC LIMIT 1',
    ).get() ?? null
  );
}

/** Days from the first to the last (`YYYY-MM-DD`) that were not logged, the oldest first. */
export function unloggedDays(db: Db, since: string, until: string): string[] {
  return statement<{ since: string; until: string }[], string>(
    db,
    `WITH RECURSIVE days (day) AS (SELECT @since WHERE @since <= @until
       UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < @until)
     SELECT day FROM days WHERE day NOT IN (SELECT day FROM log_made) ORDER BY day`,
  )
    .pluck()
    .all({ since, until });
}
