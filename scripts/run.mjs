// `node scripts/run.mjs TASK [ARGS]`: every npm script comes through here, on Node 20 or newer, before anything is installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, setUp } from './set-up.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (await setUp(root)) {
  const node = findNode(root);
  if (node) run(node);
  else process.exitCode = 1;
} else {
  process.exitCode = 1;
}

function run(node) {
  const args = [...node.flags, join(root, 'scripts', 'tasks.ts'), ...process.argv.slice(2)];
  // NODE_OPTIONS meant for the outer Node must not open a debugging port in the inner one.
  const child = spawn(node.path, args, { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    if (signal in constants.signals && !(process.platform === 'win32' && signal === 'SIGUSR2')) {
      process.on(signal, () => child.kill(signal));
    }
  }
  child.once('error', () => {
    process.stderr.write('Node could not be started; remove node_modules and start again.\n');
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 1));
  });
}
