// Lays a raw reading of one row onto the places of a format's row.
import type { Format } from '../mrz/formats.ts';
import { fitCharacter, type PlaceKind } from './templates.ts';

/** A recognised character with where it stands, in columns of the window (column 0 is the first place). */
export interface StandingCharacter {
  char: string;
  confidence: number;
  column: number;
}

/** What changed a character: see the catalogue's `correction.*`. */
export type CorrectionRule = 'class-map' | 'filler-added' | 'taken-out' | 'state-code' | 'readings-agree';

export interface PlacedCharacter {
  char: string;
  confidence: number;
  /** As recognised; empty where a filler was put in. */
  raw: string;
  rule: CorrectionRule | null;
  /** Where the recogniser saw it, in columns; null for an added filler. */
  seenAt: number | null;
}

export interface Alignment {
  places: PlacedCharacter[];
  /** Characters that found no place, with the column before which they stood. */
  takenOut: { column: number; char: string; outside: boolean }[];
  cost: number;
}

/** A reading this far from its place (in columns) is still exact; beyond, each column costs this much. */
const FREE_DISTANCE = 0.35;
const DISTANCE_COST = 2;
const MOST_DISTANCE_COST = 2.5;
/** Junk beside the window costs little, and no more than this in total per row. */
const MOST_OUTSIDE_COST = 3;

function distanceCost(distance: number): number {
  return Math.min(MOST_DISTANCE_COST, DISTANCE_COST * Math.max(0, distance - FREE_DISTANCE));
}

const MATCH = 1;
const TAKE_OUT = 2;
const FILL = 3;

/** The cheapest way to place the characters on the row's kinds of places. */
export function alignRow(
  characters: readonly StandingCharacter[],
  template: readonly PlaceKind[],
  format: Format,
): Alignment {
  const columns = template.length;
  const inside = characters.filter((c) => c.column > -0.7 && c.column < columns - 0.3);
  const outside = characters.filter((c) => !inside.includes(c));
  const count = inside.length;
  const stride = columns + 1;
  const costs = new Float64Array((count + 1) * stride).fill(Number.POSITIVE_INFINITY);
  const steps = new Uint8Array((count + 1) * stride);
  const isFiller = (index: number): boolean => inside[index]?.char === '<';
  const relax = (index: number, column: number, cost: number, step: number): void => {
    const at = index * stride + column;
    if (cost < costs[at]!) {
      costs[at] = cost;
      steps[at] = step;
    }
  };
  costs[0] = 0;
  for (let i = 0; i <= count; i++) {
    for (let j = 0; j <= columns; j++) {
      const cost = costs[i * stride + j]!;
      const character = inside[i];
      const kind = template[j];
      if (character !== undefined && kind !== undefined) {
        const fit = fitCharacter(character.char, kind, format);
        relax(i + 1, j + 1, cost + fit.cost + distanceCost(Math.abs(character.column - j)), MATCH);
      }
      if (character !== undefined) {
        const inRun = character.char === '<' && (isFiller(i - 1) || isFiller(i + 1));
        const atEnd = j === 0 || j === columns;
        const base = atEnd ? 0.35 : inRun ? 0.45 : 1;
        relax(i + 1, j, cost + base * (0.5 + 0.5 * character.confidence), TAKE_OUT);
      }
      if (kind !== undefined) {
        const mayFill = kind === 'letter' || kind === 'any' || kind === 'date' || kind === 'digit';
        relax(i, j + 1, cost + (mayFill && (isFiller(i - 1) || isFiller(i)) ? 0.25 : 1.1), FILL);
      }
    }
  }
  const places: PlacedCharacter[] = [];
  const takenOut: Alignment['takenOut'] = outside.map((c) => ({
    column: Math.max(0, Math.min(columns, Math.round(c.column))),
    char: c.char,
    outside: true,
  }));
  for (let i = count, j = columns; i > 0 || j > 0; ) {
    const step = steps[i * stride + j]!;
    if (step === MATCH) {
      i--;
      j--;
      const { char: raw, confidence, column } = inside[i]!;
      const fit = fitCharacter(raw, template[j]!, format);
      const trusted = fit.char === raw && fit.cost < 1;
      places.push({
        char: fit.char,
        confidence: trusted ? confidence : confidence * 0.7,
        raw,
        rule: fit.char === raw ? null : 'class-map',
        seenAt: column,
      });
    } else if (step === TAKE_OUT) {
      i--;
      takenOut.push({ column: j, char: inside[i]!.char, outside: false });
    } else {
      j--;
      places.push({ char: '<', confidence: 0.3, raw: '', rule: 'filler-added', seenAt: null });
    }
  }
  const junk = outside.reduce((sum, c) => sum + (c.char === '<' ? 0.08 : 0.3) * (0.5 + 0.5 * c.confidence), 0);
  return {
    places: places.reverse(),
    takenOut: takenOut.sort((a, b) => a.column - b.column),
    cost: costs[count * stride + columns]! + Math.min(MOST_OUTSIDE_COST, junk),
  };
}
