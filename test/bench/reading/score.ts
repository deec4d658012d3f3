// Judges readings against what is printed, and counts.
import { editDistance } from '../lines/edit-distance.ts';
import { NO_ZONE, type ReadAnswer, type ZoneAnswer } from './read-rows.ts';

/** One document of `truth.jsonl`; no lines where the picture shows no zone. */
export interface TruthRow {
  image: string;
  format: string;
  lines: string[];
  /** How many documents the picture shows; one unless told. */
  documents?: number;
  /** Of our own set: which degradation, and how strong. */
  axis?: string;
  step?: number;
}

/**
 * What became of one document. Marked: a low-confidence mark, a change that is told, or a check digit that fails;
 * unmarked: nothing on the screen warns of it.
 */
export type Outcome = 'exact' | 'differs-marked' | 'differs-unmarked' | 'missed' | 'false-find' | 'none';

export interface ScoredRow extends TruthRow {
  answer: ReadAnswer;
  /** The zone that counts for this document: the best of the picture, of several documents the nearest. */
  zone: ZoneAnswer;
  outcome: Outcome;
  /** Characters wrong, of those printed; a missed zone is wrong as a whole. */
  errors: number;
  characters: number;
}

/** Characters wrong in the lines of one zone, at most all of them. */
export function errorsOf(read: readonly string[], printed: readonly string[]): number {
  const characters = printed.join('').length;
  const errors = printed.reduce((sum, line, i) => sum + editDistance(read[i] ?? '', line), 0);
  return Math.min(errors, characters);
}

/** The printed lines in the text of a whole page, spaces apart: each against the line of the page that is nearest. */
export function foundOnPage(printed: readonly string[], text: string): { exact: boolean; errors: number } {
  const lines = text.split('\n').map((line) => line.replaceAll(/\s/gu, ''));
  const errors = printed.reduce(
    (sum, line) => sum + Math.min(line.length, ...lines.map((read) => editDistance(read, line))),
    0,
  );
  return { exact: errors === 0, errors };
}

function outcomeOf(truth: TruthRow, { status }: ReadAnswer, zone: ZoneAnswer): Outcome {
  const read = status === 'read';
  if (truth.lines.length === 0) return read ? 'false-find' : 'none';
  if (!read) return 'missed';
  if (zone.lines.join('\n') === truth.lines.join('\n')) return 'exact';
  return isMarked(zone) || !zone.digitsHold ? 'differs-marked' : 'differs-unmarked';
}

/** The officer is led to a character. */
function isMarked({ lowConfidence, corrections }: ZoneAnswer): boolean {
  return lowConfidence + corrections > 0;
}

/** The zone of a picture with several documents that belongs to this one; null where it is none of those read. */
function zoneFor(truth: TruthRow, answer: ReadAnswer): ZoneAnswer | null {
  if ((truth.documents ?? 1) === 1) return answer;
  const [nearest] = [answer, ...answer.others]
    .map((zone) => ({ zone, errors: errorsOf(zone.lines, truth.lines) }))
    .toSorted((a, b) => a.errors - b.errors);
  // Texts of two documents share fillers and little else.
  const isAnother = nearest === undefined || nearest.errors > truth.lines.join('').length * ANOTHER;
  return isAnother ? null : nearest.zone;
}

/** From so large a part of its characters on, the nearest zone is that of another document. */
const ANOTHER = 0.3;

/** One document's reading beside its truth. */
export function scored(truth: TruthRow, answer: ReadAnswer): ScoredRow {
  const found = zoneFor(truth, answer);
  const zone = found ?? NO_ZONE;
  const outcome = found === null ? 'missed' : outcomeOf(truth, answer, zone);
  const characters = truth.lines.join('').length;
  const errors = outcome === 'missed' ? characters : errorsOf(zone.lines, truth.lines);
  return { ...truth, answer, zone, outcome, errors, characters };
}

/** The value below which so large a part of the values lies; 0 for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}

/** Zones read on a picture with documents beyond as many as it shows. */
function extraFinds(rows: readonly ScoredRow[]): number {
  return rows
    .filter(({ lines, answer }) => lines.length > 0 && answer.status === 'read')
    .reduce((sum, { documents = 1, answer }) => sum + Math.max(0, 1 + answer.others.length - documents), 0);
}

/** The figures of a set, each name beginning with `prefix`. */
export function figuresOf(rows: readonly ScoredRow[], prefix = ''): Record<string, number> {
  const pictures = rows.filter(({ image }, i) => rows.findIndex((row) => row.image === image) === i);
  const zones = rows.filter(({ lines }) => lines.length > 0);
  const empty = rows.filter(({ lines }) => lines.length === 0);
  const exact = zones.filter(({ outcome }) => outcome === 'exact');
  const lowConfidence = exact.filter(({ zone }) => zone.lowConfidence > 0).length;
  const marked = exact.filter(({ zone }) => isMarked(zone)).length;
  const wrong = zones.filter(({ outcome }) => outcome.startsWith('differs'));
  const holding = wrong.filter(({ zone }) => zone.digitsHold);
  const cpu = pictures.map(({ answer }) => answer.cpuMs);
  const wall = pictures.map(({ answer }) => answer.wallMs);
  const figures: Record<string, number> = {
    pictures: pictures.length,
    answered: pictures.filter(({ answer }) => answer.status !== 'unreadable').length,
    withZone: zones.length,
    exact: exact.length,
    exactPercent: percent(exact.length, zones.length),
    exactLines: sum(zones, exactLinesOf),
    lines: sum(zones, ({ lines }) => lines.length),
    missed: zones.filter(({ outcome }) => outcome === 'missed').length,
    characterErrorPercent: characterErrorPercent(zones),
    wrongDigitsHold: holding.length,
    wrongDigitsHoldMarked: holding.filter(({ zone }) => isMarked(zone)).length,
    wrongUnmarked: wrong.filter(({ zone }) => !isMarked(zone)).length,
    exactLowConfidence: lowConfidence,
    exactLowConfidencePercent: percent(lowConfidence, exact.length),
    exactMarked: marked,
    exactMarkedPercent: percent(marked, exact.length),
    withoutZone: empty.length,
    falseFinds: empty.filter(({ outcome }) => outcome === 'false-find').length,
    extraFinds: extraFinds(pictures),
    cpuMedianMs: Math.round(quantile(cpu, 0.5)),
    cpuP90Ms: Math.round(quantile(cpu, 0.9)),
    cpuWorstMs: Math.round(quantile(cpu, 1)),
    wallMedianMs: Math.round(quantile(wall, 0.5)),
    wallP90Ms: Math.round(quantile(wall, 0.9)),
    wallWorstMs: Math.round(quantile(wall, 1)),
  };
  for (const format of [...new Set(zones.map((row) => row.format))].toSorted()) {
    const ofFormat = zones.filter((row) => row.format === format);
    figures[`${format}:pictures`] = ofFormat.length;
    figures[`${format}:exact`] = ofFormat.filter(({ outcome }) => outcome === 'exact').length;
    figures[`${format}:characterErrorPercent`] = characterErrorPercent(ofFormat);
  }
  return withPrefix(figures, prefix);
}

function sum(rows: readonly ScoredRow[], of: (row: ScoredRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function exactLinesOf({ lines, zone }: ScoredRow): number {
  return lines.filter((line, i) => zone.lines[i] === line).length;
}

/** Characters wrong, in percent of those printed; a missed zone counts whole. */
export function characterErrorPercent(rows: readonly ScoredRow[]): number {
  return percent(
    sum(rows, ({ errors }) => errors),
    sum(rows, ({ characters }) => characters),
  );
}

/** The figures with `prefix` and a colon before their names. */
export function withPrefix(figures: Record<string, number>, prefix: string): Record<string, number> {
  if (prefix === '') return figures;
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}:${name}`, value]));
}
