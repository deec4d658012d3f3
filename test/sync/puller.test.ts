// The puller over the real hub: what concerns the station comes page by page, survives a cut, and is believed only signed.
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadHub } from '../../electron/db/hub-link.ts';
import type { Db } from '../../electron/db/open.ts';
import { listReceived, loadReceived } from '../../electron/db/received.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { until } from '../until.ts';
import { badNetwork } from './bad-network.ts';
import { type Ground, type InjectedHub, startGround, startHub } from './ground.ts';
import {
  enrolledStore,
  openStore,
  runStation,
  type RunningStation,
  type StationIds,
  writeReport,
} from './test-station.ts';

const PACE = { firstMs: 20, longestMs: 60, lookMs: 80, answerMs: 20_000 };
let ground: Ground;
let hub: InjectedHub;

beforeAll(async () => {
  ground = await startGround({ fsync: false });
  hub = await startHub(ground);
});
afterAll(async () => {
  await hub.close();
  await ground.stop();
});

/** A station that is known at the hub, of an agency of its own. */
async function enrolled(): Promise<{ db: Db; ids: StationIds }> {
  const ids = { stationId: uuidv7(), agencyId: uuidv7() };
  const { identity, database } = ground;
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  const { db, signKey, boxKey } = enrolledStore(ids, {
    hubId: identity.id,
    signKey: text(identity.signKey),
    boxKey: text(identity.boxKey),
  });
  const place = { place: 'Utopia', country: 'UTO' };
  await database.db
    .insertInto('agency')
    .values({ id: ids.agencyId, name: `Agency ${ids.agencyId}`, country: 'UTO' })
    .execute();
  await database.db
    .insertInto('station')
    .values({
      id: ids.stationId,
      agency_id: ids.agencyId,
      code: 'UT-1',
      ...place,
      sign_key: Buffer.from(signKey, 'base64url'),
      box_key: Buffer.from(boxKey, 'base64url'),
    })
    .execute();
  return { db, ids };
}

function run(db: Db, change: (text: string) => string = (text) => text): RunningStation {
  const random = createRandom(1);
  const carrier: typeof hub.ask = async (method, target, headers, body) => {
    if (target.endsWith('/events')) throw new TypeError('no stream');
    const answer = await hub.ask(method, target, headers, body);
    return target.startsWith('/v1/feed?')
      ? new Response(change(await answer.text()), { status: answer.status })
      : answer;
  };
  const { transport } = badNetwork(carrier, { random, rate: 0, lateMs: 0 });
  return runStation(db, { transport, pace: PACE });
}

it('hands on what others reported: every page, exact bytes, once, after a cut too; nothing of its own', async () => {
  const [sender, reader] = [await enrolled(), await enrolled()];
  const random = createRandom(3);
  const sending = run(sender.db);
  const written = Array.from({ length: 130 }, () =>
    writeReport(sending, sender.ids, random, { pictureBytes: [40], waits: false, at: new Date() }),
  );
  await until(() => {
    const sent = sender.db.prepare(`SELECT count(*) FROM outbox WHERE state = 'sent'`).pluck().get();
    expect(sent).toBe(260);
  });
  await sending.sync.stop();
  expect(listReceived(sender.db, { limit: 1, offset: 0 })).toEqual([]);

  const first = run(reader.db);
  await until(() => expect(listReceived(reader.db, { limit: 1, offset: 0 })).toHaveLength(1));
  // Cut in the middle: what was committed is there with its cursor, the rest comes again.
  const bytes = reader.db.serialize();
  await first.sync.stop();
  const db = openStore(bytes);
  const later = run(db);
  await until(() => expect(listReceived(db, { limit: 200, offset: 0 })).toHaveLength(130));
  for (const { id, body } of written) expect(loadReceived(db, id)?.body.equals(body)).toBe(true);
  expect(listReceived(db, { limit: 1, offset: 0 })).toMatchObject([
    { agencyName: `Agency ${sender.ids.agencyId}` },
  ]);
  expect(loadHub(db)?.feedCursor).not.toBe('');
  await later.sync.stop();
});

it('believes nothing that was changed on the way, tells it in the chain, and goes on', async () => {
  const [sender, reader] = [await enrolled(), await enrolled()];
  const sending = run(sender.db);
  const random = createRandom(4);
  const written = [0, 1].map(() =>
    writeReport(sending, sender.ids, random, { pictureBytes: [40], waits: false, at: new Date() }),
  );
  await until(() => {
    const sent = sender.db.prepare(`SELECT count(*) FROM outbox WHERE state = 'sent'`).pluck().get();
    expect(sent).toBe(4);
  });
  await sending.sync.stop();
  const [changed = written[0], whole] = written;
  const reading = run(reader.db, (text) => {
    const page = JSON.parse(text);
    for (const item of page.items ?? [])
      if (item.id === changed?.id) item.body = item.body.replace('laminate', 'Laminate');
    return JSON.stringify(page);
  });
  await until(() => expect(loadReceived(reader.db, whole?.id ?? '')).toBeDefined());
  expect(loadReceived(reader.db, changed?.id ?? '')).toBeUndefined();
  const refused = reader.db
    .prepare(`SELECT subject_id FROM audit WHERE action = 'received.refused'`)
    .pluck()
    .all();
  expect(refused).toEqual([changed?.id]);
  await reading.sync.stop();
});
