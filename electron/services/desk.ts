// The supervisor's day at a glance: numbers of one day, and what waits now. Nobody who was examined stands in it.
import type { DeskDay } from '../../shared/contract/logs.ts';
import { clearedOn } from '../db/cleared.ts';
import { alertsOfDay, casesOf, minutesOf, reportsOfDay, type Span } from '../db/desk.ts';
import { loadLogPlan } from '../db/log-plan.ts';
import { dayIn, onDuty, type ServiceContext } from './context.ts';
import { dayAfter, dayStart, localMinutesIn } from './local-time.ts';
import { shiftAt } from './log-table.ts';
import type { OutboxService } from './outbox.ts';

export interface DeskService {
  /** `YYYY-MM-DD` at the station's own time zone; null for today. */
  day(day: string | null): DeskDay;
}

const HOURS = 24;

export function createDeskService(
  context: ServiceContext,
  outbox: Pick<OutboxService, 'state'>,
): DeskService {
  const { db, now } = context;
  return {
    day(asked) {
      const { stationId, settings } = onDuty(context);
      const { timeZone, stationCode, place } = settings;
      const day = asked ?? dayIn(timeZone, now());
      const span: Span = { from: dayStart(timeZone, day), until: dayStart(timeZone, dayAfter(day)) };
      const minutes = localMinutesIn(timeZone);
      const none = () => ({ clear: 0, referred: 0, skip: 0 });
      const outcomes = none();
      const hours = Array.from({ length: HOURS }, none);
      const { shifts } = loadLogPlan(db);
      const byShift = shifts.map(none);
      for (const { at, outcome, count } of minutesOf(db, day)) {
        const minute = minutes(at);
        const parts = [hours[Math.floor(minute / 60)], byShift[(shiftAt(shifts, minute) ?? 0) - 1]];
        for (const part of [outcomes, ...parts]) if (part !== undefined) part[outcome] += count;
      }
      const { waiting, parked, oldestAt, hold } = outbox.state();
      return {
        day,
        stationCode,
        place,
        shifts,
        outcomes,
        clearedCounted: clearedOn(db, stationId, day),
        hours,
        byShift,
        cases: casesOf(db, day, span),
        reports: reportsOfDay(db, span),
        alerts: alertsOfDay(db, span),
        outbox: { waiting, parked, oldestAt, hold },
      };
    },
  };
}
