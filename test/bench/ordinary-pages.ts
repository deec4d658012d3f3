// Reads 200 pages and pictures without a zone, drawn from the seed: nothing must be found on any of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { drawOrdinaryPage, PAGE_KINDS } from './reading/ordinary.ts';
import { besideNative } from './reading/others.ts';
import { type ReadAnswer, readRows } from './reading/read-rows.ts';
import { quantile } from './reading/score.ts';

const PAGES = 200;
/** Each third is read by native tesseract, too; no divisor of the number of kinds, so that all take part. */
const COMPARED = 3;
const GOAL_RATIO = 2.5;

/** Draws and reads the pages of a seed. `pages` fewer for a quick look. */
export async function bench({ seed, pages = PAGES }: { seed: number; pages?: number }): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ordinary-pages-'));
  try {
    const images: string[] = [];
    for (let page = 0; page < pages; page++) {
      const kind = PAGE_KINDS[page % PAGE_KINDS.length] ?? 'letter';
      const image = `${kind}-${page}.jpg`;
      writeFileSync(join(folder, image), await drawOrdinaryPage(seed, page, kind));
      images.push(image);
    }
    const { answers, peakMb } = await readRows(folder, images, tell);
    const compared = answers.filter((_, i) => i % COMPARED === 0);
    return judge(answers, pages, { peakMemoryMb: peakMb, ...(await besideNative(folder, compared)) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tell({ image, status, lines }: ReadAnswer, done: number): void {
  if (status !== 'not-found') process.stderr.write(`${image} ${status}\n  ${lines.join('\n  ')}\n`);
  if (done % 25 === 0) process.stderr.write(`${done} read\n`);
}

function judge(answers: readonly ReadAnswer[], pages: number, more: Record<string, number>) {
  const found = answers.filter(({ status }) => status === 'read').length;
  const unreadable = answers.filter(({ status }) => status === 'unreadable').length;
  const cpu = answers.map(({ cpuMs }) => cpuMs);
  const figures: Record<string, number> = { pages, falseFinds: found, unreadable };
  for (const kind of PAGE_KINDS) {
    const ofKind = answers.filter(({ image }) => image.startsWith(`${kind}-`));
    figures[`${kind}:falseFinds`] = ofKind.filter(({ status }) => status === 'read').length;
    figures[`${kind}:pages`] = ofKind.length;
    figures[`${kind}:cpuMedianMs`] = Math.round(
      quantile(
        ofKind.map(({ cpuMs }) => cpuMs),
        0.5,
      ),
    );
  }
  Object.assign(figures, {
    cpuMedianMs: Math.round(quantile(cpu, 0.5)),
    cpuP90Ms: Math.round(quantile(cpu, 0.9)),
    cpuWorstMs: Math.round(quantile(cpu, 1)),
    ...more,
  });
  const ratio = figures['cpuRatioNativeOneThreadP90'];
  return {
    figures,
    goals: {
      'nothing is found on any page': pages > 0 && answers.length === pages && found === 0,
      'every page is answered': unreadable === 0,
      ...(ratio === undefined
        ? {}
        : { 'processor time at p90 at most 2.5 times that of native tesseract': ratio <= GOAL_RATIO }),
    },
  };
}
