// Builds the window with vite into build/window when a source changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { needProcedures } from './procedures.ts';

const SOURCES = ['renderer', 'shared', 'assets', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];
const STAMP = 'build/window.stamp';

/** Builds unless build/window belongs to the sources as they are; output goes to standard error. */
export async function buildWindow(root: string): Promise<void> {
  // Asked before the lock is taken, so that a folder that cannot be written still starts.
  if (isBuilt(root)) return;
  await withLock(join(root, 'build', 'window.lock'), async () => {
    if (isBuilt(root)) return;
    needProcedures(root);
    process.stderr.write('Building the window ...\n');
    const stamp = join(root, STAMP);
    const sources = digestOf(root, SOURCES);
    rmSync(stamp, { force: true });
    const { build } = await import('vite');
    // Built beside and put in place whole, so that nobody who starts meanwhile finds half a window.
    const outDir = join(root, 'build', 'window.new');
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir } });
    rmSync(join(root, 'build', 'window'), { recursive: true, force: true });
    renameSync(outDir, join(root, 'build', 'window'));
    writeFileSync(stamp, sources);
  });
}

function isBuilt(root: string): boolean {
  return (
    existsSync(join(root, 'build/window/index.html')) && read(join(root, STAMP)) === digestOf(root, SOURCES)
  );
}

/** SHA-256 over names and contents of the files below `paths`. */
export function digestOf(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesOf(root, path)) {
      hash.update(`${file}\0`);
      hash.update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex');
}

function filesOf(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesOf(root, `${path}/${name}`));
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
