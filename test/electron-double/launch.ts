// Builds the Electron shell as it is shipped and runs it on the double, in this process.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import type { Page } from 'playwright-core';
import { buildElectron } from '../../scripts/build-electron.ts';
import type { DoubleWindow } from './double-window.ts';
import type * as DoubleModule from './electron.ts';

const root = dirname(dirname(import.meta.dirname));
const require = createRequire(import.meta.url);
const doublePath = join(import.meta.dirname, 'electron.ts');

export type Double = typeof DoubleModule;

export interface Launched {
  double: Double;
  window: DoubleWindow;
  page: Page;
  /** Quits as the officer would and waits for the end. */
  quit(): Promise<void>;
}

/**
 * One launch a test file: the double is one to a process, as Electron is.
 * `windowFolder` is served as the built window; without it a page of one line is.
 */
export async function launchOnDouble(options: {
  dataFolder: string;
  windowFolder?: string;
}): Promise<Launched> {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: pathToFileURL(doublePath).href, shortCircuit: true }
        : next(specifier, context),
  });
  // Inside the project, so that the bundles find their packages as they do beside a packed application.
  mkdirSync(join(root, 'build'), { recursive: true });
  const folder = mkdtempSync(join(root, 'build', 'on-double-'));
  await buildElectron(root, join(folder, 'electron'));
  if (options.windowFolder) {
    cpSync(options.windowFolder, join(folder, 'window'), { recursive: true });
  } else {
    mkdirSync(join(folder, 'window'));
    writeFileSync(
      join(folder, 'window/index.html'),
      '<!doctype html><html lang="en"><title>window</title></html>',
    );
  }
  process.env['COUNTERCHECK_DATA'] = options.dataFolder;
  // Loaded by Node itself, as Electron would, and not by the test runner's own loader.
  const double = require(doublePath) as Double;
  require(join(folder, 'electron/main.js'));
  const window = await vi.waitFor(
    () => {
      const [first] = double.control.windows;
      if (!first?.isVisible()) throw new Error('no window yet');
      return first;
    },
    { timeout: 20_000 },
  );
  return {
    double,
    window,
    page: await window.page,
    async quit() {
      const ended = new Promise((resolve) => double.app.once('quit', resolve));
      double.app.quit();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
