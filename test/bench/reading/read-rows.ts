// Has a folder's pictures read by a process of its own, and watches the memory of that process and its children.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

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
  /** Highest resident memory of the process and all its children, MiB; sampled on Linux, elsewhere 0. */
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
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  let peakMb = 0;
  const sampler = setInterval(() => {
    peakMb = Math.max(peakMb, treeMb(child.pid ?? 0));
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

/** Resident memory of a process and everything below it, MiB; 0 where there is no /proc. */
function treeMb(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    const tasks = readdirSync(`/proc/${pid}/task`);
    const below = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return Number(kilobytes) / 1024 + below.reduce((sum, one) => sum + treeMb(Number(one)), 0);
  } catch {
    // Ended meanwhile, or another system.
    return 0;
  }
}
