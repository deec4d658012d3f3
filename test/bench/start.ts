// Measures a second start as the officer makes it (`npm start`'s runner to a usable window), and that the window
// paints without waiting for the store.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { hostShell } from '../../electron/host/host-shell.ts';
import { runHost } from '../../electron/host/run-host.ts';
import type { Station } from '../../electron/shell.ts';
import { openStation } from '../../electron/station.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { setUpFolder } from '../electron/set-up.ts';

const ROOT = dirname(dirname(import.meta.dirname));
const STARTS = 3;
const GOAL_MS = 5_000;
/** How long the store is held back to show that the first paint does not wait for it. */
const HELD_MS = 4_000;
const LIMIT_MS = 60_000;

interface Times {
  /** Milliseconds since the epoch. */
  paint: number;
  stateAnswered: number;
  usable: number;
}

/** `seed` changes nothing here: a start is a start. */
export async function bench(_options: { seed: number }): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const dataFolder = join(folder, 'data');
    await setUpFolder(dataFolder);
    const starts: { paint: number; stateAnswered: number; usable: number }[] = [];
    for (let tries = 0; starts.length < STARTS && tries < 3 * STARTS; tries += 1) {
      const built = builtFrom();
      const { begun, paint, stateAnswered, usable } = await realStart(folder, dataFolder);
      const told = `first paint ${paint - begun} ms, usable ${usable - begun} ms`;
      // Sources that change while this runs make it a first start, which is not what is measured.
      if (builtFrom() === built) {
        starts.push({ paint: paint - begun, stateAnswered: stateAnswered - begun, usable: usable - begun });
        process.stderr.write(`start ${starts.length}: ${told}\n`);
      } else {
        process.stderr.write(`a start that had to build the window first, not counted: ${told}\n`);
      }
    }
    if (starts.length < STARTS) throw new Error('the sources never stood still');
    const held = await heldStart(folder, dataFolder);
    const worst = Math.max(...starts.map(({ usable }) => usable));
    return {
      figures: {
        starts: STARTS,
        firstPaintMs: median(starts.map(({ paint }) => paint)),
        stateAnsweredMs: median(starts.map(({ stateAnswered }) => stateAnswered)),
        usableMs: median(starts.map(({ usable }) => usable)),
        usableWorstMs: worst,
        heldStoreOpenMs: held.storeOpen,
        heldFirstPaintMs: held.paint,
        heldUsableMs: held.usable,
      },
      goals: {
        'second start to usable window under 5 s, every time': worst < GOAL_MS,
        'first paint before the store opens (a store held back 4 s)': held.paint < held.storeOpen,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function builtFrom(): string {
  return readFileSync(join(ROOT, 'build/window.stamp'), 'utf8');
}

/** `node scripts/run.mjs start` as a process of its own, with a browser that only adds what lets us look at it. */
async function realStart(folder: string, dataFolder: string): Promise<Times & { begun: number }> {
  const note = join(folder, 'browser.txt');
  rmSync(note, { force: true });
  const begun = Date.now();
  const child = spawn('node', [join(ROOT, 'scripts/run.mjs'), 'start'], {
    env: {
      ...process.env,
      COUNTERCHECK_DATA: dataFolder,
      COUNTERCHECK_BROWSER: watchedBrowser(folder, note),
      DISPLAY: process.env['DISPLAY'] || ':none',
      // The loopback host is what is measured, also where Electron's runtime lies.
      ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'no-electron'),
      COUNTERCHECK_OFFLINE: '1',
    },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  try {
    return { begun, ...(await watch(note, child)) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

/** The same host in this process over a station whose answers are held back. */
async function heldStart(
  folder: string,
  dataFolder: string,
): Promise<Record<'storeOpen' | 'paint' | 'usable', number>> {
  const note = join(folder, 'browser-held.txt');
  const { COUNTERCHECK_BROWSER: named, DISPLAY: display } = process.env;
  process.env['COUNTERCHECK_BROWSER'] = watchedBrowser(folder, note);
  process.env['DISPLAY'] = display || ':none';
  const begun = Date.now();
  let storeOpen = Number.POSITIVE_INFINITY;
  const host = await runHost({
    windowFolder: join(ROOT, 'build/window'),
    dataFolder,
    openStation: () =>
      lateStation(
        () => openStation({ dataFolder, version: '0.0.0-bench', shell: hostShell(null), report: () => {} }),
        () => {
          storeOpen = Date.now() - begun;
        },
      ),
    window: true,
    json: false,
    report: () => {},
    say: () => {},
  });
  try {
    const { paint, usable } = await watch(note);
    return { storeOpen, paint: paint - begun, usable: usable - begun };
  } finally {
    await host.close();
    process.env['COUNTERCHECK_BROWSER'] = named ?? '';
    process.env['DISPLAY'] = display ?? '';
  }
}

/** A real station that begins to open only after a while; questions wait for it. */
function lateStation(open: () => Station, opened: () => void): Station {
  const station = new Promise<Station>((resolve) => {
    setTimeout(() => resolve(open()), HELD_MS);
  });
  void station
    .then((own) => own.dispatch('vault.state', '{}'))
    .then(opened)
    .catch(() => {});
  return {
    dispatch: async (channel, body) => (await station).dispatch(channel, body),
    putImage: async (bytes) => (await station).putImage(bytes),
    getImage: async (id, variant) => (await station).getImage(id, variant),
    subscribe(listener) {
      let stop = (): void => {};
      void station.then((own) => {
        stop = own.subscribe(listener);
      });
      return () => stop();
    },
    close: async () => (await station).close(),
  };
}

/** A script that starts the browser headless and writes down where it can be watched. Only tests have such a port. */
function watchedBrowser(folder: string, note: string): string {
  const browser = findBrowser();
  if (browser === null) throw new Error('this measurement needs Chromium, Chrome or Edge');
  const path = join(folder, `watched-${note.length}`);
  writeFileSync(
    path,
    `#!/bin/sh
for a in "$@"; do case "$a" in --user-data-dir=*) echo "\${a#--user-data-dir=}" > "${note}";; esac; done
exec "${browser}" --headless=new --disable-gpu --remote-debugging-port=0 "$@"
`,
  );
  chmodSync(path, 0o755);
  return path;
}

/** Looks on until the window can be used. */
async function watch(note: string, child?: ChildProcess): Promise<Times> {
  const profile = await until(() => (existsSync(note) ? readFileSync(note, 'utf8').trim() : ''), child);
  const port = await until(() => {
    const file = join(profile, 'DevToolsActivePort');
    return existsSync(file) ? (readFileSync(file, 'utf8').split('\n')[0] ?? '') : '';
  }, child);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const page = await until(() => {
      const [own] = browser.contexts()[0]?.pages() ?? [];
      return own && new URL(own.url()).pathname === '/' ? own : null;
    }, child);
    // An ordinary morning: the station is sealed, and asks for a name.
    await page.getByRole('textbox').first().waitFor({ timeout: LIMIT_MS });
    return await timesOf(page);
  } finally {
    await browser.close();
  }
}

/** What the page itself wrote down; `usable` is when we saw it, a little late rather than early. */
async function timesOf(page: Page): Promise<Times> {
  const usable = Date.now();
  const own = await page.evaluate(() => {
    const state = performance
      .getEntriesByType('resource')
      .find(({ name }) => name.endsWith('/rpc/vault.state')) as PerformanceResourceTiming | undefined;
    return {
      paint:
        performance.timeOrigin + (performance.getEntriesByName('first-paint')[0]?.startTime ?? Number.NaN),
      stateAnswered: performance.timeOrigin + (state?.responseEnd ?? Number.NaN),
    };
  });
  return { paint: Math.round(own.paint), stateAnswered: Math.round(own.stateAnswered), usable };
}

async function until<T>(look: () => T, child?: ChildProcess): Promise<NonNullable<T>> {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    if (child && child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}`);
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the window did not come');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
