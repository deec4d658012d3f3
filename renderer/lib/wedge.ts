// A keyboard-wedge reader's burst of keys to MRZ rows: row ends, keyboard layouts, and what makes rows hold best.
import { FORMATS } from '../../shared/mrz/formats.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { BURST_LAYOUTS, type BurstKey, type BurstLayout, characterOfCode, isSign } from './wedge-layouts.ts';

/** Fewest characters that can be a reading: one row of a card less a lost end. */
const SHORTEST_BURST = 28;
/** Longest median pause between keys, in milliseconds; nobody types so fast. */
const LONGEST_MEDIAN_GAP_MS = 50;

export interface BurstReading {
  /** The rows as meant, in MRZ characters. */
  lines: string[];
  /** The rows as the machine's own layout showed them. */
  rawLines: string[];
  layout: BurstLayout['id'];
  /** False where the rows have the shape of no format: something is missing, and more may still come. */
  isWhole: boolean;
}

/** Row lengths of ICAO Doc 9303 (parts 4 to 7), by the number of characters in one run. */
const ROWS_OF_RUN: Readonly<Record<number, number>> = { 88: 44, 72: 36, 90: 30 };
/** Runs that are the beginning of no longer one; 72 characters may go on to 90. */
const LAST_RUNS: ReadonlySet<number> = new Set([88, 90]);
const ROW_LENGTHS: ReadonlySet<number> = new Set(Object.values(FORMATS).map(({ columns }) => columns));
/** Only the check digits count here, and they do not depend on the day. */
const ANY_DAY = '2000-01-01';

/** What the keys are worth beside check digits: `rather` outweighs one digit, which may hold by chance. */
const FITS = { surely: 100, rather: 5.5, not: 0 } as const;
/** Score from which on rows parse; failing digits take at most five from the score of rows that do. */
const PARSED = 15;

type Sign = BurstKey | 'row-end';

/** Whether the keys came as fast as a machine's. */
function isMachineFast(keys: readonly BurstKey[]): boolean {
  const gaps: number[] = [];
  for (let i = 1; i < keys.length; i++) gaps.push((keys[i]?.atMs ?? 0) - (keys[i - 1]?.atMs ?? 0));
  gaps.sort((a, b) => a - b);
  return gaps.length > 0 && (gaps[gaps.length >> 1] ?? Number.POSITIVE_INFINITY) <= LONGEST_MEDIAN_GAP_MS;
}

/**
 * Reads a burst of keys as an MRZ. CR (`Enter`), LF (`LF` or a line feed) and `Tab` end rows; without any,
 * rows are told by length: 2x44, 2x36, 3x30. Of the layouts that can be, the one whose rows parse with the most
 * check digits is taken. Null where the burst is too short, too slow, or no MRZ by any layout.
 */
export function interpretBurst(keys: readonly BurstKey[]): BurstReading | null {
  const signs = withoutAccents(keys)
    .map(toSign)
    .filter((sign) => sign !== null);
  const characters = signs.filter((sign) => sign !== 'row-end');
  if (characters.length < SHORTEST_BURST || !isMachineFast(keys)) return null;

  const hasFigures = characters.some(({ key }) => /^[0-9]$/.test(key));
  const hasUsPlaces = characters.every(
    ({ key, code }) => !/^[yz]$/i.test(key) || `Key${key.toUpperCase()}` === code,
  );
  // A key without a sign of its own (a dead key) still has its place.
  const shown = (key: string) => ([...key].length === 1 ? key : '?');
  const raw = rowsOf(signs.map((sign) => (sign === 'row-end' ? '\n' : shown(sign.key))));
  let best: { reading: BurstReading; score: number } | null = null;
  for (const layout of BURST_LAYOUTS) {
    const evidence = { filler: fillerKey(characters, layout), hasUsPlaces, hasFigures };
    if (!layout.allows(evidence)) continue;
    const text = signs.map((sign) => (sign === 'row-end' ? '\n' : meant(sign, layout)));
    const rows = rowsOf(text);
    // Rows that end where a document's do are not joined: what is there of a card may be as long as two other rows.
    const isBroken = rows.length > 1 && !ROW_LENGTHS.has(rows[0]?.length ?? 0);
    for (const lines of isBroken ? [rows, rowsOf(text.filter((sign) => sign !== '\n'))] : [rows]) {
      const held = scoreRows(lines);
      const score = held + FITS[layout.fits(evidence)];
      if (held > 0 && (best === null || score > best.score)) {
        best = { reading: { lines, rawLines: raw, layout: layout.id, isWhole: held >= PARSED }, score };
      }
    }
  }
  return best?.reading ?? null;
}

/**
 * The reading that keys hold already, where no row can follow: its rows end where those of a format do, or it is one
 * run as long as a passport's or a card's. Null for any other, be it whole.
 */
export function completeReading(keys: readonly BurstKey[]): BurstReading | null {
  const rows = rowLengths(keys);
  const run = rows.reduce((all, length) => all + length, 0);
  const hasShape = Object.values(FORMATS).some(
    (format) => format.rows === rows.length && rows.every((length) => length === format.columns),
  );
  if (!hasShape && !LAST_RUNS.has(run)) return null;
  const reading = interpretBurst(keys);
  return reading?.isWhole === true ? reading : null;
}

/** How many signs stand between row ends; empty rows are none. */
function rowLengths(keys: readonly BurstKey[]): number[] {
  const lengths = [0];
  for (const key of keys) {
    if (!isRowEnd(key)) lengths.push((lengths.pop() ?? 0) + 1);
    else if (lengths.at(-1) !== 0) lengths.push(0);
  }
  return lengths.filter((length) => length > 0);
}

/** Whether a key ends a row: CR, LF or Tab, however the device sends it. */
export function isRowEnd({ key }: BurstKey): boolean {
  return ROW_ENDS.has(key);
}

const ROW_ENDS: ReadonlySet<string> = new Set(['Enter', 'Tab', 'LF', '\n', '\r', '\t', '\r\n']);

/** Keys that carry nothing (shift, escape, function keys, framing controls) give null. */
function toSign(key: BurstKey): Sign | null {
  if (isRowEnd(key)) return 'row-end';
  if (key.key === 'Dead' || key.key === 'Unidentified') return key.code === '' ? null : key;
  if (/^\p{C}/u.test(key.key)) return null;
  return isSign(key.key) ? key : null;
}

/** The letter after a dead key carries the accent of that key; any other accented letter is a sign of its own. */
function withoutAccents(keys: readonly BurstKey[]): BurstKey[] {
  return keys.map((key, at) =>
    keys[at - 1]?.key === 'Dead' ? { ...key, key: key.key.normalize('NFD').replace(/\p{M}/gu, '') } : key,
  );
}

function direct(key: BurstKey, layout: BurstLayout): string {
  if (layout.by === 'code') return characterOfCode(key.code);
  const mapped = layout.signs[key.key.toLowerCase()];
  if (mapped !== undefined) return mapped;
  const last = key.key.slice(-1).toUpperCase();
  return key.key !== 'Dead' && key.key !== 'Unidentified' && /^[A-Z0-9]$/.test(last) ? last : '';
}

/** One key is one character: a dead key has an event of its own before the letter that carries its accent. */
function meant(key: BurstKey, layout: BurstLayout): string {
  return direct(key, layout) || '<';
}

/** The commonest key that is neither letter nor digit in this layout. */
function fillerKey(keys: readonly BurstKey[], layout: BurstLayout): { key: string; code: string } | null {
  const counts = new Map<string, { key: BurstKey; count: number }>();
  for (const key of keys) {
    if (direct(key, layout) !== '') continue;
    const entry = counts.get(`${key.key} ${key.code}`) ?? { key, count: 0 };
    entry.count += 1;
    counts.set(`${key.key} ${key.code}`, entry);
  }
  const ranked = [...counts.values()].sort((a, b) => b.count - a.count);
  return ranked[0]?.key ?? null;
}

function rowsOf(signs: readonly string[]): string[] {
  const rows = signs
    .join('')
    .split('\n')
    .filter((row) => row !== '');
  const run = rows.join('');
  const width = rows.length === 1 ? ROWS_OF_RUN[run.length] : undefined;
  if (width === undefined) return rows;
  return Array.from({ length: run.length / width }, (_, row) => run.slice(row * width, (row + 1) * width));
}

/**
 * How much rows look like an MRZ: 0 not at all; each holding digit counts 4, each failing one costs 1.
 * Rows of no known length are still taken where fillers and letters stand as in an MRZ, below all that parse.
 */
function scoreRows(lines: string[]): number {
  if (lines.length === 0 || lines.length > 3) return 0;
  const reading = parseMrz(lines, { today: ANY_DAY });
  if (reading.ok) {
    const digits = Object.values(reading.checkDigits);
    const held = digits.filter((digit) => digit === 'holds').length;
    const failed = digits.filter((digit) => digit === 'fails').length;
    return PARSED + 5 + 4 * held - failed;
  }
  const text = lines.join('');
  const fillers = text.split('<').length - 1;
  return fillers >= 2 && fillers < text.length / 1.3 && /^[PIACV]/.test(text) ? 1 : 0;
}
