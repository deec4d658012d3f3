// What was decided on a day: counts, and who decided.
import type { DayLog } from '../../shared/contract/audit.ts';
import type { Outcome } from '../../shared/contract/records.ts';
import type { Db } from './open.ts';

/** Records that came from another station with a case were decided on there. */
export const MADE_HERE = `NOT EXISTS (SELECT 1 FROM handover WHERE handover.examination_id = examination.id
  AND handover.direction = 'in' AND handover.after IS NULL)`;

/** Records saved on a day (`YYYY-MM-DD` of the station) by their latest outcome, and the names of who decided on them. */
export function dayOf(db: Db, day: string): Pick<DayLog, 'outcomes' | 'officers'> {
  const outcomes = { clear: 0, referred: 0, skip: 0 };
  const counts = db
    .prepare<[string], { outcome: Outcome; count: number }>(
      `SELECT decision.outcome, count(*) AS count
       FROM examination JOIN decision ON decision.examination_id = examination.id
       WHERE examination.saved_on = ? AND ${MADE_HERE}
         AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)
       GROUP BY decision.outcome`,
    )
    .all(day);
  for (const { outcome, count } of counts) outcomes[outcome] = count;
  const officers = db
    .prepare<[string], string>(
      `SELECT DISTINCT decision.officer_name
       FROM examination JOIN decision ON decision.examination_id = examination.id
       WHERE examination.saved_on = ? AND ${MADE_HERE} ORDER BY decision.officer_name COLLATE NOCASE`,
    )
    .pluck()
    .all(day);
  return { outcomes, officers };
}
