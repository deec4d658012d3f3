// The frame of the command line: help, version, wrong usage, exit codes, a reader that goes away.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { runCli } from './run-cli.ts';

const GOOD =
  '{"lines":["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<","L898902C36UTO7408122F1204159ZE184226B<<<<<10"]}';

test.each([
  [['--help'], 'Usage: countercheck COMMAND'],
  [['-h'], 'Usage: countercheck COMMAND'],
  [['help'], 'Usage: countercheck COMMAND'],
  [['read', '--help'], 'Usage: countercheck read'],
  [['check', '--help'], 'Usage: countercheck check'],
  [['check', '-h', '--json'], 'Usage: countercheck check'],
  [['demo', '--help'], 'Usage: countercheck demo'],
])('%j prints its help and exits 0', async (argv, told) => {
  const { code, stdout, stderr } = await runCli(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(told);
});

test('--version prints the version alone', async () => {
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${packageJson.version}\n` });
});

test.each([
  [[], 'Usage: countercheck COMMAND'],
  [['frobnicate'], 'There is no command frobnicate'],
  [['toString'], 'There is no command toString'],
  [['read'], 'Name at least one picture'],
  [['read', '--jsn', 'a.jpg'], 'There is no option --jsn here.'],
  [['read', 'a.jpg', '--timeout-ms'], '--timeout-ms'],
  [['read', 'a.jpg', '--timeout-ms', '0'], 'from 1 to 600000, not 0'],
  [['read', 'a.jpg', '--timeout-ms', '-5'], '--timeout-ms'],
  [['read', 'a.jpg', '--timeout-ms=1e3'], 'not 1e3'],
  [['check', 'rows.jsonl'], 'takes no file names'],
  [['check', '--today', '2026-02-30'], 'not 2026-02-30'],
  [['check', '--today', 'tomorrow'], 'not tomorrow'],
  [['check', '--today', ''], 'YYYY-MM-DD'],
  [['demo', 'now'], 'Usage: countercheck demo'],
])(
  '%j is wrong usage: exit 2, the usage on standard error, nothing on standard output',
  async (argv, told) => {
    const { code, stdout, stderr } = await runCli(argv, GOOD);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(told);
    expect(stderr).toContain('Usage: countercheck');
  },
);

test('a reader that goes away ends the run quietly', async () => {
  const child = spawn(process.execPath, ['electron/cli/main.ts', 'check', '--json'], { stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  child.stdin.on('error', () => {});
  const feed = setInterval(() => child.stdin.write(`${GOOD}\n`.repeat(200)), 5);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code, signal] = await once(child, 'exit');
  clearInterval(feed);
  expect({ code, signal, complaint }).toEqual({ code: 0, signal: null, complaint: '' });
});

test('rows are answered as they come, not at the end', async () => {
  const child = spawn(process.execPath, ['electron/cli/main.ts', 'check', '--json'], { stdio: 'pipe' });
  child.stdin.write(`${GOOD}\n`);
  const [first] = await once(child.stdout, 'data');
  expect(JSON.parse(String(first))).toMatchObject({ format: 'TD3' });
  child.stdin.end();
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test('an end by signal leaves nothing of the demo behind', async () => {
  // Of its own: another test may run a demo meanwhile.
  const place = mkdtempSync(join(tmpdir(), 'cli-signal-'));
  try {
    const child = spawn(process.execPath, ['electron/cli/main.ts', 'demo'], {
      env: { ...process.env, TMPDIR: place },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    expect(readdirSync(place)).toEqual([expect.stringMatching(/^countercheck-demo-/u)]);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(130);
    expect(readdirSync(place)).toEqual([]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
