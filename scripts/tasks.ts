// What each npm script does once the set-up is done: sees to window, browser and runtime, then runs the program.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { ALLOCATOR, LARGE_YOUNG_GENERATION, SMALL_YOUNG_GENERATION } from './allocator.ts';
import { needBrowser } from './browser.ts';
import { buildWindow } from './build-window.ts';

const root = dirname(import.meta.dirname);
const node = process.execPath;
const bin = (path: string): string => join(root, 'node_modules', path);

type Task = (args: string[]) => Promise<number>;

const TASKS: Record<string, Task> = {
  start,
  test,
  check: () => steps(CHECKS),
  build: async () => {
    await buildWindow(root);
    const { buildElectron } = await import('./build-electron.ts');
    await buildElectron(root);
    return 0;
  },
  format: () => run(node, [bin('@biomejs/biome/bin/biome'), 'format', '--write', '.']),
  countercheck: async (args) => {
    const runs = args[0] === 'demo' && !args.includes('--help') && !args.includes('-h');
    if (runs && !(await windowAndBrowser())) return 1;
    return script('electron/cli/main.ts', args);
  },
  bench: async (args) => {
    if (['start', 'window-read', 'live'].includes(args[0] ?? '') && !(await windowAndBrowser())) return 1;
    return script('scripts/bench.ts', args);
  },
  hub: (args) => script('hub/main.ts', args, LARGE_YOUNG_GENERATION),
  pack: (args) => script('scripts/pack.ts', args),
};

const CHECKS: readonly Step[] = [
  ['types', node, [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']],
  ['lint', node, ['scripts/lint.ts']],
  ['format', node, [bin('@biomejs/biome/bin/biome'), 'check', '--linter-enabled=false', '.']],
];

type Step = readonly [name: string, command: string, args: string[]];

const [name = '', ...args] = process.argv.slice(2);
if (Object.hasOwn(TASKS, name)) {
  process.exitCode = await (TASKS[name] as Task)(args);
} else {
  process.stderr.write(`Unknown task. Known: ${Object.keys(TASKS).join(', ')}.\n`);
  process.exitCode = 2;
}

async function start(args: string[]): Promise<number> {
  await buildWindow(root);
  const { hasDisplay } = await import('../electron/host/display.ts');
  if (!args.includes('--no-window')) {
    if (hasDisplay()) {
      const { needElectron } = await import('./electron-runtime.ts');
      const electron = await needElectron(root);
      if (electron) return startElectron(electron, args);
    }
    // Without a display too: the address that is printed wants a browser on this very machine.
    if (!findOrInstallBrowser()) return 1;
  }
  return script('electron/host/main.ts', args);
}

async function startElectron(electron: string, args: string[]): Promise<number> {
  const { buildElectron } = await import('./build-electron.ts');
  await buildElectron(root);
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot)
    process.stderr.write('Started as root: the window runs without its sandbox, for evaluation only.\n');
  return run(electron, [...(asRoot ? ['--no-sandbox'] : []), root, ...args]);
}

async function test(args: string[]): Promise<number> {
  if (!(await windowAndBrowser())) return 1;
  return steps([...CHECKS, ['tests', node, [bin('vitest/vitest.mjs'), 'run', ...args]]]);
}

async function windowAndBrowser(): Promise<boolean> {
  await buildWindow(root);
  return findOrInstallBrowser();
}

function findOrInstallBrowser(): boolean {
  const browser = needBrowser();
  if (browser) process.env['COUNTERCHECK_BROWSER'] = browser;
  return browser !== null;
}

/** Runs every step, says how long each took, and fails when one failed. */
async function steps(all: readonly Step[]): Promise<number> {
  const failed: string[] = [];
  for (const [title, command, args] of all) {
    process.stderr.write(`\n== ${title}\n`);
    const begun = performance.now();
    const code = await run(command, args);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    process.stderr.write(`== ${title}: ${code === 0 ? 'passed' : `failed (${code})`} in ${seconds} s\n`);
    if (code !== 0) failed.push(title);
  }
  process.stderr.write(failed.length === 0 ? '\nAll passed.\n' : `\nFailed: ${failed.join(', ')}.\n`);
  return failed.length === 0 ? 0 : 1;
}

function script(
  path: string,
  args: string[],
  own: Record<string, string> = SMALL_YOUNG_GENERATION,
): Promise<number> {
  return run(node, [...process.execArgv, ...noDebugger(), join(root, path), ...args], own);
}

/** Node opens a debugging port on SIGUSR1 unless told otherwise. */
function noDebugger(): string[] {
  return Number(process.versions.node.split('.')[0]) >= 24 ? ['--disable-sigusr1'] : [];
}

/** Runs a program in our terminal, hands signals on, and answers its exit code. */
function run(command: string, args: string[], own: Record<string, string> = {}): Promise<number> {
  const env = { ...ALLOCATOR, ...process.env, ...own, PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}` };
  if (process.platform === 'win32') env.PATH = process.env['PATH'] ?? '';
  const child = spawn(command, args, { stdio: 'inherit', env });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', ...(process.platform === 'win32' ? [] : ['SIGUSR2'])];
  const forwards = signals.map((signal) => [signal, () => child.kill(signal as NodeJS.Signals)] as const);
  for (const [signal, forward] of forwards) process.on(signal, forward);
  return new Promise((resolve) => {
    const end = (code: number): void => {
      for (const [signal, forward] of forwards) process.off(signal, forward);
      resolve(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code, signal) => end(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  });
}
