// Shows that the linter refuses what the import table refuses, and that it runs with types.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WRONG_IMPORTS } from './wrong-imports.ts';

// What a pattern over specifiers cannot see: files without a room, feature to feature, `fs`, a room inside a room.
const BEYOND_PATTERNS = [
  'belongs to no room',
  'renderer/features/history',
  'without node:',
  "shared/contract ('./records.ts')",
];
const cases = WRONG_IMPORTS.filter(([, , told]) => !BEYOND_PATTERNS.includes(told));

let folder: string;
let seen: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'house-lint-'));
  for (const file of ['oxlint.config.ts', 'package.json', 'tsconfig.json', 'scripts/import-table.ts']) {
    cpSync(file, join(folder, file));
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const lines = new Map<string, string[]>();
  for (const [path, { specifier, typeOnly }] of cases) {
    const line = `export ${typeOnly ? 'type ' : ''}{ A${lines.get(path)?.length ?? 0} } from '${specifier}';`;
    lines.set(path, [...(lines.get(path) ?? []), line]);
  }
  lines.set('electron/services/late.ts', [
    'const save = async (): Promise<number> => 1;',
    'export function go(a: unknown): boolean {',
    '  save();',
    '  return a == 1;',
    '}',
  ]);
  for (const [path, text] of lines) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), `${text.join('\n')}\n`);
  }
  const lint = [
    resolve('node_modules/oxlint/bin/oxlint'),
    '--type-aware',
    '-f',
    'unix',
    'electron',
    'hub',
    'renderer',
    'shared',
  ];
  seen = spawnSync(process.execPath, lint, { cwd: folder, encoding: 'utf8' }).stdout;
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(cases)('the linter refuses in %s %j', (path, { specifier }) => {
  const line = seen
    .split('\n')
    .find((text) => text.startsWith(`${path}:`) && text.includes(`'${specifier}'`));
  expect(line, seen.slice(0, 2000)).toContain('no-restricted-imports');
});

test('the linter knows types: a promise left alone is told', () => {
  expect(seen).toContain('electron/services/late.ts:3:3: Promises must be awaited');
  expect(seen).toContain('Expected === and instead saw ==');
});
