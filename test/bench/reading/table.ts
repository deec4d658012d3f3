// The figures of docs/reading.md, written by the benchmark between two marks; the words around them are ours.
import { arch, cpus } from 'node:os';
import { countsOf } from './chart.ts';
import { AXES } from './recipe.ts';
import type { ScoredRow } from './score.ts';

const BEGIN = '<!-- figures: written by `npm run bench -- read --chart` -->';
const END = '<!-- end of figures -->';

/** The page with its figures renewed. Throws where the page has lost its marks. */
export function withFigures(
  page: string,
  seed: number,
  rows: readonly ScoredRow[],
  figures: Record<string, number>,
): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/reading.md has lost the marks around its figures');
  const words = `${summary(seed, figures)}\n${byFormat(figures)}\n${byStrength(rows)}`;
  return `${page.slice(0, begin)}${BEGIN}\n\n${words}\n${page.slice(end)}`;
}

function summary(seed: number, figures: Record<string, number>): string {
  const at = (name: string): string => (figures[name] === undefined ? 'not measured' : String(figures[name]));
  const rows: [string, string][] = [
    ['Pictures with a zone, all strengths', at('withZone')],
    ['Exact, all strengths', `${at('exact')} (${at('exactPercent')} %)`],
    [
      'Exact, the two mildest strengths',
      `${at('mild:exact')} of ${at('mild:withZone')} (${at('mild:exactPercent')} %)`,
    ],
    ['Characters wrong, the two mildest strengths', `${at('mild:characterErrorPercent')} %`],
    ['Characters wrong, all strengths (a missed zone counts whole)', `${at('characterErrorPercent')} %`],
    ['Wrong although every check digit holds, all strengths', at('wrongDigitsHold')],
    ['… of these with a mark', at('wrongDigitsHoldMarked')],
    ['Wrong without any mark, all strengths', at('wrongUnmarked')],
    ['… of these at the two mildest', at('mild:wrongUnmarked')],
    ['Exact, yet with a low-confidence mark, the two mildest', `${at('mild:exactLowConfidencePercent')} %`],
    ['Found on pages without a zone', `${at('falseFinds')} of ${at('withoutZone')}`],
    [
      'A finger over the lowest row: wrong without a mark',
      `${at('covered:wrongUnmarked')} of ${at('covered:pictures')}`,
    ],
    ['Processor time of a picture: median, p90, worst', triple(at, 'cpu')],
    ['Wall time of a picture: median, p90, worst', triple(at, 'wall')],
    ['Peak memory of the reading process and its children', `${at('peakMemoryMb')} MiB`],
    [
      'The same mild pictures, ours / tesseract.js / native tesseract: exact',
      `${at('compared:oursExact')} / ${at('tesseractJs:exact')} / ${at('native:exact')} of ${at('tesseractJs:pictures')}`,
    ],
    [
      'The same pictures, tesseract.js / native tesseract: characters wrong',
      `${at('tesseractJs:characterErrorPercent')} % / ${at('native:characterErrorPercent')} %`,
    ],
    [
      'Our processor time over that of native tesseract: median, p90',
      `${at('native:cpuRatioMedian')}, ${at('native:cpuRatioP90')}`,
    ],
    [
      '… on pages without a zone',
      `${at('native:cpuRatioWithoutZoneMedian')}, ${at('native:cpuRatioWithoutZoneP90')}`,
    ],
  ];
  const machine = `${process.platform} ${arch()}, ${cpus().length} processors`;
  return [
    `Seed ${seed}; ${machine}, Node ${process.versions.node}.\n`,
    '| | |\n|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    '',
  ].join('\n');
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
