// A place in the feed as stations keep it: a cursor that they hand back as it is.
import { Refused } from './refusal.ts';

/** A page looks at so many places and sends so many bytes of reports: memory stays flat, also from the beginning. */
export const PAGE_BOUNDS = { scanned: 2000, bytes: 2 * 1024 * 1024 };

export const cursorAt = (epoch: number, place: number): string => `${epoch}-${place}`;

/**
 * The place that a cursor names; 0 is before the first. After a restore places may name other rows, so a cursor from
 * before begins anew. Throws `Refused` where it is none of ours.
 */
export function placeOf(cursor: string, epoch: number): number {
  const parts = /^(\d{1,10})-(\d{1,15})$/.exec(cursor);
  if (!parts) throw new Refused('bad-request', ['cursor']);
  return Number(parts[1]) === epoch ? Number(parts[2]) : 0;
}
