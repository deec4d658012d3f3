// `npm run pack`: builds everything and packs the application for this machine's system into release/.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'electron-builder';
import { buildElectron } from './build-electron.ts';
import { buildWindow } from './build-window.ts';
import { findElectron } from './electron-runtime.ts';
import { makeStandInRuntime } from './stand-in-runtime.ts';

/** Where electron-builder lays the application, by system. */
const UNPACKED: Partial<Record<NodeJS.Platform, string>> = { win32: 'win-unpacked', linux: 'linux-unpacked' };

export interface PackOptions {
  root: string;
  outDir: string;
  /** Makes the installers of electron-builder.yml as well, which only makes sense with the real runtime. */
  installers: boolean;
  say: (line: string) => void;
}

/** Packs and answers where the application lies. Fetches nothing; throws where the packer refuses. */
export async function pack({ root, outDir, installers, say }: PackOptions): Promise<{ appFolder: string }> {
  const runtime = findElectron(root);
  if (!runtime && installers)
    throw new Error('Installers need Electron’s runtime: start the application once online.');
  if (!runtime && process.platform === 'darwin')
    throw new Error('No stand-in exists for macOS: fetch the runtime first.');
  await buildWindow(root);
  await buildElectron(root);
  const scratch = mkdtempSync(join(tmpdir(), 'countercheck-runtime-'));
  try {
    if (!runtime) {
      say('Electron’s runtime is not here; packing with a stand-in that starts nothing.');
      makeStandInRuntime(root, scratch);
    }
    await build({
      projectDir: root,
      dir: !installers,
      publish: 'never',
      config: {
        extends: join(root, 'electron-builder.yml'),
        directories: { output: outDir },
        electronDist: runtime ? dirname(runtime) : scratch,
        // A stand-in is no Windows program: nothing can be written into its resources.
        ...(runtime ? {} : { win: { target: 'dir', signAndEditExecutable: false } }),
      },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return { appFolder: join(outDir, UNPACKED[process.platform] ?? 'linux-unpacked') };
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const { values } = parseArgs({ options: { installers: { type: 'boolean', default: false } } });
  const say = (line: string): void => console.log(line);
  await pack({ root, outDir: join(root, 'release'), installers: values.installers, say });
  say('Packed into release/.');
}
