// A backup of a hub: every table of one moment, while the hub goes on, on any PostgreSQL.
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type SealedWriter, sealedWriter } from './sealed-file.ts';
import { type BackupEnd, type BackupHead, frame, KEPT_TABLES } from './tables.ts';

export interface BackupMade {
  path: string;
  /** Of the file, hex. */
  sha256: string;
  rows: Record<string, number>;
}

const asFrame = (value: BackupHead | BackupEnd): Buffer => frame(Buffer.from(JSON.stringify(value), 'utf8'));

/**
 * Writes all tables, as they are at one moment, sealed under the key. The file appears only whole.
 * Throws a HubFailure, or what the database says; then no file is left.
 */
export async function writeBackup(pool: Pool, path: string, recoveryKey: Uint8Array): Promise<BackupMade> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const writer = await sealedWriter(path, recoveryKey);
    try {
      await client.query('begin transaction isolation level repeatable read read only');
      const head = await readHead(client);
      await writer.write(asFrame(head));
      const rows: Record<string, number> = {};
      for (const { name, columns } of head.tables)
        rows[name] = await copyTable(client, writer, name, columns);
      await client.query('commit');
      await writer.write(asFrame({ rows }));
      return { path, sha256: await writer.finish(), rows };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  } catch (error) {
    broken = error instanceof Error ? error : new Error('backup');
    throw error;
  } finally {
    // A connection in the midst of a copy is of no use to others.
    client.release(broken);
  }
}

async function readHead(client: PoolClient): Promise<BackupHead> {
  const { rows } = await client.query<{ id: string; step: number; at: Date }>(
    'select id, (select max(number) from schema_migration) as step, now() as at from hub_identity',
  );
  const [hub] = rows;
  if (!hub) throw new Error('a database without a hub');
  const columns = await client.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
     from information_schema.columns
     where table_schema = current_schema() and table_name = any($1) group by table_name`,
    [KEPT_TABLES],
  );
  const byName = new Map(columns.rows.map((table) => [table.name, table.columns]));
  return {
    format: 1,
    step: hub.step,
    hubId: hub.id,
    at: hub.at.toISOString(),
    tables: KEPT_TABLES.map((name) => ({ name, columns: byName.get(name) ?? [] })),
  };
}

export const columnList = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ');

/** Answers the number of rows. */
async function copyTable(
  client: PoolClient,
  writer: SealedWriter,
  name: string,
  columns: readonly string[],
): Promise<number> {
  const rows = client.query(copyTo(`copy "${name}" (${columnList(columns)}) to stdout (format binary)`));
  await pipeline(rows, async (parts: AsyncIterable<Buffer>) => {
    for await (const part of parts) await writer.write(frame(part));
  });
  await writer.write(frame(Buffer.alloc(0)));
  return rows.rowCount;
}
