// Days as text (YYYY-MM-DD): arithmetic and the ways a document prints them. No clock.

const DAY_MS = 86_400_000;
const MONTHS_EN = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MONTHS_EO = ['JAN', 'FEB', 'MAR', 'APR', 'MAJ', 'JUN', 'JUL', 'AŬG', 'SEP', 'OKT', 'NOV', 'DEC'];

function parts(day: string): [number, number, number] {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) throw new RangeError('a day must be written YYYY-MM-DD');
  return [year, month, date];
}

/** The day that many days later. */
export function addDays(day: string, days: number): string {
  const [year, month, date] = parts(day);
  return new Date(Date.UTC(year, month - 1, date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of the year that many years later; 29 February becomes 28 where it must. */
export function addYears(day: string, years: number): string {
  const [year, month, date] = parts(day);
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return `${year + years}-${pad(month)}-${pad(Math.min(date, last))}`;
}

/** Completed years from one day to another. */
export function yearsBetween(from: string, to: string): number {
  const [y0, m0, d0] = parts(from);
  const [y1, m1, d1] = parts(to);
  return y1 - y0 - (m1 < m0 || (m1 === m0 && d1 < d0) ? 1 : 0);
}

/** As the machine readable zone writes it: YYMMDD (Doc 9303-3 §4.8). */
export function mrzDate(day: string): string {
  return day.replaceAll('-', '').slice(2);
}

/** As the visual zone writes it, in two languages where the months differ: 12 AŬG/AUG 1974 (Doc 9303-3 §3.8). */
export function printedDate(day: string): string {
  const [year, month, date] = parts(day);
  const own = MONTHS_EO[month - 1] ?? '';
  const english = MONTHS_EN[month - 1] ?? '';
  return `${pad(date)} ${own === english ? own : `${own}/${english}`} ${year}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
