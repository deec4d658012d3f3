// From the raw readings of a zone's rows to lines of a format: tries formats and windows, and weighs them.
import { judgeCheckDigits } from '../mrz/check-digits-of.ts';
import {
  CHECK_DIGIT_IDS,
  type Format,
  type FormatId,
  FORMATS,
  fieldRow,
  formatOf,
  type Place,
} from '../mrz/formats.ts';
import { type Alignment, alignRow, type PlacedCharacter, type StandingCharacter } from './align.ts';
import { isDigitFor, settleState } from './state-codes.ts';
import { TEMPLATES } from './templates.ts';
import type { RecognisedCharacter } from './types.ts';
import type { ColumnWindow } from './windows.ts';

/** The raw reading of one strip, and the places of the grid at its edges. */
export interface RowReading {
  characters: RecognisedCharacter[];
  from: number;
  to: number;
}

/** Where the columns of one row are: column c is the place `start + scale * c` of the grid. */
export interface RowColumns {
  start: number;
  scale: number;
}

export interface Assembly {
  format: FormatId;
  /** How well the grid's ink fits the row length, 0 to 1. */
  windowScore: number;
  /** Per row, as measured on the reading. */
  columns: RowColumns[];
  rows: Alignment[];
  lines: string[];
  digits: { holds: number; fails: number };
  /** How many characters of every row go on beside it: the rows are likely longer than the format. */
  beside: number;
  /** What speaks against the reading: changes, displacements, odd names; 0 is none. */
  cost: number;
  /** The same per row, with doubt of the recogniser added. */
  rowCosts: number[];
  /** Mean trust of the recogniser, 0 to 1. */
  confidence: number;
  /** For comparing assemblies with one another only. */
  score: number;
}

/** Three check digits that hold, and none that fails, tell where the columns begin. */
export function isFounded({ digits }: Assembly): boolean {
  return digits.fails === 0 && digits.holds >= 3;
}

/** The columns of a visa begin alike in both of its formats, and no check digit stands where the shorter one ends. */
export function endsFreely({ format }: Assembly): boolean {
  return format === 'MRV-B';
}

/** Where each character of a reading stands, in columns. */
export function standing(reading: RowReading, columns: RowColumns): StandingCharacter[] {
  return reading.characters.map(({ x, ...character }) => ({
    ...character,
    column: (reading.from + x * (reading.to - reading.from) - columns.start) / columns.scale,
  }));
}

function textOf(rows: readonly Alignment[], place: Place): string {
  return rows[place.row]!.places.slice(place.start, place.end)
    .map((character) => character.char)
    .join('');
}

function write(rows: readonly Alignment[], place: Place, text: string): void {
  const { places } = rows[place.row]!;
  [...text].forEach((char, index) => {
    const old = places[place.start + index]!;
    if (old.char === char) return;
    const changed: PlacedCharacter = {
      ...old,
      char,
      confidence: Math.min(0.5, old.confidence),
      rule: 'state-code',
    };
    places[place.start + index] = changed;
  });
}

/**
 * What the recogniser is sure of is not made into another state: an unknown code is for the officer to see. A digit
 * is, like in a name: it cannot rightly stand there.
 */
const SURE = 0.9;

function isSureOf(rows: readonly Alignment[], place: Place, text: string): boolean {
  return [...text].some((char, index) => {
    const read = rows[place.row]!.places[place.start + index]!;
    return read.char !== char && read.confidence >= SURE && !isDigitFor(read.char, char);
  });
}

/** Writes the state codes that the readings stand for; tells which of the two are codes that exist. */
function settleStates(format: Format, rows: readonly Alignment[]): { issuer: boolean; nationality: boolean } {
  const issuerAt = fieldRow(format, 'issuer')!;
  const nationalityAt = fieldRow(format, 'nationality');
  const issuerRead = textOf(rows, issuerAt);
  const nationalityRead = nationalityAt === null ? '' : textOf(rows, nationalityAt);
  const known = (code: string): string | null => (settleState(code, null) === code ? code : null);
  const settle = (at: Place, read: string, other: string | null): string | null => {
    const code = settleState(read, other);
    if (code === null || isSureOf(rows, at, code)) return null;
    write(rows, at, code);
    return code;
  };
  const issuer = settle(issuerAt, issuerRead, known(nationalityRead));
  // A format that prints no nationality has nothing that could be unknown.
  if (nationalityAt === null) return { issuer: issuer !== null, nationality: issuer !== null };
  const nationality = settle(nationalityAt, nationalityRead, issuer);
  return { issuer: issuer !== null, nationality: nationality !== null };
}

/** How far a name field is from the shape of a name (Doc 9303-3 §4.6), 0 when it has it. */
function nameOddity(name: string): number {
  let cost = 0;
  if (!/^[A-Z]/.test(name)) cost += 1;
  if (!/<</.test(name) && name.endsWith('<')) cost += 0.8;
  if (/<<<+[A-Z]/.test(name)) cost += 1.2;
  if (/<<[A-Z<]*[A-Z]<<+[A-Z]/.test(name)) cost += 0.6;
  return cost;
}

/** A document code that the format does not know speaks against it, one that names another format most of all. */
function codeCost(format: Format, lines: readonly string[]): number {
  const letter = lines[0]![0]!;
  if (letter === 'V' ? format.codeLetters !== 'V' : formatOf(lines)?.id !== format.id) return 4;
  return format.codeLetters.includes(letter) ? 0 : 1.2;
}

/** Rows of one zone begin together; a slanted view and a miscounted place leave less than this between them. */
const MOST_STAGGER = 1.2;
const STAGGER_COST = 1.5;

function staggerCost(columns: readonly RowColumns[]): number {
  const starts = columns.map(({ start }) => start);
  return STAGGER_COST * Math.max(0, Math.max(...starts) - Math.min(...starts) - MOST_STAGGER);
}

/** What it costs for each place by which all rows go on beyond the format's first and last. */
const BESIDE_COST = 1.5;

function weigh(format: Format, columns: RowColumns[], windowScore: number, rows: Alignment[]): Assembly {
  const known = settleStates(format, rows);
  const lines = rows.map((row) => row.places.map((character) => character.char).join(''));
  const name = fieldRow(format, 'name')!;
  const oddity = nameOddity(textOf(rows, name));
  const trust = rows.map((row) => row.places.reduce((sum, c) => sum + c.confidence, 0) / format.columns);
  const rowCosts = rows.map((row, index) => {
    const shape = index === name.row ? oddity : 0;
    const state = index === 0 && !known.issuer ? 0.7 : 0;
    return row.cost + 10 * (1 - trust[index]!) + shape + state;
  });
  const judged = judgeCheckDigits(format, lines);
  const states = CHECK_DIGIT_IDS.map((id) => judged[id].state);
  const holds = states.filter((state) => state === 'holds').length;
  const fails = states.filter((state) => state === 'fails').length;
  const beside = Math.min(...rows.map((row) => row.beside));
  const confidence = trust.reduce((sum, part) => sum + part, 0) / rows.length;
  const cost = rows.reduce((sum, row) => sum + row.cost, 0) + 0.5 * oddity;
  const score =
    6.5 * (holds / Math.max(1, holds + fails)) +
    (fails === 0 && holds > 1 ? 1 : 0) +
    (known.issuer ? 1 : 0) +
    (known.nationality ? 0.6 : 0) +
    4 * windowScore -
    codeCost(format, lines) -
    BESIDE_COST * beside -
    staggerCost(columns) -
    cost -
    8 * (1 - confidence);
  return {
    format: format.id,
    windowScore,
    columns,
    rows,
    lines,
    digits: { holds, fails },
    beside,
    cost,
    rowCosts,
    confidence,
    score,
  };
}

/** The reading laid into one format, each row on its own columns. */
export function assembleAs(
  format: Format,
  columns: readonly RowColumns[],
  windowScore: number,
  readings: readonly RowReading[],
): Assembly {
  const rows = readings.map((reading, index) =>
    alignRow(standing(reading, columns[index]!), TEMPLATES[format.id][index]!, format),
  );
  const measured = rows.map(({ line }, index) => {
    const { start, scale } = columns[index]!;
    return { start: start + line.first * scale, scale: scale * line.scale };
  });
  return weigh(format, measured, windowScore, rows);
}

/** The best assembly over all formats of so many rows and the windows of their length; null when there is none. */
export function assemble(
  readings: readonly RowReading[],
  windowsOf: (columns: number) => readonly ColumnWindow[],
): Assembly | null {
  let best: Assembly | null = null;
  for (const format of Object.values(FORMATS)) {
    if (format.rows !== readings.length) continue;
    for (const { start, score } of windowsOf(format.columns)) {
      const columns = readings.map(() => ({ start, scale: 1 }));
      const assembly = assembleAs(format, columns, score, readings);
      if (best === null || assembly.score > best.score) best = assembly;
    }
  }
  return best;
}

/** Re-weighs rows whose characters were chosen anew, for instance by a vote. */
export function reweigh(assembly: Assembly, rows: Alignment[]): Assembly {
  return weigh(FORMATS[assembly.format], assembly.columns, assembly.windowScore, rows);
}
