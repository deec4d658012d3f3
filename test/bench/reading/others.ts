// The same pictures by what anyone can have: tesseract.js and native tesseract, stock English, the whole page.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker } from 'tesseract.js';
import { ALLOCATOR } from '../../../scripts/allocator.ts';
import { endedChildrenMs } from './process-tree.ts';
import type { ReadAnswer } from './read-rows.ts';
import { characterErrorPercent, foundOnPage, percent, quantile, type ScoredRow } from './score.ts';

interface OtherReading {
  text: string;
  /** Null where this system does not tell. */
  cpuMs: number | null;
}

/** By name of the picture. */
type Readings = ReadonlyMap<string, OtherReading>;

/** Native tesseract as it is installed, with a thread for each processor, and with one thread. */
const NATIVE_WAYS = [
  { name: 'NativeOneThread', threads: '1' },
  { name: 'NativeDefault', threads: null },
] as const;
const NATIVE_LIMIT_MS = 120_000;

async function byLibrary(folder: string, images: readonly string[]): Promise<Readings> {
  // The data that the library takes by itself when it is asked for English and nothing more.
  const manifest = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json');
  const langPath = join(dirname(manifest), '4.0.0_best_int');
  // Without a handler a picture that it cannot read would end this process.
  const worker = await createWorker('eng', 1, { langPath, cacheMethod: 'none', errorHandler: () => {} });
  const readings = new Map<string, OtherReading>();
  try {
    for (const image of images) {
      const bytes = readFileSync(join(folder, image));
      const before = process.cpuUsage();
      const text = await worker.recognize(bytes).then(
        ({ data }) => data.text,
        () => '',
      );
      const { user, system } = process.cpuUsage(before);
      readings.set(image, { text, cpuMs: (user + system) / 1000 });
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

function nativeText(file: string, threads: string | null): Promise<string> {
  const env = { ...process.env };
  // As anyone would start it: without what we set for ourselves, and with its own number of threads.
  for (const own of [...Object.keys(ALLOCATOR), 'OMP_THREAD_LIMIT', 'OMP_NUM_THREADS']) delete env[own];
  if (threads !== null) env['OMP_THREAD_LIMIT'] = threads;
  const child = spawn('tesseract', [file, '-', '-l', 'eng'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: NATIVE_LIMIT_MS,
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

async function byNative(
  folder: string,
  images: readonly string[],
  threads: string | null,
): Promise<Readings> {
  const readings = new Map<string, OtherReading>();
  for (const image of images) {
    const before = endedChildrenMs();
    const text = await nativeText(join(folder, image), threads);
    const after = endedChildrenMs();
    readings.set(image, { text, cpuMs: before === null || after === null ? null : after - before });
  }
  return readings;
}

/** How much of what is printed stands in their text. */
function textFigures(name: string, rows: readonly ScoredRow[], readings: Readings): Record<string, number> {
  const zones = rows.filter(({ lines }) => lines.length > 0);
  const found = zones.map(({ image, lines }) => foundOnPage(lines, readings.get(image)?.text ?? ''));
  const wrong = found.reduce((sum, { errors }) => sum + errors, 0);
  const characters = zones.reduce((sum, row) => sum + row.characters, 0);
  return {
    [`${name}:pictures`]: zones.length,
    [`${name}:exact`]: found.filter(({ exact }) => exact).length,
    [`${name}:characterErrorPercent`]: percent(wrong, characters),
  };
}

/** Our processor time over theirs, picture by picture. */
function ratioFigures(name: string, ours: readonly ReadAnswer[], readings: Readings): Record<string, number> {
  const ratios = ours.flatMap(({ image, cpuMs }) => {
    const theirs = readings.get(image)?.cpuMs ?? 0;
    return theirs > 0 ? [cpuMs / theirs] : [];
  });
  if (ratios.length === 0) return {};
  return {
    [`cpuRatio${name}Median`]: Math.round(quantile(ratios, 0.5) * 100) / 100,
    [`cpuRatio${name}P90`]: Math.round(quantile(ratios, 0.9) * 100) / 100,
  };
}

/** The ratios with and without a zone. */
function timeFigures(name: string, rows: readonly ScoredRow[], readings: Readings): Record<string, number> {
  const ours = (withZone: boolean): ReadAnswer[] => [
    ...new Set(rows.filter(({ lines }) => lines.length > 0 === withZone).map(({ answer }) => answer)),
  ];
  return {
    ...ratioFigures(name, ours(true), readings),
    ...ratioFigures(`${name}WithoutZone`, ours(false), readings),
  };
}

/** Our processor time over that of native tesseract on one thread; nothing where it is not installed. */
export async function besideNative(
  folder: string,
  answers: readonly ReadAnswer[],
): Promise<Record<string, number>> {
  if (!hasNative()) return {};
  const images = answers.map(({ image }) => image);
  return ratioFigures('NativeOneThread', answers, await byNative(folder, images, '1'));
}

/** Reads the pictures of `rows` by the others. Those that we could not open count as unread by them, too. */
export async function compareWithOthers(
  folder: string,
  rows: readonly ScoredRow[],
): Promise<Record<string, number>> {
  const readable = rows.filter(({ answer }) => answer.status !== 'unreadable');
  const images = [...new Set(readable.map(({ image }) => image))];
  const withZone = rows.filter(({ lines }) => lines.length > 0);
  const figures: Record<string, number> = {
    'compared:pictures': images.length,
    'compared:oursExact': withZone.filter(({ outcome }) => outcome === 'exact').length,
    'compared:oursCharacterErrorPercent': characterErrorPercent(withZone),
  };
  process.stderr.write(`the same by others: ${images.length} pictures\n`);
  const library = await byLibrary(folder, images);
  Object.assign(figures, textFigures('tesseractJs', rows, library));
  Object.assign(figures, timeFigures('TesseractJs', readable, library));
  if (!hasNative()) {
    process.stderr.write('Native tesseract with English is not installed: not compared with it.\n');
    return figures;
  }
  for (const { name, threads } of NATIVE_WAYS) {
    const native = await byNative(folder, images, threads);
    // The text does not depend on the threads.
    if (threads !== null) Object.assign(figures, textFigures('native', rows, native));
    Object.assign(figures, timeFigures(name, readable, native));
  }
  return figures;
}
