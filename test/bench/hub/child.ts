// A process of a measurement that is spoken to by lines: JSON comes out, a word goes in.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { ALLOCATOR, LARGE_YOUNG_GENERATION, SMALL_YOUNG_GENERATION } from '../../../scripts/allocator.ts';

export interface Child {
  /** The next line that it says. */
  heard(): Promise<Record<string, unknown>>;
  say(line: string): void;
  /** Waits until it has ended by itself. */
  ended(): Promise<void>;
  kill(): void;
}

/** Starts a file of this folder with its job, in the environment of the project's own programs. */
export function startChild(file: string, job: object): Child {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, file), JSON.stringify(job)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...ALLOCATOR,
        ...(file === 'service.ts' ? LARGE_YOUNG_GENERATION : SMALL_YOUNG_GENERATION),
      },
    },
  );
  if (!child.stdout || !child.stdin) throw new Error('a child without pipes');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  const { stdin } = child;
  return {
    async heard() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${file} ended without a word`);
      return JSON.parse(String(value)) as Record<string, unknown>;
    },
    say: (line) => void stdin.write(`${line}\n`),
    async ended() {
      await exited;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
