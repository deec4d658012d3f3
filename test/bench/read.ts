// Measures reading: our own set of degradations by strength, or a folder's; and the same by stock tesseract.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chartOf } from './reading/chart.ts';
import { CORPUS, truthRows } from './reading/corpus.ts';
import { drawSet } from './reading/drawn-set.ts';
import { compareWithOthers } from './reading/others.ts';
import { readRows } from './reading/read-rows.ts';
import { figuresOf, type ScoredRow, scored, type TruthRow } from './reading/score.ts';
import { withFigures } from './reading/table.ts';

export interface ReadOptions {
  seed: number;
  /** A folder with `truth.jsonl` instead of our own set: rows with `image`, `format`, `lines`. */
  set?: string;
  /** Draws the chart and writes the figures of docs/reading.md, too. */
  chart?: boolean;
}

type Figures = Record<string, number>;

const DOCS = join(dirname(dirname(import.meta.dirname)), 'docs');
/** Pictures that the others read as well: spread over the set, with and without a zone. */
const COMPARED = 24;
const COMPARED_WITHOUT_ZONE = 8;
/** The first strengths of each degradation are what a counter sees every day. */
const MILD_STEPS = 2;

async function readFolder(folder: string, truth: readonly TruthRow[]) {
  const images = truth.map(({ image }) => image);
  const { answers, peakMb } = await readRows(folder, images, ({ image }, done) => {
    if (done % 25 === 0 || done === images.length) {
      process.stderr.write(`${done} of ${images.length} read, the last ${image}\n`);
    }
  });
  const rows = truth.flatMap((row, i) => {
    const answer = answers[i];
    return answer === undefined ? [] : [scored(row, answer)];
  });
  return { rows, peakMb };
}

function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / most)]).filter(
    (one) => one !== undefined,
  );
}

function forComparison(rows: readonly ScoredRow[]): ScoredRow[] {
  return [
    ...spread(
      rows.filter(({ lines }) => lines.length > 0),
      COMPARED,
    ),
    ...spread(
      rows.filter(({ lines }) => lines.length === 0),
      COMPARED_WITHOUT_ZONE,
    ),
  ];
}

function tellDiffering(rows: readonly ScoredRow[]): void {
  for (const { image, outcome, lines, answer } of rows) {
    if (outcome === 'exact' || outcome === 'none') continue;
    process.stderr.write(`${outcome} ${image}\n`);
    if (outcome === 'missed') continue;
    lines.forEach((line, i) => process.stderr.write(`  ${line}\n  ${answer.lines[i] ?? ''}\n`));
  }
}

/** What `--set` reads, or the corpus: the figures of one folder, with the others beside. */
async function folderFigures(folder: string, prefix = ''): Promise<Figures> {
  const { rows, peakMb } = await readFolder(folder, truthRows(folder));
  tellDiffering(rows);
  const others = await compareWithOthers(folder, forComparison(rows));
  const named = Object.entries({ peakMemoryMb: peakMb, ...others }).map(
    ([name, value]) => [prefix === '' ? name : `${prefix}:${name}`, value] as const,
  );
  return { ...figuresOf(rows, prefix), ...Object.fromEntries(named) };
}

async function ownSet(seed: number): Promise<{ rows: ScoredRow[]; figures: Figures }> {
  const folder = mkdtempSync(join(tmpdir(), 'reading-set-'));
  try {
    await drawSet(folder, seed);
    const { rows, peakMb } = await readFolder(folder, truthRows(folder));
    const whole = rows.filter(({ axis }) => axis !== 'covered');
    const mild = whole.filter(({ step }) => step !== undefined && step < MILD_STEPS);
    tellDiffering(mild);
    const covered = rows.filter(({ axis }) => axis === 'covered');
    const figures: Figures = {
      ...figuresOf(whole),
      peakMemoryMb: peakMb,
      ...figuresOf(mild, 'mild'),
      'covered:pictures': covered.length,
      'covered:wrongUnmarked': covered.filter(({ outcome }) => outcome === 'differs-unmarked').length,
      // On mild pictures: on hard ones nobody but us would have a chance.
      ...(await compareWithOthers(
        folder,
        forComparison(whole.filter(({ step }) => step === undefined || step < MILD_STEPS)),
      )),
    };
    return { rows, figures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What this version claims. Processor time beside native tesseract is a figure only: its aim is not reached yet. */
function goalsOf(figures: Figures): Record<string, boolean> {
  const at = (name: string): number => figures[name] ?? Number.NaN;
  const goals: Record<string, boolean> = {
    'every picture is answered': at('answered') === at('pictures'),
    'at least 98 of 100 mild pictures are exact': at('mild:exactPercent') >= 98,
    'no mild picture is read wrong without a mark': at('mild:wrongUnmarked') === 0,
    'at most one in ten exact mild readings carries a low-confidence mark':
      at('mild:exactLowConfidencePercent') <= 10,
    'nothing is found on pages without a zone': at('falseFinds') === 0,
  };
  if (figures['corpus:pictures'] !== undefined) {
    goals['corpus: every picture is answered'] = at('corpus:answered') === at('corpus:pictures');
    goals['corpus: at least 28 of the 33 are exact'] = at('corpus:exact') >= 28;
    goals['corpus: no wrong text whose digits hold goes unmarked'] =
      at('corpus:wrongDigitsHold') === at('corpus:wrongDigitsHoldMarked');
  }
  return goals;
}

/** Our own set from the seed and, where it lies beside the project, the corpus; or one folder alone, without goals. */
export async function bench(
  options: ReadOptions,
): Promise<{ figures: Figures; goals: Record<string, boolean> }> {
  const { seed, set, chart = false } = options;
  if (set !== undefined) {
    if (truthRows(set).length === 0) throw new Error('no truth.jsonl in the set');
    const figures = await folderFigures(set);
    return { figures, goals: { 'every picture is answered': figures.answered === figures.pictures } };
  }
  const { rows, figures } = await ownSet(seed);
  if (chart) {
    const page = join(DOCS, 'reading.md');
    mkdirSync(join(DOCS, 'pictures'), { recursive: true });
    writeFileSync(join(DOCS, 'pictures', 'reading.svg'), chartOf(rows));
    writeFileSync(page, withFigures(readFileSync(page, 'utf8'), seed, rows, figures));
  }
  if (truthRows(CORPUS).length > 0) Object.assign(figures, await folderFigures(CORPUS, 'corpus'));
  return { figures, goals: goalsOf(figures) };
}
