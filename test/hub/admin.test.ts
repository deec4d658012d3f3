// The hub's command line on a real database: each command does its one thing, says so, and refuses what cannot be meant.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { COMMANDS, runCommand } from '../../hub/admin/run.ts';
import { enrolmentHash } from '../../hub/network.ts';
import { linkName } from '../../hub/people.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import { loadIdentity } from '../../hub/identity.ts';
import { imageFrames, readAt, reportFrame, writeFor } from './bundle-files.ts';
import { addressOf, openFolder, testCluster } from './cluster.ts';
import { runHub } from './hub-process.ts';
import { makeStation } from './test-hub.ts';

const cluster = testCluster();
let database: HubDatabase;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  const fresh = await cluster.fresh();
  database = fresh;
  env = { DATABASE_URL: addressOf(fresh.connection) };
});

async function say(...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await runCommand(args, { env, print: (part) => (text += part) });
  return { code, text };
}

async function ask<T>(...args: string[]): Promise<T> {
  return JSON.parse((await say(...args, '--json')).text) as T;
}

const refusal = (code: string) => ({ error: { code, message: expect.any(String) as string } });
const addUtopia = () => ask<{ id: string }>('agency', 'add', '--name', 'Port of Utopia', '--country', 'uto');

test('every command tells what it does', async () => {
  for (const { name } of COMMANDS) {
    const { code, text } = await say(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(text).toContain(`npm run hub -- ${name}`);
    expect(text).toContain('--json');
  }
});

test('a backup is looked at before anybody types its key', async () => {
  const folder = openFolder('restore');
  try {
    const [none, letter, empty] = ['none', 'letter', 'empty'].map((name) => join(folder, name));
    writeFileSync(letter ?? '', 'Dear all');
    writeFileSync(empty ?? '', 'CCHUBBK1');
    const said = async (path = ''): Promise<unknown[]> => {
      const { code, errors } = await runHub(['restore', path], { env });
      return [code, errors];
    };
    expect(await said(none)).toEqual([1, `${none} could not be read: it is not there.\n`]);
    expect(await said(folder)).toEqual([1, `${folder} could not be read: it is a folder.\n`]);
    expect(await said(letter)).toEqual([1, `${letter} is not a backup of a hub.\n`]);
    // The tests' own connections look like a hub at work.
    await database.pool.query('select 1');
    expect(await said(empty)).toEqual([1, expect.stringContaining('A hub runs on this database')]);
    const quiet = await cluster.fresh({ name: 'test' });
    env = { DATABASE_URL: addressOf(quiet.connection) };
    const [code, errors] = await said(empty);
    expect([code, errors]).toEqual([2, expect.stringContaining('The recovery key is not complete.')]);
    await quiet.db.insertInto('agency').values({ id: uuidv7(), name: 'Other', country: 'UTO' }).execute();
    expect(await said(empty)).toEqual([1, expect.stringContaining('already holds data')]);
    env = { HUB_DATA: join(folder, 'hub') };
    await said(letter);
    expect(existsSync(join(folder, 'hub'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('where there is no hub it is said, and none is begun', async () => {
  const folder = openFolder('none');
  try {
    const data = join(folder, 'hub');
    const hub = { env: {}, print: () => undefined };
    await expect(runCommand(['agency', 'list', '--data', data], hub)).rejects.toThrow(
      `There is no hub in ${data}.`,
    );
    expect(existsSync(data)).toBe(false);
    const { pool } = database;
    await pool.query('drop schema public cascade; create schema public; create table other (x integer)');
    await expect(say('agency', 'list')).rejects.toThrow('There is no hub in this database.');
    const tables = await pool.query(`select 1 from pg_tables where schemaname = 'public'`);
    expect(tables.rowCount).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('agencies are added once, listed, closed; each change is in the audit', async () => {
  const { id } = await addUtopia();
  expect(await ask('agency', 'add', '--name', 'port of utopia', '--country', 'UTO')).toEqual(
    refusal('name-taken'),
  );
  expect(await ask('agency', 'list')).toMatchObject([
    { id, name: 'Port of Utopia', country: 'UTO', stations: 0 },
  ]);
  expect((await say('agency', 'list')).text).toMatch(/^ID +NAME.*\n.* Port of Utopia +UTO +0 +open\n$/u);
  await ask('agency', 'close', 'PORT OF UTOPIA');
  expect(await ask('agency', 'close', id)).toEqual(refusal('unknown-agency'));
  const audit = await database.db.selectFrom('audit').select(['who', 'action', 'subject']).execute();
  expect(audit).toEqual([
    { who: 'command-line', action: 'agency.added', subject: id },
    { who: 'command-line', action: 'agency.closed', subject: id },
  ]);
});

test('an invitation is a code of which only the hash is kept', async () => {
  await addUtopia();
  const { id, code } = await ask<{ id: string; code: string }>('station', 'invite', 'Port of Utopia');
  const kept = await database.db.selectFrom('enrolment_code').selectAll().execute();
  expect(kept).toMatchObject([{ id, hash: enrolmentHash(code) }]);
  expect(await ask('station', 'invite', 'Nowhere')).toEqual(refusal('unknown-agency'));
  expect(await ask('station', 'list')).toEqual([]);
  const none = '01a20638-3301-7639-87f6-5185f8da5526';
  expect(await ask('station', 'revoke', none)).toEqual(refusal('unknown-station'));
});

test('a revoked station is invited back, one that is open is not', async () => {
  const { id: agency } = await addUtopia();
  const { stationId } = await makeStation(database, agency);
  expect(await ask('station', 'invite-back', stationId)).toEqual(refusal('not-revoked'));
  await ask('station', 'revoke', stationId);
  const { code } = await ask<{ code: string }>('station', 'invite-back', stationId);
  const kept = await database.db.selectFrom('enrolment_code').selectAll().execute();
  expect(kept).toMatchObject([{ hash: enrolmentHash(code), station_id: stationId }]);
  await ask('agency', 'close', agency);
  expect(await ask('station', 'invite-back', stationId)).toEqual(refusal('not-revoked'));
});

test('people come by a one-time link, and the last administrator stays', async () => {
  await addUtopia();
  const person = ['person', 'add', '--name', 'Ada', '--role'];
  const { id, path } = await ask<{ id: string; path: string }>(...person, 'administrator');
  expect(await linkName(database.db, path.replace('/setup/', ''))).toBe('Ada');
  expect(await ask(...person, 'administrator')).toEqual(refusal('name-taken'));
  await expect(say(...person, 'king')).rejects.toThrow('administrator, agency-administrator, analyst');
  await expect(say(...person, 'agency-administrator')).rejects.toThrow('--agency');
  await expect(say(...person, 'administrator', '--agency', 'Port of Utopia')).rejects.toThrow('--agency');
  expect(await ask('person', 'remove', id)).toEqual(refusal('unknown-person'));
  const again = await ask<{ path: string }>('person', 'reset', id);
  expect(await linkName(database.db, path.replace('/setup/', ''))).toBeUndefined();
  expect(await linkName(database.db, again.path.replace('/setup/', ''))).toBe('Ada');
  expect(await ask('person', 'list')).toMatchObject([{ id, name: 'Ada', hasSecret: false }]);
});

test('rules of the policy are added, listed by name, removed', async () => {
  const { id: agency } = await addUtopia();
  const rule = ['policy', 'add', '--effect', 'deny', '--from', 'Port of Utopia'];
  const { id } = await ask<{ id: string }>(...rule, '--issuer', 'd', '--kind', 'report');
  const kept = { effect: 'deny', from_agency: agency, to_agency: null, issuer: 'D', kind: 'report' };
  expect(await ask('policy', 'list')).toMatchObject([{ id, ...kept }]);
  expect((await say('policy', 'list')).text).toContain('Port of Utopia');
  expect(await ask('policy', 'add', '--effect', 'deny', '--to', 'Nowhere')).toEqual(
    refusal('unknown-agency'),
  );
  await expect(say('policy', 'add', '--effect', 'perhaps')).rejects.toThrow('allow, deny');
  await ask('policy', 'remove', id);
  expect(await ask('policy', 'remove', id)).toEqual(refusal('unknown-rule'));
});

test('a bundle is taken from a file and answered by one', async () => {
  const { id: agency } = await addUtopia();
  const station = await makeStation(database, agency);
  const identity = await loadIdentity(database.db);
  const { id, frame } = reportFrame(station);
  const bundle = await writeFor(station, identity, [frame, ...imageFrames(Buffer.from('unnamed'))]);
  const folder = openFolder('bundle');
  try {
    const [file, out] = [join(folder, 'a.ccb'), join(folder, 'b.ccb')];
    writeFileSync(file, bundle);
    expect(await ask('bundle', file, '--out', out)).toMatchObject({
      stored: 1,
      repeated: 0,
      refused: [expect.objectContaining({ code: 'report-first' })],
      out,
    });
    expect(await ask('bundle', file, '--out', out)).toEqual(refusal('file-exists'));
    const again = await say('bundle', file, '--out', `${out}2`);
    expect(again.text).toMatch(/^Reports taken: 0, here already: 1\./u);
    expect(again.text).toMatch(/^Not taken: [0-9a-f]{64}\. The report that names it is not here yet\.$/mu);
    const heads = (await readAt(station, identity, readFileSync(out))).map(({ head }) => head);
    expect(heads).toContainEqual(
      expect.objectContaining({
        kind: 'receipt',
        receipt: expect.objectContaining({ id }) as object,
      }),
    );
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    const refused = (path: string) => say('bundle', path, '--out', `${out}3`);
    await expect(refused(file)).rejects.toThrow(/was not taken\. The file is damaged or not whole\./u);
    await expect(refused(out)).rejects.toThrow(/was not taken\. The file is for another hub\./u);
    await expect(refused(join(folder, 'none'))).rejects.toThrow(/could not be read: it is not there\./u);
    await expect(refused(folder)).rejects.toThrow(/could not be read: it is a folder\./u);
    expect(await ask('bundle', file, '--out', `${out}3`)).toEqual(refusal('bundle-refused'));
    expect(readdirSync(folder).toSorted()).toEqual(['a.ccb', 'b.ccb', 'b.ccb2']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the hub is given its name', async () => {
  await ask('rename', 'Network of Utopia');
  expect(await database.db.selectFrom('hub_identity').select('name').execute()).toEqual([
    { name: 'Network of Utopia' },
  ]);
});

test('what cannot be meant is said, and nothing is done', async () => {
  await expect(say('agency')).rejects.toThrow('agency add');
  await expect(say('sing')).rejects.toThrow('sing');
  await expect(say('agency', 'add', '--name', 'X')).rejects.toThrow('--country');
  await expect(say('agency', 'add', '--colour', 'red')).rejects.toThrow('--colour');
  await expect(say('station', 'revoke')).rejects.toThrow('station revoke ID');
  await expect(say('station', 'revoke', '1')).rejects.toThrow('no id');
  await expect(say('agency', 'list', '--data', '/tmp/x')).rejects.toThrow('DATABASE_URL');
  expect((await database.db.selectFrom('audit').selectAll().execute()).length).toBe(0);
});

test('a database that came back by other means is told to stations, while no hub runs on it', async () => {
  await database.pool.query('select 1');
  expect(await ask('brought-back')).toEqual(refusal('hub-runs'));
  const quiet = await cluster.fresh({ name: 'test' });
  env = { DATABASE_URL: addressOf(quiet.connection) };
  const before = (await loadIdentity(quiet.db)).epoch;
  expect(await ask('brought-back')).toEqual({});
  expect((await loadIdentity(quiet.db)).epoch).toBeGreaterThan(before);
});
