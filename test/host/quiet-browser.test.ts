// What the browser itself sends: a real one, started with the product's own switches, writes its network log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserArguments, canSandbox, openingPage } from '../../electron/host/browser.ts';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createProfile } from '../../electron/host/profile.ts';
import { startServer } from '../../electron/host/server.ts';
import { smallStation } from './small-station.ts';

const WATCHED_MS = 4_000;

interface NetLog {
  constants: { logEventTypes: Record<string, number> };
  events: { type: number; params?: { address?: string } }[];
}

async function watched(): Promise<{ addresses: Set<string>; lookUps: number }> {
  const browser = findBrowser();
  if (browser === null) throw new Error('this test needs Chromium, Chrome or Edge');
  const folder = mkdtempSync(join(tmpdir(), 'quiet-'));
  const log = join(folder, 'net.json');
  const server = await startServer({
    station: smallStation(),
    files: () =>
      Promise.resolve({ status: 200, headers: { 'content-type': 'text/html' }, body: new Uint8Array() }),
    report: () => {},
  });
  const profile = await createProfile(server.origin, browser);
  const page = openingPage(profile.folder, server.newAddress());
  const own = browserArguments(page, profile.folder, canSandbox());
  const child = spawn(browser, [...own, '--headless=new', '--disable-gpu', `--log-net-log=${log}`], {
    stdio: 'ignore',
  });
  await server.opened;
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  child.kill('SIGTERM');
  await once(child, 'exit');
  await server.close();
  await profile.remove();
  const { constants, events } = read(readFileSync(log, 'utf8'));
  rmSync(folder, { recursive: true });
  const name = new Map(Object.entries(constants.logEventTypes).map(([text, type]) => [type, text]));
  const ofType = (pattern: RegExp) => events.filter(({ type }) => pattern.test(name.get(type) ?? ''));
  return {
    addresses: new Set(
      ofType(/^TCP_CONNECT_ATTEMPT$/).flatMap(({ params }) => (params?.address ? [params.address] : [])),
    ),
    lookUps: ofType(/^HOST_RESOLVER_(SYSTEM|DNS|MDNS)_TASK$/).length,
  };
}

/** A browser that is told to end may leave its log without the last brackets. */
function read(text: string): NetLog {
  const end = text.trimEnd();
  return JSON.parse(end.endsWith('}') ? end : `${end.replace(/,$/, '')}]}`) as NetLog;
}

test('it talks to this machine alone and looks up no name', { timeout: 60_000 }, async () => {
  const { addresses, lookUps } = await watched();
  expect(addresses.size).toBeGreaterThan(0);
  expect([...addresses].filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
  expect(lookUps).toBe(0);
});
