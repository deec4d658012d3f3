// One PostgreSQL in a hub's folder: made, started, found where it runs already, stopped.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf, HubFailure } from '../failure.ts';
import { type Account, asAccount } from './account.ts';
import { type Binaries, program } from './binaries.ts';
import { asFolderFailure, draftOf, type HubFolder } from './folder.ts';

const run = promisify(execFile);

export const SUPERUSER = 'hub';
/** It only names the socket: no such port is opened. */
const SOCKET_PORT = 5432;
/** A path of a Unix socket holds 104 bytes on macOS and 108 on Linux, its closing zero counted. */
const SOCKET_PATH_BYTES = 103;
const LOG_BYTES = 10 * 1024 * 1024;
const STOP_MS = 60_000;

/** The first number of the version that wrote the cluster; null where there is none yet. */
export function clusterVersion(folder: HubFolder): number | null {
  try {
    return Number.parseInt(readFileSync(join(folder.cluster, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw asFolderFailure(error, folder.cluster);
  }
}

/** Whether a process with this number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function makeOwned(path: string, account: Account | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account) chownSync(path, account.uid, account.gid);
}

/** Makes the cluster beside its place and moves it there, so that a half-made one is never taken for a whole one. */
export async function makeCluster(
  folder: HubFolder,
  binaries: Binaries,
  account: Account | null,
  secret: string,
): Promise<void> {
  const draft = draftOf(folder.cluster);
  const password = `${draft}.secret`;
  try {
    for (const name of readdirSync(folder.path)) {
      const maker = /^cluster\.(\d+)-/u.exec(name)?.[1];
      if (maker !== undefined && !isAlive(Number(maker))) {
        rmSync(join(folder.path, name), { recursive: true, force: true });
      }
    }
    makeOwned(draft, account);
    writeFileSync(password, secret, { mode: 0o600 });
    if (account) chownSync(password, account.uid, account.gid);
    const options = ['-D', draft, '-U', SUPERUSER, `--pwfile=${password}`, '-A', 'scram-sha-256'];
    const speech = ['--encoding=UTF8', '--locale=C', '--no-instructions'];
    await run(program(binaries.bin, 'initdb'), [...options, ...speech], {
      ...asAccount(account),
      cwd: folder.path,
      env: serverEnvironment(),
    });
    renameSync(draft, folder.cluster);
  } catch (error) {
    // Another hub that began at the same moment was first: its cluster serves.
    if (existsSync(folder.cluster)) return;
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw said === '' ? asFolderFailure(error, folder.path) : failureOf(said, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(password, { force: true });
  }
}

/** Nothing of the hub's surroundings but what programs need: no variable of PostgreSQL may lead it elsewhere. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP'];
  const kept = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return Object.fromEntries([...kept, ['LC_ALL', 'C'], ['TZ', 'UTC']]) as NodeJS.ProcessEnv;
}

/** What the server's own words mean for who runs the hub. */
export function failureOf(said: string, folder: HubFolder): HubFailure {
  if (/No space left on device|disk quota/iu.test(said))
    return new HubFailure('disk-full', { folder: folder.path });
  if (/Permission denied|wrong ownership|invalid permissions|must be owned/iu.test(said)) {
    return new HubFailure('no-permission', { path: folder.cluster });
  }
  const lines = said.trim().split('\n');
  const last = lines.findLast((line) => /FATAL|PANIC|error/u.test(line)) ?? lines.at(-1) ?? '';
  return new HubFailure('postgres-failed', {
    log: folder.log,
    reason: last.replace(/^.*?(FATAL|PANIC)/u, '$1'),
  });
}

/** Where a server listens. */
export type Door = { socket: string } | { port: number };

/** A Unix socket in the folder where its path fits, else a free port of this computer. */
export async function chooseDoor(folder: HubFolder, account: Account | null): Promise<Door> {
  const path = join(folder.socket, `.s.PGSQL.${SOCKET_PORT}`);
  if (process.platform !== 'win32' && Buffer.byteLength(path) < SOCKET_PATH_BYTES) {
    makeOwned(folder.socket, account);
    return { socket: folder.socket };
  }
  return { port: await freePort() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Settings of the server. Nothing turns off `fsync`. The log tells how the server fares; it holds no statement and no
 * error of one, since those quote values: the hub's own log has their codes.
 */
function settings(door: Door): string[] {
  const values: Record<string, string> = {
    listen_addresses: 'port' in door ? '127.0.0.1' : '',
    port: String('port' in door ? door.port : SOCKET_PORT),
    ...(process.platform === 'win32' ? {} : { unix_socket_directories: 'socket' in door ? door.socket : '' }),
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_statement: 'none',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    jit: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A server that was started, and what it wrote to the log since. */
export interface Started {
  child: ChildProcess;
  said: () => string;
}

/** Starts PostgreSQL in its own session: Ctrl+C on the hub's terminal must not reach it before the hub has closed. */
export function startServer(
  folder: HubFolder,
  binaries: Binaries,
  account: Account | null,
  door: Door,
): Started {
  let log: number;
  let from: number;
  try {
    if (existsSync(folder.log) && statSync(folder.log).size > LOG_BYTES) {
      renameSync(folder.log, `${folder.log}.1`);
    }
    log = openSync(folder.log, 'a', 0o600);
    from = statSync(folder.log).size;
  } catch (error) {
    throw asFolderFailure(error, folder.log);
  }
  const child = spawn(program(binaries.bin, 'postgres'), ['-D', folder.cluster, ...settings(door)], {
    ...asAccount(account),
    cwd: folder.path,
    env: serverEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  });
  // Without a listener a failed start would end the hub; `exitCode` and the log say what happened.
  child.on('error', () => undefined);
  closeSync(log);
  return { child, said: () => readFileSync(folder.log).subarray(from).toString('utf8') };
}

/** What a running server wrote about itself into its folder. */
export interface Running {
  pid: number;
  host: string;
  port: number;
}

/** The server that runs on the folder, as its `postmaster.pid` names it; null where none does. */
export function runningServer(folder: HubFolder): Running | null {
  let lines: string[];
  try {
    lines = readFileSync(join(folder.cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw asFolderFailure(error, folder.cluster);
  }
  // Number of the process, folder, start, port, folder of the socket, address: PostgreSQL's miscadmin.h.
  const [pid = '', , , port = '', socket = '', address = ''] = lines.map((line) => line.trim());
  const host = socket === '' ? address : socket;
  if (!isAlive(Number(pid)) || host === '' || port === '') return null;
  return { pid: Number(pid), host, port: Number(port) };
}

/**
 * Removes a `postmaster.pid` whose number has gone to another program since (a container counts from 1 again). Only
 * where the system shows that no process works in the cluster any more: PostgreSQL itself looks after all other cases.
 */
export function forgetStranger(folder: HubFolder): boolean {
  const file = join(folder.cluster, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return false;
  const cluster = realpathSync(folder.cluster);
  const worksThere = (pid: string): boolean => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false;
    }
  };
  if (!isAlive(Number.parseInt(readFileSync(file, 'utf8'), 10))) return false;
  if (readdirSync('/proc').some((name) => /^\d+$/u.test(name) && worksThere(name))) return false;
  rmSync(file, { force: true });
  return true;
}

/** Stops the server of the folder: connections are ended, what was committed is on the disk. */
export async function stopServer(folder: HubFolder, binaries: Binaries): Promise<void> {
  const running = runningServer(folder);
  if (!running) return;
  if (process.platform === 'win32') {
    await run(program(binaries.bin, 'pg_ctl'), ['stop', '-D', folder.cluster, '-m', 'fast']);
    return;
  }
  for (const [signal, patience] of [['SIGINT', STOP_MS] as const, ['SIGQUIT', STOP_MS] as const]) {
    try {
      process.kill(running.pid, signal);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return;
      throw asFolderFailure(error, folder.cluster);
    }
    const end = Date.now() + patience;
    while (Date.now() < end) {
      if (runningServer(folder)?.pid !== running.pid) return;
      await wait(20);
    }
  }
}
