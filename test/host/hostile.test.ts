// What a stranger, another site or another program on the machine may try at the loopback host, and what it gets.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostServer, startServer } from '../../electron/host/server.ts';
import { createStaticFiles } from '../../electron/static-files.ts';
import { MAX_IMAGE_BYTES } from '../../shared/contract/images.ts';
import { MAX_RPC_BYTES } from '../../shared/contract/loopback.ts';
import { enter, type Sent, send } from './loopback.ts';
import { smallStation } from './small-station.ts';

const ID = '0190a000-0000-7000-8000-000000000000';
const folder = mkdtempSync(join(tmpdir(), 'host-'));
const station = smallStation();
const faults: string[] = [];
let server: HostServer;
let cookie = '';

beforeAll(async () => {
  mkdirSync(join(folder, 'window/assets'), { recursive: true });
  writeFileSync(join(folder, 'window/index.html'), '<!doctype html>window');
  writeFileSync(join(folder, 'window/assets/a.js'), '1;');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = await startServer({
    station,
    files: createStaticFiles(join(folder, 'window')),
    report: (code) => faults.push(code),
    bodyTimeoutMs: 600,
  });
  cookie = await enter(server.newAddress());
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
});

type Row = [
  what: string,
  status: number,
  sent: (own: { origin: string; host: string; cookie: string }) => Sent,
];

const rpc = '/rpc/station.state';
const ROWS: Row[] = [
  // Without a session.
  ['the window without a cookie', 401, () => ({ path: '/' })],
  ['a script without a cookie', 401, () => ({ path: '/assets/a.js' })],
  ['a file that is not there, without a cookie', 401, () => ({ path: '/nothing' })],
  ['events without a cookie', 401, () => ({ path: '/events' })],
  ['an image without a cookie', 401, () => ({ path: `/images/${ID}/view` })],
  ['a call without a cookie', 401, (own) => ({ method: 'POST', path: rpc, headers: { origin: own.origin } })],
  [
    'a picture without a cookie',
    401,
    (own) => ({ method: 'POST', path: '/images', headers: { origin: own.origin } }),
  ],
  ['a made-up cookie', 401, (own) => ({ headers: { cookie: `${own.cookie.slice(0, -4)}AAAA` } })],
  ['an empty cookie', 401, (own) => ({ headers: { cookie: own.cookie.replace(/=.*/, '=') } })],
  ['the right cookie twice', 401, (own) => ({ headers: { cookie: `${own.cookie}; ${own.cookie}` } })],
  ['the token under another name', 401, (own) => ({ headers: { cookie: `x${own.cookie}` } })],
  // From another site or name.
  ['a rebound name', 421, (own) => ({ headers: { host: 'attacker.example', cookie: own.cookie } })],
  [
    'localhost instead of the number',
    421,
    (own) => ({ headers: { host: own.host.replace('127.0.0.1', 'localhost'), cookie: own.cookie } }),
  ],
  ['another port', 421, (own) => ({ headers: { host: '127.0.0.1:1', cookie: own.cookie } })],
  ['no port', 421, (own) => ({ headers: { host: '127.0.0.1', cookie: own.cookie } })],
  [
    'a page of another site fetching',
    403,
    (own) => ({ headers: { cookie: own.cookie, 'sec-fetch-site': 'cross-site' } }),
  ],
  [
    'a page of another port fetching',
    403,
    (own) => ({ headers: { cookie: own.cookie, 'sec-fetch-site': 'same-site' } }),
  ],
  [
    'a link from another site to the window',
    403,
    (own) => ({
      headers: {
        cookie: own.cookie,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    }),
  ],
  [
    'a frame around the window',
    403,
    (own) => ({
      headers: { cookie: own.cookie, 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' },
    }),
  ],
  [
    'a frame around the opening page',
    403,
    () => ({
      path: '/open',
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    }),
  ],
  [
    'the opening script for another site',
    403,
    () => ({ path: '/open.js', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }),
  ],
  [
    'two statements of where it comes from',
    403,
    (own) => ({ headers: { cookie: own.cookie, 'sec-fetch-site': ['same-origin', 'none'] } }),
  ],
  [
    'a call typed into the address bar',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie, 'sec-fetch-site': 'none' },
    }),
  ],
  [
    'an image opened as a page',
    403,
    (own) => ({
      path: `/images/${ID}/view`,
      headers: { cookie: own.cookie, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    }),
  ],
  [
    'a form of another site',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: 'https://attacker.example', cookie: own.cookie },
      body: '{}',
    }),
  ],
  [
    'a call without an origin',
    403,
    (own) => ({ method: 'POST', path: rpc, headers: { cookie: own.cookie }, body: '{}' }),
  ],
  [
    'a call from a null origin',
    403,
    (own) => ({ method: 'POST', path: rpc, headers: { origin: 'null', cookie: own.cookie } }),
  ],
  [
    'a call from our host over https',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin.replace('http', 'https'), cookie: own.cookie },
    }),
  ],
  [
    'two origins',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: [own.origin, own.origin], cookie: own.cookie },
    }),
  ],
  [
    'a read with a foreign origin',
    403,
    (own) => ({ headers: { origin: 'https://attacker.example', cookie: own.cookie } }),
  ],
  [
    'a picture from another origin',
    403,
    (own) => ({
      method: 'POST',
      path: '/images',
      headers: { origin: 'https://attacker.example', cookie: own.cookie },
      body: 'x',
    }),
  ],
  [
    'a key from another origin',
    403,
    () => ({ method: 'POST', path: '/open', headers: { origin: 'https://attacker.example' }, body: 'x' }),
  ],
  [
    'a wrong key',
    403,
    (own) => ({ method: 'POST', path: '/open', headers: { origin: own.origin }, body: 'x'.repeat(43) }),
  ],
  [
    'an endless key',
    403,
    (own) => ({ method: 'POST', path: '/open', headers: { origin: own.origin }, body: 'x'.repeat(5000) }),
  ],
  // Methods.
  ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'].map(
    (method): Row => [
      `${method}`,
      405,
      (own) => ({ method, headers: { origin: own.origin, cookie: own.cookie } }),
    ],
  ),
  ['a call by GET', 405, (own) => ({ path: rpc, headers: { cookie: own.cookie } })],
  [
    'a file by POST',
    405,
    (own) => ({ method: 'POST', path: '/', headers: { origin: own.origin, cookie: own.cookie } }),
  ],
  [
    'events by POST',
    405,
    (own) => ({ method: 'POST', path: '/events', headers: { origin: own.origin, cookie: own.cookie } }),
  ],
  ['a list of images', 405, (own) => ({ path: '/images', headers: { cookie: own.cookie } })],
  // Addresses.
  ...[
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..',
    '/./index.html',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/assets//a.js',
    '/index.html?x=1',
    '/index.html%00',
    'http://attacker.example/',
    '*',
    `/${'a'.repeat(3000)}`,
  ].map(
    (path): Row => [
      `the address ${path.slice(0, 40)}`,
      400,
      (own) => ({ path, headers: { cookie: own.cookie } }),
    ],
  ),
  ['a file beside the window', 404, (own) => ({ path: '/secret.txt', headers: { cookie: own.cookie } })],
  ['a folder of the window', 404, (own) => ({ path: '/assets', headers: { cookie: own.cookie } })],
  ['a property of every object', 404, (own) => ({ path: '/__proto__', headers: { cookie: own.cookie } })],
  [
    'an image that is not there',
    404,
    (own) => ({ path: `/images/${ID}/view`, headers: { cookie: own.cookie } }),
  ],
  [
    'an image by a name that is no id',
    404,
    (own) => ({ path: '/images/station.key/original', headers: { cookie: own.cookie } }),
  ],
  [
    'a variant that is none',
    404,
    (own) => ({ path: `/images/${ID}/constructor`, headers: { cookie: own.cookie } }),
  ],
  [
    'a channel that cannot be one',
    404,
    (own) => ({ method: 'POST', path: '/rpc/a/b', headers: { origin: own.origin, cookie: own.cookie } }),
  ],
  // Bodies.
  [
    'a call that is too long',
    413,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie },
      body: 'x'.repeat(MAX_RPC_BYTES + 1),
    }),
  ],
  [
    'a call of no declared length that is too long',
    413,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie, 'transfer-encoding': 'chunked' },
      body: 'x'.repeat(MAX_RPC_BYTES + 1),
    }),
  ],
  [
    'a call that is not text',
    400,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie },
      body: new Uint8Array([0xff, 0xfe]),
    }),
  ],
  [
    'a compressed call',
    415,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie, 'content-encoding': 'gzip' },
      body: 'x',
    }),
  ],
];

test.each(ROWS)('%s is answered %i', async (_what, status, sent) => {
  const { origin } = server;
  const before = station.asked.length;
  const answer = await send(origin, sent({ origin, host: new URL(origin).host, cookie }));
  expect(answer.status).toBe(status);
  expect(station.asked.length).toBe(before);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect(answer.body.toString()).not.toContain('secret');
});

test('the table is a table', () => {
  expect(ROWS.length).toBeGreaterThan(60);
});

describe('what is ours passes', () => {
  const own = (): Record<string, string> => ({
    cookie,
    origin: server.origin,
    'sec-fetch-site': 'same-origin',
  });

  test('the window and its files', async () => {
    const page = await send(server.origin, { headers: { cookie } });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await send(server.origin, { path: '/assets/a.js', headers: own() })).body.toString()).toBe('1;');
  });

  test('a call, and a name every object has is only a channel nobody knows', async () => {
    const answer = await send(server.origin, { method: 'POST', path: rpc, headers: own(), body: '{}' });
    expect(JSON.parse(answer.body.toString())).toEqual({ ok: true, value: { channel: 'station.state' } });
    const odd = await send(server.origin, {
      method: 'POST',
      path: '/rpc/__proto__',
      headers: own(),
      body: '{}',
    });
    expect(JSON.parse(odd.body.toString())).toEqual({ ok: false, error: { code: 'unknown-channel' } });
  });

  test('a picture in and out', async () => {
    const bytes = new Uint8Array(300_000).map((_, at) => at % 251);
    const put = await send(server.origin, { method: 'POST', path: '/images', headers: own(), body: bytes });
    const { id } = (JSON.parse(put.body.toString()) as { value: { id: string } }).value;
    const got = await send(server.origin, { path: `/images/${id}/view`, headers: own() });
    expect(got.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'x-image-width': '2',
      'x-image-height': '3',
    });
    expect(new Uint8Array(got.body)).toEqual(bytes);
  });

  test('a picture announced larger than accepted is refused before it is sent', async () => {
    const headers = { ...own(), 'content-length': String(MAX_IMAGE_BYTES + 1) };
    const answer = await firstAnswer(
      `POST /images HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\n${lines(headers)}\r\n`,
    );
    expect(answer).toContain('413');
    expect(answer).toContain('image-too-large');
  });

  test('events reach every window that listens', async () => {
    const heard = new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes(': open') && !text.includes('data:')) station.push('history.changed', '{}');
        if (text.includes('data:')) {
          socket.destroy();
          resolve(text);
        }
      });
      socket.write(`GET /events HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\n${lines(own())}\r\n`);
    });
    expect(await heard).toContain('data: {"event":"history.changed","body":"{}"}\n\n');
  });
});

test('a body that never ends is cut off', async () => {
  const head = `POST ${rpc} HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\n${lines({ cookie, origin: server.origin, 'content-length': '100' })}\r\n{`;
  const begun = performance.now();
  expect(await firstAnswer(head)).toContain('408');
  expect(performance.now() - begun).toBeLessThan(4_000);
});

test('a header that never ends is cut off', async () => {
  expect(await firstAnswer('GET / HTTP/1.1\r\nhost:')).toContain('408');
});

test('an upgrade is hung up', async () => {
  const head = `GET /events HTTP/1.1\r\nhost: ${new URL(server.origin).host}\r\n${lines({ cookie, connection: 'upgrade', upgrade: 'websocket' })}\r\n`;
  expect(await firstAnswer(head)).toBe('');
});

test('nothing listens on any other address of this machine', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((each) => !each.internal && each.family === 'IPv4');
  for (const { address } of others) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ port: Number(new URL(server.origin).port), host: address, timeout: 2_000 });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('timeout', () => resolve(false));
    });
    expect(reached).toBe(false);
  }
  expect(new URL(server.origin).hostname).toBe('127.0.0.1');
});

function lines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** Everything the host says to raw bytes until it hangs up or falls silent after an answer. */
function firstAnswer(raw: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      setTimeout(() => socket.destroy(), 100);
    });
    socket.once('error', () => resolve(text));
    socket.once('close', () => resolve(text));
    socket.write(raw);
  });
}
