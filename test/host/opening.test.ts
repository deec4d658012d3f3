// The one-time key of the loopback host: who may spend it, once, and for how long.
import { afterEach, describe, expect, test } from 'vitest';
import { createKeys, KEY_LIFE_MS } from '../../electron/host/keys.ts';
import { type HostServer, startServer } from '../../electron/host/server.ts';
import { enter, send } from './loopback.ts';
import { smallStation } from './small-station.ts';

let server: HostServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function host(): Promise<HostServer> {
  server = await startServer({
    station: smallStation(),
    files: () => Promise.resolve({ status: 200, headers: {}, body: new Uint8Array() }),
    report: () => {},
  });
  return server;
}

describe('an address', () => {
  test('carries its key behind the #, which no request shows', async () => {
    const { origin, newAddress } = await host();
    const address = new URL(newAddress());
    expect([address.origin, address.pathname, address.search]).toEqual([origin, '/open', '']);
    expect(address.hash.length).toBeGreaterThan(40);
  });

  test('opens once', async () => {
    const { newAddress } = await host();
    const address = newAddress();
    expect(await enter(address)).toMatch(/^countercheck-\d+=[\w-]{43}$/);
    await expect(enter(address)).rejects.toThrow('403');
  });

  test('is not spent by a preview, a crawler or curl', async () => {
    const { origin, newAddress } = await host();
    const address = newAddress();
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ]) {
      const page = await send(origin, { path: '/open', headers });
      expect(page.status).toBe(200);
      expect(page.body.toString()).not.toContain(new URL(address).hash.slice(1));
    }
    expect((await send(origin, { path: '/open.js' })).status).toBe(200);
    await enter(address);
  });

  test('gives a cookie for this host alone that no script reads', async () => {
    const { origin, newAddress } = await host();
    const body = new URL(newAddress()).hash.slice(1);
    const answer = await send(origin, { method: 'POST', path: '/open', headers: { origin }, body });
    const [line = ''] = [answer.headers['set-cookie'] ?? ''].flat();
    expect(line).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(line).not.toContain('Domain');
    expect(line).not.toContain(body);
  });

  test('can be had anew, and does not close the window that is open', async () => {
    const { origin, newAddress } = await host();
    const first = await enter(newAddress());
    const second = await enter(newAddress());
    expect(first).not.toBe(second);
    for (const cookie of [first, second]) {
      expect((await send(origin, { headers: { cookie } })).status).toBe(200);
    }
  });
});

describe('keys', () => {
  test('end after ten minutes', () => {
    let now = 0;
    const keys = createKeys(() => now);
    const [early, late] = [keys.newKey(), keys.newKey()];
    now = KEY_LIFE_MS - 1;
    expect(keys.spend(early)).not.toBeNull();
    now = KEY_LIFE_MS;
    expect(keys.spend(late)).toBeNull();
  });

  test('a key is no session, and a session is no key', () => {
    const keys = createKeys(() => 0);
    const key = keys.newKey();
    expect(keys.admits(key)).toBe(false);
    const token = keys.spend(key) ?? '';
    expect(keys.admits(token)).toBe(true);
    expect(keys.spend(token)).toBeNull();
    expect(keys.admits('')).toBe(false);
  });

  test('the oldest of many sessions ends', () => {
    const keys = createKeys(() => 0);
    const tokens = Array.from({ length: 5 }, () => keys.spend(keys.newKey()) ?? '');
    expect(tokens.map((token) => keys.admits(token))).toEqual([false, true, true, true, true]);
  });
});
