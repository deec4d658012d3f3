// One run of the host: what it says, what it starts, and that nothing of it stays.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserArguments } from '../../electron/host/browser.ts';
import { ENGINE_FLAGS } from '../../electron/release.ts';
import { createProfile } from '../../electron/host/profile.ts';
import { type Host, runHost } from '../../electron/host/run-host.ts';
import { until } from '../until.ts';
import { enter, send } from './loopback.ts';
import { type SmallStation, smallStation } from './small-station.ts';

let folder = '';
let station: SmallStation;
let host: Host | null = null;
let said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
  mkdirSync(join(folder, 'window'));
  writeFileSync(join(folder, 'window/index.html'), 'window');
  station = smallStation();
  said = [];
});

afterEach(async () => {
  await host?.close();
  host = null;
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: { window?: boolean; json?: boolean } = {}): Promise<Host> {
  host = await runHost({
    windowFolder: join(folder, 'window'),
    dataFolder: '/data/of/this/station',
    openStation: () => station,
    window: options.window ?? false,
    json: options.json ?? false,
    report: () => {},
    say: (line) => said.push(line),
  });
  return host;
}

/** A browser of a few lines that does what its script says; `$URL` is where the page it was given leads. */
function browserThat(script: string): void {
  const path = join(folder, 'browser');
  writeFileSync(
    path,
    `#!/bin/sh\nfor a in "$@"; do case "$a" in --app=file:*) PAGE="\${a#--app=file://}";; esac; done
URL=$(sed 's/.*url=\\([^"]*\\)".*/\\1/' "$PAGE")\n${script}\n`,
  );
  chmodSync(path, 0o755);
  vi.stubEnv('COUNTERCHECK_BROWSER', path);
  vi.stubEnv('DISPLAY', ':none');
}

const addressIn = (line: string | undefined): string => /http:\S+/.exec(line ?? '')?.[0] ?? '';

test('a second start on the same data folder says so and ends', async () => {
  const second = await start();
  station.push('station.failed', JSON.stringify({ code: 'store-damaged' }));
  expect(station.closed()).toBe(false);
  station.push('station.failed', JSON.stringify({ code: 'store-locked' }));
  expect(await second.ended).toBe('already-running');
  expect(said.join('\n')).toContain('already runs on this data folder (/data/of/this/station)');
  expect(station.closed()).toBe(true);
});

describe('without a window', () => {
  test('says where the data lies and an address that opens', async () => {
    await start();
    expect(said[0]).toBe('Your data lies in /data/of/this/station.');
    expect(await enter(addressIn(said[1]))).toContain('countercheck-');
  });

  test('says that there is no display', async () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    await start({ window: true });
    expect(said[1]).toBe('This machine has no display, so no window was opened.');
    expect(addressIn(said[2])).not.toBe('');
  });

  test('says that there is no browser', async () => {
    vi.stubEnv('DISPLAY', ':0');
    vi.stubEnv('COUNTERCHECK_BROWSER', join(folder, 'nothing'));
    await start({ window: true });
    expect(said[1]).toBe('No Chromium, Chrome or Edge was found, so no window was opened.');
  });

  test('gives a new address when asked', async () => {
    const own = await start();
    own.sayAddress();
    const addresses = said.map(addressIn).filter((address) => address !== '');
    expect(new Set(addresses).size).toBe(2);
    for (const address of addresses) await enter(address);
  });

  test('speaks JSON to programs', async () => {
    const own = await start({ json: true });
    expect(said).toHaveLength(1);
    expect(JSON.parse(said[0] ?? '')).toEqual({
      address: expect.stringContaining(`${own.origin}/open#`),
      origin: own.origin,
      dataFolder: '/data/of/this/station',
      pid: process.pid,
    });
  });

  test('closes the station and the port', async () => {
    const own = await start();
    await own.close();
    await own.ended;
    expect(station.closed()).toBe(true);
    await expect(send(own.origin, {})).rejects.toThrow('ECONNREFUSED');
  });

  test('a window that was never built is told, and no station is opened', async () => {
    rmSync(join(folder, 'window'), { recursive: true });
    await expect(start()).rejects.toThrow('ENOENT');
    expect(station.asked).toEqual([]);
  });
});

describe('with a window', () => {
  test('ends when the window is closed', async () => {
    writeFileSync(
      join(folder, 'spend.mjs'),
      `const { origin, hash } = new URL(process.argv[2]);
      await fetch(origin + '/open', { method: 'POST', headers: { origin }, body: hash.slice(1) });`,
    );
    browserThat(`exec "${process.execPath}" ${folder}/spend.mjs "$URL"`);
    const own = await start({ window: true });
    await own.ended;
    expect(station.closed()).toBe(true);
    expect(said.some((line) => line.includes('http:'))).toBe(false);
  });

  test('stays, with an address, when the browser never opened it', async () => {
    browserThat('exit 1');
    await start({ window: true });
    await until(() => expect(said).toContain('The browser did not open the window.'));
    expect(station.closed()).toBe(false);
    await enter(addressIn(said.find((line) => line.includes('http:'))));
  });

  test('keeps its key out of the arguments, which every user of the machine may read', async () => {
    browserThat(`echo "$@" > ${folder}/arguments\necho "$URL" > ${folder}/leads\nexec sleep 60`);
    const own = await start({ window: true });
    await until(() => expect(readFileSync(join(folder, 'leads'), 'utf8')).toContain(`${own.origin}/open#`));
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).not.toMatch(/http:\S*#|\/open#/);
  });

  test('closes the station also where the profile cannot be removed', async () => {
    const memory = join(folder, 'memory');
    mkdirSync(memory, { mode: 0o700 });
    vi.stubEnv('XDG_RUNTIME_DIR', memory);
    browserThat(`rm -rf ${memory}; echo > ${memory}; exec sleep 60`);
    const own = await start({ window: true });
    await until(() => expect(readFileSync(memory, 'utf8')).toBe('\n'));
    await own.close();
    expect(station.closed()).toBe(true);
  });

  test('takes the browser along when it is told to end', async () => {
    browserThat(`echo $$ > ${folder}/pid\nexec sleep 60`);
    const own = await start({ window: true });
    const pid = await until(() => {
      const text = readFileSync(join(folder, 'pid'), 'utf8').trim();
      expect(text).not.toBe('');
      return Number(text);
    });
    await own.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

describe('the profile', () => {
  test('is private, allows the camera to our origin alone, remembers nothing, and is removed', async () => {
    const profile = await createProfile('http://127.0.0.1:5', '/usr/bin/chromium');
    const text = readFileSync(join(profile.folder, 'Default/Preferences'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      credentials_enable_service: false,
      profile: {
        content_settings: {
          exceptions: { media_stream_camera: { 'http://127.0.0.1:5,*': { setting: 1 } } },
        },
        password_manager_enabled: false,
      },
      translate: { enabled: false },
    });
    const { statSync } = await import('node:fs');
    expect(statSync(profile.folder).mode & 0o77).toBe(0);
    await profile.remove();
    expect(() => statSync(profile.folder)).toThrow('ENOENT');
  });

  test('what a killed run left behind goes with the next', async () => {
    const first = await createProfile('http://127.0.0.1:5', '/usr/bin/chromium');
    const parent = join(first.folder, '..');
    const gone = join(parent, 'countercheck-browser-4194305-left');
    mkdirSync(gone);
    const second = await createProfile('http://127.0.0.1:5', '/usr/bin/chromium');
    const names = readdirSync(parent);
    expect(names).not.toContain('countercheck-browser-4194305-left');
    expect(names).toContain(first.folder.split('/').at(-1));
    await first.remove();
    await second.remove();
  });
});

test('the browser is never given a port for remote debugging, nor traffic or memory of its own', () => {
  const all = browserArguments('http://127.0.0.1:5/open#key', '/profile', true);
  expect(all.join(' ')).not.toContain('remote-debugging');
  expect(all).not.toContain('--no-sandbox');
  expect(all).toEqual(
    expect.arrayContaining([
      '--app=http://127.0.0.1:5/open#key',
      '--user-data-dir=/profile',
      '--disable-background-networking',
      '--disable-sync',
      '--disable-breakpad',
      '--password-store=basic',
      '--proxy-server=http://127.0.0.1:9',
      `--js-flags=${ENGINE_FLAGS}`,
    ]),
  );
  expect(browserArguments('a', 'b', false)).toContain('--no-sandbox');
});

test.each([
  [['--help'], 0, 'stdout'],
  [['--data', 'x'], 2, 'stderr'],
  [['folder'], 2, 'stderr'],
] as const)('called with %j it says how it is called, and opens nothing', (args, code, where) => {
  const ran = spawnSync(process.execPath, ['electron/host/main.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, COUNTERCHECK_DATA: join(folder, 'data') },
  });
  expect(ran.status).toBe(code);
  expect(ran[where]).toContain('Usage: npm start');
  expect(existsSync(join(folder, 'data'))).toBe(false);
});
