// Packs the application for this machine and proves what came out: all it needs, nothing it must not hold, fuses set.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, extractFile, listPackage, statFile } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pack } from '../../scripts/pack.ts';
import { setupOf } from '../electron/set-up.ts';

const PACK_MS = 240_000;
const ROOT = process.cwd();
const MOST_MEGABYTES = 60;

interface Found {
  imports: Record<string, boolean>;
  sqlite: { matches: number; plain: boolean };
  sharp: Record<string, string>;
  station: {
    setup: boolean;
    signIn: boolean;
    state: boolean;
    specimen: boolean;
    grey: boolean;
    fault?: string;
  };
}

let scratch: string;
let resources: string;
let archive: string;
let files: string[];

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'pack-test-'));
  const { appFolder } = await pack({
    root: ROOT,
    outDir: join(scratch, 'out'),
    installers: false,
    say: () => {},
  });
  resources = join(appFolder, 'resources');
  archive = join(resources, 'app.asar');
  files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
}, PACK_MS);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const unpacked = (path: string): boolean => {
  const entry = statFile(archive, path);
  return 'unpacked' in entry && entry.unpacked === true;
};

describe('what is inside', () => {
  test('holds none of the tests, papers, tools, sources, maps and pictures of this project', () => {
    const rooms =
      /^(test|docs|hub|scripts|shared|renderer|electron|assets|build\/(?!electron|window)|release)(\/|$)/;
    expect(files.filter((path) => rooms.test(path))).toEqual([]);
    expect(
      files.filter((path) =>
        /corpus|\.map$|\.tsx?$|(?<!LICENSE)\.md$|\.py$|(^|\/)(AGENTS|CLAUDE|README)/i.test(path),
      ),
    ).toEqual([]);
    const top = new Set(files.map((path) => path.split('/')[0]));
    expect(top).toEqual(new Set(['LICENSE', 'NOTICE', 'build', 'node_modules', 'package.json']));
  });

  test('holds only the packages that the station runs with', () => {
    const packages = new Set(
      files.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/@]+)/.exec(path)?.[1] ?? []),
    );
    const known =
      /^(better-sqlite3|buffer-crc32|csv-parse|sharp|detect-libc|semver|uuid|yazl|zod|@img\/(colour|sharp(-libvips)?-[a-z0-9-]+))$/;
    expect([...packages].filter((name) => !known.test(name))).toEqual([]);
    expect(packages).toContain('better-sqlite3');
  });

  test('has its entry, preload, worker, window and reader', () => {
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as { main: string };
    for (const path of [
      manifest.main,
      'build/electron/preload.cjs',
      'build/electron/station-worker.js',
      'build/electron/backup-worker.js',
      'build/electron/list-worker.js',
      'build/electron/check-worker.js',
      'build/window/index.html',
      'build/window/ocr/mrz.traineddata',
    ]) {
      expect(files).toContain(path);
    }
    expect(files.some((path) => /^build\/window\/assets\/reader-worker-[\w-]{8}\.js$/.test(path))).toBe(true);
    const model = extractFile(archive, 'build/window/ocr/mrz.traineddata');
    expect(model.equals(readFileSync('assets/ocr/mrz.traineddata'))).toBe(true);
  });

  test('the licences of bundled parts lie beside it', () => {
    const licences = readdirSync(join(resources, 'licences'));
    expect(licences).toContain('jetbrains-mono.txt');
    expect(licences).toContain('react.txt');
    expect(licences.filter((name) => statSync(join(resources, 'licences', name)).size < 200)).toEqual([]);
  });

  test('every file that the page names is there', () => {
    const page = extractFile(archive, 'build/window/index.html').toString();
    const named = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => `build/window/${match[1]}`);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
  });

  test('native files of this system alone, and outside the archive, where the system can load them', () => {
    const native = files.filter((path) => /\.(node|so(\.[\d.]+)?|dylib|dll|exe)$/.test(path));
    expect(native.filter((path) => !unpacked(path))).toEqual([]);
    const engines = native.filter((path) => path.includes('better-sqlite3'));
    expect(engines).toEqual([
      `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
    ]);
  });

  test(`is small: at most ${MOST_MEGABYTES} MB`, () => {
    const megabytes = sizeOf(resources) / 1e6;
    console.log(`packed application without Electron: ${megabytes.toFixed(1)} MB`);
    expect(megabytes).toBeLessThan(MOST_MEGABYTES);
  });
});

test('from a bare folder every import, native part, core and model loads, and the station opens and draws', () => {
  const application = join(scratch, 'bare');
  const data = join(scratch, 'data');
  extractAll(archive, application);
  mkdirSync(data);
  copyFileSync(join(ROOT, 'test/pack/inside.mjs'), join(scratch, 'inside.mjs'));
  const output = execFileSync(
    process.execPath,
    [join(scratch, 'inside.mjs'), application, data, JSON.stringify(setupOf())],
    {
      cwd: scratch,
      env: { PATH: '' },
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  const found = JSON.parse(output) as Found;
  expect(found.imports).toMatchObject({ 'better-sqlite3': true, sharp: true, zod: true });
  expect(Object.values(found.imports).every(Boolean)).toBe(true);
  expect(found.sqlite).toEqual({ matches: 1, plain: false });
  expect(found.sharp).toEqual({ jpeg: '8x4', png: '8x4', webp: '8x4', tiff: '8x4' });
  expect(found.station).toEqual({ setup: true, signIn: true, state: true, specimen: true, grey: true });
}, 90_000);

test('fuses: not a Node, no inspector, cookies encrypted, nothing but the sealed archive', () => {
  const name = readdirSync(join(resources, '..')).find((each) => /^countercheck(\.exe)?$/i.test(each)) ?? '';
  const program = readFileSync(join(resources, '..', name));
  // The wire follows its mark: version, length, then one character a fuse (github.com/electron/fuses).
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const at = program.indexOf(mark) + mark.length;
  expect(program.indexOf(mark)).toBeGreaterThan(0);
  const wire = program.subarray(at + 2, at + 2 + (program[at + 1] ?? 0)).toString('latin1');
  const fuses = [...wire].map((state) => state === '1');
  const [runAsNode, cookieEncryption, nodeOptions, inspect, integrity, onlyAsar, , fileProtocol] = fuses;
  expect({ runAsNode, nodeOptions, inspect, fileProtocol }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspect: false,
    fileProtocol: false,
  });
  expect({ cookieEncryption, integrity, onlyAsar }).toEqual({
    cookieEncryption: true,
    integrity: true,
    onlyAsar: true,
  });
});
