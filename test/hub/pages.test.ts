// The hub's own page, over a real database: the first administrator, agencies, invitations, people, policy, and who may not.
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HubDatabase } from '../../hub/db/open.ts';
import { counted } from '../../hub/limits.ts';
import { addAgency, closeAgency, enrolmentHash } from '../../hub/network.ts';
import { PAGES } from '../../hub/pages/layout.ts';
import { hubPages } from '../../hub/pages/pages.ts';
import { addPerson, firstLink } from '../../hub/people.ts';
import { testCluster } from './cluster.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
const cluster = testCluster();
const SECRET = 'granite otter lamp 7';

interface Browser {
  get(url: string): Promise<{ status: number; text: string; to: string }>;
  post(
    url: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): ReturnType<Browser['get']>;
}

const running: FastifyInstance[] = [];
afterEach(async () => {
  for (const hub of running.splice(0)) await hub.close();
});

async function start(): Promise<{ database: HubDatabase; browser: () => Browser; faults: unknown[] }> {
  const database = await cluster.fresh();
  const hub = Fastify({ trustProxy: true });
  await hub.register(rateLimit, { global: false });
  running.push(hub);
  const faults: unknown[] = [];
  const trySecret = counted(hub, 8);
  await hub.register(
    hubPages({ db: database.db, isSecure: false, trySecret }, (error) => faults.push(error)),
  );

  function browser(): Browser {
    let cookie = '';
    async function ask(
      method: 'GET' | 'POST',
      url: string,
      payload?: string,
      more: Record<string, string> = {},
    ) {
      const answer = await hub.inject({
        method,
        url,
        headers: {
          cookie,
          ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...more,
        },
        ...(payload === undefined ? {} : { payload }),
      });
      const set = answer.headers['set-cookie'];
      if (typeof set === 'string') cookie = set.split(';')[0] ?? '';
      return { status: answer.statusCode, text: answer.body, to: String(answer.headers.location ?? '') };
    }
    return {
      get: (url) => ask('GET', url),
      post: (url, fields = {}, headers = { 'sec-fetch-site': 'same-origin' }) =>
        ask('POST', url, new URLSearchParams(fields).toString(), headers),
    };
  }
  return { database, browser, faults };
}

async function administrator(hub: Awaited<ReturnType<typeof start>>): Promise<Browser> {
  const own = hub.browser();
  const link = await firstLink(hub.database.db);
  await own.post(`/setup/${link}`, { name: 'Ida Root', secret: SECRET, again: SECRET });
  return own;
}

const between = (text: string, from: string, to: string): string => text.split(from)[1]?.split(to)[0] ?? '';

describe('coming in', () => {
  test('the set-up link makes the first administrator, once', async () => {
    const hub = await start();
    const own = hub.browser();
    const link = await firstLink(hub.database.db);
    expect((await own.get(`/setup/${link}`)).text).toContain('first administrator');
    expect(
      (await own.post(`/setup/${link}`, { name: 'Ida', secret: SECRET, again: 'another one 99' })).status,
    ).toBe(422);
    expect(
      (await own.post(`/setup/${link}`, { name: 'Ida', secret: '123456', again: '123456' })).status,
    ).toBe(422);
    expect((await own.post(`/setup/${link}`, { name: 'Ida', secret: SECRET, again: SECRET })).to).toBe('/');
    expect((await own.get('/')).text).toContain('Ida, administrator');
    expect((await hub.browser().get(`/setup/${link}`)).status).toBe(410);
    expect(await firstLink(hub.database.db)).toBeNull();
  });

  test('the link for the first administrator ends once the command line has made one', async () => {
    const hub = await start();
    const link = await firstLink(hub.database.db);
    const ida = { name: 'Ida', role: 'administrator', agencyId: null } as const;
    await addPerson(hub.database.db, ida, 'command-line');
    const own = hub.browser();
    const late = await own.post(`/setup/${link}`, { name: 'Eve', secret: SECRET, again: SECRET });
    expect(late.status).toBe(410);
    expect((await own.get('/')).to).toBe('/sign-in');
  });

  test('a wrong secret and an unknown name get the same answer; many tries wait', async () => {
    const hub = await start();
    await administrator(hub);
    const other = hub.browser();
    const wrong = await other.post('/sign-in', { name: 'Ida Root', secret: 'not the secret 1' });
    const unknown = await other.post('/sign-in', { name: 'Nobody', secret: 'not the secret 1' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(unknown.text.replace('Nobody', 'Ida Root')).toBe(wrong.text);
    for (let index = 0; index < 4; index += 1)
      await other.post('/sign-in', { name: 'Ida Root', secret: 'wrong again 22' });
    expect((await other.post('/sign-in', { name: 'Ida Root', secret: SECRET })).status).toBe(429);
  });

  test('signing out ends the session for every copy of the cookie', async () => {
    const hub = await start();
    const own = await administrator(hub);
    expect((await own.get('/')).status).toBe(200);
    const { rows } = await hub.database.pool.query('select count(*)::int as count from session');
    expect(rows[0].count).toBe(1);
    await own.post('/sign-out');
    expect((await hub.database.pool.query('select 1 from session')).rowCount).toBe(0);
    expect((await own.get('/')).to).toBe('/sign-in');
  });

  test('a form of another site is refused, and changes nothing', async () => {
    const hub = await start();
    const own = await administrator(hub);
    const fields = { name: 'Border Police', country: 'UTO' };
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
    ]) {
      expect((await own.post('/agencies', fields, headers)).status).toBe(403);
    }
    expect((await hub.database.pool.query('select 1 from agency')).rowCount).toBe(0);
    expect(hub.faults).toEqual([]);
  });
});

describe('an administrator', () => {
  test('adds an agency, invites a station by a code of which only the hash is kept, and ends the agency', async () => {
    const hub = await start();
    const own = await administrator(hub);
    expect((await own.post('/agencies', { name: 'Border Police', country: 'Utopia' })).status).toBe(422);
    const { to } = await own.post('/agencies', { name: 'Border <Police>', country: 'uto' });
    const shown = await own.get(to);
    expect(shown.text).toContain('Border &lt;Police&gt;');
    expect((await own.post('/agencies', { name: 'border <police>', country: 'UTO' })).text).toContain(
      'taken',
    );
    const invited = await own.post(`${to}/invite`);
    const code = between(invited.text, 'id="code">', '<');
    const kept = await hub.database.pool.query<{ hash: Buffer }>('select hash from enrolment_code');
    expect(kept.rows[0]?.hash.equals(enrolmentHash(code) ?? Buffer.alloc(0))).toBe(true);
    await own.post(`${to}/close`);
    expect((await own.post(`${to}/invite`)).status).toBe(404);
    const told = await hub.database.pool.query('select kind from feed_waiting');
    expect(told.rows).toEqual([{ kind: 'directory' }, { kind: 'directory' }]);
  });

  test('adds people by one-time links, and cannot remove the last of their kind', async () => {
    const hub = await start();
    const own = await administrator(hub);
    const added = await own.post('/people', { name: 'Max', role: 'administrator', agency: '' });
    const link = between(added.text, 'id="link">', '<');
    const max = hub.browser();
    await max.post(new URL(link).pathname, { secret: SECRET, again: SECRET });
    expect((await max.get('/people')).text).toContain('Max, administrator');
    const people = await hub.database.pool.query<{ id: string; name: string }>(
      'select id, name from person order by name',
    );
    const [ida, other] = people.rows;
    expect((await own.post(`/people/${other?.id}/remove`)).to).toBe('/people');
    expect((await max.get('/people')).to).toBe('/sign-in');
    expect((await own.post(`/people/${ida?.id}/remove`)).status).toBe(422);
  });

  test('adds a rule of the policy and removes it', async () => {
    const hub = await start();
    const own = await administrator(hub);
    const agency = await addAgency(hub.database.db, { name: 'Coast Guard', country: 'UTO' }, 'test');
    await own.post('/policy', { effect: 'deny', from: agency, to: '', issuer: 'uto', kind: 'correction' });
    const { rows } = await hub.database.pool.query('select * from policy');
    expect(rows).toMatchObject([
      { effect: 'deny', from_agency: agency, to_agency: null, issuer: 'UTO', kind: 'correction' },
    ]);
    expect((await own.get('/policy')).text).toContain('Coast Guard');
    await own.post(`/policy/${rows[0].id}/remove`);
    expect((await hub.database.pool.query('select 1 from policy')).rowCount).toBe(0);
  });
});

test('people of an agency that was ended see nothing any more, and cannot sign in', async () => {
  const hub = await start();
  const agencyId = await addAgency(hub.database.db, { name: 'Border Guard', country: 'UTO' }, 'test');
  const person = { name: 'Ann', role: 'analyst', agencyId } as const;
  const { link } = await addPerson(hub.database.db, person, 'test');
  const own = hub.browser();
  await own.post(`/setup/${link}`, { secret: SECRET, again: SECRET });
  expect((await own.get('/reports')).status).toBe(200);
  await closeAgency(hub.database.db, agencyId, 'test');
  expect((await own.get('/reports')).to).toBe('/sign-in');
  expect((await hub.browser().post('/sign-in', { name: 'Ann', secret: SECRET })).status).toBe(401);
});

test('secrets are tried so often from one address, whatever the names; from another one they still are', async () => {
  const hub = await start();
  const tries = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      hub.browser().post('/sign-in', { name: `Nobody ${index}`, secret: 'a secret 12' }),
    ),
  );
  expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: 8 }, () => 401),
    ...Array.from({ length: 4 }, () => 429),
  ]);
  const elsewhere = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '192.0.2.7' };
  const other = await hub.browser().post('/sign-in', { name: 'Nobody', secret: 'a secret 12' }, elsewhere);
  expect(other.status).toBe(401);
  expect(hub.faults).toEqual([]);
});

test('reports are asked for by words of their type and fraud; what was chosen stays chosen', async () => {
  const own = await administrator(await start());
  const { text } = await own.get('/reports?fraud=FG.mrz_alter&issuer=uto');
  expect(text).toMatch(/<option value="FG.mrz_alter" selected\s*>Zone changed</u);
  expect(text).toMatch(/<option value="passport_ord"\s*>Passport</u);
  expect(text).toContain('name="issuer" value="UTO"');
});

test('what no database can read is no fault of the hub', async () => {
  const hub = await start();
  const own = await administrator(hub);
  expect((await own.post('/agencies', { name: 'A\u0000B', country: 'UTO' })).status).toBe(404);
  expect((await own.get('/reports?issuer=%00')).status).toBe(404);
  expect((await own.post('/agencies/nothing/close')).status).toBe(404);
  const nowhere = { name: 'Bo', role: 'analyst', agency: '0192b000-0000-7000-8000-000000000001' };
  expect((await own.post('/people', nowhere)).status).toBe(404);
  expect(hub.faults).toEqual([]);
});

test('every page asks for a session, and refuses the roles that it is not for', async () => {
  const hub = await start();
  await administrator(hub);
  const agencyId = await addAgency(hub.database.db, { name: 'Coast Guard', country: 'UTO' }, 'test');
  const other = await addAgency(hub.database.db, { name: 'Customs', country: 'UTO' }, 'test');
  const browsers = new Map<string, Browser>();
  for (const role of ['agency-administrator', 'analyst'] as const) {
    const { link } = await addPerson(hub.database.db, { name: role, role, agencyId }, 'test');
    const browser = hub.browser();
    await browser.post(`/setup/${link}`, { secret: SECRET, again: SECRET });
    browsers.set(role, browser);
  }
  for (const { path, roles } of PAGES) {
    expect((await hub.browser().get(path)).to).toBe('/sign-in');
    for (const [role, browser] of browsers) {
      const isFor = roles.some((each) => each === role);
      expect([path, role, (await browser.get(path)).status]).toEqual([path, role, isFor ? 200 : 403]);
    }
  }
  const chief = browsers.get('agency-administrator');
  expect((await chief?.post(`/agencies/${agencyId}/invite`))?.text).toContain('id="code"');
  expect((await chief?.post(`/agencies/${other}/invite`))?.status).toBe(404);
  expect((await chief?.post('/people', { name: 'Spy', role: 'administrator', agency: '' }))?.status).toBe(
    422,
  );
  expect((await chief?.post('/people', { name: 'Spy', role: 'analyst', agency: other }))?.status).toBe(200);
  const spy = await hub.database.pool.query('select agency_id from person where name = $1', ['Spy']);
  expect(spy.rows).toEqual([{ agency_id: agencyId }]);
  expect(hub.faults).toEqual([]);
});
