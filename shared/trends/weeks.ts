// Weeks of ISO 8601 as numbers in a row, so that series of them can be counted.

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Monday of 1970-W01. */
const FIRST_MONDAY = Date.UTC(1969, 11, 29);

/** Monday of the first week of a year: that of its fourth of January. */
function firstMonday(year: number): number {
  const fourth = new Date(Date.UTC(year, 0, 4));
  return fourth.getTime() - ((fourth.getUTCDay() || 7) - 1) * DAY_MS;
}

/** Weeks since 1970-W01. `2026-W53` stands for the 53rd after the year's beginning, also where the year has 52. */
export function weekNumber(week: string): number {
  const monday = firstMonday(Number(week.slice(0, 4))) + (Number(week.slice(6)) - 1) * WEEK_MS;
  return Math.round((monday - FIRST_MONDAY) / WEEK_MS);
}

/** The week's name, as `2026-W48`: it belongs to the year of its Thursday. */
export function weekName(number: number): string {
  const monday = FIRST_MONDAY + number * WEEK_MS;
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear();
  const week = Math.round((monday - firstMonday(year)) / WEEK_MS) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The day on which a week begins, `YYYY-MM-DD`. */
export const mondayOf = (number: number): string =>
  new Date(FIRST_MONDAY + number * WEEK_MS).toISOString().slice(0, 10);

/** The day on which it ends. */
export const sundayOf = (number: number): string =>
  new Date(FIRST_MONDAY + (number + 1) * WEEK_MS - DAY_MS).toISOString().slice(0, 10);
