// What a piece of a picture may show: the document alone, never the portrait, the zone, or a whole page.
import type { Box, Crop } from './full.ts';

export type CropFault =
  | 'crop-outside'
  | 'crop-large'
  | 'crop-portrait'
  | 'crop-zone'
  /** Nobody has said where portrait and zone are, or that there is none. */
  | 'crop-unmarked'
  /** Nobody has said that it shows nobody. */
  | 'crop-unconfirmed';

/** A piece is at most this part of its picture: what is compared are details. */
const LARGEST_PART = 0.25;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Everything that keeps a piece from leaving; empty where it may. `found` are zones that a reader found on its picture. */
export function cropFaults(
  { at, width, height, portrait, zone, showsNobody }: Crop,
  found: readonly Box[] = [],
): CropFault[] {
  const faults: CropFault[] = [];
  if (at.x + at.width > width || at.y + at.height > height) faults.push('crop-outside');
  if (at.width * at.height > LARGEST_PART * width * height) faults.push('crop-large');
  if (portrait === null || zone === null) faults.push('crop-unmarked');
  if (portrait !== null && portrait !== 'none' && overlap(at, portrait)) faults.push('crop-portrait');
  const zones = zone === null || zone === 'none' ? found : [...found, zone];
  if (zones.some((each) => overlap(at, each))) faults.push('crop-zone');
  if (!showsNobody) faults.push('crop-unconfirmed');
  return faults;
}
