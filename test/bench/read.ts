// Measures reading on the specimens for tuning: lines exact, every picture answered, time per picture.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createReader } from '../../electron/cli/read-file.ts';

/** One picture of the corpus with the lines printed on it. */
export interface Specimen {
  image: string;
  format: string;
  lines: string[];
}

/** The corpus lies beside the project and never in it. */
export const CORPUS = fileURLToPath(new URL('../../../shared/corpus/real/', import.meta.url));

/** The rows of the corpus; empty where it is not there. */
export function corpusRows(): Specimen[] {
  const truth = `${CORPUS}truth.jsonl`;
  if (!existsSync(truth)) return [];
  return readFileSync(truth, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Specimen);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

/** `seed` changes nothing here: the same pictures are read in the same order. */
export async function bench(_options: {
  seed: number;
}): Promise<{ figures: Record<string, number>; goals: Record<string, boolean> }> {
  const specimens = corpusRows();
  if (specimens.length === 0) {
    process.stderr.write(
      'The corpus is not beside this project (../shared/corpus/real): nothing was measured.\n',
    );
  }
  const reader = createReader();
  const times: number[] = [];
  const processor: number[] = [];
  const doubts = { marked: 0, silent: 0 };
  let exact = 0;
  let answered = 0;
  try {
    for (const { image, lines } of specimens) {
      const before = process.cpuUsage();
      const row = await reader.read(`${CORPUS}${image}`);
      const used = process.cpuUsage(before);
      processor.push((used.user + used.system) / 1000);
      const isExact = row.status === 'read' && row.lines.join() === lines.join();
      if (row.status !== 'unreadable') answered++;
      if (isExact) exact++;
      else if (row.status === 'read') doubts[row.lowConfidence.length > 0 ? 'marked' : 'silent']++;
      times.push(row.timing.totalMs);
      const format = row.status === 'read' ? row.format : row.status;
      process.stderr.write(
        `${isExact ? 'exact ' : 'differs'} ${image} ${format} ${Math.round(row.timing.totalMs)} ms\n`,
      );
    }
  } finally {
    await reader.close();
  }
  const count = specimens.length;
  return {
    figures: {
      pictures: count,
      answered,
      exact,
      wrongAndMarked: doubts.marked,
      wrongAndSilent: doubts.silent,
      p50Ms: quantile(times, 0.5),
      p90Ms: quantile(times, 0.9),
      maxMs: quantile(times, 1),
      p50ProcessorMs: quantile(processor, 0.5),
      p90ProcessorMs: quantile(processor, 0.9),
    },
    goals: {
      'every picture is answered': count > 0 && answered === count,
      'at least 28 of the 33 are exact': exact >= 28,
      // Processor time, as a busy machine says nothing about the reader.
      'half of the pictures take at most 300 ms of processor time':
        count > 0 && quantile(processor, 0.5) <= 300,
    },
  };
}
