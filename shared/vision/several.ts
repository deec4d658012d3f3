// Further zones in a picture that gave one: two documents, a visa beside a passport, both sides of a card.
import { isZone } from './accept.ts';
import { attemptZone } from './attempt.ts';
import { recut, secondLooks } from './confirm.ts';
import { frameAt } from './grid.ts';
import { readingFrom } from './result.ts';
import type { StripReader } from './strip-reader.ts';
import type { StripSource } from './strips.ts';
import type { Point, Quad, ReadZone } from './types.ts';
import type { Zone } from './zones.ts';

/** What one level of the search found, and where its strips are cut. */
export interface SearchedLevel {
  zones: readonly Zone[];
  /** Pixels of the input picture per pixel of the level. */
  scale: number;
  sourceOf: (zone: Zone) => StripSource;
}

/** Only what looks this much like a zone is read beside one that was found. */
const LIKELY = 0.6;
/** So many are tried, and so many are given in all. */
const MOST_TRIED = 4;
const MOST_ZONES = 4;
/** A further zone must have as many check digits that hold: beside a good one there is less need to guess. */
const FEWEST_DIGITS = 2;

/** Whether a point lies within a four-cornered outline, widened by `room` pixels. */
function isWithin(outline: Quad, point: Point, room: number): boolean {
  const turns = outline.map((a, i) => {
    const b = outline[(i + 1) % 4]!;
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    return ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)) / length;
  });
  return turns.every((turn) => turn > -room) || turns.every((turn) => turn < room);
}

/** The middles of a zone's lines, in pixels of the input picture. */
function middlesOf({ grid }: Zone, scale: number): Point[] {
  return grid.lines.map((_, line) => {
    const { point } = frameAt(grid, grid.middle, line);
    return { x: (point.x + 0.5) * scale, y: (point.y + 0.5) * scale };
  });
}

function middleOf(outline: Quad): Point {
  const sum = outline.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / 4, y: sum.y / 4 };
}

function isSame(a: ReadZone, b: ReadZone): boolean {
  const overlap = isWithin(a.outline, middleOf(b.outline), 0) || isWithin(b.outline, middleOf(a.outline), 0);
  return overlap || a.lines.join() === b.lines.join();
}

/** A zone read beside another, with what its reading is worth beside the others. */
export interface FurtherZone {
  reading: ReadZone;
  score: number;
}

/**
 * Reads the zones of a level that lie elsewhere than those already `found`, and pushes each onto it as soon as it is
 * read, so that a deadline (whatever `reader` throws) loses none that came before. No zone comes twice.
 */
export async function readFurther(
  reader: StripReader,
  level: SearchedLevel,
  found: FurtherZone[],
): Promise<void> {
  let tried = 0;
  for (const zone of level.zones) {
    if (tried >= MOST_TRIED || found.length >= MOST_ZONES) return;
    if (zone.quality < LIKELY || zone.rows.length < 2) continue;
    const known = found.map(({ reading }) => reading);
    const room = 2 * zone.grid.cap[0] * level.scale;
    const middles = middlesOf(zone, level.scale);
    if (known.some(({ outline }) => middles.some((point) => isWithin(outline, point, room)))) continue;
    tried++;
    const attempt = await attemptZone(reader, level.sourceOf(zone), zone.grid);
    if (typeof attempt === 'string' || !isZone(attempt.assembly)) continue;
    const looked = await secondLooks(reader, await recut(reader, attempt));
    if (!isZone(looked.assembly) || looked.assembly.digits.holds < FEWEST_DIGITS) continue;
    const reading = readingFrom(looked, level.scale, known[0]!.timing);
    if (known.some((other) => isSame(other, reading))) continue;
    found.push({ reading, score: looked.assembly.score });
  }
}
