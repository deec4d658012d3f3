// Has a folder's pictures read by a process of its own, and watches the memory of that process and its children.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ALLOCATOR } from '../../../scripts/allocator.ts';
import { memoryMb, processesBelow } from './process-tree.ts';

/** What the reading process says of one picture. */
export interface ReadAnswer {
  image: string;
  status: 'read' | 'not-found' | 'unreadable';
  format: string | null;
  lines: string[];
  confidence: number;
  /** How many characters carry a low-confidence mark. */
  lowConfidence: number;
  /** How many changes are told. */
  corrections: number;
  /** No check digit fails. */
  digitsHold: boolean;
  cpuMs: number;
  wallMs: number;
  /** Resident memory of the reading process after the picture, MiB. */
  residentMb: number;
}

export interface ReadRun {
  answers: ReadAnswer[];
  /** Highest memory of the process and all below it, MiB; sampled on Linux, elsewhere 0. */
  peakMb: number;
}

const SAMPLE_MS = 100;

/** Reads the pictures in the given order with one warm reader. `onAnswer` is told of each as it comes. */
export async function readRows(
  folder: string,
  images: readonly string[],
  onAnswer: (answer: ReadAnswer, done: number) => void = () => {},
): Promise<ReadRun> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'read-set.ts'), folder], {
    env: { ...ALLOCATOR, ...process.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  let peakMb = 0;
  const sampler = setInterval(() => {
    const { pid } = child;
    if (pid !== undefined) peakMb = Math.max(peakMb, memoryMb([pid, ...processesBelow(pid)]));
  }, SAMPLE_MS);
  try {
    // The first picture twice: the first answer includes the start of the recogniser and is not counted.
    const [first] = images;
    child.stdin.end([...(first === undefined ? [] : [first]), ...images].map((name) => `${name}\n`).join(''));
    const answers: ReadAnswer[] = [];
    let warm = false;
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = JSON.parse(line) as ReadAnswer;
      if (warm) {
        answers.push(answer);
        onAnswer(answer, answers.length);
      }
      warm = true;
    }
    if ((await ended) !== 0 || answers.length !== images.length)
      throw new Error('the reading process ended early');
    return { answers, peakMb: Math.round(peakMb) };
  } finally {
    clearInterval(sampler);
    child.kill();
  }
}
