// Cuts, treats and reads strips, and remembers what it has read.
import { costOfRow } from './align.ts';
import { type RowReading, standing } from './assemble.ts';
import { FORMATS } from '../mrz/formats.ts';
import { frameAt, type Grid } from './grid.ts';
import { cutStrip, sharpen, stretchContrast, type StripSource } from './strips.ts';
import { TEMPLATES } from './templates.ts';
import type { RecognisedCharacter, Recognise } from './types.ts';
import type { ColumnWindow } from './windows.ts';

/** How a strip is cut and prepared. Different treatments of one row make independent readings. */
export interface Treatment {
  /** Height of a capital in pixels, and room above and below in capitals. */
  cap: number;
  padding: number;
  stretch: boolean;
  /** Unsharp mask with this sigma in capitals; 0 is none. */
  sharpen: number;
  /** Room beside the first and last column, in places, from the column's centre. */
  edge: number;
}

export const PLAIN: Treatment = { cap: 30, padding: 0.3, stretch: true, sharpen: 0, edge: 0.85 };

/** A run of places of the grid. */
export interface Range {
  from: number;
  to: number;
}

export interface StripReader {
  readRow: (
    source: StripSource,
    grid: Grid,
    line: number,
    range: Range,
    treatment: Treatment,
  ) => Promise<RowReading>;
  /** How many strips were recognised so far. */
  count: () => number;
}

function keyOf(source: StripSource, grid: Grid, line: number, range: Range, treatment: Treatment): string {
  const ends = [range.from, range.to].map((place) => frameAt(grid, place, line));
  const numbers = ends.flatMap(({ point, down }) => [point.x, point.y, down.x, down.y]);
  const { scale, mirrored = false, negative = false } = source;
  const seen = `${scale.toFixed(4)} ${mirrored} ${negative}`;
  return [...numbers.map((n) => n.toFixed(1)), seen, JSON.stringify(treatment)].join();
}

/** A reader of strips over one document; `before` is called ahead of each recognition and may throw. */
export function createStripReader(recognise: Recognise, before: () => void): StripReader {
  const known = new Map<string, RecognisedCharacter[]>();
  return {
    count: () => known.size,
    readRow: async (source, grid, line, range, treatment) => {
      const from = range.from - treatment.edge;
      const to = range.to + treatment.edge;
      const key = keyOf(source, grid, line, { from, to }, treatment);
      const held = known.get(key);
      if (held !== undefined) return { characters: held, from, to };
      before();
      let strip = cutStrip(source, grid, { line, from, to, cap: treatment.cap, padding: treatment.padding });
      if (treatment.sharpen > 0) strip = sharpen(strip, treatment.sharpen * treatment.cap, 1.5);
      if (treatment.stretch) strip = stretchContrast(strip);
      const characters = await recognise(strip);
      known.set(key, characters);
      return { characters, from, to };
    },
  };
}

/** Fewer characters than this, without fillers, say nothing of how varied print is. */
const ENOUGH_CHARACTERS = 20;
/**
 * Kinds of characters, evenly counted: windows and dots read as 2 to 5; of the rows of a zone, upside down or mirrored as
 * well, one of two at least as 6.7, while a row of fillers upside down is 3.
 */
const FEWEST_KINDS = 5;

/**
 * True when a reading repeats the same few characters, as patterns read: windows of a house, the dots of a print.
 * Fillers do not count: rows of zones are full of them.
 */
export function isPattern({ characters }: RowReading): boolean {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { char } of characters) {
    if (char === '<') continue;
    counts.set(char, (counts.get(char) ?? 0) + 1);
    total++;
  }
  if (total < ENOUGH_CHARACTERS) return false;
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / total) * Math.log(count / total);
  return Math.exp(entropy) < FEWEST_KINDS;
}

/** A row that costs more in every format is none of a zone; one not surely read may cost less. */
const MOST_COST = 9;
const MOST_UNSURE_COST = 5;
const SURE_TRUST = 0.86;

/** True when a reading is like no row of any format of so many rows. */
export function isHopeless(
  reading: RowReading,
  rows: number,
  windowsOf: (columns: number) => readonly ColumnWindow[],
): boolean {
  const { characters } = reading;
  const trust = characters.reduce((sum, c) => sum + c.confidence, 0) / Math.max(1, characters.length);
  if (trust < 0.6) return true;
  const most = trust < SURE_TRUST ? MOST_UNSURE_COST : MOST_COST;
  for (const format of Object.values(FORMATS)) {
    if (format.rows !== rows || Math.abs(characters.length - format.columns - 3) > 13) continue;
    for (const { start } of windowsOf(format.columns)) {
      const standingRow = standing(reading, { start, scale: 1 });
      if (TEMPLATES[format.id].some((template) => costOfRow(standingRow, template, format, most) <= most)) {
        return false;
      }
    }
  }
  return true;
}
