// Measures reading in the window as an officer meets it: a file of 12 megapixels from its choice to the lines on the
// screen, and the memory of browser and station meanwhile, beside the app that has read nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { type RunningHost, startHost } from '../e2e/host.ts';
import { setUp } from '../e2e/steps.ts';
import { openWindow } from '../e2e/window.ts';
import { ownMemoryMb, processesBelow, processorMs } from './reading/process-tree.ts';
import { quantile } from './reading/score.ts';
import { circumstances, plainTable, writeFigures } from './reading/table.ts';
import { type BareWindow, openBareWindow } from './window/bare-window.ts';
import { type BigPicture, drawBigPicture, enlarged } from './window/big-pictures.ts';
import { clearLane, laneReady, type Opening, openPicture } from './window/open-picture.ts';

const PICTURES = 25;
/** Opened first and not counted: the recogniser, the worker's code and the station's decoder are warm then. */
const WARMING = 2;
/** Pictures at whose reading memory is watched, one right after the other. */
const WATCHED = 30;
/** The first of them warm the app; among the rest memory must not grow from one third to the next. */
const THIRD = WATCHED / 3;
const SAMPLE_MS = 60;
/** The window settles: so little changed in so long. */
const STILL_MB = 3;
const STILL_MS = 6_000;
const STILL_LIMIT_MS = 40_000;

const GOAL_MS = 1_500;
const GOAL_MB = 250;

/** `chart` writes the figures of docs/reading.md; `pictures` fewer for a quick look. */
export async function bench({
  seed,
  chart = false,
  pictures: count = PICTURES,
}: {
  seed: number;
  chart?: boolean;
  pictures?: number;
}): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'window-read-'));
  try {
    const pictures: BigPicture[] = [];
    for (let i = 0; i < count; i++) pictures.push(await drawBigPicture(folder, seed, i));
    process.stderr.write(`${pictures.length} pictures drawn\n`);
    const [first] = pictures;
    if (first === undefined) throw new Error('nothing to open');
    const huge = await enlarged(folder, first);
    // Memory first, in an app of its own: what is told idle has read nothing.
    const memory = await inWindow(join(folder, 'memory'), (window) => watchMemory(window, pictures, huge));
    const times = await inWindow(join(folder, 'times'), (window) => takeTimes(window, pictures));
    const figures = { ...times.figures, ...memory.figures };
    if (chart) writeFigures('window-read', windowWords(seed, figures));
    return { figures, goals: { ...times.goals, ...memory.goals } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function windowWords(seed: number, figures: Record<string, number>): string {
  const at = (name: string): string => String(figures[name] ?? 'not measured');
  const rows = [
    ['Files of 12 megapixels, all formats: exact', `${at('exact')} of ${at('pictures')}`],
    [
      'From the choice of the file to its lines on the screen: median, p95, worst',
      `${at('linesMedianMs')}, ${at('linesP95Ms')}, ${at('linesWorstMs')} ms`,
    ],
    ['… of this until the station has the picture safe: median', `${at('storedMedianMs')} ms`],
    [
      'Processor time of browser and station for it: median, p95',
      `${at('processorMedianMs')}, ${at('processorP95Ms')} ms`,
    ],
    ['Memory of browser and station, nothing read yet', `${at('idleMemoryMb')} MiB`],
    [`… above that at the peak of ${WATCHED} pictures in a row`, `${at('peakAboveIdleMb')} MiB`],
    ['… of the first ten of them', `${at('firstTenAboveIdleMb')} MiB`],
    ['… median of the last ten above that of the ten before', `${at('lastThirdGrowthMb')} MiB`],
    ['… afterwards', `${at('afterMemoryMb')} MiB`],
    [
      'A file of 35 megapixels: to its lines; memory above idle',
      `${at('hugeLinesMs')} ms; ${at('hugePeakAboveIdleMb')} MiB`,
    ],
  ] as const;
  return `${circumstances(seed)}\n${plainTable(rows)}`;
}

/** A host and a window of their own, set up and ready. */
async function inWindow(
  dataFolder: string,
  measure: (window: BareWindow) => Promise<BenchResult>,
): Promise<BenchResult> {
  const host: RunningHost = await startHost({ dataFolder });
  try {
    const first = await openWindow(host);
    await setUp(first.page);
    await first.context.close();
    const window = await openBareWindow(host);
    try {
      await laneReady(window);
      return await measure(window);
    } finally {
      await window.close();
    }
  } finally {
    await host.stop();
  }
}

const isExact = ({ lines }: Opening, picture: BigPicture): boolean =>
  lines.join('\n') === picture.lines.join('\n');

/** Everything below this process: the station and the browser. */
const app = (): number[] => processesBelow(process.pid);

async function takeTimes(window: BareWindow, pictures: readonly BigPicture[]): Promise<BenchResult> {
  const openings: Opening[] = [];
  const processor: number[] = [];
  let exact = 0;
  for (const [i, picture] of [...pictures.slice(0, WARMING), ...pictures].entries()) {
    const before = processorMs(app());
    const opening = await openPicture(window, picture.path);
    const spent = processorMs(app()) - before;
    await clearLane(window);
    if (i < WARMING) continue;
    openings.push(opening);
    processor.push(spent);
    const right = isExact(opening, picture);
    if (right) exact++;
    process.stderr.write(
      `${i - WARMING + 1} of ${pictures.length}: ${picture.kind}, ${right ? 'exact' : 'not exact'}, ` +
        `${Math.round(opening.linesMs)} ms, ${Math.round(spent)} ms of processor time\n`,
    );
  }
  const shown = openings.filter(({ lines }) => lines.length > 0).length;
  const linesMs = openings.map((one) => one.linesMs);
  const p95 = Math.round(quantile(linesMs, 0.95));
  return {
    figures: {
      pictures: openings.length,
      shown,
      exact,
      linesMedianMs: Math.round(quantile(linesMs, 0.5)),
      linesP95Ms: p95,
      linesWorstMs: Math.round(quantile(linesMs, 1)),
      storedMedianMs: Math.round(
        quantile(
          openings.map((one) => one.storedMs),
          0.5,
        ),
      ),
      processorMedianMs: Math.round(quantile(processor, 0.5)),
      processorP95Ms: Math.round(quantile(processor, 0.95)),
    },
    goals: {
      'every picture shows lines': shown === pictures.length,
      'twelve megapixels from file to lines: 95 of 100 within 1.5 s': p95 <= GOAL_MS,
    },
  };
}

async function watchMemory(
  window: BareWindow,
  pictures: readonly BigPicture[],
  huge: BigPicture,
): Promise<BenchResult> {
  const idle = await settled();
  process.stderr.write(`idle ${Math.round(idle)} MiB\n`);
  const peaks: number[] = [];
  for (let i = 0; i < WATCHED; i++) {
    const picture = pictures[i % pictures.length] ?? huge;
    const { peakMb } = await peakDuring(() => openPicture(window, picture.path));
    process.stderr.write(`${picture.kind}: peak ${Math.round(peakMb)} MiB\n`);
    peaks.push(peakMb);
    await clearLane(window);
  }
  const peak = Math.max(...peaks);
  const growth = median(peaks.slice(-THIRD)) - median(peaks.slice(THIRD, -THIRD));
  const after = await settled();
  const last = await peakDuring(() => openPicture(window, huge.path));
  await clearLane(window);
  const works = isExact(last.value, huge);
  const afterHuge = await settled();
  return {
    figures: {
      idleMemoryMb: Math.round(idle),
      peakMemoryMb: Math.round(peak),
      peakAboveIdleMb: Math.round(peak - idle),
      firstTenAboveIdleMb: Math.round(Math.max(...peaks.slice(0, THIRD)) - idle),
      lastThirdGrowthMb: Math.round(growth),
      afterMemoryMb: Math.round(after),
      hugeExact: works ? 1 : 0,
      hugeLinesMs: Math.round(last.value.linesMs),
      hugePeakAboveIdleMb: Math.round(last.peakMb - idle),
      afterHugeMemoryMb: Math.round(afterHuge),
    },
    goals: {
      'thirty-five megapixels are read': works,
      ...(idle > 0
        ? { 'memory at twelve megapixels at most 250 MB above the idle app': peak - idle <= GOAL_MB }
        : {}),
    },
  };
}

/** The highest memory while something goes on, and a moment after. */
async function peakDuring<T>(work: () => Promise<T>): Promise<{ value: T; peakMb: number }> {
  let peakMb = 0;
  const sample = () => {
    peakMb = Math.max(peakMb, ownMemoryMb(app()));
  };
  const sampler = setInterval(sample, SAMPLE_MS);
  try {
    const value = await work();
    // The whole picture is painted a little later than the lines.
    await new Promise((resolve) => setTimeout(resolve, 10 * SAMPLE_MS));
    return { value, peakMb };
  } finally {
    clearInterval(sampler);
  }
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Memory once it stands still. */
async function settled(): Promise<number> {
  const limit = performance.now() + STILL_LIMIT_MS;
  let from = { mb: ownMemoryMb(app()), at: performance.now() };
  while (performance.now() < limit && performance.now() - from.at < STILL_MS) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const mb = ownMemoryMb(app());
    if (Math.abs(mb - from.mb) > STILL_MB) from = { mb, at: performance.now() };
  }
  return from.mb;
}
