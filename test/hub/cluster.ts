// A PostgreSQL for one test file, and a fresh database of the hub for each test: real, on the binaries the hub would take.
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { MIGRATIONS } from '../../hub/db/migrations.ts';
import { type HubDatabase, migrate, openDatabase } from '../../hub/db/open.ts';
import { accountOwning } from '../../hub/postgres/account.ts';
import { embeddedFolder, installedFolders } from '../../hub/postgres/binaries.ts';
import { draftOf, type HubFolder, hubFolder, makeFolder } from '../../hub/postgres/folder.ts';
import { type Connection, type KeptPostgres, keepPostgres } from '../../hub/postgres/keeper.ts';

const ROOM_BYTES = 2 ** 30;

/** In memory where there is room: tests that kill processes need no disk, and a busy one costs them minutes. */
function place(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > ROOM_BYTES ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

/**
 * A folder in which PostgreSQL can work although the test runs as root; the caller removes it. Measurements that wait for
 * a disk say `disk`: in memory `fsync` costs nothing.
 */
export function openFolder(name = 'hub', where: 'anywhere' | 'disk' = 'anywhere'): string {
  const folder = mkdtempSync(join(where === 'disk' ? tmpdir() : place(), `countercheck-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** The same database as one address, for `DATABASE_URL`. */
export function addressOf({ host, port, user, password, database }: Connection): string {
  const where = host.startsWith('/') ? `?host=${encodeURIComponent(host)}&port=${port}` : '';
  return `postgres://${user}:${password}@${where === '' ? `${host}:${port}` : ''}/${database}${where}`;
}

export interface TestCluster {
  /** An own database with all tables, copied from a template (some 30 ms). Closed and dropped after the test. */
  fresh(options?: { max?: number; name?: string }): Promise<HubDatabase & { connection: Connection }>;
}

/** A database with all tables and nothing in them. */
const TEMPLATE = 'hub_template';
const BEGUN = join(import.meta.dirname, '../../node_modules/.cache/countercheck-clusters');

/** Another one for other programs, tables or users. */
function begunAt(postgres: string | undefined): string {
  const programs = postgres ?? embeddedFolder() ?? installedFolders()[0] ?? '';
  const made = existsSync(programs) ? statSync(programs).mtimeMs : 0;
  const of = JSON.stringify([programs, made, MIGRATIONS, process.getuid?.()]);
  return join(BEGUN, createHash('sha256').update(of).digest('hex').slice(0, 16));
}

/** With owner and rights: PostgreSQL may run as another user than the test. */
function copyInto(folder: string, ...paths: string[]): void {
  if (process.platform === 'win32')
    for (const path of paths) cpSync(path, join(folder, basename(path)), { recursive: true });
  else execFileSync('cp', ['-a', ...paths, folder]);
}

/** Where PostgreSQL's user cannot enter the clone, the hub lays a copy of the programs beside the cluster. */
const programsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('binaries-'))
    .map((name) => join(folder, name));

/** Where two make it at once, the first one's stays; a half-made one is never seen. */
async function makeBegun(path: string, postgres: string | undefined): Promise<void> {
  const place = openFolder('begun');
  const draft = draftOf(path);
  try {
    const folder = hubFolder(place);
    const kept = await keepPostgres({ folder, postgres });
    await asAdministrator(kept, (client) => client.query(`create database ${TEMPLATE}`));
    const template = openDatabase({ ...kept.connection, database: TEMPLATE }, 1);
    await migrate(template.pool);
    await template.close();
    await kept.stop();
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    copyInto(draft, folder.cluster, folder.secret, ...programsIn(place));
    renameSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Puts into a folder what a hub finds there that was begun once and ended: made on the first call, then copied. A test
 * whose matter is another one does not wait for initdb and for the tables.
 */
export async function beginCluster(folder: HubFolder, postgres?: string): Promise<void> {
  const begun = hubFolder(begunAt(postgres));
  if (!existsSync(begun.path)) await makeBegun(begun.path, postgres);
  makeFolder(folder, accountOwning(begun.cluster));
  copyInto(folder.path, begun.cluster, begun.secret, ...programsIn(begun.path));
}

async function asAdministrator(
  { connection }: KeptPostgres,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

let chosen: string | undefined;
/** For `installed.test.ts`: the programs of the clusters that are begun after this, in place of those the hub would take. */
export function runOn(postgres: string): void {
  chosen = postgres;
}

/**
 * For the top of a test file: one PostgreSQL for all its tests, stopped and removed after the last one. Its writes are
 * not waited for (`fsync` off), since these tests do not pull the plug; those that do start their own.
 */
export function testCluster(postgres = chosen): TestCluster {
  let path = '';
  let kept: KeptPostgres | null = null;
  let made: { database: HubDatabase; name: string }[] = [];

  const running = (): KeptPostgres => {
    if (!kept) throw new Error('the cluster is not running: use it inside a test');
    return kept;
  };

  beforeAll(async () => {
    path = openFolder();
    const folder = hubFolder(path);
    await beginCluster(folder, postgres);
    kept = await keepPostgres({ folder, postgres });
    await asAdministrator(kept, async (client) => {
      await client.query('alter system set fsync = off');
      await client.query('select pg_reload_conf()');
    });
  });

  afterEach(async () => {
    const all = made;
    made = [];
    for (const { database } of all) await database.close().catch(() => undefined);
    await asAdministrator(running(), async (client) => {
      for (const { name } of all) await client.query(`drop database ${name} with (force)`);
    });
  });

  afterAll(async () => {
    await kept?.stop();
    rmSync(path, { recursive: true, force: true });
  });

  return {
    async fresh(options = {}) {
      const name = `hub_${randomUUID().replaceAll('-', '')}`;
      await asAdministrator(running(), (client) =>
        client.query(`create database ${name} template ${TEMPLATE}`),
      );
      const connection = { ...running().connection, database: name };
      const database = openDatabase(connection, options.max, options.name);
      made.push({ database, name });
      return { ...database, connection };
    },
  };
}
