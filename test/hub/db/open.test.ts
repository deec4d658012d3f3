// The hub's tables: made once, by one hub at a time, only forward.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, openDatabase, schemaStep } from '../../../hub/db/open.ts';
import { MIGRATIONS } from '../../../hub/db/migrations.ts';
import { testCluster } from '../cluster.ts';

const cluster = testCluster();
const ADDED = { number: MIGRATIONS.length + 1, name: 'added', sql: 'create table added (id integer)' };

test('steps are numbered from 1 without gaps', () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('a step is made once, by one of the hubs that begin together', async () => {
  const { pool, connection } = await cluster.fresh();
  const other = openDatabase(connection);
  const made = await Promise.all([
    migrate(pool, [...MIGRATIONS, ADDED]),
    migrate(other.pool, [...MIGRATIONS, ADDED]),
  ]);
  expect(made.toSorted()).toEqual([0, 1]);
  expect(await schemaStep(pool)).toBe(ADDED.number);
  await other.close();
});

test('a step that fails leaves nothing behind', async () => {
  const { pool } = await cluster.fresh();
  const broken = { ...ADDED, sql: 'create table half (id integer); select 1 / 0' };
  await expect(migrate(pool, [...MIGRATIONS, broken])).rejects.toThrow('division by zero');
  expect(await schemaStep(pool)).toBe(MIGRATIONS.length);
  expect((await pool.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
});

test('a database of a newer version is refused and left as it is', async () => {
  const { pool } = await cluster.fresh();
  await pool.query(`insert into schema_migration (number, name) values (99, 'later')`);
  await expect(migrate(pool)).rejects.toMatchObject({ code: 'store-newer' });
  expect(await schemaStep(pool)).toBe(99);
});

test('a database that does not answer is said to, with its reason', async () => {
  const nowhere = openDatabase({ host: '127.0.0.1', port: 1, user: 'x', database: 'x' });
  await expect(migrate(nowhere.pool)).rejects.toMatchObject({ code: 'postgres-unreachable' });
  await nowhere.close();
});

test('a connection that breaks within a transaction breaks that transaction alone', async () => {
  const { db, pool, connection } = await cluster.fresh();
  const other = openDatabase(connection, 1);
  const broken = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await other.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // Nothing is asked while the news come.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await sql`select 1`.execute(trx);
  });
  await expect(broken).rejects.toThrow();
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await other.close();
});
