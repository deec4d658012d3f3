// Reads 1,000 pictures in a row with one reader: its memory stays flat, and the last reading equals the first.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { createPainter } from './reading/draw-picture.ts';
import { type ReadAnswer, readRows } from './reading/read-rows.ts';
import { tasks } from './reading/recipe.ts';
import { quantile } from './reading/score.ts';

const READINGS = 1000;
/** Pictures that take turns: small, so that the thousand end soon, and of every format. */
const AXIS = 'size';
const STEP = 2;
/** The first fifth of the readings fills the heap; the tenth after it is compared with the last tenth. */
const SETTLED = 1 / 5;
const WINDOW = 1 / 10;
/** What the heap may breathe, MiB. */
const FLAT_MB = 40;

/** One reading as text, without its times and memory. */
function readingOf({ cpuMs: _cpu, wallMs: _wall, residentMb: _memory, ...reading }: ReadAnswer): string {
  return JSON.stringify(reading);
}

/** Reads the pictures of a seed in turns. `readings` fewer for a quick look. */
export async function bench({
  seed,
  readings = READINGS,
}: {
  seed: number;
  readings?: number;
}): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'endurance-'));
  try {
    const paint = createPainter(seed);
    const chosen = tasks().filter(({ axis, step }) => axis === AXIS && step === STEP);
    for (const task of chosen) writeFileSync(join(folder, task.image), (await paint(task)).jpeg);
    const images = Array.from({ length: readings }, (_, i) => chosen[i % chosen.length]?.image ?? '');
    // The last shows what the first showed.
    images[readings - 1] = images[0] ?? '';
    const begun = performance.now();
    const { answers, peakMb } = await readRows(folder, images, ({ residentMb }, done) => {
      if (done % 50 === 0) process.stderr.write(`${done} read, ${Math.round(residentMb)} MiB\n`);
    });
    return judge(answers, readings, peakMb, performance.now() - begun);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function judge(answers: readonly ReadAnswer[], readings: number, peakMb: number, tookMs: number) {
  const memory = answers.map(({ residentMb }) => residentMb);
  const early = quantile(memory.slice(readings * SETTLED, readings * (SETTLED + WINDOW)), 0.5);
  const late = quantile(memory.slice(readings * (1 - WINDOW)), 0.5);
  const first = new Map<string, string>();
  let different = 0;
  for (const answer of answers) {
    const reading = readingOf(answer);
    const earlier = first.get(answer.image) ?? reading;
    first.set(answer.image, earlier);
    if (earlier !== reading) different++;
  }
  const [one, last] = [answers[0], answers.at(-1)];
  return {
    figures: {
      readings: answers.length,
      read: answers.filter(({ status }) => status === 'read').length,
      different,
      earlyMemoryMb: Math.round(early),
      lateMemoryMb: Math.round(late),
      peakMemoryMb: peakMb,
      seconds: Math.round(tookMs / 1000),
    },
    goals: {
      'every picture is answered':
        answers.length === readings && answers.every(({ status }) => status !== 'unreadable'),
      'the last reading equals the first of the same picture':
        one !== undefined && last !== undefined && readingOf(one) === readingOf(last),
      'no picture is ever read differently': different === 0,
      'memory stays flat': late - early <= FLAT_MB,
    },
  };
}
