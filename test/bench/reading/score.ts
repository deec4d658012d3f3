// Judges readings against what is printed, and counts.
import { editDistance } from '../lines/edit-distance.ts';
import type { ReadAnswer } from './read-rows.ts';

/** A row of `truth.jsonl`; no lines where the picture shows no zone. */
export interface TruthRow {
  image: string;
  format: string;
  lines: string[];
  /** Of our own set: which degradation, and how strong. */
  axis?: string;
  step?: number;
}

/** What became of one picture. Marked: a low-confidence mark, or a change that is told. */
export type Outcome = 'exact' | 'differs-marked' | 'differs-unmarked' | 'missed' | 'false-find' | 'none';

export interface ScoredRow extends TruthRow {
  answer: ReadAnswer;
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

function outcomeOf(truth: TruthRow, answer: ReadAnswer): Outcome {
  const read = answer.status === 'read';
  if (truth.lines.length === 0) return read ? 'false-find' : 'none';
  if (!read) return 'missed';
  if (answer.lines.join('\n') === truth.lines.join('\n')) return 'exact';
  return answer.lowConfidence + answer.corrections > 0 ? 'differs-marked' : 'differs-unmarked';
}

/** One picture's reading beside its truth. */
export function scored(truth: TruthRow, answer: ReadAnswer): ScoredRow {
  const outcome = outcomeOf(truth, answer);
  const characters = truth.lines.join('').length;
  const errors = outcome === 'missed' ? characters : errorsOf(answer.lines, truth.lines);
  return { ...truth, answer, outcome, errors, characters };
}

/** The value below which so large a part of the values lies; 0 for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}

/** The figures of a set, each name beginning with `prefix`. */
export function figuresOf(rows: readonly ScoredRow[], prefix = ''): Record<string, number> {
  const zones = rows.filter(({ lines }) => lines.length > 0);
  const empty = rows.filter(({ lines }) => lines.length === 0);
  const exact = zones.filter(({ outcome }) => outcome === 'exact');
  const wrong = zones.filter(({ outcome }) => outcome.startsWith('differs'));
  const holding = wrong.filter(({ answer }) => answer.digitsHold);
  const sum = (of: (row: ScoredRow) => number): number => zones.reduce((total, row) => total + of(row), 0);
  const cpu = rows.map(({ answer }) => answer.cpuMs);
  const wall = rows.map(({ answer }) => answer.wallMs);
  const figures: Record<string, number> = {
    pictures: rows.length,
    answered: rows.filter(({ answer }) => answer.status !== 'unreadable').length,
    withZone: zones.length,
    exact: exact.length,
    exactPercent: percent(exact.length, zones.length),
    missed: zones.filter(({ outcome }) => outcome === 'missed').length,
    characterErrorPercent: percent(
      sum(({ errors }) => errors),
      sum(({ characters }) => characters),
    ),
    wrongDigitsHold: holding.length,
    wrongDigitsHoldMarked: holding.filter(({ outcome }) => outcome === 'differs-marked').length,
    wrongUnmarked: wrong.filter(({ outcome }) => outcome === 'differs-unmarked').length,
    exactLowConfidencePercent: percent(
      exact.filter(({ answer }) => answer.lowConfidence > 0).length,
      exact.length,
    ),
    exactMarkedPercent: percent(
      exact.filter(({ answer }) => answer.lowConfidence + answer.corrections > 0).length,
      exact.length,
    ),
    withoutZone: empty.length,
    falseFinds: empty.filter(({ outcome }) => outcome === 'false-find').length,
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
  }
  return prefix === ''
    ? figures
    : Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}:${name}`, value]));
}
