// When a reading of a live camera is taken: two frames in a row that say the same to the letter, and no document twice.
import type { DocumentReading, ReadZone } from '../../../shared/vision/types.ts';

/** A frame in which a zone was read. */
export type ReadFrame = Extract<DocumentReading, { status: 'read' }>;

/** What became of one more frame that was read. */
export type Verdict =
  | { kind: 'agreed'; reading: ReadFrame }
  /** The first, or the first after a pause: one more is needed. */
  | { kind: 'first' }
  | { kind: 'differs' }
  | { kind: 'unread' };

export interface Agreement {
  add(reading: DocumentReading, now: number): Verdict;
  /** Whether one more frame is enough, if it says the same. */
  isOpen(): boolean;
  /** Nothing that was read before counts any more. */
  forget(): void;
}

/** What was read longer ago says nothing of this frame; on a busy machine a reading takes seconds. */
const TOGETHER_MS = 15_000;

/** Compares each reading with the one before it; of more than two nothing is averaged and none is outvoted. */
export function createAgreement(): Agreement {
  let last: { reading: ReadFrame; at: number } | null = null;
  return {
    add: (reading, now) => {
      if (reading.status !== 'read') return { kind: 'unread' };
      const before = last !== null && now - last.at <= TOGETHER_MS ? last.reading : null;
      last = { reading, at: now };
      if (before === null) return { kind: 'first' };
      // Of two documents in the frame now the one and now the other may be read as the better.
      const same = zonesOf(before).find((zone) => saysTheSame(zone, reading));
      if (same === undefined) return { kind: 'differs' };
      last = null;
      return { kind: 'agreed', reading: confirmed(reading, same, before) };
    },
    isOpen: () => last !== null,
    forget: () => {
      last = null;
    },
  };
}

function saysTheSame(one: ReadZone, other: ReadZone): boolean {
  return one.format === other.format && one.lines.join('\n') === other.lines.join('\n');
}

function zonesOf({ others, ...best }: ReadFrame): ReadZone[] {
  return [best, ...(others ?? [])];
}

/** The reading with the doubts of both frames, and beside it only such zones as both have read alike. */
function confirmed(reading: ReadFrame, same: ReadZone, before: ReadFrame): ReadFrame {
  const { others: beside = [], ...best } = reading;
  const others = beside.flatMap((zone) => {
    const twin = zonesOf(before).find((other) => saysTheSame(other, zone));
    return twin === undefined ? [] : [withDoubtsOf(zone, twin)];
  });
  return { ...withDoubtsOf(best, same), ...(others.length > 0 ? { others } : {}) };
}

/** A character that one of the two frames was not sure of stays marked. */
function withDoubtsOf(zone: ReadZone, twin: ReadZone): ReadZone {
  const all = [...zone.lowConfidence, ...twin.lowConfidence].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  const lowConfidence = all.filter(
    (place, index) => place.line !== all[index - 1]?.line || place.column !== all[index - 1]?.column,
  );
  return { ...zone, lowConfidence, confidence: Math.min(zone.confidence, twin.confidence) };
}

/** Keeps a document that was taken from being taken again while it stays under the camera. */
export interface Guard {
  /** These rows are in the lane now. */
  took(lines: readonly string[]): void;
  /** These rows did not come to stand in the lane after all. */
  lost(lines: readonly string[]): void;
  /** Tells what a look saw; a document that left the frame may come again. */
  saw(isZoneThere: boolean, now: number): void;
  /** True for rows that are in the lane already and never left the frame. */
  holds(lines: readonly string[]): boolean;
  /** False once every document that was taken has left the frame. */
  isWatching(): boolean;
  /** Looking was interrupted: the time without a zone begins anew. */
  paused(): void;
}

/** More documents than this do not lie under one camera. */
const MOST_TAKEN = 6;
/** A zone is gone when so many looks in a row over this time show none; a hand that passes is shorter. */
const GONE_MS = 1_000;
const GONE_LOOKS = 4;
/**
 * A document is exchanged for another one in no less than three characters: number, its digit, the composite digit. A
 * visa has no composite digit (ICAO Doc 9303-7).
 */
const MISREAD = 2;
const MISREAD_VISA = 1;

export function createGuard(): Guard {
  let taken: string[][] = [];
  let gone: { since: number; looks: number } | null = null;
  return {
    took: (lines) => {
      taken = [...taken, [...lines]].slice(-MOST_TAKEN);
      gone = null;
    },
    lost: (lines) => {
      const at = taken.findLastIndex((known) => differing(known, lines) === 0);
      taken = taken.filter((_, index) => index !== at);
    },
    saw: (isZoneThere, now) => {
      if (isZoneThere) gone = null;
      else {
        gone ??= { since: now, looks: 0 };
        gone.looks += 1;
        if (gone.looks >= GONE_LOOKS && now - gone.since >= GONE_MS) taken = [];
      }
    },
    holds: (lines) => {
      const most = lines[0]?.startsWith('V') === true ? MISREAD_VISA : MISREAD;
      return taken.some((known) => differing(known, lines) <= most);
    },
    isWatching: () => taken.length > 0,
    paused: () => {
      gone = null;
    },
  };
}

function differing(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [one.join('\n'), other.join('\n')];
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let count = 0;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) count += 1;
  return count;
}
