// Read receipts of alerts: told once however often, by those who may see the alert, and shown to its author alone.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { testCluster } from './cluster.ts';
import { codeIn, makeAgency, makeStation, putOf, signed, testHub, type TestStation } from './test-hub.ts';
import { alertOf, AT, bytesOfReport, networkReport } from './wire-reports.ts';

const cluster = testCluster();

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const author = await makeStation(database, await makeAgency(database, 'Author'));
  const reader = await makeStation(database, await makeAgency(database, 'Reader'));
  const other = await makeStation(database, await makeAgency(database, 'Other'));
  const put = async (report: Parameters<typeof bytesOfReport>[0]): Promise<string> => {
    expect((await hub.inject(putOf(author, identity.id, report.id, bytesOfReport(report)))).statusCode).toBe(
      201,
    );
    return report.id;
  };
  const read = (by: TestStation, id: string, body: object) =>
    hub.inject(
      signed(by, identity.id, {
        method: 'PUT',
        url: `/v1/alerts/${encodeURIComponent(id)}/read`,
        body: Buffer.from(JSON.stringify(body)),
        headers: { 'content-type': 'application/json' },
      }),
    );
  const reads = (by: TestStation, id: string) =>
    hub.inject(signed(by, identity.id, { method: 'GET', url: `/v1/alerts/${id}/reads` }));
  return { database, hub, identity, author, reader, other, put, read, reads };
}

test('a read is told once however often, the earliest first, and its author alone is told who', async () => {
  const { hub, author, reader, other, put, read, reads } = await setUp();
  const alert = await put(alertOf(author, uuidv7()));
  const first = { reader: randomUUID(), role: 'officer', at: '2026-11-23T05:00:00.000Z' };
  const second = { reader: randomUUID(), role: 'examiner', at: '2026-11-23T04:00:00.000Z' };
  const told = [first, second, first].map((each) => read(reader, alert, each));
  expect((await Promise.all(told)).map(({ statusCode }) => statusCode)).toEqual([204, 204, 204]);
  expect((await read(other, alert, { ...first, reader: randomUUID() })).statusCode).toBe(204);
  const answer = (await reads(author, alert)).json<{ reads: { reader: string; stationId: string }[] }>();
  expect(answer.reads).toHaveLength(3);
  expect(answer.reads[0]).toEqual({
    stationId: reader.stationId,
    agencyId: reader.agencyId,
    reader: second.reader,
    role: 'examiner',
    at: second.at,
  });
  expect(codeIn(await reads(reader, alert))).toBe('not-found');
  await hub.close();
});

test('an alert that is not for an agency is not there for it; nor is what is no alert', async () => {
  const { database, hub, author, reader, other, put, read, reads } = await setUp();
  const body = { reader: randomUUID(), role: 'officer', at: AT };
  const audience = { agencies: [reader.agencyId], places: [], countries: [] };
  const alert = await put(alertOf(author, uuidv7(), { audience }));
  expect(codeIn(await read(other, alert, body))).toBe('not-found');
  expect((await read(reader, alert, body)).statusCode).toBe(204);
  const report = await put(networkReport(author));
  expect(codeIn(await read(reader, report, body))).toBe('not-found');
  expect(codeIn(await reads(author, report))).toBe('not-found');
  expect(codeIn(await reads(author, uuidv7()))).toBe('not-found');
  const wrong: [object, string][] = [
    [{ ...body, reader: 'Ada' }, 'bad-request'],
    [{ ...body, role: 'king' }, 'bad-request'],
    [{ ...body, name: 'Ada' }, 'bad-request'],
    [{ ...body, at: 'today' }, 'bad-request'],
    [{ ...body, role: 'x'.repeat(2000) }, 'too-large'],
  ];
  for (const [each, code] of wrong) expect(codeIn(await read(reader, alert, each))).toBe(code);
  expect(codeIn(await read(reader, "1' or 1=1", body))).toBe('bad-request');
  expect(await database.db.selectFrom('alert_read').select('role').execute()).toHaveLength(1);
  await hub.close();
});

test('an alert lies before another station within five seconds, and its listener is told to look', async () => {
  const { hub, identity, author, reader, put } = await setUp();
  const address = await hub.listen({ host: '127.0.0.1', port: 0 });
  const { headers } = signed(reader, identity.id, { method: 'GET', url: '/v1/feed/events' });
  const answer = await fetch(`${address}/v1/feed/events`, { headers: headers as Record<string, string> });
  const events = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const look = async (): Promise<void> => {
    for (;;) if ((await events?.read())?.value?.includes('look')) return;
  };
  await look();
  const begun = performance.now();
  const alert = await put(alertOf(author, uuidv7()));
  // An earlier piece of news may be told meanwhile: a station looks each time that it is told to.
  for (let ids: (string | undefined)[] = []; !ids.includes(alert); ) {
    await look();
    const feed = await hub.inject(signed(reader, identity.id, { method: 'GET', url: '/v1/feed' }));
    ids = feed.json<{ items: { id?: string }[] }>().items.map(({ id }) => id);
  }
  expect(performance.now() - begun).toBeLessThan(5000);
  await events?.cancel();
  await hub.close();
});
