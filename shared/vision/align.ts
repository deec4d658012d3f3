// Lays a raw reading of one row onto the places of a format's row.
import type { Format } from '../mrz/formats.ts';
import { createNormal, observe, solve } from './least-squares.ts';
import { fitCharacter, type PlaceKind } from './templates.ts';

/** A recognised character with where it stands, in columns of the window (column 0 is the first place). */
export interface StandingCharacter {
  char: string;
  confidence: number;
  column: number;
  /** What else the recogniser saw there, likeliest first. */
  alternatives?: readonly { char: string; confidence: number }[];
}

/** What changed a character: see the catalogue's `correction.*`. */
export type CorrectionRule =
  | 'class-map'
  | 'filler-added'
  | 'taken-out'
  | 'state-code'
  | 'readings-agree'
  | 'check-digit';

export interface PlacedCharacter {
  char: string;
  confidence: number;
  /** As recognised; empty where a filler was put in. */
  raw: string;
  rule: CorrectionRule | null;
  /** Where the recogniser saw it, in columns; null for an added filler. */
  seenAt: number | null;
  /** What else the recogniser saw there, likeliest first. */
  alternatives?: readonly { char: string; confidence: number }[];
}

/** Where the columns of a row truly are, in columns of the window it was read with: `first + scale * column`. */
interface ColumnLine {
  first: number;
  scale: number;
}

export interface Alignment {
  places: PlacedCharacter[];
  line: ColumnLine;
  /** Characters that found no place, with the column before which they stood. */
  takenOut: { column: number; char: string; outside: boolean }[];
  /** How many characters, surely read, go on beside the row's first and last place. */
  beside: number;
  cost: number;
}

/** How much it costs, per column, that a character was seen beside its place. */
interface DistanceCost {
  perColumn: number;
  most: number;
}

/** A reading this far from its place (in columns) is still exact. */
const FREE_DISTANCE = 0.35;
/** At first the window may be off by a column or drift; once the line is measured, places are binding. */
const LOOSE: DistanceCost = { perColumn: 0.01, most: 0.03 };
const BINDING: DistanceCost = { perColumn: 2, most: 2.5 };
/** Junk beside the window costs little, and no more than this in total per row. */
const MOST_OUTSIDE_COST = 3;

/** Below this cost a row stands where the grid has it, and nothing needs to be measured. */
const EXACT = 0.05;

const MATCH = 1;
const TAKE_OUT = 2;
const FILL = 3;

/** Of a character that goes on beside the row: how sure it must be, and how near to the one before it. */
const SURE = 0.9;
const NEXT = 1.6;

/** The characters that go on beside the row, from its first column backwards and from its last onwards. */
function countBeside(outside: readonly number[], columns: number): number {
  const run = (distances: number[]): number => {
    const sorted = distances.filter((distance) => distance > 0).sort((a, b) => a - b);
    const gap = sorted.findIndex((distance, i) => distance - (sorted[i - 1] ?? 0) > NEXT);
    return gap < 0 ? sorted.length : gap;
  };
  return run(outside.map((column) => -column)) + run(outside.map((column) => column - (columns - 1)));
}

/** All ways to place the characters on the row's kinds of places: what the cheapest to each point costs, and its last step. */
interface Ways {
  inside: readonly StandingCharacter[];
  outside: readonly StandingCharacter[];
  columnOf: (character: StandingCharacter) => number;
  steps: Uint8Array;
  /** Of the cheapest of all. */
  cost: number;
}

function waysToPlace(
  characters: readonly StandingCharacter[],
  template: readonly PlaceKind[],
  format: Format,
  line: ColumnLine,
  distanceCost: DistanceCost,
): Ways {
  const columns = template.length;
  const columnOf = (c: StandingCharacter): number => (c.column - line.first) / line.scale;
  const slack = distanceCost === LOOSE ? 1.5 : 0.7;
  const inside = characters.filter((c) => columnOf(c) > -slack && columnOf(c) < columns - 1 + slack);
  const outside = inside.length === characters.length ? [] : characters.filter((c) => !inside.includes(c));
  const count = inside.length;
  const stride = columns + 1;
  const costs = new Float64Array((count + 1) * stride).fill(Number.POSITIVE_INFINITY);
  const steps = new Uint8Array((count + 1) * stride);
  const isFiller = (index: number): boolean => inside[index]?.char === '<';
  // What a character costs depends on the kind of its place alone: a few kinds instead of every place.
  const kinds = [...new Set(template)];
  const kindAt = template.map((kind) => kinds.indexOf(kind));
  const mayFill = template.map(
    (kind) => kind === 'letter' || kind === 'any' || kind === 'date' || kind === 'digit',
  );
  const { perColumn, most } = distanceCost;
  costs[0] = 0;
  for (let i = 0; i <= count; i++) {
    const character = inside[i];
    const stands = character === undefined ? 0 : columnOf(character);
    const fits = kinds.map((kind) =>
      character === undefined ? 0 : fitCharacter(character.char, kind, format).cost,
    );
    const inRun = character?.char === '<' && (isFiller(i - 1) || isFiller(i + 1));
    const weight = character === undefined ? 0 : 0.5 + 0.5 * character.confidence;
    const takeOut = (inRun ? 0.45 : 1) * weight;
    const besideFiller = isFiller(i - 1) || isFiller(i);
    const row = i * stride;
    for (let j = 0; j <= columns; j++) {
      const cost = costs[row + j]!;
      if (character !== undefined) {
        const below = row + stride + j;
        if (j < columns) {
          const away = Math.max(0, Math.abs(stands - j) - FREE_DISTANCE);
          const matched = cost + fits[kindAt[j]!]! + Math.min(most, perColumn * away);
          if (matched < costs[below + 1]!) {
            costs[below + 1] = matched;
            steps[below + 1] = MATCH;
          }
        }
        const taken = cost + (j === 0 || j === columns ? 0.35 * weight : takeOut);
        if (taken < costs[below]!) {
          costs[below] = taken;
          steps[below] = TAKE_OUT;
        }
      }
      if (j < columns) {
        const filled = cost + (mayFill[j] && besideFiller ? 0.25 : 1.1);
        if (filled < costs[row + j + 1]!) {
          costs[row + j + 1] = filled;
          steps[row + j + 1] = FILL;
        }
      }
    }
  }
  const junk = outside.reduce(
    (sum, c) => sum + (c.char === '<' ? 0.08 : 0.3) * (0.5 + 0.5 * c.confidence),
    0,
  );
  const cost = costs[count * stride + columns]! + Math.min(MOST_OUTSIDE_COST, junk);
  return { inside, outside, columnOf, steps, cost };
}

/** The cheapest way to place the characters on the row's kinds of places. */
function layOut(
  characters: readonly StandingCharacter[],
  template: readonly PlaceKind[],
  format: Format,
  line: ColumnLine,
  distanceCost: DistanceCost,
): Alignment {
  const { inside, outside, columnOf, steps, cost } = waysToPlace(
    characters,
    template,
    format,
    line,
    distanceCost,
  );
  const columns = template.length;
  const stride = columns + 1;
  const places: PlacedCharacter[] = [];
  const takenOut: Alignment['takenOut'] = outside.map((c) => ({
    column: Math.max(0, Math.min(columns, Math.round(columnOf(c)))),
    char: c.char,
    outside: true,
  }));
  for (let i = inside.length, j = columns; i > 0 || j > 0; ) {
    const step = steps[i * stride + j]!;
    if (step === MATCH) {
      i--;
      j--;
      const { char: raw, confidence, column, alternatives } = inside[i]!;
      const fit = fitCharacter(raw, template[j]!, format);
      const trusted = fit.char === raw && fit.cost < 1;
      places.push({
        char: fit.char,
        confidence: trusted ? confidence : confidence * 0.7,
        raw,
        rule: fit.char === raw ? null : 'class-map',
        seenAt: column,
        ...(alternatives === undefined ? {} : { alternatives }),
      });
    } else if (step === TAKE_OUT) {
      i--;
      takenOut.push({ column: j, char: inside[i]!.char, outside: false });
    } else {
      j--;
      places.push({ char: '<', confidence: 0.3, raw: '', rule: 'filler-added', seenAt: null });
    }
  }
  return {
    places: places.reverse(),
    line,
    takenOut: takenOut.sort((a, b) => a.column - b.column),
    beside: countBeside(outside.filter((c) => c.confidence >= SURE).map(columnOf), columns),
    cost,
  };
}

/** The line through the columns at which the placed characters were seen, without those far off it. */
function measureLine({ places, line }: Alignment): ColumnLine {
  const seen = places.flatMap(({ seenAt }, column) =>
    seenAt === null ? [] : [{ column, seenAt, weight: 1 }],
  );
  if (seen.length < 10) return line;
  let measured = line;
  for (let round = 0; round < 4; round++) {
    const normal = createNormal(2);
    for (const { column, seenAt, weight } of seen) observe(normal, [1, column / 22], [seenAt], weight);
    const [first, slope] = solve(normal)[0] as [number, number];
    measured = { first, scale: slope / 22 };
    for (const one of seen) {
      const away = one.seenAt - measured.first - measured.scale * one.column;
      one.weight = 1 / (1 + (away / 0.25) ** 2);
    }
  }
  return Math.abs(measured.scale - 1) > 0.15 ? line : measured;
}

/** The columns as the grid has them. */
const AS_THE_GRID: ColumnLine = { first: 0, scale: 1 };

/**
 * Lays a reading onto a row of a format. The grid says where the columns are; where the reading itself shows that
 * they lie a little otherwise (a column further, or drifting along the row), that is measured and paid for.
 */
export function alignRow(
  characters: readonly StandingCharacter[],
  template: readonly PlaceKind[],
  format: Format,
): Alignment {
  const given = layOut(characters, template, format, AS_THE_GRID, BINDING);
  const asSeen = { ...given, line: measureLine(given) };
  if (given.cost < EXACT) return asSeen;
  const loose = layOut(characters, template, format, AS_THE_GRID, LOOSE);
  const line = measureLine(loose);
  const measured = layOut(characters, template, format, line, BINDING);
  const shift = Math.abs(line.first + (line.scale - 1) * (template.length / 2));
  const drift = Math.abs(line.scale - 1) * template.length;
  const paid = Math.min(2, 0.4 * Math.max(0, shift - 0.3) + 0.2 * Math.max(0, drift - 0.3));
  return measured.cost + paid < given.cost ? { ...measured, cost: measured.cost + paid } : asSeen;
}

/** What binding places may cost less than loose ones: other characters lie outside, and none is a little off its place. */
const MOST_SPARED = MOST_OUTSIDE_COST + 1.5;

/** What `alignRow` costs, or infinity where it is surely more than `most`: that is known far sooner. */
export function costOfRow(
  characters: readonly StandingCharacter[],
  template: readonly PlaceKind[],
  format: Format,
  most: number,
): number {
  const { cost } = waysToPlace(characters, template, format, AS_THE_GRID, LOOSE);
  return cost > most + MOST_SPARED ? Number.POSITIVE_INFINITY : alignRow(characters, template, format).cost;
}
