// A backup brought back into an empty hub: tables of the backup's step, all rows in one transaction, then later steps.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate, SERVICE_NAME } from '../db/open.ts';
import { MIGRATIONS } from '../db/migrations.ts';
import { HubFailure } from '../failure.ts';
import { sealedReader } from './sealed-file.ts';
import { type BackupEnd, type BackupHead, frameReader, KEPT_TABLES, LEFT_OUT } from './tables.ts';
import { columnList } from './write.ts';

export interface Restored {
  hubId: string;
  /** When the backup was made, UTC. What came later is not in it. */
  at: string;
  rows: Record<string, number>;
}

/**
 * Fills an empty hub with a backup and begins a new epoch, so that stations notice. No hub may run on the database.
 * Throws `hub-runs`, `hub-not-empty`, `store-newer`, `no-backup`, `backup-key`, `backup-damaged`; then the hub is empty still.
 */
export async function restoreBackup(pool: Pool, path: string, recoveryKey: Uint8Array): Promise<Restored> {
  const clear = sealedReader(path, recoveryKey);
  try {
    return await restoreFrom(frameReader(clear), pool, path);
  } finally {
    // Closes the file where not all of it was read.
    await clear.return(undefined);
  }
}

type Next = () => Promise<Buffer | null>;

async function restoreFrom(next: Next, pool: Pool, path: string): Promise<Restored> {
  const damaged = (): HubFailure => new HubFailure('backup-damaged', { path });
  const head = await readJson<BackupHead>(next, damaged);
  const known = MIGRATIONS.length;
  if (head.format !== 1 || head.step > known)
    throw new HubFailure('store-newer', { found: head.step, known });
  await refuseRunning(pool);
  await clearEmptyHub(pool);
  await migrate(pool, MIGRATIONS.slice(0, head.step));
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const rows: Record<string, number> = {};
    for (const { name, columns } of head.tables) {
      if (!KEPT_TABLES.some((table) => table === name)) throw damaged();
      rows[name] = await fillTable(client, name, columns, next, damaged);
    }
    const end = await readJson<BackupEnd>(next, damaged);
    if ((await next()) !== null || KEPT_TABLES.some((name) => end.rows[name] !== rows[name])) throw damaged();
    await afterwards(client);
    await client.query('commit');
    await migrate(pool);
    return { hubId: head.hubId, at: head.at, rows };
  } catch (error) {
    broken = error instanceof Error ? error : new Error('restore');
    throw error;
  } finally {
    // Closing the connection takes back what was not committed.
    client.release(broken);
  }
}

async function readJson<T>(next: Next, damaged: () => HubFailure): Promise<T> {
  const bytes = await next();
  if (bytes === null) throw damaged();
  // Sealed by a hub of ours: only its holder of the key could have made it otherwise.
  return JSON.parse(bytes.toString('utf8')) as T;
}

/** A hub that runs would go on under the identity that it has read. Throws `hub-runs`. */
export async function refuseRunning(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ runs: boolean }>(
    `select exists (select from pg_stat_activity
       where datname = current_database() and application_name = $1) as runs`,
    [SERVICE_NAME],
  );
  if (rows[0]?.runs !== false) throw new HubFailure('hub-runs');
}

/** Refuses a hub in which people or stations made anything; answers whether there is one at all. Throws `hub-not-empty`. */
export async function refuseUsed(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ ours: boolean }>(
    `select to_regclass('hub_identity') is not null and to_regclass('schema_migration') is not null as ours`,
  );
  if (!rows[0]?.ours) return false;
  const used = await pool.query<{ used: boolean }>(
    `select exists (select from agency) or exists (select from person) or exists (select from report)
       or exists (select from policy) as used`,
  );
  if (used.rows[0]?.used !== false) throw new HubFailure('hub-not-empty');
  return true;
}

/** What a hub that was started once has by itself is taken away. */
async function clearEmptyHub(pool: Pool): Promise<void> {
  if (!(await refuseUsed(pool))) return;
  const tables = [...KEPT_TABLES, ...LEFT_OUT].map((name) => `"${name}"`).join(', ');
  await pool.query(`drop table if exists ${tables}`);
}

/** Answers the number of rows. */
async function fillTable(
  client: PoolClient,
  name: string,
  columns: readonly string[],
  next: Next,
  damaged: () => HubFailure,
): Promise<number> {
  async function* parts(): AsyncGenerator<Buffer> {
    for (;;) {
      const part = await next();
      if (part === null) throw damaged();
      if (part.length === 0) return;
      yield part;
    }
  }
  const rows = client.query(copyFrom(`copy "${name}" (${columnList(columns)}) from stdin (format binary)`));
  await pipeline(Readable.from(parts(), { objectMode: false }), rows);
  return rows.rowCount;
}

/**
 * Begins another life of the hub's data, so that stations notice. By the clock, since one backup may be brought back
 * twice: counted from what lies in it, both lives would have the same number.
 */
export async function renewEpoch(client: Pick<Pool | PoolClient, 'query'>): Promise<void> {
  await client.query(
    'update hub_identity set epoch = greatest(epoch + 1, floor(extract(epoch from clock_timestamp()) - 1.7e9)::integer)',
  );
}

async function afterwards(client: PoolClient): Promise<void> {
  for (const [table, column] of [
    ['audit', 'seq'],
    ['feed_waiting', 'place'],
  ]) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce(max(${column}), 0) + 1, false) from ${table}`,
    );
  }
  await renewEpoch(client);
  await client.query(`insert into audit (who, action) values ('command-line', 'hub.restored')`);
}
