// A keyboard-wedge reader's burst of keys to MRZ rows: row ends, keyboard layouts, and what makes rows hold best.
import { parseMrz } from '../../shared/mrz/parse.ts';
import { BURST_LAYOUTS, type BurstKey, type BurstLayout, characterOfCode, isSign } from './wedge-layouts.ts';

/** Fewest characters that can be a reading: one row of a card less a lost end. */
export const SHORTEST_BURST = 28;
/** Longest median pause between keys, in milliseconds; nobody types so fast. */
export const LONGEST_MEDIAN_GAP_MS = 50;

export interface BurstReading {
  /** The rows as meant, in MRZ characters. */
  lines: string[];
  /** The rows as the machine's own layout showed them. */
  rawLines: string[];
  layout: BurstLayout['id'];
}

/** Row lengths of ICAO Doc 9303 (parts 4 to 7), by the number of characters in one run. */
const ROWS_OF_RUN: Readonly<Record<number, number>> = { 88: 44, 72: 36, 90: 30 };
/** Only the check digits count here, and they do not depend on the day. */
const ANY_DAY = '2000-01-01';

type Sign = BurstKey | 'row-end';

/** Whether the keys came as fast as a machine's. */
export function isMachineFast(keys: readonly BurstKey[]): boolean {
  const gaps: number[] = [];
  for (let i = 1; i < keys.length; i++) gaps.push((keys[i]?.atMs ?? 0) - (keys[i - 1]?.atMs ?? 0));
  gaps.sort((a, b) => a - b);
  return gaps.length > 0 && (gaps[gaps.length >> 1] ?? Number.POSITIVE_INFINITY) <= LONGEST_MEDIAN_GAP_MS;
}

/**
 * Reads a burst of keys as an MRZ. CR (`Enter`), LF (`LF` or a line feed) and `Tab` end rows; without any,
 * rows are told by length: 2x44, 2x36, 3x30. Each layout of the table is tried; the one whose rows parse with
 * the most check digits is taken. Null where the burst is too short, too slow, or no MRZ by any layout.
 */
export function interpretBurst(keys: readonly BurstKey[]): BurstReading | null {
  const signs = keys.map(toSign).filter((sign) => sign !== null);
  const characters = signs.filter((sign) => sign !== 'row-end');
  if (characters.length < SHORTEST_BURST || !isMachineFast(keys)) return null;

  const raw = rowsOf(signs.map((sign) => (sign === 'row-end' ? '\n' : sign.key)));
  let best: { reading: BurstReading; score: number } | null = null;
  for (const layout of BURST_LAYOUTS) {
    const filler = fillerKey(characters, layout);
    const text = signs.map((sign) => (sign === 'row-end' ? '\n' : meant(sign, layout)));
    for (const lines of [rowsOf(text), rowsOf(text.filter((sign) => sign !== '\n'))]) {
      const held = scoreRows(lines);
      const score = held + (layout.fits(filler) ? 0.5 : 0);
      if (held > 0 && (best === null || score > best.score)) {
        best = { reading: { lines, rawLines: raw, layout: layout.id }, score };
      }
    }
  }
  return best?.reading ?? null;
}

/** Keys that carry nothing (shift, escape, function keys, framing controls) give null. */
function toSign(key: BurstKey): Sign | null {
  if (['Enter', 'Tab', 'LF', '\n', '\r', '\t', '\r\n'].includes(key.key)) return 'row-end';
  if (key.key === 'Dead' || key.key === 'Unidentified') return key.code === '' ? null : key;
  if (/^\p{C}/u.test(key.key)) return null;
  return isSign(key.key) ? key : null;
}

/** The base letter of an accented one; upper case. */
function plain(key: string): string {
  return key.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}

function direct(key: BurstKey, layout: BurstLayout): string {
  if (layout.by === 'code') return characterOfCode(key.code);
  const mapped = layout.signs[key.key.toLowerCase()];
  if (mapped !== undefined) return mapped;
  const last = plain(key.key).slice(-1);
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
    return 20 + 4 * held - failed;
  }
  const text = lines.join('');
  const fillers = text.split('<').length - 1;
  return fillers >= 2 && fillers < text.length / 1.3 && /^[PIACV]/.test(text) ? 1 : 0;
}
