// Bundles the Electron shell, its preload and the station's worker into build/electron with rolldown.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { needProcedures } from './procedures.ts';

/** Packages stay outside the bundles: native parts are found beside the packed application. */
const OUTSIDE = [/^node:/, /^electron(\/|$)/, /^[a-z@](?!:)/i];

/** Writes main.js, station-worker.js, check-worker.js, backup-worker.js, list-worker.js (modules) and preload.cjs (a sandboxed preload must be CommonJS). */
export async function buildElectron(root: string, outDir = join(root, 'build', 'electron')): Promise<void> {
  needProcedures(root);
  rmSync(outDir, { recursive: true, force: true });
  for (const name of ['main', 'station-worker', 'check-worker', 'backup-worker', 'list-worker'] as const) {
    await build({
      input: { [name]: join(root, 'electron', `${name}.ts`) },
      platform: 'node',
      external: (id, _from, resolved) => !resolved && OUTSIDE.some((pattern) => pattern.test(id)),
      output: { dir: outDir, format: 'esm', entryFileNames: '[name].js', codeSplitting: false },
    });
  }
  await build({
    input: join(root, 'electron', 'preload.ts'),
    platform: 'node',
    external: ['electron'],
    output: { file: join(outDir, 'preload.cjs'), format: 'cjs' },
  });
}
