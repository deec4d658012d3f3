// The same pictures by what anyone can have: tesseract.js and native tesseract, stock English, the whole page.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker } from 'tesseract.js';
import { foundOnPage, percent, quantile, type ScoredRow } from './score.ts';

interface OtherReading {
  text: string;
  /** Null where this system does not tell. */
  cpuMs: number | null;
}

async function byLibrary(files: readonly string[]): Promise<OtherReading[]> {
  // The data that the library takes by itself when it is asked for English and nothing more.
  const manifest = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json');
  const langPath = join(dirname(manifest), '4.0.0_best_int');
  const worker = await createWorker('eng', 1, { langPath, cacheMethod: 'none' });
  const readings: OtherReading[] = [];
  try {
    for (const file of files) {
      const image = readFileSync(file);
      const before = process.cpuUsage();
      const { data } = await worker.recognize(image);
      const { user, system } = process.cpuUsage(before);
      readings.push({ text: data.text, cpuMs: (user + system) / 1000 });
    }
  } finally {
    await worker.terminate();
  }
  return readings;
}

/** Whether native tesseract with English is installed on this machine. */
function hasNative(): boolean {
  const { status, stdout } = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' });
  return status === 0 && /^eng$/mu.test(stdout);
}

/** Processor time of the children that have ended, in ms; null where there is no /proc. */
function endedChildrenMs(): number | null {
  try {
    // Fields 16 and 17 of proc(5) stat, in ticks of 10 ms; the name before may hold spaces.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return null;
  }
}

function nativeText(file: string): Promise<string> {
  // One thread: its threads wait for one another in loops, which would count as work.
  const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
  const child = spawn('tesseract', [file, '-', '-l', 'eng'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

async function byNative(files: readonly string[]): Promise<OtherReading[]> {
  const readings: OtherReading[] = [];
  for (const file of files) {
    const before = endedChildrenMs();
    const text = await nativeText(file);
    const after = endedChildrenMs();
    readings.push({ text, cpuMs: before === null || after === null ? null : after - before });
  }
  return readings;
}

function figuresFor(
  name: string,
  rows: readonly ScoredRow[],
  readings: readonly OtherReading[],
): Record<string, number> {
  const pairs = rows.map((row, i) => ({ row, reading: readings[i] ?? { text: '', cpuMs: null } }));
  const zones = pairs.filter(({ row }) => row.lines.length > 0);
  const found = zones.map(({ row, reading }) => foundOnPage(row.lines, reading.text));
  const exact = found.filter((one) => one.exact).length;
  const wrong = found.reduce((sum, one) => sum + one.errors, 0);
  const characters = zones.reduce((sum, { row }) => sum + row.characters, 0);
  const figures: Record<string, number> = {
    [`${name}:pictures`]: zones.length,
    [`${name}:exact`]: exact,
    [`${name}:characterErrorPercent`]: percent(wrong, characters),
  };
  for (const [group, members] of [
    ['', zones],
    ['WithoutZone', pairs.filter(({ row }) => row.lines.length === 0)],
  ] as const) {
    const ratios = members.flatMap(({ row, reading }) =>
      reading.cpuMs === null || reading.cpuMs <= 0 ? [] : [row.answer.cpuMs / reading.cpuMs],
    );
    if (ratios.length === 0) continue;
    figures[`${name}:cpuRatio${group}Median`] = Math.round(quantile(ratios, 0.5) * 100) / 100;
    figures[`${name}:cpuRatio${group}P90`] = Math.round(quantile(ratios, 0.9) * 100) / 100;
  }
  return figures;
}

/** Reads the pictures of `rows` by the others. Ratio: our processor time over theirs, picture by picture. */
export async function compareWithOthers(
  folder: string,
  rows: readonly ScoredRow[],
): Promise<Record<string, number>> {
  const files = rows.map(({ image }) => join(folder, image));
  const ours = rows.filter(({ outcome }) => outcome === 'exact').length;
  const figures: Record<string, number> = { 'compared:oursExact': ours };
  Object.assign(figures, figuresFor('tesseractJs', rows, await byLibrary(files)));
  if (hasNative()) Object.assign(figures, figuresFor('native', rows, await byNative(files)));
  else process.stderr.write('Native tesseract with English is not installed: not compared with it.\n');
  return figures;
}
