// A hub that is brought back from a backup has forgotten what came after it: stations notice, and send it again.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cameBack, heardEpoch, nameAgain } from '../../electron/db/forgotten.ts';
import { loadHub } from '../../electron/db/hub-link.ts';
import { keepReceipt, parkAll } from '../../electron/db/outbox.ts';
import type { Db } from '../../electron/db/open.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { restoreBackup } from '../../hub/backup/restore.ts';
import { writeBackup } from '../../hub/backup/write.ts';
import { type HubDatabase, openDatabase } from '../../hub/db/open.ts';
import { loadIdentity } from '../../hub/identity.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { openFolder } from '../hub/cluster.ts';
import { until } from '../until.ts';
import { type Ground, type InjectedHub, startGround, startHub } from './ground.ts';
import { enrolledStore, runStation, type StationIds, writeReport, type Written } from './test-station.ts';

const PACE = { firstMs: 20, longestMs: 60, lookMs: 60, answerMs: 20_000 };
const KEY = randomBytes(32);
let ground: Ground;
let folder: string;
const opened: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  ground = await startGround({ fsync: false });
  folder = openFolder('restored');
});
afterAll(async () => {
  for (const each of opened.reverse()) await each.close();
  await ground.stop();
  rmSync(folder, { recursive: true });
});

/** A station that the hub knows, and its store. */
async function enrolled(): Promise<{ db: Db; ids: StationIds }> {
  const ids = { stationId: uuidv7(), agencyId: uuidv7() };
  const { identity, database } = ground;
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  const keys = { hubId: identity.id, signKey: text(identity.signKey), boxKey: text(identity.boxKey) };
  const { db, signKey, boxKey } = enrolledStore(ids, keys);
  const agency = { id: ids.agencyId, name: `Agency ${ids.agencyId}`, country: 'UTO' };
  await database.db.insertInto('agency').values(agency).execute();
  const [sign_key, box_key] = [signKey, boxKey].map((key) => Buffer.from(key, 'base64url')) as [
    Buffer,
    Buffer,
  ];
  const station = {
    id: ids.stationId,
    agency_id: ids.agencyId,
    code: 'UT-1',
    place: 'Utopia',
    country: 'UTO',
  };
  await database.db
    .insertInto('station')
    .values({ ...station, sign_key, box_key })
    .execute();
  return { db, ids };
}

/** The hub as it comes back from the backup, in a database of its own. */
async function restored(path: string): Promise<{ hub: InjectedHub; database: HubDatabase; epoch: number }> {
  const name = `restored_${opened.length}`;
  await ground.database.pool.query(`create database ${name}`);
  const connection = { ...ground.connection, database: name };
  const own = openDatabase(connection, 2, 'restoring');
  opened.push(own);
  await restoreBackup(own.pool, path, KEY);
  const identity = await loadIdentity(own.db);
  const hub = await startHub({ ...ground, connection, database: own, identity });
  return { hub, database: own, epoch: identity.epoch };
}

const stored = async ({ db }: HubDatabase): Promise<string[]> =>
  (await db.selectFrom('report').select('id').execute()).map(({ id }) => id).toSorted();

it('what came after the backup is sent again, byte for byte, pictures too; the receipts of before stay as proof', async () => {
  let hub = await startHub(ground);
  const { db, ids } = await enrolled();
  const station = runStation(db, {
    pace: PACE,
    transport: async (url, init) => {
      const { pathname, search } = new URL(url);
      if (pathname.endsWith('/events')) throw new TypeError('no stream');
      const headers = Object.fromEntries(new Headers(init.headers));
      const body = init.body === undefined ? null : Buffer.from(init.body as Uint8Array);
      return hub.ask(init.method ?? 'GET', `${pathname}${search}`, headers, body);
    },
  });
  const random = createRandom(5);
  const write = (): Written =>
    writeReport(station, ids, random, { pictureBytes: [40], waits: false, at: new Date() });
  const unsent = (): unknown => db.prepare(`SELECT count(*) FROM outbox WHERE state <> 'sent'`).pluck().get();
  const [before] = [write(), await until(() => expect(unsent()).toBe(0))];
  const path = join(folder, 'hub.backup');
  await writeBackup(ground.database.pool, path, KEY);
  const after = [write(), write()];
  await until(() => expect(unsent()).toBe(0));
  const all = [before, ...after].map(({ id }) => id).toSorted();
  expect(await stored(ground.database)).toEqual(all);

  // Twice from one backup: both are other hubs than the one before.
  let epoch = loadHub(db)?.epoch;
  for (const _time of [1, 2]) {
    const ended = hub;
    const back = await restored(path);
    expect(await stored(back.database)).toEqual([before.id]);
    expect(back.epoch).not.toBe(epoch);
    ({ epoch } = back);
    ({ hub } = back);
    await ended.close();
    await until(async () => expect(await stored(back.database)).toEqual(all));
    await until(() => expect(unsent()).toBe(0));
    for (const { id, body, crops } of after) {
      const row = await back.database.db
        .selectFrom('report')
        .select('body')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      expect(row.body.equals(body)).toBe(true);
      const hash = Buffer.from(crops[0]?.sha256 ?? '', 'hex');
      const { rows } = await back.database.pool.query('select 1 from image where sha256 = $1', [hash]);
      expect(rows).toHaveLength(1);
    }
    // Lives of one backup are told apart by the second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
  }
  expect(verifyAudit(db)).toMatchObject({ ok: true });
  await station.sync.stop();
  await hub.close();
});

const receiptOf = (hubId: string): string => JSON.stringify({ receipt: { hubId }, signature: 'x' });
const HUB_ID = uuidv7();
const AT = '2026-11-23T02:00:00.000Z';

/** A station with a report and its picture sent to this hub, and nothing that runs. */
function sent(hubId: string) {
  const ids = { stationId: uuidv7(), agencyId: uuidv7() };
  const { db } = enrolledStore(ids, { hubId: HUB_ID, signKey: 'x', boxKey: 'y' });
  const station = runStation(db, { transport: () => Promise.reject(new TypeError('no network')) });
  const made = writeReport(station, ids, createRandom(6), {
    pictureBytes: [40],
    waits: false,
    at: new Date(),
  });
  const rows = () =>
    db
      .prepare<[], { kind: 'report' | 'image'; subject: string; sha256: string; state: string }>(
        'SELECT kind, subject, sha256, state FROM outbox ORDER BY seq',
      )
      .all();
  return {
    db,
    made,
    rows,
    receive: () => rows().forEach((row) => keepReceipt(db, row, receiptOf(hubId), AT)),
    end: () => station.sync.stop(),
  };
}

it('only what this hub took waits again, once for each life of its data, and each receipt is kept', async () => {
  const { db, rows, receive, end } = sent(HUB_ID);
  await end();
  receive();
  const heard = (epoch: number): number => db.transaction(() => heardEpoch(db, epoch, AT)).immediate();
  expect([heard(1), heard(7), heard(7)]).toEqual([0, 2, 0]);
  expect(rows().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  expect(verifyAudit(db)).toMatchObject({ ok: true });
  receive();
  expect(verifyAudit(db)).toMatchObject({ ok: true });
  expect(db.prepare('SELECT count(*) FROM past_receipt').pluck().get()).toBe(2);
  // No receipt goes without having been kept.
  expect(() => db.exec(`UPDATE outbox SET state = 'waiting', receipt = NULL, sent_at = NULL`)).not.toThrow();
  const other = sent(uuidv7());
  await other.end();
  other.receive();
  expect(other.db.transaction(() => heardEpoch(other.db, 7, AT)).immediate()).toBe(0);
  expect(() => other.db.exec(`UPDATE outbox SET state = 'waiting', receipt = NULL, sent_at = NULL`)).toThrow(
    'append-only',
  );
});

it('a later receipt that was changed, or has no entry, is told by the audit', async () => {
  const again = async (change: string): Promise<boolean> => {
    const { db, rows, receive, end } = sent(HUB_ID);
    await end();
    receive();
    db.transaction(() => heardEpoch(db, 7, AT)).immediate();
    const report = rows().find(({ kind }) => kind === 'report');
    if (report === undefined) throw new Error('no report');
    keepReceipt(db, report, JSON.stringify({ receipt: { hubId: HUB_ID, at: 'later' }, signature: 'y' }), AT);
    expect(verifyAudit(db), 'before').toMatchObject({ ok: true });
    for (const trigger of ['outbox_no_update', 'past_receipt_no_update', 'past_receipt_no_delete'])
      db.exec(`DROP TRIGGER ${trigger}`);
    db.exec(change);
    return verifyAudit(db).ok;
  };
  // The receipt of now, which only the later entry tells of; one of before that never was; one that is gone.
  expect(await again(`UPDATE outbox SET receipt = '{"other":1}' WHERE kind = 'report'`)).toBe(false);
  expect(
    await again(`INSERT INTO past_receipt SELECT kind, subject, '{"more":1}', sent_at FROM past_receipt
      WHERE kind = 'report'`),
  ).toBe(false);
  expect(await again(`DELETE FROM past_receipt WHERE kind = 'report'`)).toBe(false);
});

it('a picture that another hub has, or that waits for a person, is sent where a new report names it', async () => {
  const { db, made, rows, receive, end } = sent(uuidv7());
  await end();
  receive();
  const name = (): void => db.transaction(() => nameAgain(db, made.crops[0]?.sha256 ?? '', AT)).immediate();
  name();
  expect(rows().map(({ state }) => state)).toEqual(['sent', 'waiting']);
  db.exec(`UPDATE outbox SET state = 'parked', reason = 'hub-left' WHERE kind = 'image'`);
  name();
  expect(rows().map(({ state }) => state)).toEqual(['sent', 'waiting']);
});

it('a station that left a hub and came back as the one it was goes on; as another one it does not', async () => {
  const { db, rows, receive, end } = sent(HUB_ID);
  await end();
  const stationId = loadHub(db)?.stationId ?? '';
  const states = (): string[] => rows().map(({ state }) => state);
  const back = (id: string): void =>
    db.transaction(() => cameBack(db, { hubId: HUB_ID, stationId: id }, AT)).immediate();
  parkAll(db, 'hub-left');
  back(uuidv7());
  expect(states()).toEqual(['parked', 'parked']);
  back(stationId);
  expect(states()).toEqual(['waiting', 'waiting']);
  receive();
  back(uuidv7());
  expect(states()).toEqual(['sent', 'sent']);
  back(stationId);
  expect(states()).toEqual(['waiting', 'waiting']);
  expect(verifyAudit(db)).toMatchObject({ ok: true });
});
