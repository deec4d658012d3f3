// The station's own clock: which minute of its day a moment is, and when its days begin.
import { dayIn } from './context.ts';

const MINUTE_MS = 60_000;
/** Every zone there ever was in our time differs from UTC by whole quarters of an hour. */
const STEP_MS = 15 * MINUTE_MS;
const DAY_MINUTES = 24 * 60;
const MOST_KNOWN = 50_000;

/** Asks the calendar once for each quarter of an hour: it takes as long as a thousand sums. */
export function localMinutesIn(timeZone: string): (at: string) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  const known = new Map<number, number>();

  function startOf(step: number): number {
    const parts = format.formatToParts(step * STEP_MS);
    const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
    return part('hour') * 60 + part('minute');
  }

  return (at) => {
    const time = Date.parse(at);
    const step = Math.floor(time / STEP_MS);
    let start = known.get(step);
    if (start === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      start = startOf(step);
      known.set(step, start);
    }
    return (start + Math.floor((time - step * STEP_MS) / MINUTE_MS)) % DAY_MINUTES;
  };
}

/** The moment (UTC) at which a day begins at a place; of a day that was left out, the moment of the leap. */
export function dayStart(timeZone: string, day: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const reach = 2 * DAY_MINUTES * MINUTE_MS;
  let [before, after] = [noon - reach, noon + reach];
  // Days only ever follow one another: the first moment that is not before it.
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (dayIn(timeZone, new Date(middle)) < day) before = middle;
    else after = middle;
  }
  return new Date(after).toISOString();
}

/** The day after a day, both `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** Minutes of the day of a time such as `06:30`. */
export function minutesOfClock(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
