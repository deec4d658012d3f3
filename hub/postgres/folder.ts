// The folder of a hub's own PostgreSQL: where it lies by default and what is in it.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';
import { codeOf, HubFailure } from '../failure.ts';
import { type Account, closedFolder, isRoot } from './account.ts';

/** Paths in the folder of a hub. */
export interface HubFolder {
  path: string;
  /** The database cluster; it exists only whole. */
  cluster: string;
  /** The folder of the Unix socket. */
  socket: string;
  /** The database password, random, for the hub alone. */
  secret: string;
  /** Where binaries are copied when PostgreSQL’s user cannot reach them elsewhere. */
  binaries: string;
  log: string;
}

export interface Surroundings {
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  home: string;
  root: boolean;
}

const here = (): Surroundings => ({
  env: process.env,
  platform: process.platform,
  home: homedir(),
  root: isRoot(),
});

/**
 * Where the hub's data lies unless told otherwise, absolute: `HUB_DATA` where it is set, a folder that PostgreSQL's
 * user can enter for root, else the place that each system keeps for data of one user's applications.
 */
export function defaultFolder({ env, platform, home, root }: Surroundings = here()): string {
  const path = platform === 'win32' ? win32 : posix;
  if (env.HUB_DATA !== undefined && env.HUB_DATA !== '') return path.resolve(env.HUB_DATA);
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Countercheck Hub');
  }
  if (platform === 'darwin') {
    return root
      ? '/Library/Application Support/Countercheck Hub'
      : path.join(home, 'Library', 'Application Support', 'Countercheck Hub');
  }
  if (root) return '/var/lib/countercheck-hub';
  const dataHome = env.XDG_DATA_HOME;
  const base =
    dataHome !== undefined && path.isAbsolute(dataHome) ? dataHome : path.join(home, '.local', 'share');
  return path.join(base, 'countercheck-hub');
}

export function hubFolder(path: string): HubFolder {
  const whole = resolve(path);
  return {
    path: whole,
    cluster: join(whole, 'cluster'),
    socket: join(whole, 'socket'),
    secret: join(whole, 'secret'),
    binaries: join(whole, 'binaries'),
    log: join(whole, 'postgres.log'),
  };
}

/**
 * Makes the folder where it is missing: for its owner alone, or, where PostgreSQL runs as another user, so that this
 * one can pass through it without seeing what lies in it. Throws `no-permission`, `folder-unreachable`, `disk-full`.
 */
export function makeFolder(folder: HubFolder, account: Account | null): void {
  try {
    mkdirSync(folder.path, { recursive: true, mode: account ? 0o711 : 0o700 });
  } catch (error) {
    throw asFolderFailure(error, folder.path);
  }
  const closed = account && closedFolder(folder.path, account);
  if (account && closed !== null) {
    throw new HubFailure('folder-unreachable', { account: account.name, folder: folder.path });
  }
}

/** A name beside a path under which it is made ready; it says who does so. */
export const draftOf = (path: string): string => `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;

/** An error of the file system as a refusal of the hub; other errors come back as they are. */
export function asFolderFailure(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new HubFailure('no-permission', { path }, { cause: error });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HubFailure('disk-full', { folder: path }, { cause: error });
  }
  return error;
}

/** The database password of a folder; made, and safe on the disk, before the cluster that knows it. */
export function readOrMakeSecret(folder: HubFolder): string {
  if (!existsSync(folder.secret)) {
    if (existsSync(folder.cluster)) throw new HubFailure('secret-missing', { folder: folder.path });
    makeSecret(folder);
  }
  return readSecret(folder);
}

/** Throws `secret-missing`, `no-permission`. */
export function readSecret(folder: HubFolder): string {
  try {
    return readFileSync(folder.secret, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      throw new HubFailure('secret-missing', { folder: folder.path }, { cause: error });
    }
    throw asFolderFailure(error, folder.secret);
  }
}

function makeSecret(folder: HubFolder): void {
  const draft = draftOf(folder.secret);
  try {
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, `${randomBytes(32).toString('base64url')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // A link refuses to replace: of two hubs that begin at once, one makes the secret and both read it.
    linkSync(draft, folder.secret);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw asFolderFailure(error, folder.path);
  } finally {
    rmSync(draft, { force: true });
  }
}
