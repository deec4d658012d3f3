// The hub as people start it, for tests: a process of its own that is asked over the network and killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface HubProcess {
  child: ChildProcess;
  address: string;
  /** The one-time path for the first administrator; null where none was printed. */
  setupPath: string | null;
  /** What it wrote to its log so far. */
  log: () => string;
  /** Ends it as Ctrl+C does, or kills it; answers its exit code. */
  end: (signal?: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

export interface Outcome {
  code: number | null;
  out: string;
  errors: string;
}

export interface StartOptions {
  /** The root of the project that is started; this one unless told otherwise. */
  project?: string;
  node?: string;
  uid?: number;
  gid?: number;
  env?: NodeJS.ProcessEnv;
}

const HERE = join(import.meta.dirname, '..', '..');

function begin(args: string[], options: StartOptions): { child: ChildProcess; read: () => Outcome } {
  const { project = HERE, node = process.execPath, env = {}, ...account } = options;
  const child = spawn(node, [join(project, 'hub', 'main.ts'), ...args], {
    ...account,
    cwd: '/',
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, errors] = ['', ''];
  child.stdout?.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
  return { child, read: () => ({ code: child.exitCode, out, errors }) };
}

/** Runs it to its end. */
export async function runHub(args: string[], options: StartOptions = {}): Promise<Outcome> {
  const { child, read } = begin(args, options);
  await once(child, 'close');
  return read();
}

/** Starts it on a free port and waits until it says where. Throws what it said instead. */
export async function startHub(args: string[], options: StartOptions = {}): Promise<HubProcess> {
  const { child, read } = begin(['--port', '0', '--log', 'info', ...args], options);
  const ended = once(child, 'close');
  const spoke = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => {
      if (/ends it\)\nIts data: .*\n/u.test(read().out)) resolve();
    });
  });
  await Promise.race([spoke, ended]);
  const { out, errors } = read();
  const address = / at (https?:\S+) /u.exec(out)?.[1];
  if (address === undefined) throw new Error(`the hub did not start: ${errors}`);
  return {
    child,
    address,
    setupPath: /\/setup\/\S+/u.exec(out)?.[0] ?? null,
    log: () => read().errors,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
