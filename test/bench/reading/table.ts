// The figures of docs/reading.md, written by the benchmark between two marks; the words around them are ours.
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { countsOf } from './chart.ts';
import { AXES } from './recipe.ts';
import type { ScoredRow } from './score.ts';

const END = '<!-- end of figures -->';
const PAGE = join(dirname(dirname(dirname(import.meta.dirname))), 'docs', 'reading.md');

/** Renews the figures of one measurement in docs/reading.md. */
export function writeFigures(measurement: string, words: string): void {
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), measurement, words));
}

/** The page with the figures of one measurement renewed. Throws where the page has lost its marks. */
export function withFigures(page: string, measurement: string, words: string): string {
  const mark = `<!-- figures: written by \`npm run bench -- ${measurement} --chart\` -->`;
  const begin = page.indexOf(mark);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error('docs/reading.md has lost the marks around its figures');
  return `${page.slice(0, begin)}${mark}\n\n${words}\n${page.slice(end)}`;
}

/** What was measured on: the seed and the machine. */
export function circumstances(seed: number): string {
  const machine = `${process.platform} ${arch()}, ${cpus().length} processors`;
  return `Seed ${seed}; ${machine}, Node ${process.versions.node}.\n`;
}

/** A table of two columns without a head. */
export function plainTable(rows: readonly (readonly [name: string, value: string])[]): string {
  return ['| | |\n|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`), ''].join('\n');
}

/** The figures of reading in words. */
export function readingWords(
  seed: number,
  rows: readonly ScoredRow[],
  figures: Record<string, number>,
): string {
  return `${summary(seed, figures)}\n${byFormat(figures)}\n${byStrength(rows)}`;
}

function summary(seed: number, figures: Record<string, number>): string {
  const at = (name: string): string => (figures[name] === undefined ? 'not measured' : String(figures[name]));
  const rows: [string, string][] = [
    ['Pictures, all strengths', at('pictures')],
    ['Documents in them', at('withZone')],
    ['Exact, all strengths', `${at('exact')} (${at('exactPercent')} %)`],
    [
      'Exact, the two mildest strengths',
      `${at('mild:exact')} of ${at('mild:withZone')} (${at('mild:exactPercent')} %)`,
    ],
    ['Characters wrong, the two mildest strengths', `${at('mild:characterErrorPercent')} %`],
    ['Characters wrong, all strengths (a missed zone counts whole)', `${at('characterErrorPercent')} %`],
    ['Wrong although every check digit holds, all strengths', at('wrongDigitsHold')],
    ['… of these with a mark', at('wrongDigitsHoldMarked')],
    ['Exact, yet with a low-confidence mark, the two mildest', `${at('mild:exactLowConfidencePercent')} %`],
    ['Found on pictures without a zone', `${at('falseFinds')} of ${at('withoutZone')}`],
    ['Zones found beside those that are there', at('extraFinds')],
    [
      'A finger over the lowest row: exact, wrong in silence',
      `${at('covered:exact')}, ${at('covered:wrongInSilence')} of ${at('covered:pictures')}`,
    ],
    ['Processor time of a picture: median, p90, worst', triple(at, 'cpu')],
    ['Wall time of a picture: median, p90, worst', triple(at, 'wall')],
    ['Peak memory of the reading process and its children', `${at('peakMemoryMb')} MiB`],
  ];
  if (figures['corpus:pictures'] !== undefined) {
    const exact = `${at('corpus:exact')} of ${at('corpus:withZone')}`;
    rows.push(['Public specimens that we tune on: exact', exact]);
    rows.push(['… characters wrong', `${at('corpus:characterErrorPercent')} %`]);
    const { 'corpus:cpuRatioNativeOneThreadMedian': median, 'corpus:cpuRatioNativeOneThreadP90': p90 } =
      figures;
    if (median !== undefined)
      rows.push(['… our processor time over that of native tesseract: median, p90', `${median}, ${p90}`]);
  }
  return [circumstances(seed), plainTable(rows), ...beside(at)].join('\n');
}

/** What anyone can have, on the same mild pictures. */
function beside(at: (name: string) => string): string[] {
  const ratios = (name: string): string =>
    `${at(`cpuRatio${name}Median`)}, ${at(`cpuRatio${name}P90`)} | ` +
    `${at(`cpuRatio${name}WithoutZoneMedian`)}, ${at(`cpuRatio${name}WithoutZoneP90`)}`;
  const of = at('tesseractJs:pictures');
  return [
    '| The same mild pictures | exact | characters wrong | our processor time over theirs: median, p90 | … without a zone |',
    '|---|---|---|---|---|',
    `| Countercheck | ${at('compared:oursExact')} of ${of} | ${at('compared:oursCharacterErrorPercent')} % | | |`,
    `| tesseract.js | ${at('tesseractJs:exact')} of ${of} | ${at('tesseractJs:characterErrorPercent')} % | ${ratios('TesseractJs')} |`,
    `| native tesseract, one thread | ${at('native:exact')} of ${of} | ${at('native:characterErrorPercent')} % | ${ratios('NativeOneThread')} |`,
    `| native tesseract, its own threads | the same | the same | ${ratios('NativeDefault')} |`,
    '',
  ];
}

function triple(at: (name: string) => string, what: string): string {
  return `${at(`${what}MedianMs`)}, ${at(`${what}P90Ms`)}, ${at(`${what}WorstMs`)} ms`;
}

function byFormat(figures: Record<string, number>): string {
  const formats = Object.keys(figures).flatMap(
    (name) => /^([A-Z]+[A-Z0-9-]*):pictures$/u.exec(name)?.[1] ?? [],
  );
  return [
    '| Format | exact, mild | exact, all strengths |\n|---|---|---|',
    ...formats.map((format) => {
      const of = (prefix: string): string =>
        `${figures[`${prefix}${format}:exact`] ?? 0} of ${figures[`${prefix}${format}:pictures`] ?? 0}`;
      return `| ${format} | ${of('mild:')} | ${of('')} |`;
    }),
    '',
  ].join('\n');
}

function byStrength(rows: readonly ScoredRow[]): string {
  return [
    '| Degradation | Strength | exact | differs, marked | not found | differs in silence |\n|---|---|---|---|---|---|',
    ...AXES.flatMap(({ id, title, unit, steps }) =>
      steps.map(({ label }, step) => {
        const counts = countsOf(rows, id, step);
        const cells = (['exact', 'differs-marked', 'missed', 'differs-unmarked'] as const).map(
          (outcome) => counts.get(outcome) ?? 0,
        );
        return `| ${step === 0 ? `${title} (${unit})` : ''} | ${label} | ${cells.join(' | ')} |`;
      }),
    ),
    '',
  ].join('\n');
}
