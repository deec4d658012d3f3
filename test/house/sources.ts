// The project's own files as the house tests see them: what is in its rooms, never what is built or installed.
import { readdirSync } from 'node:fs';

const FOLDERS = ['assets', 'docs', 'electron', 'hub', 'renderer', 'scripts', 'shared', 'test'];

/** Paths from the project's root, with `/`, of every file in the rooms and at the root itself. */
export function tree(): string[] {
  const top = readdirSync('.', { withFileTypes: true });
  const files = top.filter((entry) => entry.isFile()).map((entry) => entry.name);
  for (const folder of top.filter((entry) => entry.isDirectory() && FOLDERS.includes(entry.name))) {
    for (const entry of readdirSync(folder.name, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(`${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'));
    }
  }
  return files.sort();
}

/** Those that hold TypeScript. */
export function sources(): string[] {
  return tree().filter((path) => /\.tsx?$/.test(path));
}
