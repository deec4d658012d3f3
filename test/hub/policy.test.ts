// Who sees what: a table of cases that the rule in words, the same rule in SQL, and every route must agree on.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { seenBy } from '../../hub/db/policy.ts';
import { listReports } from '../../hub/db/reports.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import { type JudgedReport, type PolicyRule, sees } from '../../hub/policy.ts';
import { testCluster } from './cluster.ts';
import { codeIn, makeAgency, makeStation, putOf, signed, testHub, type TestStation } from './test-hub.ts';
import { bytesOfReport, networkReport, withdrawalOf } from './wire-reports.ts';

/** Four agencies. */
const READERS = ['A', 'B', 'C', 'D'] as const;
type Letter = (typeof READERS)[number];

/** Five reports, each from one agency. */
const REPORTS = {
  partner: { agencyId: 'A', tier: 'T1', toAgency: 'B', issuer: 'UTO', kind: 'report' },
  shared: { agencyId: 'A', tier: 'T2', toAgency: null, issuer: 'UTO', kind: 'report' },
  mended: { agencyId: 'A', tier: 'T2', toAgency: null, issuer: 'ARC', kind: 'correction' },
  undone: { agencyId: 'C', tier: 'T2', toAgency: null, issuer: null, kind: 'withdrawal' },
  counted: { agencyId: 'A', tier: 'T3', toAgency: null, issuer: 'UTO', kind: 'report' },
} as const satisfies Record<string, JudgedReport & { agencyId: Letter }>;
type ReportName = keyof typeof REPORTS;
const NAMES = Object.keys(REPORTS) as ReportName[];

const deny = (of: Partial<PolicyRule> = {}): PolicyRule => rule('deny', of);
const allow = (of: Partial<PolicyRule> = {}): PolicyRule => rule('allow', of);
const rule = (effect: PolicyRule['effect'], of: Partial<PolicyRule>): PolicyRule => ({
  fromAgency: null,
  toAgency: null,
  issuer: null,
  kind: null,
  ...of,
  effect,
});

interface Row {
  rules: PolicyRule[];
  /** Who sees what the rules can change; `partner` is always for A and B, `counted` for A alone. */
  shared: string;
  mended: string;
  undone: string;
}

const TABLE: Record<string, Row> = {
  'no rule': { rules: [], shared: 'ABCD', mended: 'ABCD', undone: 'ABCD' },
  'nothing is shared': { rules: [deny()], shared: 'A', mended: 'A', undone: 'C' },
  'B gets nothing': { rules: [deny({ toAgency: 'B' })], shared: 'ACD', mended: 'ACD', undone: 'ACD' },
  'A gives nothing': { rules: [deny({ fromAgency: 'A' })], shared: 'A', mended: 'A', undone: 'ABCD' },
  'a denial to A leaves A its own': {
    rules: [deny({ toAgency: 'A' })],
    shared: 'ABCD',
    mended: 'ABCD',
    undone: 'BCD',
  },
  'nothing of one state': { rules: [deny({ issuer: 'UTO' })], shared: 'A', mended: 'ABCD', undone: 'ABCD' },
  'no corrections': { rules: [deny({ kind: 'correction' })], shared: 'ABCD', mended: 'A', undone: 'ABCD' },
  'A to B alone': {
    rules: [allow({ fromAgency: 'A', toAgency: 'B' })],
    shared: 'AB',
    mended: 'AB',
    undone: 'ABCD',
  },
  'A to B alone, but not of one state': {
    rules: [allow({ fromAgency: 'A', toAgency: 'B' }), deny({ toAgency: 'B', issuer: 'ARC' })],
    shared: 'AB',
    mended: 'A',
    undone: 'ABCD',
  },
  'A to B, corrections to D too': {
    rules: [
      allow({ fromAgency: 'A', toAgency: 'B' }),
      allow({ fromAgency: 'A', toAgency: 'D', kind: 'correction' }),
    ],
    shared: 'AB',
    mended: 'ABD',
    undone: 'ABCD',
  },
  'of one state to D alone': {
    rules: [allow({ toAgency: 'D', issuer: 'UTO' })],
    shared: 'AD',
    mended: 'ABCD',
    undone: 'ABCD',
  },
  'a denial wins over everything allowed': {
    rules: [allow(), deny({ toAgency: 'D', kind: 'withdrawal' })],
    shared: 'ABCD',
    mended: 'ABCD',
    undone: 'ABC',
  },
};

const cluster = testCluster();

describe('each of the 240 cases', () => {
  test.each(Object.entries(TABLE))('%s: the rule in words and in SQL', async (_name, row) => {
    const database = await cluster.fresh();
    const { agencies, ids } = await insertAll(database);
    for (const { fromAgency, toAgency, ...rest } of row.rules) {
      const from_agency = fromAgency && agencies[fromAgency as Letter];
      const to_agency = toAgency && agencies[toAgency as Letter];
      await database.db
        .insertInto('policy')
        .values({ id: uuidv7(), from_agency, to_agency, ...rest })
        .execute();
    }
    const expected = { ...row, partner: 'AB', counted: 'A' };
    for (const reader of READERS) {
      const { rows } = await sql<{
        id: string;
      }>`select r.id from report r where ${seenBy(agencies[reader])}`.execute(database.db);
      const found = new Set(rows.map(({ id }) => id));
      const list = await listReports(database.db, agencies[reader], {}, null, 50);
      expect(list.map(({ id }) => id).toSorted()).toEqual([...found].toSorted());
      for (const name of NAMES) {
        const may = expected[name].includes(reader);
        expect([name, reader, sees(row.rules, REPORTS[name], reader)]).toEqual([name, reader, may]);
        expect([name, reader, found.has(ids[name])]).toEqual([name, reader, may]);
      }
    }
  });
});

async function insertAll(database: HubDatabase) {
  const stations = {} as Record<Letter, TestStation>;
  for (const letter of READERS) {
    stations[letter] = await makeStation(database, await makeAgency(database, `Agency ${letter}`));
  }
  const agencies = Object.fromEntries(READERS.map((letter) => [letter, stations[letter].agencyId])) as Record<
    Letter,
    string
  >;
  const ids = {} as Record<ReportName, string>;
  for (const name of NAMES) {
    const { agencyId, toAgency, ...rest } = REPORTS[name];
    ids[name] = uuidv7();
    await database.db
      .insertInto('report')
      .values({
        ...rest,
        id: ids[name],
        station_id: stations[agencyId].stationId,
        agency_id: agencies[agencyId],
        to_agency: toAgency && agencies[toAgency],
        replaces: rest.kind === 'report' ? null : uuidv7(),
        body: Buffer.from('{}'),
        sha256: randomBytes(32),
        signature: randomBytes(64),
      })
      .execute();
  }
  return { agencies, ids };
}

test('one, list, feed and picture keep to the same rules', async () => {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const author = await makeStation(database, await makeAgency(database, 'Author'));
  const friend = await makeStation(database, await makeAgency(database, 'Friend'));
  const other = await makeStation(database, await makeAgency(database, 'Other'));
  await database.db
    .insertInto('policy')
    .values({ id: uuidv7(), from_agency: author.agencyId, to_agency: friend.agencyId, effect: 'allow' })
    .execute();
  const report = networkReport(author);
  const undone = withdrawalOf(author, report.id);
  for (const each of [report, undone]) {
    await hub.inject(putOf(author, identity.id, each.id, bytesOfReport(each)));
  }
  const ask = (reader: TestStation, url: string) =>
    hub.inject(signed(reader, identity.id, { method: 'GET', url }));
  const listed = async (reader: TestStation): Promise<number> =>
    (await ask(reader, '/v1/reports')).json<{ rows: unknown[] }>().rows.length;
  const fed = async (reader: TestStation): Promise<number> =>
    (await ask(reader, '/v1/feed')).json<{ items: unknown[] }>().items.length;
  await expect.poll(() => fed(friend)).toBe(2);
  expect(await fed(other)).toBe(0);
  expect([await listed(author), await listed(friend), await listed(other)]).toEqual([2, 2, 0]);
  expect(codeIn(await ask(friend, `/v1/reports/${report.id}`))).toBe('200');
  expect(codeIn(await ask(other, `/v1/reports/${report.id}`))).toBe('not-found');
  await hub.close();
});

test('a withdrawal is told to those who may see what it takes back, in whichever order they came', async () => {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const from = await makeStation(database, await makeAgency(database, 'From'));
  const reader = await makeStation(database, await makeAgency(database, 'Reader'));
  const hidden = { id: uuidv7(), effect: 'deny', issuer: 'UTO', to_agency: reader.agencyId } as const;
  await database.db.insertInto('policy').values(hidden).execute();
  const put = async (report: Parameters<typeof bytesOfReport>[0]): Promise<void> => {
    const answer = await hub.inject(putOf(from, identity.id, report.id, bytesOfReport(report)));
    expect(answer.statusCode).toBe(201);
  };
  const [early, late] = [0, 1].map(() => {
    const report = networkReport(from);
    return { report, taken: withdrawalOf(from, report.id) };
  });
  if (!early || !late) throw new Error('two pairs');
  await put(early.report);
  await put(early.taken);
  const seen = async (id: string): Promise<number> =>
    (await hub.inject(signed(reader, identity.id, { method: 'GET', url: `/v1/reports/${id}` }))).statusCode;
  expect([await seen(early.report.id), await seen(early.taken.id)]).toEqual([404, 404]);
  await put(late.taken);
  await put(late.report);
  await expect.poll(() => seen(late.taken.id)).toBe(404);
  await hub.close();
});
