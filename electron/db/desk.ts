// What a supervisor is told of a day: counts of what was saved, concluded, submitted, approved, sent and received.
import type { DeskDay } from '../../shared/contract/logs.ts';
import type { Outcome } from '../../shared/contract/records.ts';
import { MADE_HERE } from './day-log.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Two moments, UTC: the first counts, the second does not. */
export interface Span {
  from: string;
  until: string;
}

/** How many examinations of a day were saved in each minute, by their latest outcome. */
export function minutesOf(db: Db, day: string): { at: string; outcome: Outcome; count: number }[] {
  return statement<[string], { at: string; outcome: Outcome; count: number }>(
    db,
    `SELECT substr(examination.saved_at, 1, 16) || ':00.000Z' AS at, decision.outcome, count(*) AS count
     FROM examination JOIN decision ON decision.examination_id = examination.id
     WHERE examination.saved_on = ? AND ${MADE_HERE}
       AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.replaces = decision.id)
     GROUP BY 1, 2`,
  ).all(day);
}

const number = (db: Db, sql: string, ...values: readonly (string | Span)[]): number =>
  statement<(string | Span)[], number>(db, sql)
    .pluck()
    .get(...values) ?? 0;

/** Cases of the day, and those of any day that are not concluded. */
export function casesOf(db: Db, day: string, span: Span): DeskDay['cases'] {
  return {
    opened: number(
      db,
      `SELECT count(*) FROM examination WHERE saved_on = ? AND ${MADE_HERE} AND EXISTS
        (SELECT 1 FROM decision WHERE examination_id = examination.id AND outcome = 'referred')`,
      day,
    ),
    closed: number(
      db,
      `SELECT count(DISTINCT examination_id) FROM case_entry
       WHERE kind = 'outcome' AND at >= @from AND at < @until AND NOT EXISTS
         (SELECT 1 FROM case_entry AS later WHERE later.examination_id = case_entry.examination_id
           AND later.seq > case_entry.seq AND later.kind = 'reopened' AND later.at < @until)`,
      span,
    ),
    open: number(db, 'SELECT count(*) FROM case_to_do'),
  };
}

/** Alerts are counted for themselves, and case studies are written at leisure. */
const IS_REPORT = `(report.kind NOT IN ('alert', 'case-study'))`;

/** Reports of the day at this station; those without a decision are counted now, and of all kinds, as in the queue. */
export function reportsOfDay(db: Db, span: Span): DeskDay['reports'] {
  const decided = (decision: string): number =>
    number(
      db,
      `SELECT count(*) FROM report_decision JOIN report ON report.id = report_id WHERE ${IS_REPORT}
       AND report_decision.at >= @from AND report_decision.at < @until AND decision = '${decision}'`,
      span,
    );
  return {
    submitted: number(
      db,
      `SELECT count(*) FROM report WHERE ${IS_REPORT} AND at >= @from AND at < @until`,
      span,
    ),
    approved: decided('approved'),
    sentBack: decided('sent-back'),
    sent: number(
      db,
      `SELECT count(*) FROM outbox JOIN report ON report.id = subject WHERE ${IS_REPORT} AND state = 'sent'
       AND outbox.kind = 'report' AND sent_at >= @from AND sent_at < @until`,
      span,
    ),
    toApprove: number(
      db,
      'SELECT count(*) FROM report WHERE NOT EXISTS (SELECT 1 FROM report_decision WHERE report_id = report.id)',
    ),
  };
}

/** Alerts of the day: let go here, and come in. */
export function alertsOfDay(db: Db, span: Span): DeskDay['alerts'] {
  return {
    approved: number(
      db,
      `SELECT count(*) FROM report_decision JOIN report ON report.id = report_id WHERE report.kind = 'alert'
       AND decision = 'approved' AND report_decision.at >= @from AND report_decision.at < @until`,
      span,
    ),
    received: number(
      db,
      `SELECT count(*) FROM received_report WHERE kind = 'alert' AND stored_at >= @from AND stored_at < @until`,
      span,
    ),
  };
}
