// The hub's own page, over a real database: the first administrator, agencies, invitations, people, policy, and who may not.
import { describe, expect, test } from 'vitest';
import { addAgency, closeAgency, enrolmentHash } from '../../hub/network.ts';
import { PAGES } from '../../hub/pages/layout.ts';
import { addPerson, firstLink } from '../../hub/people.ts';
import { testCluster } from './cluster.ts';
import {
  administrator,
  administratorByLink,
  between,
  type Browser,
  closePages,
  personOf,
  SECRET,
  startPages,
} from './page-browser.ts';
import { makeStation } from './test-hub.ts';

const cluster = testCluster();
closePages();
const start = () => startPages(cluster);

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
    await administratorByLink(hub);
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

  test('being seen keeps a session for half an hour; idle for longer it ends', async () => {
    const hub = await start();
    const own = await administrator(hub);
    const seenAgo = (minutes: number) =>
      hub.database.pool.query(`update session set seen_at = now() - make_interval(mins => $1)`, [minutes]);
    for (let round = 0; round < 3; round += 1) {
      await seenAgo(29);
      expect((await own.get('/')).status).toBe(200);
    }
    const fresh = `select 1 from session where seen_at > now() - interval '1 minute'`;
    expect((await hub.database.pool.query(fresh)).rowCount).toBe(1);
    await seenAgo(31);
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
    expect((await own.get(`${to}/close`)).text).toContain('End Border &lt;Police&gt;?');
    expect((await own.get(to)).text).toContain(`action="${to}/invite"`);
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
    // The list leads to a page that asks; only its button does it.
    expect((await own.get('/people')).text).toContain(`href="/people/${other?.id}/remove"`);
    const asked = await own.get(`/people/${other?.id}/remove`);
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining('Remove Max?')]);
    expect((await max.get('/people')).status).toBe(200);
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
    expect((await own.get(`/policy/${rows[0].id}/remove`)).text).toContain('Remove this rule?');
    expect((await own.post(`/policy/${rows[0].id}/remove`)).to).toBe('/policy?told=0');
    expect((await own.get('/policy?told=2')).text).toContain('2 older reports');
    expect((await own.get('/policy?told=x')).text).not.toContain('older report');
    expect((await hub.database.pool.query('select 1 from policy')).rowCount).toBe(0);
  });
});

test('a station is ended, and invited back by a code of its own, on pages that ask first', async () => {
  const hub = await start();
  const own = await administrator(hub);
  const agencyId = await addAgency(hub.database.db, { name: 'Coast Guard', country: 'UTO' }, 'test');
  const { stationId } = await makeStation(hub.database, agencyId);
  const path = `/stations/${stationId}`;
  expect((await own.get('/stations')).text).toContain(`href="${path}/revoke"`);
  expect((await own.get(`${path}/back`)).status).toBe(404);
  expect((await own.post(`${path}/back`)).status).toBe(404);
  expect((await own.get(`${path}/revoke`)).status).toBe(200);
  await own.post(`${path}/revoke`);
  expect((await own.get('/stations')).text).toContain(`href="${path}/back"`);
  expect((await own.get(`${path}/back`)).status).toBe(200);
  const invited = await own.post(`${path}/back`);
  const code = between(invited.text, 'id="code">', '<');
  const kept = await hub.database.db.selectFrom('enrolment_code').selectAll().execute();
  expect(kept).toMatchObject([{ hash: enrolmentHash(code), station_id: stationId, used_at: null }]);
  const elsewhere = await addAgency(hub.database.db, { name: 'Customs', country: 'UTO' }, 'test');
  const stranger = await personOf(hub, 'agency-administrator', elsewhere);
  expect((await stranger.post(`${path}/back`)).status).toBe(404);
  expect((await stranger.get(`${path}/back`)).status).toBe(404);
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
  for (const role of ['agency-administrator', 'analyst'] as const)
    browsers.set(role, await personOf(hub, role, agencyId));
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
