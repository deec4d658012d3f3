// npm run hub as a process: begun, asked, killed, ended; what it refuses to do, and what it never writes down.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { get } from 'node:https';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import { HubFailure } from '../../hub/failure.ts';
import { serveOptions, UsageError } from '../../hub/options.ts';
import { runningServer } from '../../hub/postgres/cluster.ts';
import { hubFolder } from '../../hub/postgres/folder.ts';
import { keepPostgres } from '../../hub/postgres/keeper.ts';
import { serve } from '../../hub/serve.ts';
import { until } from '../until.ts';
import { addressOf, beginCluster, openFolder } from './cluster.ts';
import { type HubProcess, runHub, startHub, type StartOptions } from './hub-process.ts';

// Each starts several processes, and a busy machine needs its time for them.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const running: HubProcess[] = [];
const folders: string[] = [];

function emptyPlace(): string {
  const folder = openFolder('service');
  folders.push(folder);
  return join(folder, 'hub');
}

/** Where a hub was begun before; nobody has set it up yet. */
async function place(): Promise<string> {
  const path = emptyPlace();
  await beginCluster(hubFolder(path));
  return path;
}

async function start(data: string, args: string[] = [], options?: StartOptions): Promise<HubProcess> {
  const hub = await startHub(['--data', data, ...args], options);
  running.push(hub);
  return hub;
}

afterEach(async () => {
  for (const hub of running.splice(0)) await hub.end();
  for (const folder of folders.splice(0)) {
    const left = runningServer(hubFolder(join(folder, 'hub')));
    if (left) process.kill(left.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

const status = async (hub: HubProcess, path: string, init?: RequestInit): Promise<number> =>
  (await fetch(`${hub.address}${path}`, { redirect: 'manual', ...init })).status;

/** Follows the one-time link as a browser does. */
async function becomeAdministrator(hub: HubProcess): Promise<number> {
  const secret = 'seven green lanterns';
  return await status(hub, hub.setupPath ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: hub.address },
    body: new URLSearchParams({ name: 'Quenneville', secret, again: secret }).toString(),
  });
}

test('one command starts all; the first administrator comes by a link that works once', async () => {
  const data = emptyPlace();
  const hub = await start(data);
  expect([await status(hub, '/health'), await status(hub, '/ready'), await status(hub, '/about')]).toEqual([
    200, 200, 200,
  ]);
  expect(await status(hub, hub.setupPath ?? '')).toBe(200);
  expect(await becomeAdministrator(hub)).toBe(303);
  expect(await becomeAdministrator(hub)).toBe(410);
  // As from a terminal, where npm and its children all hear Ctrl+C and hand it on.
  for (let again = 0; again < 3; again += 1) hub.child.kill('SIGINT');
  expect(await hub.end('SIGINT')).toBe(0);
  expect(runningServer(hubFolder(data))).toBeNull();
  const again = await start(data);
  expect(again.setupPath).toBeNull();
});

test('hub and database killed: after a start all is as before; a database alone comes back by itself', async () => {
  const data = await place();
  const hub = await start(data);
  await becomeAdministrator(hub);
  await hub.end('SIGKILL');
  const again = await start(data);
  expect(again.setupPath).toBeNull();
  const server = runningServer(hubFolder(data))?.pid ?? 0;
  process.kill(server, 'SIGKILL');
  const answers = new Set<number>();
  await until(async () => {
    answers.add(await status(again, '/ready'));
    expect(again.log()).toContain('"msg":"postgres-back"');
  });
  await until(async () => expect(await status(again, '/ready')).toBe(200));
  expect([...answers].filter((answer) => answer !== 200)).toEqual([503]);
  expect(again.log()).toContain('"msg":"postgres-lost"');
  expect(await status(again, '/sign-in')).toBe(200);
});

test('the log holds routes, codes and ids, and nothing that somebody typed', async () => {
  const hub = await start(await place());
  await becomeAdministrator(hub);
  await status(hub, '/v1/reports/Quenneville?country=Quenneville', {
    headers: { 'cc-station': 'Quenneville' },
  });
  await status(hub, '/Quenneville');
  const mistyped = await fetch(`${hub.address}/Quenneville`, { headers: { accept: 'text/html' } });
  expect([mistyped.status, await mistyped.text()]).toEqual([404, expect.stringContaining('no such page')]);
  const program = await fetch(`${hub.address}/v1/nothing`, { headers: { accept: 'text/html' } });
  expect([program.status, await program.json()]).toEqual([404, { error: { code: 'not-found' } }]);
  await status(hub, '/v1/enrolments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"code":"Quenneville"}',
  });
  await until(() => expect(hub.log()).toContain('/v1/enrolments'));
  expect(hub.log()).toContain('"route":"/setup/:token"');
  expect(hub.log()).not.toMatch(/Quenneville|lanterns/iu);
  expect(hub.log()).not.toContain((hub.setupPath ?? '').slice('/setup/'.length));
  for (const line of hub.log().trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
});

test('figures are read from this computer, behind a proxy only with the token', async () => {
  const data = await place();
  const open = await start(data);
  const figures = await (await fetch(`${open.address}/metrics`)).text();
  expect(figures).toMatch(/^process_cpu_seconds_total/mu);
  await open.end();
  const proxied = await start(data, ['--behind-proxy']);
  expect(await status(proxied, '/metrics')).toBe(404);
  await proxied.end();
  const file = join(data, 'token');
  writeFileSync(file, 'the token\n');
  const told = await start(data, ['--behind-proxy', '--metrics-token-file', file]);
  const showing = (token: string) =>
    status(told, '/metrics', { headers: { authorization: `Bearer ${token}` } });
  expect([await status(told, '/metrics'), await showing('guess'), await showing('the token')]).toEqual([
    404, 404, 200,
  ]);
});

/** Whether it is wrong usage or something in the way, and the sentence. */
async function refusal(args: string[]): Promise<[kind: string, said: string | undefined]> {
  try {
    const options = serveOptions(args);
    if (options !== 'help') await (await serve(options)).close();
    return ['none', ''];
  } catch (error) {
    if (error instanceof UsageError) return ['usage', error.message.split('\n')[0]];
    if (error instanceof HubFailure) return ['failure', error.message];
    throw error;
  }
}

test('what it will not do is said in a sentence', async () => {
  const data = await place();
  const refused = (...args: string[]) => refusal(['--data', data, '--log', 'silent', ...args]);
  const sentence = (pattern: RegExp) => expect.stringMatching(pattern) as string;
  expect(await refused('--host', '0.0.0.0')).toEqual(['failure', sentence(/encryption.*--tls-cert/u)]);
  expect(await refused('--port', '70000')).toEqual(['usage', sentence(/0 to 65535/u)]);
  expect(await refused('--tls-cert', 'x')).toEqual(['usage', sentence(/belong together/u)]);
  expect(await refused('--colour')).toEqual(['usage', sentence(/--colour/u)]);
  const text = join(folders.at(-1) ?? '', 'text');
  writeFileSync(text, 'no certificate');
  const tls = (cert: string, key: string) => refused('--tls-cert', cert, '--tls-key', key);
  const unread = (path: string, why: string) => ['failure', `${path} could not be read: ${why}.`];
  expect(await tls('/no', '/no')).toEqual(unread('/no', 'it is not there'));
  expect(await tls(text, '/')).toEqual(unread('/', 'it is a folder'));
  expect(await tls(text, text)).toEqual(['failure', sentence(/^Certificate and key cannot be used: .*PEM/u)]);
  expect(await refused('--metrics-token-file', '/no')).toEqual(unread('/no', 'it is not there'));
  expect(await refused('--host', '192.0.2.1', '--behind-proxy')).toEqual([
    'failure',
    'The hub could not listen on 192.0.2.1, port 8787: this computer has no such address.',
  ]);
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await refused('--port', String(port))).toEqual([
    'failure',
    sentence(new RegExp(`^Port ${port} is in use`, 'u')),
  ]);
  other.close();
  expect(runningServer(hubFolder(data))).toBeNull();
});

test('each kind of refusal has its exit code, and nothing of it goes to where answers go', async () => {
  const named = await runHub(['--data', '/tmp/x'], { env: { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' } });
  expect(named).toEqual({
    code: 2,
    out: '',
    errors: expect.stringMatching(/^DATABASE_URL names/u) as string,
  });
  const nowhere = { env: { DATABASE_URL: 'postgres://x:secret@127.0.0.1:1/x' } };
  const errors = 'The database does not answer: nobody listens there.\n';
  expect(await runHub([], nowhere)).toEqual({ code: 1, out: '', errors });
});

test('a second hub on the same folder is told so, and the first goes on', async () => {
  const data = await place();
  const hub = await start(data);
  const { code, errors } = await runHub(['--data', data, '--port', '0']);
  expect([code, errors]).toEqual([1, expect.stringContaining('Another hub')]);
  expect(await status(hub, '/ready')).toBe(200);
});

test('two hubs that begin together over one database are the same hub', async () => {
  const kept = await keepPostgres({ folder: hubFolder(await place()) });
  const env = { DATABASE_URL: addressOf(kept.connection) };
  const both = await Promise.all([startHub([], { env }), startHub([], { env })]);
  const about = async ({ address }: HubProcess) =>
    (await (await fetch(`${address}/about`)).json()) as { hubId: string };
  const [first, second] = await Promise.all(both.map(about));
  expect(first?.hubId).toMatch(/^[0-9a-f-]{36}$/u);
  expect(second?.hubId).toBe(first?.hubId);
  const [one, other] = both;
  expect(await one?.end('SIGKILL')).toBeNull();
  expect(other && (await status(other, '/ready'))).toBe(200);
  await other?.end();
  await kept.stop();
});

function certificate(folder: string, name: string): string[] {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const asked = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const named = ['-subj', `/CN=${name}`, '-days', '2', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...asked, ...named, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return ['--tls-cert', cert, '--tls-key', key];
}

/** Who the server says it is. */
function nameShown(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${address}/health`, { rejectUnauthorized: false, agent: false }, (answer) => {
      const { socket } = answer;
      resolve(socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '');
      answer.resume();
    }).once('error', reject);
  });
}

test('with a certificate it serves TLS alone, and takes a renewed one without an end', async () => {
  const data = await place();
  const folder = folders.at(-1) ?? '';
  const [certFlag = '', cert = '', keyFlag = '', key = ''] = certificate(folder, 'first');
  const hub = await start(data, [certFlag, cert, keyFlag, key]);
  expect(hub.address).toMatch(/^https:/u);
  expect(await nameShown(hub.address)).toBe('first');
  const [, newCert = '', , newKey = ''] = certificate(folder, 'second');
  // While it is being written it is no certificate; the one before stays.
  writeFileSync(cert, readFileSync(newCert).subarray(0, 100));
  hub.child.kill('SIGHUP');
  await until(() => expect(hub.log()).toContain('tls-not-renewed'));
  expect(await nameShown(hub.address)).toBe('first');
  writeFileSync(cert, readFileSync(newCert));
  writeFileSync(key, readFileSync(newKey));
  hub.child.kill('SIGHUP');
  await until(async () => expect(await nameShown(hub.address)).toBe('second'));
});
