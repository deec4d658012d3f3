// What the runner's tasks answer when they are asked for what is not there, and how they end.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));

function run(args: string[], env: Record<string, string> = {}, until?: RegExp) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  const run = { code: null as number | null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    run.out += chunk.toString();
    if (until?.test(run.out)) child.kill('SIGINT');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    run.err += chunk.toString();
  });
  return new Promise<typeof run>((resolve) => {
    child.once('close', (code) => resolve({ ...run, code }));
  });
}

test('an unknown task lists the tasks', async () => {
  const { code, out, err } = await run(['scripts/tasks.ts', 'constructor']);
  expect([code, out]).toEqual([2, '']);
  for (const task of ['start', 'test', 'bench', 'countercheck', 'hub', 'pack']) expect(err).toContain(task);
});

test.each([[[]], [['nothing']], [['start', '--seed', 'x']], [['../run']], [['start', '--unknown']]])(
  'bench %j lists the names',
  async (args) => {
    const { code, out, err } = await run(['scripts/bench.ts', ...args]);
    expect([code, out]).toEqual([2, '']);
    const names = readdirSync(join(root, 'test/bench')).filter((file) => file.endsWith('.ts'));
    for (const name of names) expect(err).toContain(name.replace('.ts', ''));
  },
);

test('a start without a display says so, gives an address, and ends well by Ctrl+C', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const env = { COUNTERCHECK_DATA: folder, COUNTERCHECK_OFFLINE: '1', DISPLAY: '', WAYLAND_DISPLAY: '' };
  const { code, out } = await run(['scripts/run.mjs', 'start'], env, /Ctrl\+C/);
  rmSync(folder, { recursive: true });
  expect(out.split('\n').slice(0, 4)).toEqual([
    `Your data lies in ${folder}.`,
    'This machine has no display, so no window was opened.',
    expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+\/open#[\w-]{43}$/),
    'Press Enter for a new address, Ctrl+C to end.',
  ]);
  expect(code).toBe(0);
});
