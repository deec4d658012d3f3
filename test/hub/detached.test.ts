// Alerts and case studies at the hub: taken like reports, told to those alone whom they are for, in no list of reports.
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { seenBy } from '../../hub/db/policy.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import { type PolicyRule, sees } from '../../hub/policy.ts';
import type { AlertAudience, AlertFits } from '../../shared/sharing/alert.ts';
import type { WireReport } from '../../shared/sharing/report.ts';
import { feed } from '../../shared/wire/api.ts';
import { testCluster } from './cluster.ts';
import { codeIn, makeAgency, makeStation, putOf, signed, testHub, type TestStation } from './test-hub.ts';
import { alertOf, bytesOfReport, networkReport, studyOf, withdrawalOf } from './wire-reports.ts';

const cluster = testCluster();

const audienceOf = (agencies: string[]): AlertAudience => ({ agencies, places: [], countries: [] });
const fitsOf = (...issuers: string[]): AlertFits => ({
  types: ['passport_ord'],
  issuers,
  numberRange: null,
  mrzPattern: [],
});

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const [author, friend, other] = await Promise.all(
    ['Author', 'Friend', 'Other'].map(async (name) =>
      makeStation(database, await makeAgency(database, name)),
    ),
  );
  if (author === undefined || friend === undefined || other === undefined) throw new Error('no station');
  const put = async (message: WireReport): Promise<string> =>
    codeIn(await hub.inject(putOf(author, identity.id, message.id, bytesOfReport(message))));
  const fed = async (reader: TestStation): Promise<string[]> => {
    const answer = await hub.inject(signed(reader, identity.id, { method: 'GET', url: '/v1/feed' }));
    return feed.answer
      .parse(answer.json())
      .items.flatMap((item) => (item.kind === 'report' ? [item.id] : []));
  };
  return { database, hub, identity, author, friend, other, put, fed };
}

test('both are kept like reports, and what is asked of them stands in their rows', async () => {
  const { database, hub, author, friend, put } = await setUp();
  const report = networkReport(author);
  const alert = alertOf(author, report.id, {
    audience: audienceOf([friend.agencyId]),
    fits: fitsOf('UTO', 'ARC'),
  });
  const study = studyOf(author, report.id);
  for (const message of [report, alert, study]) expect(await put(message)).toBe('201');
  expect(await put(alert)).toBe('200');
  const rows = await database.db.selectFrom('report').selectAll().orderBy('received_at').execute();
  expect(rows.map(({ kind }) => kind)).toEqual(['report', 'alert', 'case-study']);
  expect(rows[1]).toMatchObject({
    issuer: 'UTO',
    issuers: ['UTO', 'ARC'],
    doc_type: 'passport_ord',
    audience: [friend.agencyId],
    expires_at: new Date(alert.expiresAt),
    replaces: null,
  });
  expect(rows[2]).toMatchObject({ issuer: 'UTO', fraud: ['FG.photo_sub'], audience: null, expires_at: null });
  await hub.close();
});

test('what says more than it may is refused: a number, an address, an end too far away, another tier', async () => {
  const { hub, identity, author, put } = await setUp();
  const { id } = networkReport(author);
  expect(await put(alertOf(author, id, { tip: 'Ask for L898902C with 1234567.' }))).toBe('tier-leak');
  expect(await put(alertOf(author, id, { tip: 'Write to anna@example.org.' }))).toBe('tier-leak');
  expect(await put(studyOf(author, id, { happened: 'She asked for asylum.' }))).toBe('tier-leak');
  const { question } = studyOf(author, id);
  const because = { ...question, because: 'Call +44 20 7946 0958.' };
  expect(await put(studyOf(author, id, { question: because }))).toBe('tier-leak');
  const raw = async (message: { id: string; [name: string]: unknown }): Promise<string> => {
    const body = Buffer.from(JSON.stringify(message), 'utf8');
    return codeIn(await hub.inject(putOf(author, identity.id, message.id, body)));
  };
  expect(await raw({ ...alertOf(author, id), expiresAt: '2099-01-01T00:00:00.000Z' })).toBe('schema');
  expect(await raw({ ...alertOf(author, id), tier: 'T3' })).toBe('schema');
  await hub.close();
});

test('an alert for some agencies is told to no other, nor is what takes it back, in whichever order they come', async () => {
  const { hub, identity, author, friend, other, put, fed } = await setUp();
  const report = networkReport(author);
  const [early, late] = [0, 1].map(() =>
    alertOf(author, report.id, { audience: audienceOf([friend.agencyId]) }),
  );
  if (early === undefined || late === undefined) throw new Error('no alert');
  const [undone, before] = [withdrawalOf(author, early.id), withdrawalOf(author, late.id)];
  for (const message of [early, undone, before, late]) expect(await put(message)).toBe('201');
  await expect.poll(() => fed(friend)).toHaveLength(4);
  expect(await fed(other)).toEqual([]);
  const ask = { method: 'GET', url: `/v1/reports/${early.id}` } as const;
  expect(codeIn(await hub.inject(signed(friend, identity.id, ask)))).toBe('200');
  expect(codeIn(await hub.inject(signed(other, identity.id, ask)))).toBe('not-found');
  await hub.close();
});

test('lists of reports hold neither, nor what takes them back', async () => {
  const { hub, identity, author, friend, put } = await setUp();
  const report = networkReport(author);
  const alert = alertOf(author, report.id);
  for (const message of [report, alert, studyOf(author, report.id), withdrawalOf(author, alert.id)])
    expect(await put(message)).toBe('201');
  const listed = await hub.inject(signed(friend, identity.id, { method: 'GET', url: '/v1/reports' }));
  expect(listed.json<{ rows: { id: string }[] }>().rows.map(({ id }) => id)).toEqual([report.id]);
  await hub.close();
});

const NO_RULE: Omit<PolicyRule, 'effect'> = { fromAgency: null, toAgency: null, issuer: null, kind: null };

describe('who sees an alert, in words and in SQL', () => {
  /** Whether Friend sees it; the author's agency always does. */
  const CASES: Record<
    string,
    { rules: (friend: string, other: string) => PolicyRule[]; one: boolean; aimed: boolean; two: boolean }
  > = {
    'without rules': { rules: () => [], one: true, aimed: false, two: true },
    'none of one state': {
      rules: () => [{ ...NO_RULE, effect: 'deny', issuer: 'ARC' }],
      one: true,
      aimed: false,
      two: false,
    },
    'no alerts': {
      rules: () => [{ ...NO_RULE, effect: 'deny', kind: 'alert' }],
      one: false,
      aimed: false,
      two: false,
    },
    'of the second state to another one alone': {
      rules: (_friend, other) => [{ ...NO_RULE, effect: 'allow', issuer: 'ARC', toAgency: other }],
      one: true,
      aimed: false,
      two: false,
    },
  };

  test.each(Object.entries(CASES))('%s', async (_name, { rules, ...expected }) => {
    const { database, hub, author, friend, other, put } = await setUp();
    const { id: about } = networkReport(author);
    const alerts = {
      one: alertOf(author, about, { fits: fitsOf('UTO') }),
      aimed: alertOf(author, about, { audience: audienceOf([other.agencyId]) }),
      two: alertOf(author, about, { fits: fitsOf('UTO', 'ARC') }),
    };
    for (const alert of Object.values(alerts)) expect(await put(alert)).toBe('201');
    const own = rules(friend.agencyId, other.agencyId);
    await insertRules(database, own);
    for (const name of ['one', 'aimed', 'two'] as const) {
      const { id, agencyId, tier, fits, audience } = alerts[name];
      const { issuers } = fits;
      const judged = { agencyId, tier, toAgency: null, kind: 'alert', issuer: issuers[0] ?? null } as const;
      const said = sees(own, { ...judged, issuers, audience: audience.agencies }, friend.agencyId);
      const { rows } =
        await sql`select 1 from report r where id = ${id} and ${seenBy(friend.agencyId)}`.execute(
          database.db,
        );
      expect([name, said, rows.length === 1]).toEqual([name, expected[name], expected[name]]);
    }
    await hub.close();
  });
});

async function insertRules({ db }: HubDatabase, rules: readonly PolicyRule[]): Promise<void> {
  for (const { fromAgency, toAgency, issuer, kind, effect } of rules) {
    const agencies = { from_agency: fromAgency, to_agency: toAgency };
    await db
      .insertInto('policy')
      .values({ id: uuidv7(), ...agencies, issuer, kind, effect })
      .execute();
  }
}
