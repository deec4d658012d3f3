// Keeps a hub's own PostgreSQL running: starts it, takes over one that a killed hub left, starts it again when it dies.
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { LOCK_SPACE, LOCKS } from '../db/locks.ts';
import { codeOf, HubFailure } from '../failure.ts';
import { type Account, accountOwning, postgresAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import {
  chooseDoor,
  clusterVersion,
  type Door,
  failureOf,
  forgetStranger,
  makeCluster,
  runningServer,
  type Started,
  startServer,
  stopServer,
  SUPERUSER,
} from './cluster.ts';
import { type HubFolder, makeFolder, readOrMakeSecret, readSecret } from './folder.ts';

export const DATABASE = 'countercheck_hub';
/** How long another hub, or a command that ends soon, may still hold the folder. */
const HELD_MS = 3000;
/** How long remains of a killed server may still hold its memory. */
const REMAINS_MS = 60_000;
/** After this long without an answer, what answers may be another program under the number of a dead server. */
const STRANGER_MS = 15_000;
const AGAIN_MS = [0, 500, 1000, 2000, 5000];

export interface Connection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

export interface KeepOptions {
  folder: HubFolder;
  /** A folder with PostgreSQL's programs, instead of those that are found. */
  postgres?: string | undefined;
  /** For root: the existing user under which PostgreSQL runs. */
  user?: string | undefined;
  /** Told when the server was lost, when it runs again, and with which code it could not be started again. */
  tell?: (event: 'postgres-lost' | 'postgres-back' | 'postgres-down', code?: string) => void;
}

export interface KeptPostgres {
  connection: Connection;
  /** Stops the server and waits until it has ended. */
  stop(): Promise<void>;
}

interface Place {
  folder: HubFolder;
  binaries: Binaries;
  account: Account | null;
  secret: string;
  door: Door;
}

async function ready({ folder, postgres, user }: KeepOptions): Promise<Place> {
  const cluster = clusterVersion(folder);
  const account = cluster === null ? postgresAccount(user) : accountOwning(folder.cluster);
  makeFolder(folder, account);
  const binaries = await findBinaries({ chosen: postgres, folder, account, cluster });
  const secret = readOrMakeSecret(folder);
  if (cluster === null) await makeCluster(folder, binaries, account, secret);
  return { folder, binaries, account, secret, door: await chooseDoor(folder, account) };
}

/** How to reach the server that runs on the folder; null where none does. */
function connectionTo(folder: HubFolder, secret: string, database: string): Connection | null {
  const running = runningServer(folder);
  return running && { host: running.host, port: running.port, user: SUPERUSER, password: secret, database };
}

/** The session that holds the folder's lock, or why there is none: no server, one that is not ready, another hub. */
async function hold({ folder, secret }: Place): Promise<Client | 'down' | 'not-ready' | 'held'> {
  const connection = connectionTo(folder, secret, 'postgres');
  if (!connection) return 'down';
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  // A session that breaks is noticed by its `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
      LOCK_SPACE,
      LOCKS.folder,
    ]);
    if (rows[0]?.got) return client;
    await client.end();
    return 'held';
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = codeOf(error);
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'down';
    if (code === '28P01' || code === '28000') throw failureOf((error as Error).message, folder);
    return 'not-ready';
  }
}

/** Waits until the started server lets the session in; null where it ended instead. */
async function awaitStarted(place: Place, { child }: Started): Promise<Client | 'held' | null> {
  for (;;) {
    const held = await hold(place);
    if (held !== 'down' && held !== 'not-ready') return held;
    const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (ended && held === 'down') return null;
    await wait(50);
  }
}

/** Takes the folder: the server that runs there, else one that is started. Throws what keeps it from running. */
async function take(place: Place): Promise<Client> {
  const begun = Date.now();
  for (;;) {
    let held = await hold(place);
    if (held === 'down') {
      const started = startServer(place.folder, place.binaries, place.account, place.door);
      held = (await awaitStarted(place, started)) ?? 'down';
      if (held === 'down') {
        await overcome(place, started.said(), Date.now() - begun);
        continue;
      }
    }
    if (typeof held === 'object') return held;
    if (held === 'held' && Date.now() - begun > HELD_MS) {
      throw new HubFailure('folder-in-use', { folder: place.folder.path });
    }
    if (Date.now() - begun > STRANGER_MS) forgetStranger(place.folder);
    await wait(100);
  }
}

/** What can be waited for or put right after a start that failed; throws everything else. */
async function overcome(place: Place, said: string, sinceMs: number): Promise<void> {
  const remains = /pre-existing shared memory block|lock file .* already exists/u.test(said);
  if (remains && sinceMs < REMAINS_MS) {
    forgetStranger(place.folder);
    await wait(300);
    return;
  }
  if ('port' in place.door && /Address already in use|could not bind/u.test(said) && sinceMs < REMAINS_MS) {
    await wait(300);
    return;
  }
  throw failureOf(said, place.folder);
}

async function makeDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
}

/**
 * Starts PostgreSQL in the folder, or takes over the one that a killed hub left there, and keeps it running until
 * `stop`. One process at a time keeps a folder: the database itself holds the lock.
 * Throws a HubFailure that says what stands in the way.
 */
export async function keepPostgres(options: KeepOptions): Promise<KeptPostgres> {
  const place = await ready(options);
  const tell = options.tell ?? (() => undefined);
  let stopping = false;
  let session = await take(place);
  const connection = connectionTo(place.folder, place.secret, DATABASE);
  if (!connection) throw new HubFailure('postgres-failed', { log: place.folder.log, reason: '' });
  await makeDatabase(session);

  async function watch(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => session.once('end', resolve));
      if (stopping) return;
      tell('postgres-lost');
      if (!(await takeAgain()) || stopping) return;
      tell('postgres-back');
    }
  }

  async function takeAgain(): Promise<boolean> {
    for (let attempt = 0; !stopping; attempt += 1) {
      await wait(AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)]);
      try {
        session = await take(place);
        return true;
      } catch (error) {
        tell('postgres-down', error instanceof HubFailure ? error.code : codeOf(error));
      }
    }
    return false;
  }

  const watching = watch();
  return {
    connection,
    stop: async () => {
      stopping = true;
      await stopServer(place.folder, place.binaries);
      await session.end().catch(() => undefined);
      await watching;
      // It may have been about to start again.
      await stopServer(place.folder, place.binaries);
      await session.end().catch(() => undefined);
    },
  };
}

/**
 * For one command: the server that runs on the folder already, whoever keeps it, else one that is started and, at
 * `stop`, stopped again.
 */
export async function borrowPostgres(options: KeepOptions): Promise<KeptPostgres> {
  if (clusterVersion(options.folder) !== null) {
    const secret = readSecret(options.folder);
    const connection = connectionTo(options.folder, secret, DATABASE);
    if (connection && (await answers(connection))) {
      return { connection, stop: async () => undefined };
    }
  }
  return await keepPostgres(options);
}

async function answers(connection: Connection): Promise<boolean> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
