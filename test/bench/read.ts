// Measures reading: our own set of degradations by strength, or a folder's; and the same by stock tesseract.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { chartOf } from './reading/chart.ts';
import { CORPUS, SetMistake, truthRows } from './reading/corpus.ts';
import { drawSet } from './reading/drawn-set.ts';
import { folderGoals, ownGoals } from './reading/goals.ts';
import { compareWithOthers } from './reading/others.ts';
import { readRows } from './reading/read-rows.ts';
import { figuresOf, type ScoredRow, scored, type TruthRow, withPrefix } from './reading/score.ts';
import { readingWords, writeFigures } from './reading/table.ts';

export interface ReadOptions {
  seed: number;
  /** A folder with `truth.jsonl` instead of our own set. */
  set?: string;
  /** Draws the chart and writes the figures of docs/reading.md, too. */
  chart?: boolean;
}

type Figures = Record<string, number>;

const PICTURES = join(dirname(dirname(import.meta.dirname)), 'docs', 'pictures');

/** How many pictures the others read as well. */
interface Share {
  withZone: number;
  withoutZone: number;
}

/** Of a folder; a small one whole. */
const FOLDER_SHARE: Share = { withZone: 90, withoutZone: 30 };
const WHOLE_FOLDER = 120;
/** Of our own set, whose pictures they read slowly. */
const OWN_SHARE: Share = { withZone: 24, withoutZone: 16 };
/** The first strengths of each degradation are what a counter sees every day. */
const MILD_STEPS = 2;

async function readFolder(folder: string, truth: readonly TruthRow[]) {
  const images = [...new Set(truth.map(({ image }) => image))];
  const { answers, peakMb } = await readRows(folder, images, ({ image, status, code }, done) => {
    if (status === 'unreadable') process.stderr.write(`${image} cannot be read: ${code ?? status}\n`);
    if (done % 25 === 0 || done === images.length) process.stderr.write(`${done} of ${images.length} read\n`);
  });
  const byImage = new Map(answers.map((answer) => [answer.image, answer]));
  const rows = truth.flatMap((row) => {
    const answer = byImage.get(row.image);
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

/** All where they are few, else some of them spread over the set. */
function forComparison(rows: readonly ScoredRow[], most: Share): ScoredRow[] {
  return [
    ...spread(
      rows.filter(({ lines }) => lines.length > 0),
      most.withZone,
    ),
    ...spread(
      rows.filter(({ lines }) => lines.length === 0),
      most.withoutZone,
    ),
  ];
}

function tellDiffering(rows: readonly ScoredRow[]): void {
  for (const { image, outcome, lines, zone } of rows) {
    if (outcome === 'exact' || outcome === 'none') continue;
    process.stderr.write(`${outcome} ${image}\n`);
    if (outcome === 'missed') continue;
    lines.forEach((line, i) => process.stderr.write(`  ${line}\n  ${zone.lines[i] ?? ''}\n`));
  }
}

/** What `--set` reads, or the corpus: the figures of one folder, with the others beside. */
async function folderFigures(folder: string, prefix = ''): Promise<Figures> {
  const { rows, peakMb } = await readFolder(folder, truthRows(folder));
  tellDiffering(rows);
  const whole = rows.length <= WHOLE_FOLDER;
  const others = await compareWithOthers(folder, whole ? rows : forComparison(rows, FOLDER_SHARE));
  return { ...figuresOf(rows, prefix), ...withPrefix({ peakMemoryMb: peakMb, ...others }, prefix) };
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
      'covered:exact': covered.filter(({ outcome }) => outcome === 'exact').length,
      'covered:wrongInSilence': covered.filter(({ outcome }) => outcome === 'differs-unmarked').length,
      // On mild pictures: on hard ones nobody but us would have a chance.
      ...(await compareWithOthers(
        folder,
        forComparison(
          whole.filter(({ step }) => step === undefined || step < MILD_STEPS),
          OWN_SHARE,
        ),
      )),
    };
    return { rows, figures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Our own set from the seed and, where it lies beside the project, the corpus; or one folder alone. */
export async function bench(options: ReadOptions): Promise<BenchResult> {
  const { seed, set, chart = false } = options;
  if (set !== undefined) {
    if (truthRows(set).length === 0) throw new SetMistake('the folder has no truth.jsonl, or an empty one');
    const figures = await folderFigures(set);
    return { figures, goals: folderGoals(figures) };
  }
  const { rows, figures } = await ownSet(seed);
  const goals = ownGoals(figures);
  if (truthRows(CORPUS).length > 0) {
    Object.assign(figures, await folderFigures(CORPUS, 'corpus'));
    Object.assign(goals, folderGoals(figures, 'corpus', true));
  }
  if (chart) {
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(join(PICTURES, 'reading.svg'), chartOf(rows));
    writeFigures('read', readingWords(seed, rows, figures));
  }
  return { figures, goals };
}
