// Copies of a folder as `kill -9` would leave it at each step of an action: before every call that changes a file.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { temporaryFolder } from './fixtures.ts';

const AT_ONCE = [
  'appendFileSync',
  'copyFileSync',
  'fsyncSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'truncateSync',
  'unlinkSync',
  'utimesSync',
  'writeFileSync',
  'writeSync',
] as const;
const LATER = ['appendFile', 'mkdir', 'open', 'rename', 'rm', 'unlink', 'writeFile'] as const;

type Calls = Record<string, (...values: unknown[]) => unknown>;

/** Everything in the folder as one text; the lock changes nothing. */
function stateOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.startsWith('station.lock')) continue;
    hash.update(`${name}\n`);
    if (fs.statSync(join(folder, name)).isFile()) hash.update(fs.readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

/**
 * Runs the action, and copies the folder at each step of it that left something else, before the first and after the
 * last too. The copies are removed with the test.
 */
export async function cutsOf(folder: string, action: () => Promise<unknown>): Promise<string[]> {
  const cuts: string[] = [];
  let before = '';
  let isCopying = false;
  const copy = (): void => {
    if (isCopying) return;
    isCopying = true;
    const state = stateOf(folder);
    if (state !== before) {
      before = state;
      const cut = temporaryFolder();
      fs.cpSync(folder, cut, { recursive: true, preserveTimestamps: true });
      fs.rmSync(join(cut, 'station.lock'), { force: true });
      cuts.push(cut);
    }
    isCopying = false;
  };
  const undo: (() => void)[] = [];
  const patch = (target: object, names: readonly string[]): void => {
    const calls = target as Calls;
    for (const name of names) {
      const original = calls[name];
      if (original === undefined) throw new Error(`there is no ${name}`);
      calls[name] = (...values) => {
        copy();
        return original.apply(target, values);
      };
      undo.push(() => (calls[name] = original));
    }
  };
  patch(fs, AT_ONCE);
  patch(fs.promises, LATER);
  syncBuiltinESMExports();
  try {
    await action();
  } finally {
    for (const step of undo) step();
    syncBuiltinESMExports();
  }
  copy();
  return cuts;
}
