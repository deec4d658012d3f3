// What becomes of single values on their way out: a day to its week or year, a number to a range or a mask.
import type { Crop, FullReport } from './full.ts';
import type { FullWireReport } from './report.ts';

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
const HIDDEN = 5;
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
export function groupBandOf(size: number): FullWireReport['bearer']['groupBand'] {
  if (size === 1) return '1';
  if (size < 5) return '2-4';
  return size < 10 ? '5-9' : '10-';
}

type Visa = NonNullable<FullReport['document']['visa']>;

/** A visa without its number, its days and its remarks. */
export const visaBare = ({ issuer, type, validFrom }: Visa): FullWireReport['document']['visa'] => ({
  issuer,
  type,
  year: validFrom === null ? null : yearOf(validFrom),
});

/** A crop without where it was cut from. */
export const cropBare = ({ sha256, bytes, mime, light }: Crop): FullWireReport['images'][number] => ({
  sha256,
  bytes,
  mime,
  light,
  what: 'crop',
});

/** A finding without what somebody wrote. */
export const findingBare = (
  finding: FullReport['fraud']['findings'][number],
): FullWireReport['fraud']['findings'][number] => ({ ...finding, note: '' });
