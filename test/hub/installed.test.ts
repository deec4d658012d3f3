// The tests of the hub's service and tables once more, on the PostgreSQL that is installed here, where there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'vitest';
import { SERVERS } from './binaries.ts';
import { runOn } from './cluster.ts';

const [, installed] = SERVERS.find(([name]) => name === 'installed') ?? [];

/** Those that use the cluster of this folder and do not name its programs themselves. */
function sameTests(): string[] {
  return readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== basename(import.meta.filename))
    .filter((name) => readFileSync(join(import.meta.dirname, name), 'utf8').includes('= testCluster()'));
}

if (installed === undefined) {
  test('no PostgreSQL is installed here: not run', ({ skip }) => skip());
} else {
  runOn(installed);
  for (const name of sameTests()) describe(name, () => import(join(import.meta.dirname, name)));
}
