// A policy that is loosened: what agencies may see now is told to them, once, and to nobody else.
import { setTimeout as wait } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { importBundle } from '../../hub/bundles.ts';
import { publish } from '../../hub/db/feed.ts';
import { changeRules } from '../../hub/db/hand-on.ts';
import { addRule, removeRule } from '../../hub/rules.ts';
import type { AlertFits } from '../../shared/sharing/alert.ts';
import { gather, once, readAt, writeFor } from './bundle-files.ts';
import { testCluster } from './cluster.ts';
import { makeAgency, makeStation, putOf, signed, testHub, type TestStation } from './test-hub.ts';
import { alertOf, bytesOfReport, networkReport, partnerReport, withdrawalOf } from './wire-reports.ts';

const cluster = testCluster();
const EVERY = { fromAgency: null, toAgency: null, issuer: null, kind: null } as const;

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const from = await makeStation(database, await makeAgency(database, 'From'));
  const friend = await makeStation(database, await makeAgency(database, 'Friend'));
  const other = await makeStation(database, await makeAgency(database, 'Other'));
  const put = async (report: Parameters<typeof bytesOfReport>[0]): Promise<string> => {
    expect((await hub.inject(putOf(from, identity.id, report.id, bytesOfReport(report)))).statusCode).toBe(
      201,
    );
    return report.id;
  };
  /** Everything that lies before a reader, and where it ends. */
  const read = async (reader: TestStation, after = ''): Promise<{ ids: string[]; cursor: string }> => {
    while ((await publish(database.db)) > 0);
    const url = `/v1/feed?limit=500${after === '' ? '' : `&after=${after}`}`;
    const answer = await hub.inject(signed(reader, identity.id, { method: 'GET', url }));
    const { items, cursor } = answer.json<{ items: { id?: string }[]; cursor: string }>();
    return { ids: items.flatMap(({ id }) => id ?? []), cursor };
  };
  return { database, hub, identity, from, friend, other, put, read };
}

test('what a removed denial held back is told to those it held it from, in its order, and to nobody else', async () => {
  const { database, hub, identity, from, friend, other, put, read } = await setUp();
  const denial = { ...EVERY, effect: 'deny', toAgency: friend.agencyId } as const;
  const { id, handedOn } = await addRule(database.db, denial, 'test');
  expect(handedOn).toBe(0);
  const report = await put(networkReport(from));
  const undone = await put(withdrawalOf(from, report));
  await put(partnerReport(from, other.agencyId));
  const [before, others, own] = [await read(friend), await read(other), await read(from)];
  expect([before.ids, others.ids.length]).toEqual([[], 3]);
  expect(await removeRule(database.db, id, 'test')).toBe(2);
  expect((await read(friend, before.cursor)).ids).toEqual([report, undone]);
  expect((await read(other, others.cursor)).ids).toEqual([]);
  expect((await read(from, own.cursor)).ids).toEqual([]);
  // From the beginning they come twice, which a station passes over.
  expect((await read(friend)).ids).toEqual([report, undone, report, undone]);
  const bundle = await writeFor(friend, identity, [
    { head: { kind: 'cursor', cursor: before.cursor }, bytes: Buffer.alloc(0) },
  ]);
  const { answer } = await importBundle({ database, identity, now: Date.now }, once(bundle), 1e8);
  const carried = (await readAt(friend, identity, await gather(answer))).flatMap(({ head }) =>
    head.kind === 'received' ? [head.id] : [],
  );
  expect(carried).toEqual([report, undone]);
  await hub.close();
});

test('an alert is handed on to those alone whom it is for, once they see every issuer of it', async () => {
  const { database, hub, from, friend, other, put, read } = await setUp();
  const hidden = (issuer: string) => ({ ...EVERY, effect: 'deny', issuer }) as const;
  const [first, second] = [
    await addRule(database.db, hidden('UTO'), 'test'),
    await addRule(database.db, hidden('ARC'), 'test'),
  ];
  const about = networkReport(from);
  await put(about);
  const audience = { agencies: [friend.agencyId], places: [], countries: [] };
  const fits = { types: ['passport_ord'], issuers: ['UTO', 'ARC'], numberRange: null, mrzPattern: [] };
  const alert = await put(alertOf(from, about.id, { audience, fits: fits as AlertFits }));
  const [near, far] = [await read(friend), await read(other)];
  expect([near.ids, far.ids]).toEqual([[], []]);
  expect(await removeRule(database.db, second.id, 'test')).toBe(0);
  expect(await removeRule(database.db, first.id, 'test')).toBe(2);
  expect((await read(friend, near.cursor)).ids).toEqual([about.id, alert]);
  const told = await database.db.selectFrom('feed').select('agencies').where('subject', '=', alert).execute();
  expect(told).toEqual([{ agencies: null }, { agencies: [friend.agencyId] }]);
  expect((await read(other, far.cursor)).ids).toEqual([about.id]);
  await hub.close();
});

test('one more allowance hands on what it opens; a tighter rule calls nothing back and tells nothing', async () => {
  const { database, hub, from, friend, other, put, read } = await setUp();
  const to = (toAgency: string) =>
    ({ ...EVERY, effect: 'allow', fromAgency: from.agencyId, toAgency }) as const;
  const first = await addRule(database.db, to(friend.agencyId), 'test');
  const report = await put(networkReport(from));
  const before = await read(other);
  expect(before.ids).toEqual([]);
  expect((await addRule(database.db, to(other.agencyId), 'test')).handedOn).toBe(1);
  const opened = await read(other, before.cursor);
  expect(opened.ids).toEqual([report]);
  const seen = await read(friend);
  expect(seen.ids).toEqual([report]);
  expect(await removeRule(database.db, first.id, 'test')).toBe(0);
  expect((await addRule(database.db, { ...EVERY, effect: 'deny' }, 'test')).handedOn).toBe(0);
  expect((await read(friend, seen.cursor)).ids).toEqual([]);
  expect(await removeRule(database.db, uuidv7(), 'test')).toBeNull();
  await hub.close();
});

test('nothing gets a place in the feed between the old rules and the new ones', async () => {
  const { database, hub, from, put } = await setUp();
  await put(networkReport(from));
  const order: string[] = [];
  let placing = Promise.resolve();
  await changeRules(database.db, async () => {
    placing = publish(database.db).then(() => void order.push('places given'));
    await wait(300);
    order.push('rules changed');
  });
  await placing;
  expect(order).toEqual(['rules changed', 'places given']);
  await hub.close();
});

test('a report that arrives while the rules are changed is told to whom they open it', async () => {
  const { database, hub, friend, put, read, from } = await setUp();
  const denial = { ...EVERY, effect: 'deny', toAgency: friend.agencyId } as const;
  const ids: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { id } = await addRule(database.db, denial, 'test');
    const putting = Promise.all(Array.from({ length: 10 }, () => put(networkReport(from))));
    await removeRule(database.db, id, 'test');
    ids.push(...(await putting));
  }
  const { ids: found } = await read(friend);
  expect([...new Set(found)].toSorted()).toEqual(ids.toSorted());
  await hub.close();
});
