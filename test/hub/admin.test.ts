// The hub's command line on a real database: each command does its one thing, says so, and refuses what cannot be meant.
import { createReadStream, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { COMMANDS, runCommand } from '../../hub/admin/run.ts';
import { enrolmentHash } from '../../hub/network.ts';
import { linkName } from '../../hub/people.ts';
import type { HubDatabase } from '../../hub/db/open.ts';
import { loadIdentity } from '../../hub/identity.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import { reportSignText } from '../../shared/wire/sign.ts';
import { addressOf, openFolder, testCluster } from './cluster.ts';
import { runHub } from './hub-process.ts';
import { makeStation, sha256 } from './test-hub.ts';
import { bytesOfReport, networkReport } from './wire-reports.ts';

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

async function all<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const part of parts) gathered.push(part);
  return gathered;
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

test('a recovery key that nobody types is told, and ends the command', async () => {
  const { code, errors } = await runHub(['restore', '/nowhere'], { env });
  expect([code, errors]).toEqual([2, expect.stringContaining('The recovery key is not complete.')]);
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
  const body = bytesOfReport(networkReport(station));
  const { id } = JSON.parse(body.toString()) as { id: string };
  const signature = station.sign(reportSignText(id, sha256(body)));
  const bundle = writeBundle(
    [{ head: { kind: 'report', id, sha256: sha256(body), signature }, bytes: body }],
    {
      bundleId: uuidv7(),
      at: new Date().toISOString(),
      from: { kind: 'station', id: station.stationId },
      signPrivateKey: station.signPrivate,
      to: { kind: 'hub', id: identity.id },
      toBoxKey: identity.boxKey.toString('base64url'),
    },
  );
  const folder = openFolder('bundle');
  try {
    const [file, out] = [join(folder, 'a.ccb'), join(folder, 'b.ccb')];
    writeFileSync(file, Buffer.concat(await all(bundle)));
    expect(await ask('bundle', file, '--out', out)).toMatchObject({
      stored: 1,
      repeated: 0,
      refused: [],
      out,
    });
    expect(await ask('bundle', file, '--out', out)).toEqual(refusal('file-exists'));
    const again = await say('bundle', file, '--out', `${out}2`);
    expect(again.text).toMatch(/^Reports taken: 0, here already: 1\./u);
    const answer = readBundle(createReadStream(out), {
      self: { kind: 'station', id: station.stationId },
      boxPrivateKey: station.boxPrivate,
      signKeyOf: () => identity.signKey.toString('base64url'),
      mostBytes: 1_000_000,
    });
    const heads = (await all(answer)).map(({ head }) => head);
    expect(heads).toContainEqual(
      expect.objectContaining({
        kind: 'receipt',
        receipt: expect.objectContaining({ id, sha256: sha256(body) }) as object,
      }),
    );
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    expect(await ask('bundle', file, '--out', `${out}3`)).toEqual(refusal('bundle-refused'));
    expect(await ask('bundle', join(folder, 'none'), '--out', `${out}3`)).toEqual(refusal('bundle-refused'));
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
