// Electron's runtime is taken from where it lies and missed without fuss; sources are compared by what they hold.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digestOf } from '../../scripts/build-window.ts';
import { findElectron, needElectron } from '../../scripts/electron-runtime.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function put(path: string, text = ''): string {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  return full;
}

describe('Electron’s runtime', () => {
  test('lies in its package, or in the folder that is named', () => {
    expect(findElectron(folder, {}, 'linux')).toBeNull();
    const own = put('node_modules/electron/dist/electron');
    expect(findElectron(folder, {}, 'linux')).toBe(own);
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'else') }, 'linux')).toBeNull();
    const other = put('else/electron.exe');
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'else') }, 'win32')).toBe(other);
    const mac = put('node_modules/electron/dist/Electron.app/Contents/MacOS/Electron');
    expect(findElectron(folder, {}, 'darwin')).toBe(mac);
  });

  test('is not looked for outside when that is forbidden, or failed before', async () => {
    put('node_modules/electron/package.json', '{"version":"45.4.1"}');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '');
    vi.stubEnv('COUNTERCHECK_OFFLINE', '1');
    expect(await needElectron(folder)).toBeNull();
    vi.stubEnv('COUNTERCHECK_OFFLINE', '');
    put('build/electron-runtime.txt', '45.4.1');
    expect(await needElectron(folder)).toBeNull();
  });

  test('an attempt that fails is told once and remembered', async () => {
    put('node_modules/electron/package.json', '{"version":"45.4.1"}');
    put('node_modules/electron/install.js', 'process.exit(1)');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '');
    vi.stubEnv('HTTPS_PROXY', '');
    vi.stubEnv('https_proxy', '');
    // A place that refuses at once.
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:9/');
    const said: unknown[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(text) > 0);
    expect(await needElectron(folder)).toBeNull();
    expect(await needElectron(folder)).toBeNull();
    write.mockRestore();
    expect(said).toEqual([
      'Electron’s runtime could not be fetched; the window opens in a browser instead.\n',
    ]);
  });
});

test('sources differ by a byte or a name, and not by the order in which they were written', () => {
  put('a/one.ts', '1');
  put('a/b/two.ts', '2');
  const before = digestOf(folder, ['a', 'nothing']);
  put('a/one.ts', '1');
  expect(digestOf(folder, ['a', 'nothing'])).toBe(before);
  put('a/one.ts', '3');
  const changed = digestOf(folder, ['a', 'nothing']);
  expect(changed).not.toBe(before);
  put('nothing', '');
  expect(digestOf(folder, ['a', 'nothing'])).not.toBe(changed);
});
