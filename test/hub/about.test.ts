// The hub says who it is, that it works, and what every one of its routes takes and answers.
import { expect, test } from 'vitest';
import { about, refusal } from '../../shared/wire/api.ts';
import { REFUSALS } from '../../shared/wire/codes.ts';
import { testCluster } from './cluster.ts';
import { codeIn, testHub } from './test-hub.ts';

const cluster = testCluster();

test('GET /about names the hub, its keys, its version and what it accepts', async () => {
  const { hub, identity } = await testHub(await cluster.fresh());
  const answer = await hub.inject({ method: 'GET', url: '/about' });
  expect(answer.statusCode).toBe(200);
  expect(about.parse(answer.json())).toMatchObject({
    name: 'countercheck-hub',
    version: '9.8.7',
    hubId: identity.id,
    hubSignKey: identity.signKey.toString('base64url'),
    accepts: ['countercheck-report/1'],
  });
  expect(answer.headers['cache-control']).toBe('no-store');
  await hub.close();
});

test('the identity is made once, also by two hubs that start at once', async () => {
  const database = await cluster.fresh();
  const both = await Promise.all([testHub(database), testHub(database)]);
  expect(both[0].identity).toEqual(both[1].identity);
  for (const { hub } of both) await hub.close();
});

test('/ready says whether the database answers and is up to date', async () => {
  const database = await cluster.fresh();
  const { hub } = await testHub(database);
  expect((await hub.inject({ method: 'GET', url: '/ready' })).json()).toEqual({ ok: true });
  await database.pool.query('delete from schema_migration');
  const behind = await hub.inject({ method: 'GET', url: '/ready' });
  expect([behind.statusCode, codeIn(behind)]).toEqual([503, 'not-ready']);
  expect(behind.headers['retry-after']).toBeDefined();
  expect((await hub.inject({ method: 'GET', url: '/health' })).json()).toEqual({ ok: true });
  await hub.close();
});

interface Description {
  paths: Record<
    string,
    Record<string, { security?: unknown; responses: Record<string, { description: string }> }>
  >;
}

test('/openapi.json describes every route for stations, and only codes of the one table', async () => {
  const { hub } = await testHub(await cluster.fresh());
  await hub.ready();
  const answer = await hub.inject({ method: 'GET', url: '/openapi.json' });
  const { paths } = answer.json<Description>();
  const described = Object.entries(paths).flatMap(([path, of]) =>
    Object.keys(of).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(
    [
      'GET /about',
      'GET /health',
      'GET /metrics',
      'GET /openapi.json',
      'GET /ready',
      'GET /v1/alerts/{id}/reads',
      'GET /v1/directory',
      'GET /v1/feed',
      'GET /v1/feed/events',
      'GET /v1/images/{sha256}',
      'GET /v1/images/{sha256}/state',
      'GET /v1/reports',
      'GET /v1/reports/{id}',
      'POST /v1/bundles',
      'POST /v1/enrolments',
      'PUT /v1/alerts/{id}/read',
      'PUT /v1/images/{sha256}/pieces/{offset}',
      'PUT /v1/reports/{id}',
    ].toSorted(),
  );
  for (const [path, of] of Object.entries(paths)) {
    for (const { security, responses } of Object.values(of)) {
      expect([path, security !== undefined]).toEqual([
        path,
        path.startsWith('/v1/') && path !== '/v1/enrolments',
      ]);
      for (const [status, { description }] of Object.entries(responses)) {
        if (description === 'Done') continue;
        for (const code of description.split(', ')) {
          expect([code, String(REFUSALS[code as keyof typeof REFUSALS]?.status)]).toEqual([code, status]);
        }
      }
    }
  }
  await hub.close();
});

test('a path that is not there is refused with a code, and nothing of it is repeated', async () => {
  const { hub } = await testHub(await cluster.fresh());
  for (const url of ['/nothing', '/etc/passwd', '/v1', '/v1/people', '/about/']) {
    const answer = await hub.inject({ method: 'GET', url });
    expect([url, answer.statusCode]).toEqual([url, 404]);
    expect(refusal.parse(answer.json())).toEqual({ error: { code: 'not-found' } });
  }
  await hub.close();
});
