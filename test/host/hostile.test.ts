// What a stranger, another site or another program on the machine may try at the loopback host, and what it gets.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostServer, startServer } from '../../electron/host/server.ts';
import { createStaticFiles } from '../../electron/static-files.ts';
import { MAX_IMAGE_BYTES } from '../../shared/contract/images.ts';
import { ROWS, rpc } from './hostile-rows.ts';
import { enter, send } from './loopback.ts';
import { smallStation } from './small-station.ts';

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
  });
  cookie = await enter(server.newAddress());
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
});

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

describe('what never ends is cut off', () => {
  let hasty: HostServer;
  beforeAll(async () => {
    const files = createStaticFiles(join(folder, 'window'));
    hasty = await startServer({ station, files, report: (code) => faults.push(code), bodyTimeoutMs: 600 });
  });
  afterAll(() => hasty.close());

  test('a body', async () => {
    const headers = {
      cookie: await enter(hasty.newAddress()),
      origin: hasty.origin,
      'content-length': '100',
    };
    const { host } = new URL(hasty.origin);
    const begun = performance.now();
    const head = `POST ${rpc} HTTP/1.1\r\nhost: ${host}\r\n${lines(headers)}\r\n{`;
    expect(await firstAnswer(head, hasty)).toContain('408');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('a header', async () => {
    expect(await firstAnswer('GET / HTTP/1.1\r\nhost:', hasty)).toContain('408');
  });
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
function firstAnswer(raw: string, to = server): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(to.origin).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      setTimeout(() => socket.destroy(), 300);
    });
    socket.once('error', () => resolve(text));
    socket.once('close', () => resolve(text));
    socket.write(raw);
  });
}
