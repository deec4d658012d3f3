// The hub's connection to its database, and the steps that bring its tables to this version.
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { HubFailure, reasonOf } from '../failure.ts';
import { LOCK_SPACE, LOCKS } from './locks.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import type { Tables } from './tables.ts';

const OLDEST_POSTGRES = 14;
const INT8 = 20;

export interface HubDatabase {
  /** Typed SQL over `pool`. */
  db: Kysely<Tables>;
  pool: Pool;
  close(): Promise<void>;
}

/** Whole numbers of 64 bits as numbers: all of ours are counts and places, far below 2^53. */
const parsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** How a hub that runs is known among the sessions of its database. */
export const SERVICE_NAME = 'countercheck-hub';

/**
 * Opens a pool; nothing is asked of the database yet. `connection`: a connection string or its parts;
 * `max`: connections at once; `name`: what its sessions call themselves. A connection that breaks while it is idle is dropped; the next question opens another.
 */
export function openDatabase(
  connection: string | PoolConfig,
  max = 10,
  name: string = SERVICE_NAME,
): HubDatabase {
  const parts = typeof connection === 'string' ? { connectionString: connection } : connection;
  const pool = new Pool({
    connectionTimeoutMillis: 10_000,
    application_name: name,
    ...parts,
    max,
    types: parsers,
  });
  pool.on('error', () => undefined);
  // One that breaks in the midst of a transaction, between two questions, has no other listener: the hub would end.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  // Not `db.destroy`, which leaves a pool open that kysely has not used yet.
  return { db, pool, close: () => pool.end() };
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new HubFailure('postgres-unreachable', { reason: reasonOf(error) }, { cause: error });
  }
}

/** Whether the database holds a hub. Throws `postgres-unreachable`. */
export async function holdsHub(pool: Pool): Promise<boolean> {
  const client = await connect(pool);
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('hub_identity') is not null as there`,
    );
    return rows[0]?.there === true;
  } finally {
    client.release();
  }
}

/**
 * Brings the tables to this version, one step a transaction, under a lock that hubs over one database share.
 * Answers how many steps were made. Throws `store-newer`, `postgres-old`, `postgres-unreachable`.
 */
export async function migrate(pool: Pool, steps: readonly Migration[] = MIGRATIONS): Promise<number> {
  const client = await connect(pool);
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num');
    const major = Math.floor(Number(version.rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST_POSTGRES)
      throw new HubFailure('postgres-old', { found: major, needed: OLDEST_POSTGRES });
    let made = 0;
    while (await step(client, steps)) made += 1;
    return made;
  } finally {
    client.release();
  }
}

/** Makes the next step; false where there is none left. */
async function step(client: PoolClient, steps: readonly Migration[]): Promise<boolean> {
  await client.query('begin');
  try {
    // Another hub's step, and a step over many rows, take their time.
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1, $2)', [LOCK_SPACE, LOCKS.migrations]);
    const done = await stepsMade(client);
    const known = steps.at(-1)?.number ?? 0;
    if (done > known) throw new HubFailure('store-newer', { found: done, known });
    const next = steps.find(({ number }) => number === done + 1);
    if (next) {
      await client.query(next.sql);
      await client.query('insert into schema_migration (number, name) values ($1, $2)', [
        next.number,
        next.name,
      ]);
    }
    await client.query('commit');
    return next !== undefined;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function stepsMade(client: PoolClient): Promise<number> {
  await client.query(
    `create table if not exists schema_migration
       (number integer primary key, name text not null, at timestamptz(3) not null default now())`,
  );
  const { rows } = await client.query<{ done: number | null }>(
    'select max(number) as done from schema_migration',
  );
  return rows[0]?.done ?? 0;
}

/** The number of the step at which the tables stand; 0 for an empty database. For readiness: asks, changes nothing. */
export async function schemaStep(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('schema_migration') is not null as there`,
  );
  if (!rows[0]?.there) return 0;
  const steps = await pool.query<{ done: number | null }>('select max(number) as done from schema_migration');
  return steps.rows[0]?.done ?? 0;
}

/** The step at which this version of the hub works. */
export const KNOWN_STEP = MIGRATIONS.at(-1)?.number ?? 0;
