// The rooms of the house and what each may import: the one table that the linter and test/house read.

/**
 * One room. A file belongs to the first room of the table whose `files` fit it.
 * What is not listed in `may`, `types`, `packages` is refused; `why` is what the refusal teaches.
 */
export interface Room {
  name: string;
  /** Folders (ending in `/`) and files from the project's root; `*` stands for one folder, which is a room of its own. */
  files: string[];
  /** Rooms it may import. */
  may: string[];
  /** Rooms it may import as types only. */
  types?: string[];
  /** Packages it may import; `node:*` stands for everything of Node, `node:crypto` for that part of it alone. */
  packages: string[];
  why: string;
}

/** A room that may import anything; nobody but another such room may import it. */
export const ANYTHING = '*';

const PURE = ['mrz', 'vision', 'examination', 'specimen', 'procedures'].map((name) => `shared/${name}`);
const REPORTING = ['report', 'sharing', 'trends', 'training', 'lists'].map((name) => `shared/${name}`);
/** What the window needs of the contract as values too. */
const WIRE = ['shared/contract/wire', 'shared/contract/rights'];
const CONTRACT = ['shared/contract', ...WIRE];
const SHARED = [...PURE, ...REPORTING, ...CONTRACT];
/** What a shell may hold of the station. */
const HANDLE = [
  'electron/release',
  'electron/station',
  'electron/served',
  'electron/settings',
  'electron/shell',
  'electron/words',
];

const SCREEN_PACKAGES = [
  'react',
  'react-dom',
  'react-intl',
  'react-aria-components',
  'lucide-react',
  'zustand',
  'uuid',
];
const pure =
  'shared/ runs in the window, the station and the hub alike: no Node, no DOM, no clock, no randomness; pass in what it needs';
const thin =
  'a shell takes no decisions: it sees the station’s handle, its static files and its settings, nothing behind them';
const below =
  'the station is built in app.ts and points down: handlers -> services -> db; it knows neither shell nor window';
const screen =
  'the window reaches the station through the Bridge alone, and one feature never imports another: share through renderer/lib, ui or text';

export const IMPORT_TABLE: readonly Room[] = [
  // shared/: the domain. Arrows point at it.
  { name: 'shared/mrz', files: ['shared/mrz/'], may: [], packages: [], why: pure },
  { name: 'shared/vision', files: ['shared/vision/'], may: ['shared/mrz'], packages: [], why: pure },
  {
    name: 'shared/examination',
    files: ['shared/examination/'],
    may: ['shared/mrz'],
    packages: [],
    why: pure,
  },
  {
    name: 'shared/procedures',
    files: ['shared/procedures/'],
    may: ['shared/mrz'],
    packages: [],
    why: pure,
  },
  { name: 'shared/specimen', files: ['shared/specimen/'], may: ['shared/mrz'], packages: [], why: pure },
  ...REPORTING.map((name) => ({
    name,
    files: [`${name}/`],
    may: [...PURE, ...REPORTING.filter((other) => other !== name), 'shared/contract/wire'],
    packages: ['zod'],
    why: pure,
  })),
  {
    name: 'shared/wire',
    files: ['shared/wire/'],
    may: ['shared/sharing', 'shared/contract/wire'],
    packages: ['zod', 'node:crypto'],
    why: 'what station and hub must compute alike, byte for byte: strings that are signed, keys, bundles; node:crypto and nothing else of Node, and never in the window',
  },
  {
    name: 'shared/contract/wire',
    files: ['bridge', 'case-ids', 'grouped-code', 'images', 'loopback', 'protection-ids', 'secret-rule'].map(
      (name) => `shared/contract/${name}.ts`,
    ),
    may: [],
    packages: [],
    why: 'names, numbers and rules of the wire, which the window also needs as values: no schema, no package',
  },
  {
    name: 'shared/contract/rights',
    files: ['shared/contract/rights.ts'],
    may: [],
    types: ['shared/contract'],
    packages: [],
    why: 'the one table of who may what: the window reads it to hide what is not for its officer, the station checks it',
  },
  {
    name: 'shared/contract',
    files: ['shared/contract/'],
    may: [...PURE, ...REPORTING, 'shared/contract/wire'],
    packages: ['zod'],
    why: pure,
  },

  // electron/: what every part of the station may know, then the shells, then the station from the top down.
  { name: 'electron/shell', files: ['electron/shell.ts'], may: CONTRACT, packages: [], why: below },
  {
    name: 'electron/release',
    files: ['electron/release.ts', 'electron/worker-beside.ts'],
    may: [],
    packages: [],
    why: 'how memory is given back and where a thread’s file lies, the same in every thread',
  },
  {
    name: 'electron/settings',
    files: ['electron/settings.ts'],
    may: ['manifest'],
    packages: ['node:*'],
    why: below,
  },
  { name: 'electron/words', files: ['electron/words.ts'], may: ['assets'], packages: [], why: thin },
  {
    name: 'electron/served',
    files: ['electron/static-files.ts', 'electron/image-door.ts', 'electron/app-scheme.ts'],
    may: ['electron/shell', 'electron/release', ...CONTRACT],
    packages: ['node:*'],
    why: thin,
  },
  {
    name: 'electron/electron-shell',
    files: ['main', 'window', 'print-window', 'preload', 'menu', 'electron-shell'].map(
      (name) => `electron/${name}.ts`,
    ),
    may: [...HANDLE, ...CONTRACT],
    packages: ['electron', 'node:*'],
    why: thin,
  },
  {
    name: 'electron/host',
    files: ['electron/host/'],
    may: [...HANDLE, ...CONTRACT],
    packages: ['node:*'],
    why: thin,
  },
  {
    name: 'electron/station',
    files: ['station', 'station-worker', 'station-messages'].map((name) => `electron/${name}.ts`),
    may: ['electron/app', 'electron/release', 'electron/settings', 'electron/shell', ...CONTRACT],
    packages: ['node:*'],
    why: below,
  },
  {
    name: 'electron/app',
    files: [
      'app',
      'backup-thread',
      'backup-worker',
      'check',
      'check-worker',
      'command-door',
      'core',
      'dispatcher',
      'handlers',
      'list-thread',
      'list-worker',
      'opened',
      'restore-handlers',
      'sessions',
      'station-keys',
      'station-store',
      'vault-handlers',
    ].map((name) => `electron/${name}.ts`),
    may: [
      'electron/backup',
      'electron/services',
      'electron/db',
      'electron/sync',
      'electron/images',
      'electron/lists',
      'electron/floor',
      'electron/release',
      'electron/settings',
      'electron/shell',
      'shared/wire',
      ...SHARED,
    ],
    packages: ['node:*', 'zod', 'uuid'],
    why: below,
  },
  {
    name: 'electron/logs',
    files: ['electron/logs/'],
    may: ['electron/db', 'electron/floor', ...SHARED],
    packages: ['node:*', 'yazl', 'zod'],
    why: 'files of the detection log: workbooks, manifests, and whether they are whole; what stands in them is the services’ matter',
  },
  {
    name: 'electron/services',
    files: ['electron/services/'],
    may: [
      'electron/backup',
      'electron/logs',
      'assets',
      'electron/db',
      'electron/images',
      'electron/lists',
      'electron/release',
      'electron/floor',
      'electron/settings',
      'electron/shell',
      'shared/wire',
      ...SHARED,
    ],
    packages: ['node:*', 'zod', 'uuid'],
    why: below,
  },
  {
    name: 'electron/sync',
    files: ['electron/sync/'],
    may: ['electron/db', 'electron/floor', 'shared/wire', ...SHARED],
    packages: ['node:*', 'zod'],
    why: below,
  },
  {
    name: 'electron/db',
    files: ['electron/db/'],
    may: ['electron/floor', 'shared/wire', ...SHARED],
    packages: ['node:*', 'better-sqlite3', 'zod', 'uuid'],
    why: below,
  },
  {
    name: 'electron/floor',
    files: [
      ...['files', 'failure', 'json', 'keys', 'queue'].map((name) => `electron/${name}.ts`),
      'electron/vault/',
    ],
    may: ['shared/wire', ...CONTRACT],
    packages: ['node:*', 'zod'],
    why: 'what every part of the station stands on: files that last, refusals with a code, keys, turns; it knows none of them',
  },
  {
    name: 'electron/backup',
    files: ['electron/backup/'],
    may: ['electron/db', 'electron/images', 'electron/floor', 'electron/release', ...CONTRACT],
    packages: ['node:*', 'zod'],
    why: 'backups: written, verified, restored, given folders and keys; when and by whom is the services’ matter',
  },
  {
    name: 'electron/lists',
    files: ['electron/lists/'],
    may: ['electron/floor', 'shared/lists', 'shared/examination', ...CONTRACT],
    packages: ['node:*', 'csv-parse'],
    why: 'tables in, files of tokens out: it knows neither the store nor who asks',
  },
  {
    name: 'electron/images',
    files: ['electron/images/'],
    may: ['electron/floor', 'electron/release', ...CONTRACT, 'shared/vision'],
    packages: ['node:*', 'sharp'],
    why: 'the one decoder and the one image vault: bytes in, pixels or cipher text out; whose they are is the services’ matter',
  },
  {
    name: 'electron/cli',
    files: ['electron/cli/'],
    may: [
      'electron/logs',
      'electron/backup',
      'electron/app',
      'electron/host',
      'electron/images',
      'electron/floor',
      'electron/settings',
      'electron/shell',
      ...SHARED,
    ],
    packages: ['node:*', 'uuid', 'react-intl', 'playwright-core'],
    why: 'the command line is one more user of the same station, vision and model; it keeps no logic of its own',
  },

  // renderer/: app -> features -> lib, ui, text.
  {
    name: 'renderer/features/*',
    files: ['renderer/features/*/'],
    may: ['renderer/lib', 'renderer/ui', 'renderer/text', ...PURE, ...REPORTING, ...WIRE],
    types: ['shared/contract'],
    packages: SCREEN_PACKAGES,
    why: screen,
  },
  {
    name: 'renderer/lib',
    files: ['renderer/lib/'],
    may: ['assets', 'renderer/ui', 'renderer/text', ...PURE, ...REPORTING, ...WIRE],
    types: ['shared/contract'],
    packages: [...SCREEN_PACKAGES, 'pdfjs-dist'],
    why: screen,
  },
  {
    name: 'renderer/ui',
    files: ['renderer/ui/'],
    may: ['renderer/lib', 'renderer/text', ...PURE, ...WIRE],
    types: ['shared/contract'],
    packages: [...SCREEN_PACKAGES, '@fontsource/atkinson-hyperlegible', '@fontsource/jetbrains-mono'],
    why: screen,
  },
  {
    name: 'renderer/text',
    files: ['renderer/text/'],
    may: ['assets'],
    packages: SCREEN_PACKAGES,
    why: screen,
  },
  {
    name: 'renderer/app',
    files: ['renderer/app/', 'renderer/main.tsx'],
    may: [
      'renderer/features/*',
      'renderer/lib',
      'renderer/ui',
      'renderer/text',
      ...PURE,
      ...REPORTING,
      ...WIRE,
    ],
    types: ['shared/contract'],
    packages: [...SCREEN_PACKAGES, '@fontsource/atkinson-hyperlegible', '@fontsource/jetbrains-mono'],
    why: screen,
  },

  {
    name: 'hub',
    files: ['hub/'],
    may: ['shared/wire', 'assets', 'manifest', ...SHARED],
    packages: [
      'node:*',
      'zod',
      'uuid',
      'fastify',
      '@fastify/rate-limit',
      'prom-client',
      'kysely',
      'pg',
      'pg-copy-streams',
      'intl-messageformat',
    ],
    why: 'the hub knows stations by their reports alone: nothing of a station or a window may reach it',
  },
  {
    name: 'manifest',
    files: ['package.json'],
    may: [],
    packages: [],
    why: 'name and version of the product',
  },
  { name: 'assets', files: ['assets/'], may: [], packages: [], why: 'knowledge as data: it imports nothing' },
  {
    name: 'scripts',
    files: ['scripts/', 'vite.config.ts', 'vitest.config.ts', 'oxlint.config.ts'],
    may: [ANYTHING],
    packages: [ANYTHING],
    why: 'tools of the house: they may look anywhere, the product never looks at them',
  },
  { name: 'test', files: ['test/'], may: [ANYTHING], packages: [ANYTHING], why: 'nobody imports a test' },
];
