// Holds every source file against the import table, and shows that the table refuses what it should.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, readImports, refusal, roomOf } from '../../scripts/house.ts';
import { IMPORT_TABLE } from '../../scripts/import-table.ts';
import { sources } from './sources.ts';
import { type, value, WRONG_IMPORTS } from './wrong-imports.ts';

type Imports = ReadonlyMap<string, readonly Import[]>;

/** What runs because a file does: imports that vanish with the types are left out. */
function valuesOf(imports: Imports, path: string): string[] {
  return (imports.get(path) ?? []).filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => specifier);
}

const fileOf = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier);

/**
 * Packages that are built into the window and that no room of the window may import itself, each with the files that
 * lead to it. A refusal looks at one import; this follows them, since what the window may import may import more.
 */
function smuggled(imports: Imports): string[] {
  const rooms = IMPORT_TABLE.filter(({ name }) => name.startsWith('renderer/'));
  const allowed = new Set(rooms.flatMap(({ packages }) => packages));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (done.has(path)) return;
    done.add(path);
    for (const specifier of valuesOf(imports, path)) {
      const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
      if (specifier.startsWith('.')) walk(fileOf(path, specifier), [...trail, path]);
      else if (!allowed.has(name)) found.push([...trail, path, specifier].join(' -> '));
    }
  };
  for (const path of imports.keys()) if (path.startsWith('renderer/')) walk(path, []);
  return found;
}

describe('the tree', () => {
  const files = sources();
  const imports = new Map(files.map((path) => [path, readImports(path, readFileSync(path, 'utf8'))]));

  test('there are sources to look at', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  test('every file belongs to a room and imports only what its room may', () => {
    const refused = [...imports].flatMap(([path, found]) => {
      if (!roomOf(path)) return [refusal(path, value('./nothing.ts'))];
      return found.flatMap((each) => {
        const reason = refusal(path, each);
        return reason ? [`line ${each.line}: ${reason}`] : [];
      });
    });
    expect(refused).toEqual([]);
  });

  test('every relative import names its file with the extension', () => {
    const named = /\.(tsx?|mjs|cjs|json|css|svg)(\?\w+)*$/;
    const bare = [...imports].flatMap(([path, found]) =>
      found
        .filter(({ specifier }) => specifier.startsWith('.') && !named.test(specifier))
        .map(({ specifier, line }) => `${path}:${line} ${specifier}`),
    );
    expect(bare).toEqual([]);
  });

  // Zod, for one, makes functions of text, which the window's policy refuses and reports.
  test('the window is built of its own packages alone', () => {
    expect(smuggled(imports)).toEqual([]);
  });

  test('no file imports itself in a circle', () => {
    const targets = (path: string): string[] =>
      valuesOf(imports, path)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => fileOf(path, specifier));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, trail: string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of targets(path)) walk(next, [...trail, path]);
      done.add(path);
    };
    for (const path of files) walk(path, []);
    expect(circles).toEqual([]);
  });
});

describe('the table', () => {
  test('each row names rooms that exist', () => {
    const names = new Set(['*', ...IMPORT_TABLE.map((room) => room.name)]);
    const unknown = IMPORT_TABLE.flatMap((room) => [...room.may, ...(room.types ?? [])]).filter(
      (n) => !names.has(n),
    );
    expect(unknown).toEqual([]);
  });

  test.each(WRONG_IMPORTS)('%s refuses %j', (path, found, told) => {
    expect(refusal(path, found)).toContain(told);
  });

  test.each([
    ['shared/vision/read.ts', value('../mrz/formats.ts')],
    ['shared/contract/records.ts', value('zod')],
    ['shared/trends/weekly.ts', value('../report/wire.ts')],
    ['shared/wire/seal.ts', value('node:crypto')],
    ['renderer/features/examine/Examine.tsx', value('./store.ts')],
    ['renderer/features/examine/parts/Lines.tsx', value('../store.ts')],
    ['renderer/features/examine/store.ts', type('../../../shared/contract/records.ts')],
    ['renderer/app/App.tsx', value('../features/history/History.tsx')],
    ['renderer/ui/fonts.ts', value('@fontsource/jetbrains-mono/400.css')],
    ['electron/station-worker.ts', value('./app.ts')],
    ['electron/host/main.ts', value('../station.ts')],
    ['electron/main.ts', value('electron')],
    ['electron/db/open.ts', value('better-sqlite3')],
    ['electron/cli/main.ts', value('node:util')],
    ['test/house/imports.test.ts', value('../../electron/db/open.ts')],
  ])('%s may import %j', (path, found) => {
    expect(refusal(path, found)).toBeNull();
  });

  test('a package behind a file that the window may import is told with the way to it', () => {
    const screen = 'renderer/features/history/Trends.tsx';
    const imports = new Map([
      [screen, [value('../../../shared/trends/weekly.ts'), type('../../../shared/contract/records.ts')]],
      ['shared/trends/weekly.ts', [value('../report/wire.ts')]],
      ['shared/report/wire.ts', [value('zod')]],
      ['shared/contract/records.ts', [value('zod')]],
    ]);
    const refused = [...imports].flatMap(([path, found]) => found.map((each) => refusal(path, each)));
    expect(refused.filter((one) => one !== null)).toEqual([]);
    expect(smuggled(imports)).toEqual([
      `${screen} -> shared/trends/weekly.ts -> shared/report/wire.ts -> zod`,
    ]);
  });

  test('a refusal teaches why', () => {
    expect(refusal('electron/main.ts', value('./db/open.ts'))).toBe(
      "electron/main.ts (room electron/electron-shell) may not import electron/db ('./db/open.ts'): a shell takes no " +
        'decisions: it sees the station’s handle, its static files and its settings, nothing behind them',
    );
  });
});

describe('reading imports', () => {
  const read = (source: string): string[] =>
    readImports('a.tsx', source).map(
      (found) => `${found.line}${found.typeOnly ? 't' : 'v'} ${found.specifier}`,
    );

  test.each([
    ["import { a } from './a.ts';", ['1v ./a.ts']],
    ["import './a.css';", ['1v ./a.css']],
    ["\nimport type { A } from './a.ts';", ['2t ./a.ts']],
    ["import { type A } from './a.ts';", ['1t ./a.ts']],
    ["import { type A, b } from './a.ts';", ['1v ./a.ts']],
    ["export * from './a.ts';", ['1v ./a.ts']],
    ["export { a } from './a.ts'; export type { B } from './b.ts';", ['1v ./a.ts', '1t ./b.ts']],
    ["const a = await import('./a.ts');", ['1v ./a.ts']],
    ["const a = import(\n  './a.ts');", ['1v ./a.ts']],
    ["type A = import('./a.ts').A;", ['1t ./a.ts']],
    ["const a = require('a');", ['1v a']],
    ["new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });", ['1v ./worker.ts']],
    ["const page = new URL('./page.html', import.meta.url);", []],
    ["// import './a.ts'\nconst s = \"import './b.ts'\";", []],
    ["const x = <p>import from './a.ts'</p>;", []],
  ])('%j', (source, expected) => {
    expect(read(source)).toEqual(expected);
  });

  test('a file that does not parse is told, not passed over', () => {
    expect(() => readImports('a.ts', 'import { from ;')).toThrow('a.ts');
  });
});
