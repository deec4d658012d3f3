// Requests of somebody who wishes the hub ill: each is refused with its documented code, and nothing of it is stored.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { refusal } from '../../shared/wire/api.ts';
import { REFUSALS } from '../../shared/wire/codes.ts';
import { hubTimeText, REPORT_SIGNATURE_HEADER, reportSignText, verifyText } from '../../shared/wire/sign.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import type { HubIdentity } from '../../hub/identity.ts';
import { closeAgency, revokeStation } from '../../hub/network.ts';
import { testCluster } from './cluster.ts';
import {
  anyUuid,
  codeIn,
  makeAgency,
  makeStation,
  putOf,
  sha256,
  signed,
  testHub,
  type TestStation,
} from './test-hub.ts';
import { bytesOfReport, countedReport, networkReport, partnerReport } from './wire-reports.ts';

const cluster = testCluster();

interface Scene {
  database: HubDatabase;
  hub: FastifyInstance;
  identity: HubIdentity;
  /** Of two agencies. */
  station: TestStation;
  stranger: TestStation;
}

async function scene(): Promise<Scene> {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database);
  const station = await makeStation(database, await makeAgency(database, 'Border Guard of Utopia'));
  const stranger = await makeStation(database, await makeAgency(database, 'Police of Arcadia', 'ARC'));
  return { database, hub, identity, station, stranger };
}

/** Everything that a request could have left behind; spent nonces are none of it. */
async function stored({ db }: HubDatabase): Promise<Record<string, number>> {
  const tables = [
    'report',
    'report_image',
    'image',
    'image_upload',
    'image_piece',
    'feed',
    'feed_waiting',
    'station',
  ];
  const counts = await Promise.all(
    tables.map((table) => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db)),
  );
  return Object.fromEntries(tables.map((table, at) => [table, counts[at]?.rows[0]?.n ?? -1]));
}

/** A PUT with the signatures of the body that is really sent. */
function putBody(of: Scene, body: Buffer, id: string, station = of.station): InjectOptions {
  return putOf(station, of.identity.id, id, body);
}

/** The text of a good report, changed. */
function changed(of: Scene, change: (text: string) => string): InjectOptions {
  const report = networkReport(of.station);
  return putBody(of, Buffer.from(change(bytesOfReport(report).toString('utf8')), 'utf8'), report.id);
}

const good = (of: Scene): InjectOptions => {
  const report = networkReport(of.station);
  return putBody(of, bytesOfReport(report), report.id);
};

const withHeader = (request: InjectOptions, name: string, value: string | undefined): InjectOptions => {
  const { [name]: _old, ...headers } = request.headers as Record<string, string>;
  return { ...request, headers: value === undefined ? headers : { ...headers, [name]: value } };
};

const INJECTION = `'; drop table report; --`;

/** What is sent, and the code that answers it. */
const ATTACKS: Record<
  string,
  [code: keyof typeof REFUSALS, (of: Scene) => Promise<InjectOptions> | InjectOptions]
> = {
  'no signature at all': ['unknown-station', () => ({ method: 'GET', url: '/v1/feed' })],
  'a station that nobody knows': ['unknown-station', (of) => withHeader(good(of), 'cc-station', anyUuid())],
  'SQL for a station': ['unknown-station', (of) => withHeader(good(of), 'cc-station', INJECTION)],
  'SQL for a time': ['bad-request', (of) => withHeader(good(of), 'cc-time', INJECTION)],
  'SQL for a nonce': ['bad-request', (of) => withHeader(good(of), 'cc-nonce', INJECTION)],
  'SQL for a signature': ['bad-signature', (of) => withHeader(good(of), 'cc-signature', INJECTION)],
  'SQL for a report signature': ['schema', (of) => withHeader(good(of), REPORT_SIGNATURE_HEADER, INJECTION)],
  'no report signature': ['schema', (of) => withHeader(good(of), REPORT_SIGNATURE_HEADER, undefined)],
  'another station’s name under the own key': [
    'bad-signature',
    (of) => withHeader(good(of), 'cc-station', of.stranger.stationId),
  ],
  'an altered body': [
    'bad-signature',
    (of) => {
      const request = good(of);
      return { ...request, payload: Buffer.concat([request.payload as Buffer, Buffer.from(' ')]) };
    },
  ],
  'an altered path': [
    'bad-signature',
    (of) => ({ ...good(of), url: `/v1/reports/${networkReport(of.station).id}` }),
  ],
  'an altered query': [
    'bad-signature',
    (of) => ({
      ...signed(of.station, of.identity.id, { method: 'GET', url: '/v1/reports?limit=1' }),
      url: '/v1/reports?limit=2',
    }),
  ],
  'a signature for another hub': [
    'bad-signature',
    (of) => {
      const report = networkReport(of.station);
      return putOf(of.station, anyUuid(), report.id, bytesOfReport(report));
    },
  ],
  'a report in another station’s name': [
    'not-yours',
    (of) => {
      const report = networkReport(of.stranger);
      return putBody(of, bytesOfReport(report), report.id);
    },
  ],
  'a report in another agency’s name': [
    'not-yours',
    (of) => {
      const report = networkReport({ ...of.station, agencyId: of.stranger.agencyId });
      return putBody(of, bytesOfReport(report), report.id);
    },
  ],
  'a report whose signature is of another key': [
    'schema',
    (of) => {
      const report = networkReport(of.station);
      const body = bytesOfReport(report);
      const headers = {
        'content-type': 'application/json',
        [REPORT_SIGNATURE_HEADER]: of.stranger.sign(reportSignText(report.id, sha256(body))),
      };
      const ask = { method: 'PUT', url: `/v1/reports/${report.id}`, body, headers } as const;
      return signed(of.station, of.identity.id, ask);
    },
  ],
  'a clock three days behind': [
    'clock',
    (of) => {
      const time = new Date(Date.now() - 3 * 86_400_000).toISOString();
      return signed(of.station, of.identity.id, { method: 'GET', url: '/v1/feed', time });
    },
  ],
  'a clock ahead': [
    'clock',
    (of) => {
      const time = new Date(Date.now() + 6 * 60_000).toISOString();
      return signed(of.station, of.identity.id, { method: 'GET', url: '/v1/feed', time });
    },
  ],
  'a month that is none': [
    'clock',
    (of) =>
      signed(of.station, of.identity.id, {
        method: 'GET',
        url: '/v1/feed',
        time: '2026-13-45T25:61:61.000Z',
      }),
  ],
  'a body over the bound': [
    'too-large',
    (of) => putBody(of, Buffer.alloc(1024 * 1024 + 1, 32), networkReport(of.station).id),
  ],
  'a body as deep as it is long': [
    'schema',
    (of) => putBody(of, Buffer.from('['.repeat(500_000)), networkReport(of.station).id),
  ],
  'deep and well formed': [
    'schema',
    (of) => putBody(of, Buffer.from('['.repeat(50_000) + ']'.repeat(50_000)), networkReport(of.station).id),
  ],
  'bytes that are no text': [
    'schema',
    (of) => putBody(of, Buffer.from([0xff, 0xfe, 0x7b]), networkReport(of.station).id),
  ],
  'no body': ['schema', (of) => putBody(of, Buffer.alloc(0), networkReport(of.station).id)],
  'a key that reaches for the prototype': [
    'schema',
    (of) => changed(of, (text) => `{"__proto__":{"x":1},${text.slice(1)}`),
  ],
  'a field more': ['schema', (of) => changed(of, (text) => `{"extra":1,${text.slice(1)}`)],
  'a field twice': [
    'schema',
    (of) => changed(of, (text) => text.replace('"tier":"T2"', '"tier":"T1","tier":"T2"')),
  ],
  'another spelling of the same': ['schema', (of) => changed(of, (text) => text.replaceAll(',', ', '))],
  'a mark before the text': ['schema', (of) => changed(of, (text) => `\ufeff${text}`)],
  'another id than the path’s': [
    'schema',
    (of) => putBody(of, bytesOfReport(networkReport(of.station)), networkReport(of.station).id),
  ],
  'a correction of nothing': [
    'schema',
    (of) => changed(of, (text) => text.replace('"kind":"report"', '"kind":"correction"')),
  ],
  'a report that replaces itself': [
    'schema',
    (of) => {
      const report = networkReport(of.station);
      const own = { ...report, kind: 'correction', replaces: report.id } as const;
      return putBody(of, bytesOfReport(own), report.id);
    },
  ],
  'a day in a report of the network': [
    'tier-leak',
    (of) => changed(of, (text) => text.replace('"date":null', '"date":"2026-11-20"')),
  ],
  'words in statistics': [
    'tier-leak',
    (of) => {
      const report = countedReport(of.station, { caveat: 'seen twice' });
      return putBody(of, bytesOfReport(report), report.id);
    },
  ],
  'a partner’s report without a basis': [
    'tier-leak',
    (of) => {
      const report = partnerReport(of.station, of.stranger.agencyId, { basis: null });
      return putBody(of, bytesOfReport(report), report.id);
    },
  ],
  'a wrong content type': ['wrong-type', (of) => withHeader(good(of), 'content-type', 'text/plain')],
  'a form instead of a report': [
    'wrong-type',
    (of) => withHeader(good(of), 'content-type', 'multipart/form-data'),
  ],
  'a picture that no report names': [
    'report-first',
    (of) => {
      const body = randomBytes(100);
      const url = `/v1/images/${sha256(body)}/pieces/0?total=100&mime=image%2Fjpeg`;
      const headers = { 'content-type': 'application/octet-stream' };
      return signed(of.station, of.identity.id, { method: 'PUT', url, body, headers });
    },
  ],
  'a piece over the bound': [
    'too-large',
    (of) => {
      const body = Buffer.alloc(256 * 1024 + 1);
      const url = `/v1/images/${sha256(body)}/pieces/0?total=${body.length}&mime=image%2Fjpeg`;
      const headers = { 'content-type': 'application/octet-stream' };
      return signed(of.station, of.identity.id, { method: 'PUT', url, body, headers });
    },
  ],
  'a cursor that is none': [
    'bad-request',
    (of) => signed(of.station, of.identity.id, { method: 'GET', url: '/v1/feed?after=x' }),
  ],
};

test('every attack of the table', async () => {
  const of = await scene();
  const before = await stored(of.database);
  for (const [name, [code, attack]] of Object.entries(ATTACKS)) {
    const answer = await of.hub.inject(await attack(of));
    const found = [name, refusal.parse(answer.json()).error.code, answer.statusCode];
    expect(found).toEqual([name, code, REFUSALS[code].status]);
    expect([name, await stored(of.database)]).toEqual([name, before]);
  }
  await of.hub.close();
});

test('SQL in every field of path and query: refused, and every table is still there', async () => {
  const of = await scene();
  const before = await stored(of.database);
  const evil = encodeURIComponent(INJECTION).replaceAll("'", '%27');
  const fields = ['state', 'country', 'issuer', 'type', 'fraud', 'from', 'to', 'cursor', 'limit', 'unknown'];
  const urls = [
    ...fields.map((field) => `/v1/reports?${field}=${evil}`),
    `/v1/feed?after=${evil}`,
    `/v1/feed?limit=${evil}`,
    `/v1/reports/${evil}`,
    `/v1/images/${evil}`,
    `/v1/images/${evil}/state`,
    '/v1/reports?limit=1&limit=2',
  ];
  for (const url of urls) {
    const answer = await of.hub.inject(signed(of.station, of.identity.id, { method: 'GET', url }));
    expect([url, codeIn(answer)]).toEqual([url, 'bad-request']);
    expect(answer.body).not.toContain('drop table');
  }
  const body = Buffer.from('x');
  const headers = { 'content-type': 'application/octet-stream' };
  for (const url of [
    `/v1/images/${evil}/pieces/0?total=1&mime=image%2Fpng`,
    `/v1/images/${sha256(body)}/pieces/${evil}`,
  ]) {
    const answer = await of.hub.inject(
      signed(of.station, of.identity.id, { method: 'PUT', url, body, headers }),
    );
    expect([url, codeIn(answer)]).toEqual([url, 'bad-request']);
  }
  expect(await stored(of.database)).toEqual(before);
  await of.hub.close();
});

test('SQL in every text of a report is text: stored as it came', async () => {
  const of = await scene();
  const report = networkReport(of.station, {
    caveat: INJECTION,
    narrative: { happened: INJECTION, lesson: `${INJECTION}\u0000`, doAndDoNot: null },
  });
  const body = bytesOfReport(report);
  expect((await of.hub.inject(putBody(of, body, report.id))).statusCode).toBe(201);
  const row = await of.database.db.selectFrom('report').select('body').executeTakeFirstOrThrow();
  expect(row.body.equals(body)).toBe(true);
  await of.hub.close();
});

test('a request counts once, at any hub over the database', async () => {
  const of = await scene();
  const { hub: second } = await testHub(of.database);
  const put = good(of);
  const read = signed(of.station, of.identity.id, { method: 'GET', url: '/v1/feed' });
  const firsts = await Promise.all([of.hub.inject(put), of.hub.inject(read)]);
  expect(firsts.map((answer) => answer.statusCode)).toEqual([201, 200]);
  for (const hub of [of.hub, second]) {
    expect(codeIn(await hub.inject(put))).toBe('replayed');
    expect(codeIn(await hub.inject(read))).toBe('replayed');
  }
  const fresh = good(of);
  const race = await Promise.all([of.hub, second, of.hub, second].map((hub) => hub.inject(fresh)));
  expect(race.map(codeIn).toSorted()).toEqual(['201', 'replayed', 'replayed', 'replayed']);
  expect((await stored(of.database))['report']).toBe(2);
  await of.hub.close();
  await second.close();
});

test('a revoked station and one of a closed agency are refused everywhere, at once, also at a hub that knows their key', async () => {
  const of = await scene();
  const { hub: second } = await testHub(of.database);
  const urls = ['/v1/feed', '/v1/reports', '/v1/directory', `/v1/reports/${networkReport(of.station).id}`];
  for (const station of [of.station, of.stranger]) {
    await second.inject(signed(station, of.identity.id, { method: 'GET', url: '/v1/feed' }));
  }
  await revokeStation(of.database.db, of.station.stationId, 'command-line');
  await closeAgency(of.database.db, of.stranger.agencyId, 'command-line');
  const before = await stored(of.database);
  for (const station of [of.station, of.stranger]) {
    for (const hub of [of.hub, second]) {
      for (const url of urls) {
        const answer = await hub.inject(signed(station, of.identity.id, { method: 'GET', url }));
        expect([url, codeIn(answer)]).toEqual([url, 'revoked']);
      }
      const report = networkReport(station);
      expect(codeIn(await hub.inject(putBody(of, bytesOfReport(report), report.id, station)))).toBe(
        'revoked',
      );
    }
  }
  const { report } = await stored(of.database);
  expect(report).toBe(before['report']);
  await of.hub.close();
  await second.close();
});

test('a wrong clock is told the hub’s time, signed with the nonce of the request', async () => {
  const of = await scene();
  const nonce = randomBytes(16).toString('base64url');
  const ask = { method: 'GET', url: '/v1/feed', time: '2020-01-01T00:00:00.000Z', nonce } as const;
  const answer = refusal.parse((await of.hub.inject(signed(of.station, of.identity.id, ask))).json());
  const { hubTime = '', signature = '' } = answer;
  expect(Math.abs(Date.parse(hubTime) - Date.now())).toBeLessThan(60_000);
  const text = hubTimeText({ hubTime, hubId: of.identity.id, nonce });
  expect(verifyText(of.identity.signKey.toString('base64url'), text, signature)).toBe(true);
  await of.hub.close();
});

test('who asks too often pauses: a station by itself, an address as a whole', async () => {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database, {
    limits: { perStationAMinute: 3, perAddressAMinute: 8 },
  });
  const agency = await makeAgency(database, 'Border Guard of Utopia');
  const [busy, calm] = [await makeStation(database, agency), await makeStation(database, agency)];
  const ask = (station: TestStation) =>
    hub.inject(signed(station, identity.id, { method: 'GET', url: '/v1/feed' }));
  // Somebody else under its name costs a station nothing.
  const forged = signed(calm, identity.id, { method: 'GET', url: '/v1/feed', stationId: busy.stationId });
  expect(codeIn(await hub.inject(forged))).toBe('bad-signature');
  const codes: string[] = [];
  for (let count = 0; count < 4; count += 1) codes.push(codeIn(await ask(busy)));
  expect(codes).toEqual(['200', '200', '200', 'busy']);
  expect(codeIn(await ask(calm))).toBe('200');
  await ask(calm);
  await ask(calm);
  const refused = await ask(calm);
  expect([codeIn(refused), refused.statusCode]).toEqual(['busy', 429]);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  await hub.close();
});

test('over a bare connection: no declared length, paths with tricks, a slow head', async () => {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database, { limits: { headMs: 300 } });
  const station = await makeStation(database, await makeAgency(database, 'Border Guard of Utopia'));
  const address = new URL(await hub.listen({ port: 0, host: '127.0.0.1' }));
  const talk = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(address.port), '127.0.0.1');
      let heard = '';
      socket.on('data', (bytes) => {
        heard += bytes.toString('latin1');
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(heard));
      socket.write(text);
    });
  const report = networkReport(station);
  const { headers } = putOf(station, identity.id, report.id, bytesOfReport(report));
  const lines = Object.entries(headers as Record<string, string>).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `PUT /v1/reports/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${lines.join('')}`;
  expect(await talk(`${head}transfer-encoding: chunked\r\n\r\n0\r\n\r\n`)).toContain('"bad-request"');
  expect(await talk(`${head}content-length: 2000000\r\n\r\n`)).toContain('"too-large"');
  const tricks = [
    '/v1/images/../reports',
    '/v1/..%2fv1/feed',
    '//v1/feed',
    '/v1/feed/',
    '/V1/feed',
    '/v1//feed',
    '*',
  ];
  for (const path of [...tricks, 'http://elsewhere/v1/feed', `/${'x'.repeat(9000)}`]) {
    const heard = await talk(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect([path, /^HTTP\/1\.1 (400|401|404) /.test(heard), heard.includes('elsewhere')]).toEqual([
      path,
      true,
      false,
    ]);
  }
  expect(await talk('GET /v1/feed HTTP/1.1\r\nhost: x\r\nx-slow: ')).toContain('408');
  await hub.close();
});

test('errors and answers name fields, never values', async () => {
  const of = await scene();
  const secret = 'MUSTERMANN';
  const answer = await of.hub.inject(
    changed(of, (text) => text.replace('"language":"en"', `"language":"${secret}"`)),
  );
  expect(codeIn(answer)).toBe('schema');
  expect(answer.body).toContain('language');
  expect(answer.body).not.toContain(secret);
  const named = await of.hub.inject(changed(of, (text) => `{"${secret}":1,${text.slice(1)}`));
  expect(named.body).not.toContain(secret);
  await of.hub.close();
});
