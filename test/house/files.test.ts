// Habits of every source file: short, begun by what it is for, named by the rule, nothing left for later, nothing switched off.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sources, tree } from './sources.ts';

const files = sources().map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const product = files.filter(({ path }) => !path.startsWith('test/'));

/** Tables and catalogues, which are long because there is much in them. */
const TABLES = [/^shared\/specimen\/glyphs\//, /^shared\/mrz\/states\.ts$/, /^scripts\/import-table\.ts$/];
const MOST_LINES = 300;

const found = (in_: typeof files, pattern: RegExp): string[] =>
  in_.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
  );

describe('every source file', () => {
  test(`has at most ${MOST_LINES} lines, tables excepted`, () => {
    const long = product
      .filter(({ path }) => !TABLES.some((table) => table.test(path)))
      .map(({ path, text }) => [path, text.split('\n').length - 1] as const)
      .filter(([, lines]) => lines > MOST_LINES);
    expect(long).toEqual([]);
  });

  test('says in its first line what it is for', () => {
    const silent = files
      .filter(({ text }) => !/^(\/\/ .{15,}|\/\*\* .{15,})/.test(text))
      .map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  test('is named in kebab-case, a component in PascalCase', () => {
    const kebab = /^\d*[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|module|d))?\.ts$|^\d{4}-[a-z0-9-]+\.ts$/;
    const pascal = /^([A-Z][A-Za-z0-9]*(\.test)?|main)\.tsx$/;
    const odd = files.filter(({ path }) => !(path.endsWith('.tsx') ? pascal : kebab).test(basename(path)));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test('leaves nothing for later', () => {
    expect(
      found(
        files,
        new RegExp(['TODO', 'FIXME', 'XXX\\b(?!\\w)', 'HACK'].map((w) => `\\b${w}\\b[:\\s]`).join('|')),
      ),
    ).toEqual([]);
  });

  test('gives no type or lint check a way round without its reason', () => {
    const round = new RegExp('@ts-(ignore|nocheck|expect-error)|^(?!\\s*(//|\\*)).*(\\bas any\\b|: any\\b)');
    expect(found(product, round)).toEqual([]);
    const switchedOff = product.flatMap(({ path, text }) => {
      const lines = text.split('\n');
      // The reason stands behind ` -- ` or in the comment above; one for each rule and file.
      const explained = new Set<string>();
      return lines.flatMap((line, i) => {
        const [directive] = /(oxlint|eslint)-disable[\w-]* \S+|biome-ignore \S+/.exec(line) ?? [];
        if (directive === undefined) return [];
        const above = lines[i - 1] ?? '';
        if (/ -- .{15,}/.test(line) || /^\s*(\/\/|\*).{15,}/.test(above)) explained.add(directive);
        return explained.has(directive) ? [] : [`${path}:${i + 1} ${directive}`];
      });
    });
    expect(switchedOff).toEqual([]);
  });

  test('names no path of a machine and no address outside', () => {
    const abroad = new RegExp(
      ['/(home|Users|work)/[a-z]', 'https?://(?!127\\.0\\.0\\.1|localhost)[a-z]'].join('|'),
    );
    const known =
      /w3\.org|schemas\.openxmlformats\.org|\.localhost|\.example|example\.(org|com|net)|\.invalid|\.test\b|ELECTRON_MIRROR/;
    expect(found(product, abroad).filter((line) => !known.test(line))).toEqual([]);
  });

  test('is not a barrel', () => {
    expect(files.filter(({ path }) => /(^|\/)index\.tsx?$/.test(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe('every test', () => {
  test('runs: none is skipped, singled out or only promised', () => {
    const marks = new RegExp(
      `\\b(it|test|describe)(\\.\\w+)*\\.(${['skip', 'only', 'todo', 'fails'].join('|')})\\b|\\bx(it|describe)\\(`,
    );
    const tests = files.filter(({ path }) => path.startsWith('test/'));
    expect(found(tests, marks)).toEqual([]);
  });
});

test('.ci/run calls the README’s own command', () => {
  const lines = readFileSync('.ci/run', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toEqual(['set -e', 'cd "$(dirname "$0")/.."', 'npm test']);
  expect(tree()).toContain('package-lock.json');
});
