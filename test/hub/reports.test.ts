// A report is taken once, kept byte for byte, answered with a receipt of the hub, and read by whom the policy lets.
import { expect, test } from 'vitest';
import { type SignedReceipt, signedReceipt } from '../../shared/wire/api.ts';
import { receiptText, verifyText } from '../../shared/wire/sign.ts';
import { testCluster } from './cluster.ts';
import { codeIn, makeAgency, makeStation, putOf, sha256, signed, testHub } from './test-hub.ts';
import { bytesOfReport, countedReport, networkReport, partnerReport, withdrawalOf } from './wire-reports.ts';

const cluster = testCluster();

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const ours = await makeAgency(database, 'Border Guard of Utopia');
  const theirs = await makeAgency(database, 'Police of Arcadia', 'ARC');
  const station = await makeStation(database, ours);
  const sister = await makeStation(database, ours);
  const stranger = await makeStation(database, theirs);
  return { database, hub, identity, ours, theirs, station, sister, stranger };
}

test('the exact bytes are kept once, and each time answered with the receipt of the first', async () => {
  const { database, hub, identity, station } = await setUp();
  const report = networkReport(station);
  const body = bytesOfReport(report);
  const first = await hub.inject(putOf(station, identity.id, report.id, body));
  expect(first.statusCode).toBe(201);
  const { receipt, signature } = signedReceipt.parse(first.json());
  expect(receipt).toMatchObject({ kind: 'report', id: report.id, sha256: sha256(body), hubId: identity.id });
  expect(verifyText(identity.signKey.toString('base64url'), receiptText(receipt), signature)).toBe(true);

  const again = await hub.inject(putOf(station, identity.id, report.id, body));
  expect(again.statusCode).toBe(200);
  expect(again.json<SignedReceipt>()).toEqual({ receipt, signature });
  const rows = await database.db.selectFrom('report').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.body.equals(body)).toBe(true);
  expect(rows[0]).toMatchObject({ tier: 'T2', issuer: 'UTO', doc_type: 'passport_ord', week: '2026-W47' });
  await hub.close();
});

test('the same id with other bytes is refused, whoever sends it, and the first stays', async () => {
  const { database, hub, identity, station, sister } = await setUp();
  const report = networkReport(station);
  const body = bytesOfReport(report);
  await hub.inject(putOf(station, identity.id, report.id, body));
  const other = bytesOfReport({ ...report, language: 'fr' });
  expect(codeIn(await hub.inject(putOf(station, identity.id, report.id, other)))).toBe('different-bytes');
  const foreign = bytesOfReport({ ...report, stationId: sister.stationId });
  expect(codeIn(await hub.inject(putOf(sister, identity.id, report.id, foreign)))).toBe('different-bytes');
  const rows = await database.db.selectFrom('report').select('body').execute();
  expect(rows.map((row) => row.body.toString())).toEqual([body.toString()]);
  await hub.close();
});

test('two hubs over one database, one report at the same moment: one row, two receipts; other bytes: one is refused', async () => {
  const { database, hub, identity, station } = await setUp();
  const { hub: second } = await testHub(database);
  for (let round = 0; round < 10; round += 1) {
    const report = networkReport(station);
    const body = bytesOfReport(report);
    const answers = await Promise.all(
      [hub, second, hub, second].map((each) => each.inject(putOf(station, identity.id, report.id, body))),
    );
    expect(answers.map(codeIn).toSorted()).toEqual(['200', '200', '200', '201']);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    const rival = networkReport(station);
    const bodies = ['en', 'fr', 'es', 'ar'].map((language) => bytesOfReport({ ...rival, language }));
    const mixed = await Promise.all(
      bodies.map((each, at) => (at % 2 ? hub : second).inject(putOf(station, identity.id, rival.id, each))),
    );
    expect(mixed.map(codeIn).toSorted()).toEqual([
      '201',
      ...Array.from({ length: 3 }, () => 'different-bytes'),
    ]);
  }
  const { count } = await database.db
    .selectFrom('report')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(20);
  await hub.close();
  await second.close();
});

test('a report is read by whom the policy lets: own agency, addressee, network', async () => {
  const { database, hub, identity, station, sister, stranger, theirs } = await setUp();
  const third = await makeStation(database, await makeAgency(database, 'Customs of Utopia'));
  const reports = [networkReport(station), partnerReport(station, theirs), countedReport(station)];
  for (const report of reports) {
    const answer = await hub.inject(putOf(station, identity.id, report.id, bytesOfReport(report)));
    expect(answer.statusCode).toBe(201);
  }
  const seen = async (reader: typeof station): Promise<number[]> =>
    Promise.all(
      reports.map(async ({ id }) => {
        const ask = { method: 'GET', url: `/v1/reports/${id}` } as const;
        return (await hub.inject(signed(reader, identity.id, ask))).statusCode;
      }),
    );
  expect(await seen(station)).toEqual([200, 200, 200]);
  expect(await seen(sister)).toEqual([200, 200, 200]);
  expect(await seen(stranger)).toEqual([200, 200, 404]);
  expect(await seen(third)).toEqual([200, 404, 404]);

  const [report] = reports;
  const whole = await hub.inject(
    signed(stranger, identity.id, { method: 'GET', url: `/v1/reports/${report?.id}` }),
  );
  expect(whole.rawPayload.equals(bytesOfReport(report!))).toBe(true);
  expect(whole.headers['cc-station']).toBe(station.stationId);
  const list = await hub.inject(signed(stranger, identity.id, { method: 'GET', url: '/v1/reports' }));
  expect(
    list
      .json<{ rows: { id: string }[] }>()
      .rows.map(({ id }) => id)
      .toSorted(),
  ).toEqual(
    reports
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
  );
  await hub.close();
});

test('a list is walked page by page without a gap, and every filter holds', async () => {
  const { hub, identity, station } = await setUp();
  const weeks = ['2026-W01', '2026-W10', '2026-W30', '2026-W47'];
  for (const week of weeks) {
    const of = networkReport(station);
    const types = week === '2026-W10' ? (['CF.full', 'IM.swap'] as const) : (['FG.photo_sub'] as const);
    const report = {
      ...of,
      detection: { ...of.detection, week, country: week === '2026-W30' ? 'UTC' : 'UTO' },
      document: { ...of.document, type: week === '2026-W01' ? ('id_card' as const) : of.document.type },
      fraud: { ...of.fraud, types: [...types] },
    };
    await hub.inject(putOf(station, identity.id, report.id, bytesOfReport(report)));
  }
  interface Page {
    rows: { week: string }[];
    cursor: string | null;
  }
  const ask = async (query: string): Promise<Page> => {
    const answer = await hub.inject(
      signed(station, identity.id, { method: 'GET', url: `/v1/reports${query && '?'}${query}` }),
    );
    expect(answer.statusCode).toBe(200);
    return answer.json<Page>();
  };
  const found = async (query: string): Promise<string[]> => (await ask(query)).rows.map(({ week }) => week);
  expect(await found('')).toEqual(weeks.toReversed());
  expect(await found('country=UTC')).toEqual(['2026-W30']);
  expect(await found('type=id_card')).toEqual(['2026-W01']);
  expect(await found('fraud=IM.swap')).toEqual(['2026-W10']);
  expect(await found('from=2026-W10&to=2026-W30')).toEqual(['2026-W30', '2026-W10']);
  expect(await found('state=withdrawn')).toEqual([]);
  expect(await found('issuer=UTC')).toEqual([]);
  const walked: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = await ask(cursor === '' ? 'limit=1' : `limit=1&cursor=${cursor}`);
    walked.push(...page.rows.map(({ week }) => week));
    cursor = page.cursor;
  }
  expect(walked).toEqual(weeks.toReversed());
  await hub.close();
});

test('a correction and a withdrawal set the state of what they replace, in either order, for the own agency alone', async () => {
  const { database, hub, identity, station, sister, stranger } = await setUp();
  const send = async (by: typeof station, report: ReturnType<typeof networkReport | typeof withdrawalOf>) => {
    const answer = await hub.inject(putOf(by, identity.id, report.id, bytesOfReport(report)));
    expect(answer.statusCode).toBe(201);
  };
  const corrected = networkReport(station);
  const withdrawn = networkReport(station);
  const attacked = networkReport(station);
  const correction = networkReport(sister, { kind: 'correction', replaces: corrected.id });
  await send(sister, correction);
  await send(station, corrected);
  await send(station, withdrawn);
  await send(station, withdrawalOf(station, withdrawn.id));
  await send(station, attacked);
  await send(stranger, withdrawalOf(stranger, attacked.id));
  const states = async (): Promise<Record<string, string>> => {
    const rows = await database.db.selectFrom('report').select(['id', 'state']).execute();
    return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
  };
  await expect.poll(states).toMatchObject({
    [corrected.id]: 'corrected',
    [correction.id]: 'current',
    [withdrawn.id]: 'withdrawn',
    [attacked.id]: 'current',
  });
  await hub.close();
});
