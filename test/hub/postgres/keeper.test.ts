// A PostgreSQL in a folder: begun, ended, killed, taken over, refused. On real servers, with their writes on the disk.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { isRoot } from '../../../hub/postgres/account.ts';
import { isAlive, runningServer } from '../../../hub/postgres/cluster.ts';
import { type HubFolder, hubFolder } from '../../../hub/postgres/folder.ts';
import {
  borrowPostgres,
  type Connection,
  type KeptPostgres,
  keepPostgres,
} from '../../../hub/postgres/keeper.ts';
import { until } from '../../until.ts';
import { SERVERS } from '../binaries.ts';
import { openFolder } from '../cluster.ts';

const folders: HubFolder[] = [];
const keepers: KeptPostgres[] = [];
const children: ChildProcess[] = [];

function folder(): HubFolder {
  const made = hubFolder(join(openFolder('keeper'), 'hub'));
  folders.push(made);
  return made;
}

async function keep(...[options]: Parameters<typeof keepPostgres>): Promise<KeptPostgres> {
  const kept = await keepPostgres(options);
  keepers.push(kept);
  return kept;
}

/** The same in a process of its own. */
async function keepElsewhere(at: HubFolder, postgres: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'keep.ts'), at.path, postgres], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function ask(connection: Connection, question: string): Promise<unknown[]> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(question)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const serverOf = (at: HubFolder): number => runningServer(at)?.pid ?? 0;

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const kept of keepers.splice(0)) await kept.stop();
  for (const at of folders.splice(0)) {
    const pid = serverOf(at);
    if (pid !== 0) process.kill(pid, 'SIGKILL');
    rmSync(join(at.path, '..'), { recursive: true, force: true, maxRetries: 5 });
  }
});

describe.each(SERVERS)('on the %s PostgreSQL', (_name, postgres) => {
  test('a folder is begun, ended, and begun again with what it held', async () => {
    const at = folder();
    const first = await keepPostgres({ folder: at, postgres });
    await ask(first.connection, 'create table kept as select 1 as one');
    expect(await ask(first.connection, 'show fsync')).toEqual(['on']);
    expect(await ask(first.connection, 'show listen_addresses')).toEqual(['']);
    expect(await ask(first.connection, 'show password_encryption')).toEqual(['scram-sha-256']);
    const { uid } = statSync(at.cluster);
    expect(uid === 0).toBe(false);
    expect(uid === process.getuid?.()).toBe(!isRoot());
    await first.stop();
    expect(serverOf(at)).toBe(0);
    const second = await keep({ folder: at, postgres });
    expect(await ask(second.connection, 'select one from kept')).toEqual([1]);
  });

  test('a wrong password is refused, also through the socket', async () => {
    const { connection } = await keep({ folder: folder(), postgres });
    await expect(ask({ ...connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
  });

  test('a server that is killed runs again by itself, with what was committed', async () => {
    const at = folder();
    const told: string[] = [];
    const { connection } = await keep({ folder: at, postgres, tell: (event) => told.push(event) });
    await ask(connection, 'create table kept as select 1 as one');
    const killed = serverOf(at);
    process.kill(killed, 'SIGKILL');
    await until(() => expect(told).toEqual(['postgres-lost', 'postgres-back']));
    expect(serverOf(at)).not.toBe(killed);
    expect(await ask(connection, 'select one from kept')).toEqual([1]);
  });

  test('the server of a killed hub is taken over, and stopped by the one that took it', async () => {
    const at = folder();
    const child = await keepElsewhere(at, postgres);
    const orphan = serverOf(at);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(orphan)).toBe(true);
    const kept = await keep({ folder: at, postgres });
    expect(serverOf(at)).toBe(orphan);
    await kept.stop();
    expect(serverOf(at)).toBe(0);
  });

  test('hub and server killed together: the next hub recovers what was committed', async () => {
    const at = folder();
    const child = await keepElsewhere(at, postgres);
    const borrowed = await borrowPostgres({ folder: at, postgres });
    await ask(borrowed.connection, 'create table kept as select 1 as one');
    child.kill('SIGKILL');
    process.kill(serverOf(at), 'SIGKILL');
    const { connection } = await keep({ folder: at, postgres });
    expect(await ask(connection, 'select one from kept')).toEqual([1]);
  });
});

const [, postgres = ''] = SERVERS[0] ?? [];

test('one folder serves one hub; a command borrows its server and leaves it running', async () => {
  const at = folder();
  const { connection } = await keep({ folder: at, postgres });
  await expect(keepPostgres({ folder: at, postgres })).rejects.toMatchObject({ code: 'folder-in-use' });
  const borrowed = await borrowPostgres({ folder: at, postgres });
  expect(await ask(borrowed.connection, 'select 1')).toEqual([1]);
  await borrowed.stop();
  expect(await ask(connection, 'select 1')).toEqual([1]);
});

test('two hubs that begin in an empty folder at once: one keeps it, the other is told', async () => {
  const at = folder();
  const both = await Promise.allSettled([keep({ folder: at, postgres }), keep({ folder: at, postgres })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'folder-in-use' });
});

test('the log of the server quotes no value and no statement', async () => {
  const at = folder();
  const { connection } = await keep({ folder: at, postgres });
  await ask(connection, `create table person (name text primary key)`);
  await ask(connection, `insert into person values ('Quenneville')`);
  await expect(ask(connection, `insert into person values ('Quenneville')`)).rejects.toMatchObject({
    code: '23505',
  });
  await expect(ask(connection, `select 'Quenneville'::integer from person`)).rejects.toMatchObject({
    code: '22P02',
  });
  const log = readFileSync(at.log, 'utf8');
  expect(log).toContain('ready to accept connections');
  expect(log).not.toMatch(/Quenneville|person/u);
});

test('a folder with a long path is served on a port of this computer', async () => {
  const at = hubFolder(join(openFolder('keeper'), 'a-name-of-thirty-characters---'.repeat(3), 'hub'));
  folders.push(hubFolder(join(at.path, '..')));
  const { connection } = await keep({ folder: at, postgres });
  expect(connection.host).toBe('127.0.0.1');
  expect(await ask(connection, 'show unix_socket_directories')).toEqual(['']);
});

test('the number of a dead server that another program has now stands in nobody’s way', async () => {
  const at = folder();
  const first = await keepPostgres({ folder: at, postgres });
  const notes = readFileSync(join(at.cluster, 'postmaster.pid'), 'utf8');
  await first.stop();
  writeFileSync(join(at.cluster, 'postmaster.pid'), notes.replace(/^\d+/u, String(process.pid)));
  const again = await keep({ folder: at, postgres });
  expect(await ask(again.connection, 'select 1')).toEqual([1]);
});

test('a cluster of another version, a lost secret: said, and nothing is touched', async () => {
  const at = folder();
  await (await keepPostgres({ folder: at, postgres })).stop();
  const secret = readFileSync(at.secret);
  rmSync(at.secret);
  await expect(keepPostgres({ folder: at, postgres })).rejects.toMatchObject({ code: 'secret-missing' });
  writeFileSync(at.secret, secret);
  const version = readFileSync(join(at.cluster, 'PG_VERSION'));
  writeFileSync(join(at.cluster, 'PG_VERSION'), '9\n');
  await expect(keepPostgres({ folder: at, postgres })).rejects.toMatchObject({ code: 'postgres-version' });
  writeFileSync(join(at.cluster, 'PG_VERSION'), version);
  await (await keep({ folder: at, postgres })).stop();
});

test('without a PostgreSQL that runs, what to do is said', async () => {
  const nothing = openFolder('empty');
  folders.push(hubFolder(join(nothing, 'x')));
  await expect(keepPostgres({ folder: folder(), postgres: nothing })).rejects.toMatchObject({
    code: 'no-postgres',
  });
});
