// Reads the machine-readable zone of a document from a grey picture: the order of all steps.
import { isZone } from './accept.ts';
import { type Attempt, attemptZone, isCertain } from './attempt.ts';
import { recut, secondLooks } from './confirm.ts';
import { mirrored } from './grey.ts';
import { type Level, type Located, locate, scaleAt, sizedFor } from './locate.ts';
import { mirroredBack, readingFrom } from './result.ts';
import { type FurtherZone, readFurther, type SearchedLevel } from './several.ts';
import type { Row } from './rows.ts';
import { createStripReader, type StripReader } from './strip-reader.ts';
import type { StripSource } from './strips.ts';
import type { DocumentReading, GreyImage, ReadOptions, ReadTiming, ReadZone, Recognise } from './types.ts';
import type { Zone } from './zones.ts';

/**
 * The first level serves nearly every picture; the others follow only where it finds nothing good. What there is only
 * half like a zone is mostly one whose letters are touched: the second level sees it whole.
 */
const LEVELS: readonly Level[] = [
  { side: 1600, mostGrowth: 4, light: false, smooth: 0, worthReading: 0.45 },
  { side: 1600, mostGrowth: 4, light: false, smooth: 1.3, strongest: true, worthReading: 0.45 },
  // Larger pictures in more detail; of the others those alone whose texture the first level has smoothed away.
  { side: 1600, mostGrowth: 4, largest: 2400, light: false, smooth: 1, worthReading: 0.4 },
  // The lines of a guilloche are light on dark as well: only what looks much like a zone is read, or like one whole row.
  { side: 1600, mostGrowth: 4, light: true, smooth: 1, worthReading: 0.5 },
];

/** Zones tried per level. */
const MOST_ZONES = 5;
/** Zones of at least this quality are well formed; when three of them say nothing, there is no zone. */
const WELL_FORMED = 0.6;
/** Only a zone of this quality is looked for once more in the mirrored picture. */
const LIKE_A_ZONE = 0.8;
/** Capitals larger than this in the input are read from the working scale: more pixels would only cost time. */
const LARGE_CAPITAL = 70;
/** After so many strips that were like no row of a zone, more would not be either. */
const FRUITLESS_STRIPS = 20;
/** As many in the mirrored picture, where the zone is looked for once more. */
const FRUITLESS_MIRRORED = 6;
/** After so many zones that were patterns, others are too. */
const MOST_PATTERNS = 3;
/** A zone may hide in the noise of one level; where two see nothing else, there is none. */
const ENOUGH_NOISE = 2;
/** Below this score an attempt is not worth second looks. */
const HOPELESS_SCORE = -2;

/** Raised inside to leave all steps at once when the time is over. */
class DeadlineReached extends Error {}

interface Clock {
  checkpoint: () => void;
  timing: () => ReadTiming;
  /** Runs a step and adds its time. */
  timed: <T>(part: 'locateMs' | 'recogniseMs', step: () => T) => T;
  timedAsync: <T>(part: 'locateMs' | 'recogniseMs', step: () => Promise<T>) => Promise<T>;
}

function createClock({ now, deadlineMs, signal }: ReadOptions): Clock {
  const started = now();
  const spent = { locateMs: 0, recogniseMs: 0 };
  return {
    checkpoint: () => {
      signal?.throwIfAborted();
      if (deadlineMs !== undefined && now() - started > deadlineMs) throw new DeadlineReached();
    },
    timing: () => ({ totalMs: now() - started, ...spent }),
    timed: (part, step) => {
      const from = now();
      const value = step();
      spent[part] += now() - from;
      return value;
    },
    timedAsync: async (part, step) => {
      const from = now();
      const value = await step();
      spent[part] += now() - from;
      return value;
    },
  };
}

/** The best attempt so far; kept outside the search so that a deadline does not lose it. */
interface Search {
  best: Attempt | null;
  /** The level that gave the best attempt. */
  level: SearchedLevel | null;
  /** The best quality of all zones that were looked at. */
  quality: number;
  mirrored: boolean;
  /** How many zones were patterns: no print at all, whichever way up. */
  patterns: number;
  /** When the reader has read so many strips for nothing, the search ends. */
  mostStrips: number;
}

function isFruitless({ best, mostStrips }: Search, reader: StripReader): boolean {
  return reader.count() >= mostStrips && (best === null || best.assembly.score < 0);
}

function isEnough(attempt: Attempt | null): boolean {
  if (attempt === null) return false;
  const { digits, score, rowCosts } = attempt.assembly;
  return isCertain(attempt) || (digits.holds >= 3 && score > 8 && Math.max(...rowCosts) < 3);
}

/** The picture at the working scales of the levels; several levels share one. */
type Sizes = (level: Level) => GreyImage;

function createSizes(image: GreyImage): Sizes {
  const known = new Map<number, GreyImage>();
  return (level) => {
    const scale = scaleAt(level, image);
    const sized = known.get(scale) ?? sizedFor(level, image);
    known.set(scale, sized);
    return sized;
  };
}

/** The picture to cut strips from. The original is never copied, however it has to be seen. */
function sourceFor(
  zone: Zone,
  located: Located,
  original: GreyImage,
  seen: { mirrored?: boolean; negative?: boolean },
): StripSource {
  const large = zone.grid.cap[0] / located.scale >= LARGE_CAPITAL;
  return large ? { image: located.image, scale: 1 } : { image: original, scale: 1 / located.scale, ...seen };
}

/** Tries the zones of one level; returns how many of them were well formed. */
async function searchLevel(
  search: Search,
  located: Located,
  sourceOf: (zone: Zone) => StripSource,
  reader: StripReader,
): Promise<number> {
  const tried: Zone[] = [];
  const patterned = new Set<Row>();
  let wellFormed = 0;
  for (const zone of located.zones) {
    if (tried.length >= MOST_ZONES || search.patterns >= MOST_PATTERNS || isFruitless(search, reader)) break;
    const part = tried.some(
      (other) => zone.rows.every((row) => other.rows.includes(row)) && zone.rows.length === 1,
    );
    if (part || zone.rows.some((row) => patterned.has(row))) continue;
    tried.push(zone);
    if (zone.quality > WELL_FORMED) wellFormed++;
    const attempt = await attemptZone(reader, sourceOf(zone), zone.grid, search.mirrored);
    if (attempt === 'pattern') {
      search.patterns++;
      for (const row of zone.rows.slice(0, 2)) patterned.add(row);
      continue;
    }
    search.quality = Math.max(search.quality, zone.quality);
    if (
      attempt !== 'no-zone' &&
      (search.best === null || attempt.assembly.score > search.best.assembly.score)
    ) {
      search.best = attempt;
      search.level = { zones: located.zones, scale: 1 / located.scale, sourceOf };
    }
    if (isEnough(search.best)) break;
  }
  return wellFormed;
}

/** What every search of one picture works with. */
interface Workplace {
  image: GreyImage;
  sizes: Sizes;
  reader: StripReader;
  clock: Clock;
}

async function searchLevels(search: Search, { image, sizes, reader, clock }: Workplace): Promise<void> {
  const seen: { scale: number; level: Level }[] = [];
  let wellFormed = 0;
  let noisy = 0;
  let textured = false;
  for (const level of LEVELS) {
    const scale = scaleAt(level, image);
    const same = seen.some(
      (other) =>
        other.level.light === level.light &&
        other.level.smooth === level.smooth &&
        Math.abs(other.scale - scale) < 0.15 * scale,
    );
    if (same || (search.best !== null && isZone(search.best.assembly))) continue;
    if (level.largest !== undefined && scale <= scaleAt(LEVELS[0]!, image) && !textured) continue;
    if (level.light) {
      // All that looked like print before was the dark between light letters: what they cost is not held against these.
      search.mostStrips = Math.max(search.mostStrips, reader.count() + FRUITLESS_STRIPS / 2);
    } else if (isFruitless(search, reader)) continue;
    if (search.patterns >= MOST_PATTERNS) return;
    if (wellFormed >= 3 && (search.best === null || search.best.assembly.score < 0)) return;
    seen.push({ scale, level });
    const located = clock.timed('locateMs', () => locate(image, level, clock.checkpoint, sizes(level)));
    const sourceOf = (zone: Zone): StripSource =>
      sourceFor(zone, located, image, level.light ? { negative: true } : {});
    wellFormed += await searchLevel(search, located, sourceOf, reader);
    textured ||= located.textured;
    if (located.noise && ++noisy >= ENOUGH_NOISE) return;
  }
}

/** A mirrored zone is well formed too and reads like nothing: only then the picture is turned over. */
async function searchMirrored(search: Search, { image, sizes, reader, clock }: Workplace): Promise<void> {
  const { best, quality } = search;
  if (quality < LIKE_A_ZONE || (best !== null && isZone(best.assembly))) return;
  const mostStrips = reader.count() + FRUITLESS_MIRRORED;
  const other: Search = { best: null, level: null, quality: 0, patterns: 0, mirrored: true, mostStrips };
  const level: Level = { ...LEVELS[0]!, worthReading: LIKE_A_ZONE };
  const located = clock.timed('locateMs', () =>
    locate(image, level, clock.checkpoint, mirrored(sizes(level))),
  );
  await searchLevel(other, located, (zone) => sourceFor(zone, located, image, { mirrored: true }), reader);
  if (other.best !== null && isZone(other.best.assembly)) Object.assign(search, other);
}

/** All that was found as one reading, best first. `mirroredWidth`: of the picture, where it was turned over. */
function together(
  found: readonly FurtherZone[],
  mirroredWidth: number | null,
  timing: ReadTiming,
): DocumentReading {
  const readings = [...found]
    .sort((a, b) => b.score - a.score)
    .map(({ reading }): ReadZone => {
      const timed = { ...reading, timing };
      return mirroredWidth === null ? timed : mirroredBack(timed, mirroredWidth);
    });
  const [best, ...others] = readings;
  return others.length === 0 ? best! : { ...best!, others };
}

/**
 * Finds and reads the machine-readable zones of documents in a picture, at any angle, mirrored too. The same picture,
 * recogniser and model give the same reading. A picture without a zone gives `not-found`, and so does one of which nothing
 * was read before the deadline: `outOfTime` tells them apart.
 * Rejects with the signal's reason when aborted, and with whatever `recognise` rejects with.
 */
export async function readDocument(
  image: GreyImage,
  recognise: Recognise,
  options: ReadOptions,
): Promise<DocumentReading> {
  const clock = createClock(options);
  let recognising = false;
  const timed: Recognise = (strip) => {
    if (!recognising) options.onProgress?.('recognise');
    recognising = true;
    return clock.timedAsync('recogniseMs', () => recognise(strip));
  };
  const reader = createStripReader(timed, clock.checkpoint);
  const search: Search = {
    best: null,
    level: null,
    quality: 0,
    patterns: 0,
    mirrored: false,
    mostStrips: FRUITLESS_STRIPS,
  };
  let outOfTime = false;
  try {
    options.onProgress?.('locate');
    const workplace = { image, sizes: createSizes(image), reader, clock };
    await searchLevels(search, workplace);
    await searchMirrored(search, workplace);
    if (search.best !== null && search.best.assembly.score > HOPELESS_SCORE) {
      options.onProgress?.('confirm');
      search.best = await recut(reader, search.best);
      search.best = await secondLooks(reader, search.best);
    }
  } catch (error) {
    if (!(error instanceof DeadlineReached)) throw error;
    outOfTime = true;
  }
  const { best, level } = search;
  if (best === null || level === null || !isZone(best.assembly)) {
    return { status: 'not-found', outOfTime, timing: clock.timing() };
  }
  const first = readingFrom(best, level.scale, clock.timing());
  const found: FurtherZone[] = [{ reading: first, score: best.assembly.score }];
  try {
    await readFurther(reader, level, found);
  } catch (error) {
    if (!(error instanceof DeadlineReached)) throw error;
  }
  return together(found, search.mirrored ? image.width : null, clock.timing());
}
