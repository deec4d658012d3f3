// What to tell the officer before a live camera: one thing at a time, the first that stands in the way of reading.
import type { Point, Quad } from '../../../shared/vision/types.ts';
import { LIKELY, type SeenZone, type Sighting } from './sighting.ts';

/** Codes of the catalogue (`camera.guide.<code>`). */
export type Advice =
  | 'show' // nothing like a zone is in sight
  | 'dark'
  | 'same' // the document that was read last lies there still
  | 'farther'
  | 'whole' // the rows leave the frame
  | 'covered'
  | 'glare'
  | 'nearer'
  | 'faint'
  | 'tilt'
  | 'blur'
  | 'still'
  | 'differs' // frames go on being read differently
  | 'unread' // seen well and still not read
  | 'reading';

/** Smaller capitals can be read, but not surely. Pixels of the frame. */
const SMALL_CAPITAL = 7;
/** Shares of the places that may be lost before it is said: one may be a stain, two a pale print in the light. */
const MOST_HIDDEN = 0.02;
const MOST_WASHED = 0.03;
/** Beside an end of the rows is paper; a hand that hides places there makes of a long row what looks like a short one. */
const MOST_BESIDE = 0.3;
/** Beyond these reading breaks, or is about to. */
const MOST_BLUR = 0.13;
const MOST_LEAN = 42;
const LEAST_CONTRAST = 22;
/** Blur of a frame in which no zone is found, as a share of its longer side: finer print is lost in it. */
const MOST_EDGE = 1.5 / 960;
/** Grey of paper in poor light. */
const DARK_PAPER = 60;
/** Mean grey of a frame with the lens covered or without light. */
const NO_LIGHT = 24;
/** A zone that spans this share of the frame, and leaves it, is too near. */
const SPANS = 0.8;
/** A zone that moved further than this many capitals from look to look is on its way. */
const MOVED = 0.6;
/** A zone that was in sight so short a time ago was lost by moving. Milliseconds. */
const JUST_LOST_MS = 1_200;

/** What is wrong with a zone as it is seen, or null where it can be read. */
export function complaintOf(zone: SeenZone, frame: { width: number; height: number }): Advice | null {
  const { capital, blur, lean, inside, paper, contrast, washed, hidden, beside } = zone.quality;
  if (!inside) return spans(zone.outline, frame) > SPANS ? 'farther' : 'whole';
  // Of small print it cannot be said why a character is not seen.
  if (capital < SMALL_CAPITAL) return 'nearer';
  if (beside > MOST_BESIDE || (hidden > MOST_HIDDEN && hidden >= washed)) return 'covered';
  if (washed > MOST_WASHED) return 'glare';
  if (contrast < LEAST_CONTRAST) return paper < DARK_PAPER ? 'dark' : 'faint';
  if (lean > MOST_LEAN) return 'tilt';
  return blur > MOST_BLUR ? 'blur' : null;
}

function spans(quad: Quad, { width, height }: { width: number; height: number }): number {
  const reach = (values: number[]): number => Math.max(...values) - Math.min(...values);
  return Math.max(reach(quad.map(({ x }) => x)) / width, reach(quad.map(({ y }) => y)) / height);
}

/** Whether a zone stands where it stood at the look before. */
export function isSteady(before: SeenZone | null, now: SeenZone): boolean {
  if (before === null) return false;
  const distance = ({ x, y }: Point, other: Point): number => Math.hypot(x - other.x, y - other.y);
  const moved = now.outline.map((corner, index) => distance(corner, before.outline[index]!));
  // The ends of the rows are measured less surely than their middle; half of the corners must agree.
  const [, second = 0] = moved.sort((a, b) => a - b);
  return second <= MOVED * now.quality.capital;
}

/** What is known beside the frame itself. */
export interface Circumstances {
  /** The zone of the look before. */
  before: SeenZone | null;
  /** Milliseconds since a zone was in sight; infinite where there was none. */
  sinceSeenMs: number;
  /** The document of the last reading lies there still. */
  isSame: boolean;
  /** What the last readings of good frames came to. */
  trouble: 'differs' | 'unread' | null;
}

/** The one thing to say of a frame. */
export function adviceFor(sighting: Sighting, around: Circumstances): Advice {
  const { zone } = sighting;
  if (zone === null || zone.likeness < LIKELY / 2) {
    if (sighting.level < NO_LIGHT) return 'dark';
    if ((sighting.blur ?? 0) > MOST_EDGE * Math.max(sighting.width, sighting.height)) return 'blur';
    return around.sinceSeenMs < JUST_LOST_MS && !around.isSame ? 'still' : 'show';
  }
  if (around.isSame) return 'same';
  const complaint = complaintOf(zone, sighting);
  if (complaint !== null) return complaint;
  if (around.before !== null && !isSteady(around.before, zone)) return 'still';
  return around.trouble ?? 'reading';
}

/** A sentence stays for this long at least, and what replaces it must have been so for a moment. Milliseconds. */
const STAYS_MS = 1_000;
const SETTLES_MS = 250;

export interface Teller {
  /** Takes the advice of the newest look; gives the one to show. */
  tell(advice: Advice, now: number): Advice;
}

/** Calms advice that changes with every frame: one sentence a second at most. */
export function createTeller(): Teller {
  let shown: { advice: Advice; at: number } | null = null;
  let next: { advice: Advice; since: number } | null = null;
  return {
    tell: (advice, now) => {
      if (next?.advice !== advice) next = { advice, since: now };
      if (shown === null) shown = { advice, at: now };
      else if (shown.advice !== advice && now - shown.at >= STAYS_MS && now - next.since >= SETTLES_MS) {
        shown = { advice, at: now };
      }
      return shown.advice;
    },
  };
}
