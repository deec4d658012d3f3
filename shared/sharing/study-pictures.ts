// What a picture of a case study may show: whatever tells of the holder lies under a box, and the station takes out what
// lies under boxes. Pure geometry.
import type { Box } from './full.ts';
import type { StudyPicture } from './study-draft.ts';

export type StudyPictureFault =
  | 'crop-outside'
  /** Nobody has said where portrait and zone are, or that there is none. */
  | 'crop-unmarked'
  /** Some of the portrait is to be seen. */
  | 'study-portrait-open'
  /** Some of a machine-readable zone is to be seen. */
  | 'study-zone-open';

/** Where a portrait and a zone lie on a picture, as far as the station knows it from reading it. */
export interface KnownPlaces {
  portrait: Box | null;
  zones: readonly Box[];
}

const within = (edges: readonly number[], from: number, to: number): number[] =>
  [...new Set([from, ...edges.filter((edge) => edge > from && edge < to), to])].toSorted((a, b) => a - b);

/** Whether every point of an area lies under at least one of the boxes. */
export function isCovered({ x, y, width, height }: Box, boxes: readonly Box[]): boolean {
  if (width <= 0 || height <= 0) return true;
  // Between neighbouring edges an area is under a box as a whole or not at all.
  const columns = within(
    boxes.flatMap((box) => [box.x, box.x + box.width]),
    x,
    x + width,
  );
  const rows = within(
    boxes.flatMap((box) => [box.y, box.y + box.height]),
    y,
    y + height,
  );
  return columns.slice(1).every((right, column) =>
    rows.slice(1).every((bottom, row) => {
      const across = ((columns[column] ?? right) + right) / 2;
      const down = ((rows[row] ?? bottom) + bottom) / 2;
      return boxes.some(
        (box) => across > box.x && across < box.x + box.width && down > box.y && down < box.y + box.height,
      );
    }),
  );
}

/** What two rectangles have in common; null where that is nothing. */
export function common(a: Box, b: Box): Box | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Everything that keeps a picture from leaving; empty where it may, as far as can be told without looking at it. */
export function studyPictureFaults(
  { at, width, height, hidden, portrait, zone }: StudyPicture,
  known: KnownPlaces,
): StudyPictureFault[] {
  const isOpen = (place: Box): boolean => {
    const seen = common(place, at);
    return seen !== null && !isCovered(seen, hidden);
  };
  // Where the station knows of a portrait, nobody can say that there is none.
  const portraits = portrait === null || portrait === 'none' ? [known.portrait ?? []].flat() : [portrait];
  const zones = [...known.zones, ...(zone === null || zone === 'none' ? [] : [zone])];
  const faults: StudyPictureFault[] = [];
  if (at.x + at.width > width || at.y + at.height > height) faults.push('crop-outside');
  if (portrait === null || zone === null) faults.push('crop-unmarked');
  if (portraits.some(isOpen)) faults.push('study-portrait-open');
  if (zones.some(isOpen)) faults.push('study-zone-open');
  return faults;
}

/** A rectangle a little larger on each side, within a picture. */
export function grown(
  { x, y, width, height }: Box,
  by: number,
  picture: { width: number; height: number },
): Box {
  const [left, top] = [Math.max(0, x - by), Math.max(0, y - by)];
  return {
    x: left,
    y: top,
    width: Math.min(picture.width, x + width + by) - left,
    height: Math.min(picture.height, y + height + by) - top,
  };
}
