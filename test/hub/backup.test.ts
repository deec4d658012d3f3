// The drill: a backup of a hub at work is brought back into an empty one, on any server; a changed or cut file is told.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterEach, expect, test } from 'vitest';
import { restoreBackup } from '../../hub/backup/restore.ts';
import { KEPT_TABLES, LEFT_OUT } from '../../hub/backup/tables.ts';
import { writeBackup } from '../../hub/backup/write.ts';
import { noteAudit } from '../../hub/people.ts';
import { prepareDatabase } from '../../hub/prepare.ts';
import { SERVERS } from './binaries.ts';
import { openFolder, testCluster } from './cluster.ts';

// From the first server to the last: from the one that npm brings to an installed one, where there is one.
const [, from] = SERVERS[0] ?? [];
const [, to] = SERVERS.at(-1) ?? [];
const first = testCluster(from);
const second = testCluster(to);
const KEY = randomBytes(32);
const QUIET = { name: 'test' };
const folders: string[] = [];

function place(): string {
  const folder = openFolder('backup');
  folders.push(folder);
  return join(folder, 'hub.backup');
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** One report with a picture in two pieces, and its place before the feed, in one commit. */
const REPORT = `
  with id as (select gen_random_uuid() as id), r as (
    insert into report (id, station_id, agency_id, tier, kind, body, sha256, signature, fraud)
    select id, $1, $2, 'T2', 'report', $3, $4, $5, '{a,b}' from id returning id
  ), i as (insert into report_image (report_id, sha256) select id, $4 from r)
  insert into feed_waiting (kind, subject) select 'report', id from r`;

async function sendOne(pool: Pool, station: { id: string; agency: string }): Promise<void> {
  const body = randomBytes(4000);
  const sha256 = createHash('sha256').update(body).digest();
  await pool.query(REPORT, [station.id, station.agency, body, sha256, randomBytes(64)]);
}

/** A hub with a little of everything. */
async function atWork() {
  const database = await first.fresh({ max: 4 });
  const { db, pool } = database;
  const identity = await prepareDatabase(database);
  const station = { id: randomUUID(), agency: randomUUID() };
  const keys = { sign_key: randomBytes(32), box_key: randomBytes(32) };
  await db
    .insertInto('agency')
    .values({ id: station.agency, name: 'Port of Utopia', country: 'UTO' })
    .execute();
  await db
    .insertInto('station')
    .values({
      id: station.id,
      agency_id: station.agency,
      code: 'UTO-1',
      place: 'Gate',
      country: 'UTO',
      ...keys,
    })
    .execute();
  await db
    .insertInto('person')
    .values({ id: randomUUID(), agency_id: null, name: 'Ada', role: 'administrator', secret: 'x' })
    .execute();
  for (let count = 0; count < 30; count += 1) await sendOne(pool, station);
  const image = { sha256: randomBytes(32), station_id: station.id };
  await db
    .insertInto('image')
    .values({ ...image, total: 400_000, mime: 'image/jpeg' })
    .execute();
  // More than one chunk of the file.
  for (let at_offset = 0; at_offset < 12; at_offset += 1)
    await db
      .insertInto('image_piece')
      .values({ ...image, at_offset, bytes: randomBytes(200_000) })
      .execute();
  await pool.query(`insert into feed (seq, kind) values (1, 'directory')`);
  await noteAudit(db, 'test', 'test.began', null);
  return { ...database, identity, station };
}

/** What a table holds, as one digest. */
async function digestOf(pool: Pool, table: string): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>(
    `select md5(coalesce(string_agg(t::text, '/' order by t::text), '')) as digest from "${table}" t`,
  );
  return rows[0]?.digest ?? '';
}

const digests = async (pool: Pool, but: readonly string[]): Promise<string[]> => {
  const tables = KEPT_TABLES.filter((table) => !but.includes(table));
  return await Promise.all(tables.map((table) => digestOf(pool, table)));
};

test('every table is either kept or knowingly left out', async () => {
  const { pool } = await first.fresh(QUIET);
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...KEPT_TABLES, ...LEFT_OUT].toSorted());
});

test('all that a hub has is in its backup, and comes back into an empty hub', async () => {
  const hub = await atWork();
  const path = place();
  const made = await writeBackup(hub.pool, path, KEY);
  expect(made.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  expect(made.rows).toMatchObject({ report: 30, report_image: 30, feed_waiting: 30, image_piece: 12 });
  const empty = await second.fresh(QUIET);
  const restored = await restoreBackup(empty.pool, path, KEY);
  expect(restored).toMatchObject({ hubId: hub.identity.id, rows: made.rows });
  const changed = ['hub_identity', 'audit'];
  expect(await digests(empty.pool, changed)).toEqual(await digests(hub.pool, changed));
  const { epoch, ...same } = hub.identity;
  const back = await prepareDatabase(empty);
  expect(back).toMatchObject(same);
  expect(back.epoch).toBeGreaterThan(epoch);
  // What the database numbers itself goes on where it was.
  await sendOne(empty.pool, hub.station);
  await noteAudit(empty.db, 'test', 'test.ended', null);
  const actions = await empty.db.selectFrom('audit').select('action').orderBy('seq').execute();
  expect(actions.map(({ action }) => action)).toEqual(['test.began', 'hub.restored', 'test.ended']);
});

test('a backup is of one moment, although reports arrive meanwhile', async () => {
  const hub = await atWork();
  let going = true;
  const arriving = (async () => {
    while (going) await sendOne(hub.pool, hub.station);
  })();
  const path = place();
  const made = await writeBackup(hub.pool, path, KEY);
  going = false;
  await arriving;
  expect(made.rows.report).toBeGreaterThanOrEqual(30);
  expect([made.rows.report_image, made.rows.feed_waiting]).toEqual([made.rows.report, made.rows.report]);
  const empty = await second.fresh(QUIET);
  expect((await restoreBackup(empty.pool, path, KEY)).rows).toEqual(made.rows);
});

test('a wrong key, a changed byte, a cut file: nothing comes of it, and the right file still comes back', async () => {
  const hub = await atWork();
  const path = place();
  const made = await writeBackup(hub.pool, path, KEY);
  const whole = readFileSync(path);
  const empty = await second.fresh(QUIET);
  const spoilt = place();
  const restoring = (bytes: Uint8Array, key = KEY) => {
    writeFileSync(spoilt, bytes);
    return restoreBackup(empty.pool, spoilt, key);
  };
  await expect(restoring(whole, randomBytes(32))).rejects.toMatchObject({ code: 'backup-key' });
  await expect(restoring(Buffer.from('something else'))).rejects.toMatchObject({ code: 'no-backup' });
  const chunk = 1024 * 1024 + 16;
  const head = 40;
  const flipped = (at: number) => Buffer.from(whole.map((byte, index) => (index === at ? byte ^ 1 : byte)));
  await expect(restoring(flipped(20))).rejects.toMatchObject({ code: 'backup-key' });
  await expect(restoring(flipped(1000))).rejects.toMatchObject({ code: 'backup-key' });
  await expect(restoring(flipped(head + chunk + 5))).rejects.toMatchObject({ code: 'backup-damaged' });
  await expect(restoring(flipped(whole.length - 1))).rejects.toMatchObject({ code: 'backup-damaged' });
  const part = (number: number) => whole.subarray(head + number * chunk, head + (number + 1) * chunk);
  const swapped = [whole.subarray(0, head), part(1), part(0), whole.subarray(head + 2 * chunk)];
  await expect(restoring(Buffer.concat(swapped))).rejects.toMatchObject({ code: 'backup-key' });
  for (const length of [head + 2 * chunk, whole.length - 1])
    await expect(restoring(whole.subarray(0, length))).rejects.toMatchObject({ code: 'backup-damaged' });
  for (const length of [0, head, head + 10, head + chunk])
    await expect(restoring(whole.subarray(0, length))).rejects.toMatchObject({
      code: expect.stringMatching(/^(no-)?backup/u) as string,
    });
  const left = await empty.pool.query(`select 1 from report union all select 1 from agency`);
  expect(left.rowCount).toBe(0);
  expect((await restoring(whole)).rows).toEqual(made.rows);
});

test('a hub that holds something, or runs, is not written over; nor is a file', async () => {
  const hub = await atWork();
  const path = place();
  await writeBackup(hub.pool, path, KEY);
  await expect(writeBackup(hub.pool, path, KEY)).rejects.toMatchObject({ code: 'file-exists' });
  await expect(restoreBackup(hub.pool, path, KEY)).rejects.toMatchObject({ code: 'hub-runs' });
  const other = await second.fresh(QUIET);
  await other.db.insertInto('agency').values({ id: randomUUID(), name: 'Other', country: 'UTO' }).execute();
  await expect(restoreBackup(other.pool, path, KEY)).rejects.toMatchObject({ code: 'hub-not-empty' });
});

test('a backup of a newer hub is refused', async () => {
  const hub = await atWork();
  await hub.pool.query(`insert into schema_migration (number, name) values (99, 'later')`);
  const path = place();
  await writeBackup(hub.pool, path, KEY);
  const empty = await second.fresh(QUIET);
  await expect(restoreBackup(empty.pool, path, KEY)).rejects.toMatchObject({ code: 'store-newer' });
});
