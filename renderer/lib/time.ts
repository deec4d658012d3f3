// Times as an officer reads them: always in the station's own time zone, never the machine's.

/** True where the engine knows the zone; settings keep only such zones. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The zone of the machine, offered at first run. */
export function systemTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Every zone the engine knows, `UTC` among them, in alphabetical order. */
export function allTimeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort();
}

/** The calendar day `YYYY-MM-DD` in a time zone; the day against which dates of a document are judged. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** English of no country writes the month first, which at a border is a trap; every English here is day first. */
function dayFirst(language: string): string {
  return language === 'en' || language === 'en-XA' ? 'en-GB' : language;
}

/** `14:05` in a time zone: 24 hours, so that no shift is mistaken. */
export function clockIn(timeZone: string, at: Date, language: string): string {
  return new Intl.DateTimeFormat(dayFirst(language), {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** `22 Nov 2026, 14:05` in a time zone. */
export function dateTimeIn(timeZone: string, at: Date, language: string): string {
  return new Intl.DateTimeFormat(dayFirst(language), {
    timeZone,
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * A date as documents print it, `12 AUG 1974`, from `YYYY-MM-DD`. Doc 9303-3 §3.1 prints months in English
 * or French beside the issuer's own, so these are not words of a catalogue. Anything else comes back as it is.
 */
export function printedDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  const month = MONTHS[Number(match?.[2]) - 1];
  return match && month ? `${match[3]} ${month} ${match[1]}` : iso;
}

/**
 * A day as typed: `2026-11-22`, `22 11 2026`, `22.11.2026`, `22/11/2026`, `22 NOV 2026`, day before month.
 * Null for anything that is no day of the calendar or leaves room for doubt (a year of two digits).
 */
export function typedDay(typed: string): string | null {
  const text = typed.trim().toUpperCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const own = /^(\d{1,2})[\s./-]*(\d{1,2}|[A-Z]{3})[\s./-]*(\d{4})$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : [own?.[3], own?.[2], own?.[1]];
  if (!year || !month || !day) return null;
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month) + 1;
  const date = new Date(Date.UTC(Number(year), number - 1, Number(day)));
  const isReal = date.getUTCMonth() === number - 1 && date.getUTCDate() === Number(day) && number > 0;
  return isReal && Number(year) >= 1000 ? date.toISOString().slice(0, 10) : null;
}
