// Has a folder's pictures read by a process of its own, and watches the memory of that process and its children.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReadZoneRow } from '../../../electron/cli/read-file.ts';
import { ALLOCATOR } from '../../../scripts/allocator.ts';
import { residentMb, processesBelow } from './process-tree.ts';

/** One zone as it was read. */
export interface ZoneAnswer {
  format: string | null;
  lines: string[];
  confidence: number;
  /** How many characters carry a low-confidence mark. */
  lowConfidence: number;
  /** How many changes are told at a place of the rows. */
  corrections: number;
  /** No check digit fails. */
  digitsHold: boolean;
}

/** What the reading process says of one picture: its best zone, and the further ones. */
export interface ReadAnswer extends ZoneAnswer {
  image: string;
  status: 'read' | 'not-found' | 'unreadable';
  /** Why it is unreadable: a code of the reader, or that the reading process died of it. */
  code?: string;
  others: ZoneAnswer[];
  cpuMs: number;
  wallMs: number;
  /** Resident memory of the reading process after the picture, MiB. */
  residentMb: number;
}

/** Where nothing was read. */
export const NO_ZONE: ZoneAnswer = {
  format: null,
  lines: [],
  confidence: 0,
  lowConfidence: 0,
  corrections: 0,
  digitsHold: false,
};

export interface ReadRun {
  answers: ReadAnswer[];
  /** Highest resident memory of the process and all below it, MiB; sampled on Linux, elsewhere 0. */
  peakMb: number;
}

const SAMPLE_MS = 100;

/**
 * Reads the pictures in the given order with one warm reader. `onAnswer` is told of each as it comes. A picture that
 * ends the reading process is answered as unreadable, and those behind it are read by a fresh one.
 */
export async function readRows(
  folder: string,
  images: readonly string[],
  onAnswer: (answer: ReadAnswer, done: number) => void = () => {},
): Promise<ReadRun> {
  const answers: ReadAnswer[] = [];
  let peakMb = 0;
  const take = (answer: ReadAnswer) => {
    answers.push(answer);
    onAnswer(answer, answers.length);
  };
  while (answers.length < images.length) {
    const rest = images.slice(answers.length);
    peakMb = Math.max(peakMb, await readOn(folder, rest, take));
    const image = images[answers.length];
    if (image === undefined) continue;
    const dead = { cpuMs: 0, wallMs: 0, residentMb: 0, others: [] };
    take({ ...NO_ZONE, ...dead, image, status: 'unreadable', code: 'reading-process-ended' });
  }
  return { answers, peakMb: Math.round(peakMb) };
}

/** Reads until the end or until the process ends; answers its peak memory. */
async function readOn(
  folder: string,
  images: readonly string[],
  take: (answer: ReadAnswer) => void,
): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'read-set.ts'), folder], {
    env: { ...ALLOCATOR, ...process.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  let peakMb = 0;
  const sampler = setInterval(() => {
    const { pid } = child;
    if (pid !== undefined) peakMb = Math.max(peakMb, residentMb([pid, ...processesBelow(pid)]));
  }, SAMPLE_MS);
  try {
    // A process that ends early leaves names unread in the pipe.
    child.stdin.on('error', () => {});
    // The first picture twice: the first answer includes the start of the recogniser and is not counted.
    const [first] = images;
    const asked = [...(first === undefined ? [] : [first]), ...images];
    child.stdin.end(asked.map((name) => `${JSON.stringify(name)}\n`).join(''));
    let warm = false;
    for await (const line of createInterface({ input: child.stdout })) {
      if (warm) take(JSON.parse(line) as ReadAnswer);
      warm = true;
    }
    await ended;
    return peakMb;
  } finally {
    clearInterval(sampler);
    child.kill();
  }
}

/** What the command line's row of one zone says to the score. */
export function zoneAnswer(
  zone: Pick<
    ReadZoneRow,
    'format' | 'lines' | 'confidence' | 'lowConfidence' | 'corrections' | 'checkDigits'
  >,
): ZoneAnswer {
  const digits = Object.values(zone.checkDigits ?? {});
  return {
    format: zone.format,
    lines: zone.lines,
    confidence: zone.confidence,
    lowConfidence: zone.lowConfidence.length,
    // What was taken out has no place to which an officer could be led.
    corrections: zone.corrections.filter(({ to }) => to !== '').length,
    digitsHold: digits.length > 0 && !digits.includes('fails'),
  };
}
