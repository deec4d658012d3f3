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

/** `14:05` in a time zone: 24 hours, so that no shift is mistaken. */
export function clockIn(timeZone: string, at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** `22 Nov 2026, 14:05` in a time zone. */
export function dateTimeIn(timeZone: string, at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
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
