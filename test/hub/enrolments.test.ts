// A station enrols once with its code and the keys that it owns; then its requests are let in.
import { expect, test } from 'vitest';
import { directory, enrolment } from '../../shared/wire/api.ts';
import { newKeyPair } from '../../shared/wire/seal.ts';
import { enrolmentText, newSignPair } from '../../shared/wire/sign.ts';
import { publish } from '../../hub/db/feed.ts';
import { addAgency, inviteBack, inviteStation, revokeStation } from '../../hub/network.ts';
import { testCluster } from './cluster.ts';
import { codeIn, signed, signsWith, testHub } from './test-hub.ts';

const cluster = testCluster();

async function setUp() {
  const database = await cluster.fresh();
  const { hub, identity } = await testHub(database, { limits: { enrolmentsAMinute: 100 } });
  const agencyId = await addAgency(database.db, { name: 'Border Guard', country: 'UTO' }, 'command-line');
  const invite = async (): Promise<string> =>
    (await inviteStation(database.db, agencyId, 'command-line'))?.code ?? '';
  const ask = (body: unknown) =>
    hub.inject({
      method: 'POST',
      url: '/v1/enrolments',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });
  return { database, hub, identity, agencyId, invite, ask };
}

function newcomer() {
  const sign = newSignPair();
  const signKey = sign.publicKey.toString('base64url');
  const boxKey = newKeyPair().publicKey.toString('base64url');
  const signs = signsWith(sign.privateKey, sign.publicKey);
  const station = { code: 'UT-7', place: 'Utopia Airport', country: 'UTO' };
  return {
    signs,
    body: (code: string) => ({
      code,
      signKey,
      boxKey,
      station,
      signature: signs(enrolmentText({ code, signKey, boxKey })),
    }),
  };
}

test('a code and the keys make a station that is let in and stands in the directory', async () => {
  const { database, hub, identity, agencyId, invite, ask } = await setUp();
  await database.db
    .insertInto('link_key')
    .values({ id: 'k1', key: Buffer.alloc(32, 7) })
    .execute();
  const code = await invite();
  const made = newcomer();
  const answer = await ask(made.body(code));
  const enrolled = enrolment.answer.parse(answer.json());
  expect(enrolled).toMatchObject({ agencyId, agencyName: 'Border Guard', hubId: identity.id });
  expect(enrolled.linkKeys.map(({ id }) => id)).toEqual(['k1']);
  const station = { stationId: enrolled.stationId, agencyId, sign: made.signs } as Parameters<
    typeof signed
  >[0];
  const book = await hub.inject(signed(station, identity.id, { method: 'GET', url: '/v1/directory' }));
  const listed = directory.answer.parse(book.json());
  expect(listed.stations).toEqual([
    expect.objectContaining({ id: enrolled.stationId, agencyId, code: 'UT-7', revokedAt: null }),
  ]);
  expect(listed.agencies).toEqual([{ id: agencyId, name: 'Border Guard', country: 'UTO', closedAt: null }]);
  await hub.close();
});

test('an answer that was lost is had again by the same keys; other keys find the code spent', async () => {
  const { database, hub, invite, ask } = await setUp();
  const code = await invite();
  const made = newcomer();
  const first = await ask(made.body(code));
  const again = await ask(made.body(code));
  expect(again.json()).toMatchObject({ stationId: first.json<{ stationId: string }>().stationId });
  expect(codeIn(await ask(newcomer().body(code)))).toBe('code-refused');
  await revokeStation(database.db, first.json<{ stationId: string }>().stationId, 'command-line');
  expect(codeIn(await ask(made.body(code)))).toBe('code-refused');
  expect(codeIn(await ask(made.body(await invite())))).toBe('code-refused');
  await hub.close();
});

test('a revoked station comes back by a code that was made for it, as the one that it was, and no other way', async () => {
  const { database, hub, identity, invite, ask } = await setUp();
  const { db } = database;
  const made = newcomer();
  const enrolled = (await ask(made.body(await invite()))).json<{ stationId: string; agencyId: string }>();
  const { stationId } = enrolled;
  const reader = newcomer();
  const other = (await ask(reader.body(await invite()))).json<{ stationId: string; agencyId: string }>();
  expect(await inviteBack(db, stationId, 'test')).toBeNull();
  await revokeStation(db, stationId, 'test');
  expect(codeIn(await ask(made.body(await invite())))).toBe('code-refused');
  const back = (await inviteBack(db, stationId, 'test'))?.code ?? '';
  expect(codeIn(await ask(newcomer().body(back)))).toBe('code-refused');
  const again = await ask(made.body(back));
  expect(again.json()).toMatchObject({ stationId });
  // An answer that was lost is had again.
  expect((await ask(made.body(back))).json()).toMatchObject({ stationId });
  const feed = async (who: ReturnType<typeof newcomer>, { stationId: id, agencyId }: typeof other) => {
    while ((await publish(db)) > 0);
    const station = { stationId: id, agencyId, sign: who.signs } as Parameters<typeof signed>[0];
    const answer = await hub.inject(signed(station, identity.id, { method: 'GET', url: '/v1/feed' }));
    return answer.json<{ items: { kind: string }[] }>().items.map(({ kind }) => kind);
  };
  // Whoever reads of it late is not told that it ended.
  expect(await feed(reader, other)).not.toContain('revoked');
  expect(await feed(made, enrolled)).toContain('directory');
  await revokeStation(db, stationId, 'test');
  expect(await feed(reader, other)).toContain('revoked');
  expect(codeIn(await ask(made.body(back)))).toBe('code-refused');
  // A code that was not used ends with the next revocation.
  const unused = (await inviteBack(db, stationId, 'test'))?.code ?? '';
  const used = (await inviteBack(db, stationId, 'test'))?.code ?? '';
  expect((await ask(made.body(used))).statusCode).toBe(200);
  await revokeStation(db, stationId, 'test');
  expect(codeIn(await ask(made.body(unused)))).toBe('code-refused');
  await hub.close();
});

test('of many that use one code at once, one enrols', async () => {
  const { database, hub, invite, ask } = await setUp();
  const code = await invite();
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(newcomer().body(code))));
  expect(answers.map(codeIn).toSorted()).toEqual(['200', ...Array.from({ length: 5 }, () => 'code-refused')]);
  expect(await database.db.selectFrom('station').select('id').execute()).toHaveLength(1);
  await hub.close();
});

test('what is no proof, no code, too late or too long makes no station', async () => {
  const { database, hub, invite, ask } = await setUp();
  const code = await invite();
  const made = newcomer();
  const good = made.body(code);
  const other = newcomer().body(code);
  expect(codeIn(await ask({ ...good, signature: other.signature }))).toBe('bad-signature');
  expect(codeIn(await ask({ ...good, boxKey: other.boxKey }))).toBe('bad-signature');
  expect(codeIn(await ask({ ...good, extra: 1 }))).toBe('bad-request');
  expect(codeIn(await ask({ ...good, station: { ...good.station, place: 'x'.repeat(5000) } }))).toBe(
    'too-large',
  );
  expect(codeIn(await ask({ ...good, station: { ...good.station, code: "'; drop" } }))).toBe('bad-request');
  const unknown =
    (await inviteStation(database.db, await addAgency(database.db, { name: 'B', country: 'UTO' }, 'x'), 'x'))
      ?.code ?? '';
  await database.db.deleteFrom('enrolment_code').where('used_at', 'is', null).execute();
  expect(codeIn(await ask(made.body(unknown)))).toBe('code-refused');
  const late = await invite();
  await database.db
    .updateTable('enrolment_code')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .execute();
  expect(codeIn(await ask(made.body(late)))).toBe('code-refused');
  expect(await database.db.selectFrom('station').select('id').execute()).toEqual([]);
  await hub.close();
});

test('guessing is slow: an address tries a few times a minute', async () => {
  const { hub } = await testHub(await cluster.fresh(), { limits: { enrolmentsAMinute: 2 } });
  const ask = () =>
    hub.inject({
      method: 'POST',
      url: '/v1/enrolments',
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
  expect([codeIn(await ask()), codeIn(await ask()), codeIn(await ask())]).toEqual([
    'bad-request',
    'bad-request',
    'busy',
  ]);
  await hub.close();
});

test('a station that left comes back to its agency by a new code as the one it was; revoked, or elsewhere, it does not', async () => {
  const { database, hub, invite, ask } = await setUp();
  const made = newcomer();
  const first = enrolment.answer.parse((await ask(made.body(await invite()))).json());
  const again = await ask(made.body(await invite()));
  expect(enrolment.answer.parse(again.json()).stationId).toBe(first.stationId);
  expect(await database.db.selectFrom('station').select('id').execute()).toHaveLength(1);
  const other = await addAgency(database.db, { name: 'Customs', country: 'UTO' }, 'x');
  const elsewhere = (await inviteStation(database.db, other, 'x'))?.code ?? '';
  expect(codeIn(await ask(made.body(elsewhere)))).toBe('code-refused');
  await revokeStation(database.db, first.stationId, 'x');
  expect(codeIn(await ask(made.body(await invite())))).toBe('code-refused');
  await hub.close();
});

test('a place is one line without signs that steer a terminal', async () => {
  const { hub, invite, ask } = await setUp();
  const made = newcomer();
  const body = made.body(await invite());
  for (const place of ['Utopia\u0000', 'Utopia \u001b[2J', 'Uto\npia'])
    expect(codeIn(await ask({ ...body, station: { ...body.station, place } }))).toBe('bad-request');
  await hub.close();
});
