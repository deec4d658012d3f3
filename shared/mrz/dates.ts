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
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A day out of `YYYY-MM-DD`; null for any other text or a day that does not exist. */
export function parseDay(text: string): CalendarDay | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
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
  twoDigits: number,
  month: number,
  day: number,
  today: CalendarDay,
): number {
  const base = today.year - (today.year % 100) + twoDigits;
  // A day only one of the centuries has (29 February 00) still gets the rule's century and may then be impossible.
  const at = (year: number) => order({ year, month, day });
  const now = order(today);
  if (kind === 'birth') return at(base) <= now ? base : base - 100;
  const far = 50 * 12 * 31;
  if (at(base) - now > far) return base - 100;
  return now - at(base) > far ? base + 100 : base;
}

/**
 * Reads a date of birth or expiry. Any of year, month and day may be unknown (`<<`, Doc 9303-3 §4.8).
 * Never throws on what the document says; throws RangeError for a malformed `today`.
 */
export function readDate(raw: string, kind: 'birth' | 'expiry', today: string): MrzDate {
  const now = requireDay(today);
  const nothing: MrzDate = { raw, state: 'impossible', iso: null, century: null };
  if (!/^(?:\d\d|<<){3}$/u.test(raw)) return nothing;
  const [yy, mm, dd] = [raw.slice(0, 2), raw.slice(2, 4), raw.slice(4, 6)];
  if (yy + mm + dd === '<<<<<<') return { ...nothing, state: 'unknown' };
  const month = mm === '<<' ? null : Number(mm);
  const day = dd === '<<' ? null : Number(dd);
  if (month !== null && (month < 1 || month > 12)) return nothing;
  // Without a year or a month the longest one is allowed for.
  if (day !== null && (day < 1 || day > daysInMonth(2000, month ?? 1))) return nothing;
  if (yy === '<<') return { ...nothing, state: 'partial' };

  const year = yearOf(kind, Number(yy), month ?? 1, day ?? 1, now);
  if (month !== null && day !== null && day > daysInMonth(year, month)) return nothing;
  let iso = text(year, 4);
  if (month !== null) iso += `-${text(month, 2)}`;
  if (month !== null && day !== null) iso += `-${text(day, 2)}`;
  return {
    raw,
    state: month !== null && day !== null ? 'known' : 'partial',
    iso,
    century: kind === 'birth' ? 'latest-not-future' : 'nearest-to-today',
  };
}

/** The last day an ISO 8601 date of any precision can mean, as `YYYY-MM-DD`. */
export function lastDay(iso: string): string {
  const [year = '', month, day] = iso.split('-');
  if (day !== undefined) return iso;
  if (month === undefined) return `${year}-12-31`;
  return `${iso}-${text(daysInMonth(Number(year), Number(month)), 2)}`;
}
