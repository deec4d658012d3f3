// Trends at the hub: what each reader may open is counted, what was corrected or taken back is not, and nothing twice.
import { expect, test } from 'vitest';
import { publish } from '../../hub/db/feed.ts';
import { addRule, removeRule } from '../../hub/rules.ts';
import { createHubTrends, type TrendScope } from '../../hub/trends.ts';
import type { TrendFilter } from '../../shared/trends/question.ts';
import { testCluster } from './cluster.ts';
import { makeAgency, makeStation, putOf, testHub, type TestStation } from './test-hub.ts';
import {
  alertOf,
  bytesOfReport,
  countedReport,
  networkReport,
  partnerReport,
  studyOf,
  withdrawalOf,
} from './wire-reports.ts';

const cluster = testCluster();
const WEEKS: TrendFilter = { from: '2026-W40', to: '2026-W48', week: null, only: {} };

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const from = await makeStation(database, await makeAgency(database, 'From'));
  const friend = await makeStation(database, await makeAgency(database, 'Friend'));
  const other = await makeStation(database, await makeAgency(database, 'Other'));
  const put = async (by: TestStation, report: Parameters<typeof bytesOfReport>[0]): Promise<string> => {
    expect((await hub.inject(putOf(by, identity.id, report.id, bytesOfReport(report)))).statusCode).toBe(201);
    while ((await publish(database.db)) > 0);
    return report.id;
  };
  return { database, hub, from, friend, other, put, trends: createHubTrends(database.db) };
}

test('each reader is counted what it may open; what is for statistics alone stands apart', async () => {
  const { database, hub, from, friend, other, put, trends } = await setUp();
  const shared = await put(from, networkReport(from));
  const partner = await put(
    from,
    partnerReport(from, friend.agencyId, { createdAt: '2026-11-23T03:00:00.000Z' }),
  );
  const counted = await put(from, countedReport(from, { createdAt: '2026-11-23T04:00:00.000Z' }));
  await put(from, alertOf(from, shared));
  await put(from, studyOf(from, shared));
  const ids = async (agencyId: string | null): Promise<string[]> =>
    (await trends.list(WEEKS, { agencyId }, { limit: 50, offset: 0 })).ids.toSorted();
  const total = async (agencyId: string | null, scope: TrendScope): Promise<number> =>
    (await trends.view({ ...WEEKS, by: 'fraud' }, { agencyId }, scope)).total;
  expect(await ids(from.agencyId)).toEqual([shared, partner, counted].toSorted());
  expect(await ids(friend.agencyId)).toEqual([shared, partner].toSorted());
  expect(await ids(other.agencyId)).toEqual([shared]);
  expect(await ids(null)).toEqual([shared]);
  for (const [reader, open, alone] of [
    [from.agencyId, 3, 0],
    [friend.agencyId, 2, 1],
    [other.agencyId, 1, 1],
    [null, 1, 1],
  ] as const) {
    expect([reader, await total(reader, 'open'), await total(reader, 'statistics')]).toEqual([
      reader,
      open,
      alone,
    ]);
  }
  const denial = {
    effect: 'deny',
    fromAgency: null,
    toAgency: other.agencyId,
    issuer: null,
    kind: null,
  } as const;
  const { id } = await addRule(database.db, denial, 'test');
  expect(await ids(other.agencyId)).toEqual([]);
  expect(await trends.span({ agencyId: other.agencyId }, 'open')).toBeNull();
  await removeRule(database.db, id, 'test');
  while ((await publish(database.db)) > 0);
  // What is told once more is counted once.
  expect(await ids(other.agencyId)).toEqual([shared]);
  await hub.close();
});

test('one event is counted once to each reader: what tells most of what it may open', async () => {
  const { hub, from, friend, other, put, trends } = await setUp();
  const ids = async (agencyId: string | null): Promise<string[]> =>
    (await trends.list(WEEKS, { agencyId }, { limit: 50, offset: 0 })).ids;
  const readers = [from.agencyId, friend.agencyId, other.agencyId, null];
  const seen = () => Promise.all(readers.map(ids));
  const counted = await put(from, countedReport(from));
  expect(await seen()).toEqual([[counted], [], [], []]);
  const forFriend = await put(from, partnerReport(from, friend.agencyId));
  const forOther = await put(from, partnerReport(from, other.agencyId));
  const later = [forFriend, forOther].toSorted()[1];
  expect(await seen()).toEqual([[later], [forFriend], [forOther], []]);
  const shared = await put(from, networkReport(from));
  expect(await seen()).toEqual(readers.map(() => [shared]));
  const createdAt = '2026-11-24T02:00:00.000Z';
  const better = await put(from, networkReport(from, { kind: 'correction', replaces: shared, createdAt }));
  expect(await seen()).toEqual(readers.map(() => [better]));
  await put(from, withdrawalOf(from, better));
  expect(await seen()).toEqual([[later], [forFriend], [forOther], []]);
  await hub.close();
});

test('what was corrected or taken back is not counted, in whichever order it came, also by a hub that starts late', async () => {
  const { database, hub, from, friend, put, trends } = await setUp();
  const ids = async (of = trends): Promise<string[]> =>
    (await of.list(WEEKS, { agencyId: null }, { limit: 50, offset: 0 })).ids.toSorted();
  const first = await put(from, networkReport(from));
  expect(await ids()).toEqual([first]);
  const better = await put(from, networkReport(from, { kind: 'correction', replaces: first }));
  expect(await ids()).toEqual([better]);
  // Nobody takes back what is another agency's.
  await put(friend, withdrawalOf(friend, better));
  expect(await ids()).toEqual([better]);
  const late = networkReport(from);
  await put(from, withdrawalOf(from, late.id));
  await put(from, late);
  expect(await ids()).toEqual([better]);
  await put(from, withdrawalOf(from, better));
  expect(await ids()).toEqual([]);
  const kept = await put(from, networkReport(from));
  const another = createHubTrends(database.db);
  expect([await ids(), await ids(another)]).toEqual([[kept], [kept]]);
  const folded = await database.db.selectFrom('trend_row').select('seq').execute();
  expect(folded).toHaveLength(7);
  await hub.close();
});

test('two hubs over one database count side by side, each report once', async () => {
  const { database, hub, from, put } = await setUp();
  for (let count = 0; count < 5; count += 1) await put(from, networkReport(from));
  const hubs = [createHubTrends(database.db), createHubTrends(database.db)];
  await Promise.all(hubs.map((each) => each.follow()));
  for (const each of hubs)
    expect((await each.list(WEEKS, { agencyId: null }, { limit: 50, offset: 0 })).total).toBe(5);
  await hub.close();
});
