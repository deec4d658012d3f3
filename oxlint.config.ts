// The linter's rules: a base for all, and per room the imports that the import table refuses.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { defineConfig, type OxlintOverride } from 'oxlint';
import { ANYTHING, IMPORT_TABLE, type Room } from './scripts/import-table.ts';

interface RestrictedPattern {
  regex: string;
  message: string;
  allowTypeImports?: boolean;
}

const manifest: Record<string, Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8'));
const installed = [
  ...Object.keys(manifest.dependencies ?? {}),
  ...Object.keys(manifest.devDependencies ?? {}),
  'electron',
];

const escape = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** How a file of the room `from` would write an import of the place `to`, at whatever depth it lies. */
function written(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  const rest = there.slice(common).map((part) => (part === '*' ? '[^/]+' : escape(part)));
  const up = here.length > common ? `(\\.\\./){${here.length - common},}` : '\\.{1,2}/(\\.\\./)*';
  return `^${up}${rest.join('/')}`;
}

/**
 * A folder of which some files belong to rooms that may be imported all the same: the names of the others. The linter's
 * expressions cannot say "but not these".
 */
function withoutAllowed(room: Room, to: string): string {
  const files = IMPORT_TABLE.filter(({ name }) => room.may.includes(name)).flatMap((other) => other.files);
  const inside = files.filter((file) => to.endsWith('/') && file !== to && file.startsWith(to));
  if (inside.length === 0) return '';
  const others = readdirSync(to).filter((name) => !inside.includes(`${to}${name}`));
  return `(${others.map(escape).join('|')})$`;
}

/** Everything of Node but these parts, named as `node:crypto`. */
function nodeBut(allowed: readonly string[]): string {
  const named = allowed.filter((name) => name.startsWith('node:'));
  if (named.length === 0) return '^node:';
  const others = builtinModules.filter((name) => !named.includes(`node:${name}`));
  return `^node:(${others.map(escape).join('|')})$`;
}

/** The refusals of one room as patterns over specifiers; test/house judges the same table exactly. */
function restrictions(room: Room): RestrictedPattern[] {
  const packages = installed.filter((name) => !room.packages.includes(name));
  const patterns: RestrictedPattern[] = [
    { regex: `^(${packages.map(escape).join('|')})(/|$)`, message: room.why },
  ];
  if (!room.packages.includes('node:*')) patterns.push({ regex: nodeBut(room.packages), message: room.why });
  for (const other of IMPORT_TABLE) {
    if (other.name === room.name || room.may.includes(other.name)) continue;
    const regexes = room.files.flatMap((from) =>
      // A room inside the other one's folder: its own files would look the same.
      other.files
        .filter((to) => !from.startsWith(to))
        .map((to) => `${written(from, to)}${withoutAllowed(room, to)}`),
    );
    if (regexes.length === 0) continue;
    patterns.push({
      regex: [...new Set(regexes)].join('|'),
      message: room.why,
      allowTypeImports: room.types?.includes(other.name) ?? false,
    });
  }
  return patterns;
}

// The first room of the table that fits counts, here the last override: hence backwards.
const overrides = IMPORT_TABLE.filter((room) => !room.may.includes(ANYTHING))
  .toReversed()
  .map(
    (room): OxlintOverride => ({
      files: room.files.map((place) => (place.endsWith('/') ? `${place}**` : place)),
      rules: { 'no-restricted-imports': ['error', { patterns: restrictions(room) }] },
    }),
  );

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'react', 'jsx-a11y'],
  categories: { correctness: 'error' },
  ignorePatterns: ['build', 'release', 'assets', 'shared/specimen/glyphs'],
  rules: {
    eqeqeq: 'error',
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'import/no-default-export': 'error',
    'typescript/await-thenable': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    // Text here is of the MRZ alphabet or split for display; code points are what is meant.
    'typescript/no-misused-spread': 'off',
    'typescript/unbound-method': 'off',
    'unicorn/no-new-array': 'off',
    // A dialogue that opens puts the focus where the next key belongs.
    'jsx-a11y/no-autofocus': 'off',
    // The arrows scroll a scrolled region once it has the focus (WCAG 2.1.1).
    'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['region'], tags: [] }],
    // A table whose rows are walked by arrows is a grid (ARIA Authoring Practices).
    'jsx-a11y/no-noninteractive-element-to-interactive-role': ['error', { table: ['grid'] }],
    'jsx-a11y/prefer-tag-over-role': 'off',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'react/exhaustive-deps': 'error',
    'react/rules-of-hooks': 'error',
  },
  overrides: [
    ...overrides,
    // Tools that load a file as configuration look for its default export.
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    // Where a terminal is the screen.
    {
      files: ['electron/cli/**', 'electron/host/**', 'scripts/**', 'test/**'],
      rules: { 'no-console': 'off' },
    },
    // The content-security policy is tested by trying what it forbids.
    { files: ['test/**'], rules: { 'no-eval': 'off' } },
  ],
});
