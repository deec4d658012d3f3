// A PostgreSQL for one test file, and a fresh database of the hub for each test: real, on the binaries the hub would take.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type HubDatabase, migrate, openDatabase } from '../../hub/db/open.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
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

const TEMPLATE = 'hub_template';

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

  async function asAdministrator(work: (client: Client) => Promise<unknown>): Promise<void> {
    if (!kept) throw new Error('the cluster is not running: use it inside a test');
    const client = new Client({ ...kept.connection, database: 'postgres' });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    path = openFolder();
    kept = await keepPostgres({ folder: hubFolder(path), postgres });
    await asAdministrator(async (client) => {
      await client.query('alter system set fsync = off');
      await client.query('select pg_reload_conf()');
      await client.query(`create database ${TEMPLATE}`);
    });
    const template = openDatabase({ ...kept.connection, database: TEMPLATE }, 1);
    await migrate(template.pool);
    await template.close();
  });

  afterEach(async () => {
    const all = made;
    made = [];
    for (const { database } of all) await database.close().catch(() => undefined);
    await asAdministrator(async (client) => {
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
      await asAdministrator((client) => client.query(`create database ${name} template ${TEMPLATE}`));
      if (!kept) throw new Error('the cluster is not running');
      const connection = { ...kept.connection, database: name };
      const database = openDatabase(connection, options.max, options.name);
      made.push({ database, name });
      return { ...database, connection };
    },
  };
}
