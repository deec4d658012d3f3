// What a hub forgets by itself, and what it keeps.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { forgetOld } from '../../hub/chores.ts';
import { admit, forgetNonces } from '../../hub/db/callers.ts';
import { inviteStation } from '../../hub/network.ts';
import { addPerson, linkName, personOf, resetPerson, takeLink } from '../../hub/people.ts';
import { testCluster } from './cluster.ts';
import { makeAgency, makeStation } from './test-hub.ts';

const cluster = testCluster();
const hoursAgo = (hours: number) => sql<Date>`now() - ${hours} * interval '1 hour'`;

test('sessions, links, codes and what was brought are forgotten past their time, not before', async () => {
  const { db } = await cluster.fresh();
  const agency = await makeAgency({ db } as Parameters<typeof makeAgency>[0], 'Border Guard');
  const ann = await addPerson(db, { name: 'Ann', role: 'analyst', agencyId: agency }, 'test');
  const given = { name: '', secret: 'granite otter lamp 7' };
  const session = async (link: string): Promise<string> => {
    const taken = await takeLink(db, link, given);
    return 'session' in taken ? taken.session : '';
  };
  const first = await session(ann.link);
  await db
    .updateTable('session')
    .set({ seen_at: hoursAgo(1) })
    .execute();
  const bo = await addPerson(db, { name: 'Bo', role: 'analyst', agencyId: agency }, 'test');
  const second = await session(bo.link);
  const waiting = (await resetPerson(db, ann.id, 'test')) ?? '';
  expect(await db.selectFrom('session').select('hash').execute()).toHaveLength(1);
  const third = await session(waiting);
  await db
    .updateTable('session')
    .set({ expires_at: hoursAgo(1) })
    .where('person_id', '=', ann.id)
    .execute();
  const late = (await resetPerson(db, bo.id, 'test')) ?? '';
  const fourth = await session(late);
  const unused = (await addPerson(db, { name: 'Cy', role: 'analyst', agencyId: agency }, 'test')).link;
  const [old, good] = [await inviteStation(db, agency, 'test'), await inviteStation(db, agency, 'test')];
  await db
    .updateTable('enrolment_code')
    .set({ expires_at: hoursAgo(1) })
    .where('id', '=', old?.id ?? '')
    .execute();
  const { stationId } = await makeStation({ db } as Parameters<typeof makeStation>[0], agency);
  const brought = { stored: 1, repeated: 0, images: 0, refused: '[]', receipts: '[]', cursor: '' };
  for (const hours of [31 * 24, 29 * 24])
    await db
      .insertInto('carried')
      .values({ id: uuidv7(), station_id: stationId, person_id: ann.id, ...brought })
      .returning('id')
      .executeTakeFirstOrThrow()
      .then(({ id }) =>
        db
          .updateTable('carried')
          .set({ at: hoursAgo(hours) })
          .where('id', '=', id)
          .execute(),
      );

  await forgetOld(db);

  const sessions = await db.selectFrom('session').select('person_id').execute();
  expect(sessions).toEqual([{ person_id: bo.id }]);
  for (const ended of [first, second, third]) expect(await personOf(db, ended)).toBeNull();
  expect((await personOf(db, fourth))?.name).toBe('Bo');
  expect(await db.selectFrom('setup_link').select('hash').execute()).toHaveLength(1);
  expect(await linkName(db, unused)).toBe('Cy');
  expect(await db.selectFrom('enrolment_code').select('id').execute()).toEqual([{ id: good?.id }]);
  expect(await db.selectFrom('carried').select('id').execute()).toHaveLength(1);
});

test('nonces are forgotten once no clock would let them pass', async () => {
  const database = await cluster.fresh();
  const { db, pool } = database;
  const { stationId } = await makeStation(database, await makeAgency(database, 'Border Guard'));
  const nonces = [randomBytes(16), randomBytes(16)];
  for (const nonce of nonces) expect(await admit(pool, stationId, nonce)).toBe('admitted');
  await db
    .updateTable('nonce')
    .set({ at: sql<Date>`now() - interval '16 minutes'` })
    .where('nonce', '=', nonces[0] ?? randomBytes(16))
    .execute();
  await forgetNonces(db, 15);
  expect(await db.selectFrom('nonce').select('nonce').execute()).toEqual([{ nonce: nonces[1] }]);
});
