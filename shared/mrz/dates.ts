// Dates of the machine readable zone (ICAO Doc 9303-3 §4.8): six characters, unknown parts as fillers, no century.

/**
 * How the century was chosen; the words are the catalogue's `century.<rule>`.
 * `latest-not-future`: birth, the latest century in which the date is not after today.
 * `nearest-to-today`: expiry, the century that brings the date nearest to today (within fifty years either way).
 */
export type CenturyRule = 'latest-not-future' | 'nearest-to-today';

export interface MrzDate {
  /** The six characters as printed. */
  raw: string;
  /** `known` all parts; `partial` some parts are fillers; `unknown` all fillers; `impossible` no date at all. */
  state: 'known' | 'partial' | 'unknown' | 'impossible';
  /** ISO 8601, as far as known: `1974-08-12`, `1974-08` or `1974`; null without a year. */
  iso: string | null;
  /** Null where no century was needed. */
  century: CenturyRule | null;
}

export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The number two digits make; -1 where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** A day out of `YYYY-MM-DD`; null for any other text or a day that does not exist. */
export function parseDay(text: string): CalendarDay | null {
  if (text.length !== 10 || text.charAt(4) !== '-' || text.charAt(7) !== '-') return null;
  const [century, years, month, day] = [
    twoDigits(text, 0),
    twoDigits(text, 2),
    twoDigits(text, 5),
    twoDigits(text, 8),
  ];
  if (century < 0 || years < 0) return null;
  const year = century * 100 + years;
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? { year, month, day } : null;
}

/** The day of `today`; a malformed `today` is the caller's mistake, not the document's: RangeError. */
export function requireDay(today: string): CalendarDay {
  const day = parseDay(today);
  if (day === null) throw new RangeError('today must be a calendar day as YYYY-MM-DD');
  return day;
}

/** A number that orders days. */
function order(day: CalendarDay): number {
  return (day.year * 12 + day.month) * 31 + day.day;
}

function text(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function yearOf(
  kind: 'birth' | 'expiry',
  lastTwo: number,
  month: number,
  day: number,
  today: CalendarDay,
): number {
  const base = today.year - (today.year % 100) + lastTwo;
  // A day only one of the centuries has (29 February 00) still gets the rule's century and may then be impossible.
  const at = (year: number) => order({ year, month, day });
  const now = order(today);
  if (kind === 'birth') return at(base) <= now ? base : base - 100;
  const far = 50 * 12 * 31;
  if (at(base) - now > far) return base - 100;
  return now - at(base) > far ? base + 100 : base;
}

/** Two digits as their number, two fillers as null, anything else as -1. */
function part(raw: string, at: number): number | null {
  return raw.charAt(at) === '<' && raw.charAt(at + 1) === '<' ? null : twoDigits(raw, at);
}

/**
 * Reads a date of birth or expiry. Any of year, month and day may be unknown (`<<`, Doc 9303-3 §4.8).
 * Never throws on what the document says; throws RangeError for a malformed `today`.
 */
export function readDate(raw: string, kind: 'birth' | 'expiry', today: string): MrzDate {
  const now = requireDay(today);
  const [years, month, day] = [part(raw, 0), part(raw, 2), part(raw, 4)];
  const none = (state: MrzDate['state']): MrzDate => ({ raw, state, iso: null, century: null });
  if (raw.length !== 6 || years === -1 || month === -1 || day === -1) return none('impossible');
  if (years === null && month === null && day === null) return none('unknown');
  if (month !== null && (month < 1 || month > 12)) return none('impossible');
  // Without a year or a month the longest one is allowed for.
  if (day !== null && (day < 1 || day > daysInMonth(2000, month ?? 1))) return none('impossible');
  if (years === null) return none('partial');

  const year = yearOf(kind, years, month ?? 1, day ?? 1, now);
  if (month !== null && day !== null && day > daysInMonth(year, month)) return none('impossible');
  let iso = text(year, 4);
  if (month !== null) iso += `-${raw.slice(2, 4)}`;
  if (month !== null && day !== null) iso += `-${raw.slice(4, 6)}`;
  return {
    raw,
    state: month !== null && day !== null ? 'known' : 'partial',
    iso,
    century: kind === 'birth' ? 'latest-not-future' : 'nearest-to-today',
  };
}

/** The last day an ISO 8601 date of any precision can mean, as `YYYY-MM-DD`. */
export function lastDay(iso: string): string {
  if (iso.length === 10) return iso;
  const [year = '', month] = iso.split('-');
  if (month === undefined) return `${year}-12-31`;
  return `${iso}-${text(daysInMonth(Number(year), Number(month)), 2)}`;
}
