// What becomes of single values on their way out: a day to its week or year, a number to a range or a mask, a thing of
// several parts to those that tell of no person.
import type { Field, Treatment } from './fields.ts';
import { isEmpty, valueAt } from './fields.ts';
import type { Crop, FullReport } from './full.ts';
import type { FullWireReport, NumberToken } from './report.ts';

const DAY_MS = 86_400_000;

/** The week of a day by ISO 8601: it belongs to the year of its Thursday. `2026-11-23` is `2026-W48`. */
export function weekOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(at.getTime() + (4 - (at.getUTCDay() || 7)) * DAY_MS);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / (7 * DAY_MS)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** A number as it is compared: letters and digits, in capitals. */
export const bareNumber = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '');

/** At least this much of a number is never shown: a range of a hundred thousand. */
export const HIDDEN = 5;
const LONGEST_PREFIX = 12;

/**
 * How a number begins, for links between numbers of one range, and how long it is; null for one too short to hide
 * anything in. Never more than half of it.
 */
export function rangeOf(number: string): { prefix: string; length: number } | null {
  const bare = bareNumber(number);
  const shown = Math.min(bare.length - HIDDEN, Math.floor(bare.length / 2), LONGEST_PREFIX);
  return shown < 1 || bare.length > 30 ? null : { prefix: bare.slice(0, shown), length: bare.length };
}

/** A number with what a range would not show put out: both together say no more than one of them. */
export function masked(number: string): string {
  const bare = bareNumber(number);
  return (rangeOf(number)?.prefix ?? '').padEnd(bare.length, '•');
}

/** A group by its size. */
function groupBandOf(size: number): FullWireReport['bearer']['groupBand'] {
  if (size === 1) return '1';
  if (size < 5) return '2-4';
  return size < 10 ? '5-9' : '10-';
}

type Visa = FullReport['document']['visa'];

/** A visa without its number, its days and its remarks. */
function visaBare(visa: Visa): FullWireReport['document']['visa'] {
  if (visa === null) return null;
  const { issuer, type, validFrom } = visa;
  return { issuer, type, year: validFrom === null ? null : yearOf(validFrom) };
}

/** A crop without where it was cut from. */
const cropBare = ({ sha256, bytes, mime, light }: Crop): FullWireReport['images'][number] => ({
  sha256,
  bytes,
  mime,
  light,
  what: 'crop',
});

/** Things of several parts without those that could tell of a person. */
const BARE: Readonly<Record<string, (full: FullReport) => unknown>> = {
  'document.visa': ({ document }) => visaBare(document.visa),
  'fraud.findings': ({ fraud }) => fraud.findings.map((finding) => ({ ...finding, note: '' })),
  images: ({ images }) => images.map(cropBare),
};

/** Day, month and year as numbers of persons hold them. */
function holdsDay(bare: string, day: string): boolean {
  const [year = '', month = '', date = ''] = day.split('-');
  const short = year.slice(2);
  return (
    [
      [short, month, date],
      [date, month, short],
      [month, date, short],
    ].some((order) => bare.includes(order.join(''))) || bare.includes(`${year}${month}`)
  );
}

/** Null also where the number is made of the person: its beginning would tell of them. */
function rangeOfDocument({ document }: FullReport): ReturnType<typeof rangeOf> {
  const { number, holder } = document;
  if (number === null) return null;
  const own = bareNumber(holder.personalNumber);
  const bare = bareNumber(number);
  if (own !== '' && (bare.includes(own) || own.includes(bare))) return null;
  return holder.birthDate !== null && holdsDay(bare, holder.birthDate) ? null : rangeOf(number);
}

/** A number under the key that the network shares; null where the station has none yet. */
export type Tokens = (number: string) => NumberToken | null;

function valueOf(treatment: Treatment, full: FullReport, field: Field, token: Tokens): unknown {
  const value = valueAt(full, field.from);
  switch (treatment) {
    case 'as-is':
    case 'sealed':
      return value;
    case 'bare':
      return BARE[field.from]?.(full);
    case 'week':
      return typeof value === 'string' ? weekOf(value) : null;
    case 'year':
      return typeof value === 'string' ? yearOf(value) : null;
    case 'token':
      return typeof value === 'string' && bareNumber(value) !== '' ? token(bareNumber(value)) : null;
    case 'range':
      return rangeOfDocument(full);
    case 'band':
      return typeof value === 'number' ? groupBandOf(value) : null;
    case 'absent':
      return null;
  }
}

/** What one treatment leaves of a field: null or an empty list where that is nothing. */
export function treated(treatment: Treatment, full: FullReport, field: Field, token: Tokens): unknown {
  const value = valueOf(treatment, full, field, token);
  if (!isEmpty(value)) return value;
  return Array.isArray(valueAt(full, field.from)) ? [] : null;
}
