// The feed: places in the order in which rows become visible, pages by cursor, events that say when to look.
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { feed, type FeedItem, type FeedPage } from '../../shared/wire/api.ts';
import { reportSignText, verifyText } from '../../shared/wire/sign.ts';
import { addAgency, revokeStation } from '../../hub/network.ts';
import { publish } from '../../hub/db/feed.ts';
import { testCluster } from './cluster.ts';
import {
  codeIn,
  makeAgency,
  makeStation,
  putOf,
  sha256,
  signed,
  signedHeaders,
  testHub,
  type TestStation,
} from './test-hub.ts';
import { bytesOfReport, networkReport } from './wire-reports.ts';

const cluster = testCluster();

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const station = await makeStation(database, await makeAgency(database, 'Border Guard of Utopia'));
  const reader = await makeStation(database, await makeAgency(database, 'Police of Arcadia', 'ARC'));
  const send = async (many: number, through = hub): Promise<string[]> => {
    const reports = Array.from({ length: many }, () => networkReport(station));
    await Promise.all(
      reports.map((report) => through.inject(putOf(station, identity.id, report.id, bytesOfReport(report)))),
    );
    return reports.map(({ id }) => id);
  };
  const page = async (query = '', by: TestStation = reader): Promise<FeedPage> => {
    const answer = await hub.inject(signed(by, identity.id, { method: 'GET', url: `/v1/feed${query}` }));
    expect(answer.statusCode).toBe(200);
    return feed.answer.parse(answer.json());
  };
  return { database, hub, identity, station, reader, send, page };
}

const idsOf = (items: readonly FeedItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'report' ? [item.id] : []));

test('everything is told once, in pages, to the last; what comes later follows the cursor', async () => {
  const { hub, send, page } = await setUp();
  const sent = await send(23);
  await expect.poll(async () => (await page()).items.length).toBe(23);
  const walked: string[] = [];
  let cursor = '';
  for (let more = true; more; ) {
    const next: FeedPage = await page(cursor === '' ? '?limit=5' : `?limit=5&after=${cursor}`);
    expect(next.items.length).toBeLessThanOrEqual(5);
    walked.push(...idsOf(next.items));
    ({ cursor, more } = next);
  }
  expect(walked.toSorted()).toEqual(sent.toSorted());
  expect(await page(`?after=${cursor}`)).toEqual({ items: [], cursor, more: false });
  const [later] = await send(1);
  await expect.poll(async () => idsOf((await page(`?after=${cursor}`)).items)).toEqual([later]);
  await hub.close();
});

test('an item holds the exact text, and its signature is right by the key beside it', async () => {
  const { database, hub, station, send, page } = await setUp();
  const [id = ''] = await send(1);
  await expect.poll(async () => (await page()).items.length).toBe(1);
  const [item] = (await page()).items;
  if (item?.kind !== 'report') throw new Error('no report');
  const row = await database.db.selectFrom('report').select('body').executeTakeFirstOrThrow();
  expect(item.body).toBe(row.body.toString('utf8'));
  expect(item.sha256).toBe(sha256(row.body));
  expect(item).toMatchObject({ id, stationId: station.stationId, agencyId: station.agencyId });
  expect(verifyText(item.signKey, reportSignText(id, item.sha256), item.signature)).toBe(true);
  await hub.close();
});

test('a page holds few bytes: long reports come in more pages, one at least in each', async () => {
  const { database, hub, identity, station, page } = await setUp();
  const happened = 'x'.repeat(4000);
  const findings = Array.from({ length: 200 }, () => ({
    item: 'B.06',
    result: 'differs',
    tool: null,
    note: 'y'.repeat(300),
  })) as never;
  for (let count = 0; count < 40; count += 1) {
    const of = networkReport(station);
    const report = { ...of, narrative: { ...of.narrative, happened }, fraud: { ...of.fraud, findings } };
    await hub.inject(putOf(station, identity.id, report.id, bytesOfReport(report)));
  }
  await expect
    .poll(async () => (await database.db.selectFrom('feed').select('seq').execute()).length)
    .toBe(40);
  const first = await page();
  expect(first.items.length).toBeGreaterThan(0);
  expect(first.items.length).toBeLessThan(40);
  expect(first.more).toBe(true);
  expect(idsOf((await page(`?after=${first.cursor}`)).items)).toHaveLength(40 - first.items.length);
  await hub.close();
});

test('two hubs give places while others write: whoever has read place n finds nothing new below it', async () => {
  const { database, hub, send, page } = await setUp();
  const { hub: second } = await testHub(database);
  const writing = Promise.all(Array.from({ length: 12 }, (_, at) => send(10, at % 2 ? hub : second)));
  const read: string[] = [];
  let cursor = '';
  await expect
    .poll(
      async () => {
        const next: FeedPage = await page(cursor === '' ? '' : `?after=${cursor}`);
        cursor = next.cursor;
        read.push(...idsOf(next.items));
        return read.length;
      },
      { interval: 5 },
    )
    .toBe(120);
  expect(read.toSorted()).toEqual((await writing).flat().toSorted());
  expect(idsOf((await page()).items)).toEqual(read);
  await hub.close();
  await second.close();
});

test('what a killed hub left without a place gets one from another; a place is given once', async () => {
  const { database, hub } = await setUp();
  await hub.close();
  const { hub: late } = await testHub(database);
  await database.db.insertInto('feed_waiting').values({ kind: 'directory', subject: null }).execute();
  await Promise.all([publish(database.db), publish(database.db), publish(database.db)]);
  await expect
    .poll(async () => database.db.selectFrom('feed').select(['seq', 'kind']).execute())
    .toEqual([{ seq: 1, kind: 'directory' }]);
  expect(await database.db.selectFrom('feed_waiting').selectAll().execute()).toEqual([]);
  await late.close();
});

test('agencies, stations and revocations are told too', async () => {
  const { database, hub, station, page } = await setUp();
  await addAgency(database.db, { name: 'Coast Guard', country: 'UTO' }, 'command-line');
  await revokeStation(database.db, station.stationId, 'command-line');
  await expect
    .poll(async () => (await page()).items.map(({ seq: _seq, ...item }) => item))
    .toEqual([{ kind: 'directory' }, { kind: 'revoked', stationId: station.stationId }]);
  await hub.close();
});

test('a cursor from before a restore begins anew', async () => {
  const { database, hub, identity, reader, send, page } = await setUp();
  await send(3);
  await expect.poll(async () => (await page()).items.length).toBe(3);
  const { cursor } = await page();
  await database.db.updateTable('hub_identity').set({ epoch: 2 }).execute();
  const { hub: restored } = await testHub(database);
  const ask = signed(reader, identity.id, { method: 'GET', url: `/v1/feed?after=${cursor}` });
  const answer = feed.answer.parse((await restored.inject(ask)).json());
  expect(answer.items).toHaveLength(3);
  expect(answer.cursor).not.toBe(cursor);
  await hub.close();
  await restored.close();
});

/** Opens the events of a station over a real connection; `heard` is what came so far. */
async function listen(address: string, hubId: string, station: TestStation) {
  const { hostname, port } = new URL(address);
  const headers = signedHeaders(station, hubId, { method: 'GET', url: '/v1/feed/events' });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  let text = '';
  let isOpen = true;
  const socket = await new Promise<Socket>((resolve, reject) => {
    const made = connect(Number(port), hostname, () => resolve(made));
    made.on('error', reject);
  });
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  socket.on('close', () => {
    isOpen = false;
  });
  socket.write(`GET /v1/feed/events HTTP/1.1\r\nhost: x\r\n${lines.join('')}\r\n`);
  return {
    looks: () => text.split('event: look').length - 1,
    isOpen: () => isOpen,
    end: () => socket.destroy(),
  };
}

test('who listens is told to look, at every hub; a revoked station listens no longer', async () => {
  const { database, hub, identity, station, reader, send } = await setUp();
  const { hub: second } = await testHub(database);
  const at = await hub.listen({ port: 0, host: '127.0.0.1' });
  const atSecond = await second.listen({ port: 0, host: '127.0.0.1' });
  const ears = [await listen(at, identity.id, reader), await listen(atSecond, identity.id, station)];
  await expect.poll(() => ears.every((ear) => ear.looks() > 0)).toBe(true);
  // Whatever a starting hub tells is over.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const before = ears.map((ear) => ear.looks());
  await send(1);
  await expect.poll(() => ears.every((ear, at) => ear.looks() > (before[at] ?? 0))).toBe(true);
  await revokeStation(database.db, station.stationId, 'command-line');
  await expect.poll(() => ears.map((ear) => ear.isOpen())).toEqual([true, false]);
  const again = signed(station, identity.id, { method: 'GET', url: '/v1/feed/events' });
  expect(codeIn(await second.inject(again))).toBe('revoked');
  await hub.close();
  await second.close();
  await expect.poll(() => ears[0]?.isOpen()).toBe(false);
});
