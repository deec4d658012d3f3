// The real window in real Chromium with the product's own profile; whatever it should not do fails the test.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserArguments, canSandbox } from '../../electron/host/browser.ts';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createProfile } from '../../electron/host/profile.ts';
import { ROOT, type RunningHost } from './host.ts';

export interface WindowOptions {
  /** Motion JPEG that plays as the camera; without it there is none. */
  camera?: string;
  /** 1366x768 unless told. */
  viewport?: { width: number; height: number };
}

export interface TestWindow {
  page: Page;
  context: BrowserContext;
  /** Personal data of this run: none of it may be found in the profile, in an address or in the console. */
  personal(...values: readonly string[]): void;
  /** Complaints that a test causes on purpose and has looked at. */
  forgive(pattern: RegExp): void;
  /** Fails when the window talked to anybody else, broke its policy, or complained. */
  expectClean(): void;
  /** `expectClean`, then ends the browser, looks through the profile and removes it. */
  close(): Promise<void>;
}

/** Switches of the product's own start that do not concern the address or the shape of its window. */
const OWN_SWITCHES =
  /^--(?:disable|no-(?!sandbox)|password-store|use-mock-keychain|autoplay|metrics|js-flags)/;

/** Opens a window of the host. Chromium is driven over a pipe; no port for debugging is opened. */
export async function openWindow(host: RunningHost, options: WindowOptions = {}): Promise<TestWindow> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('this test needs Chromium, Chrome or Edge');
  const profile = await createProfile(host.origin, executablePath);
  const own = browserArguments('about:blank', profile.folder, true).filter((one) => OWN_SWITCHES.test(one));
  const camera =
    options.camera === undefined
      ? []
      : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${options.camera}`];
  const context = await chromium.launchPersistentContext(profile.folder, {
    executablePath,
    chromiumSandbox: canSandbox(),
    viewport: options.viewport ?? { width: 1366, height: 768 },
    // The product's own switches stand; those that playwright adds against a profile's permissions do not.
    args: [...own, ...camera, '--disable-gpu', '--force-color-profile=srgb'],
  });
  const faults: string[] = [];
  const forgiven: RegExp[] = [];
  const secrets = new Set<string>();
  const addresses: string[] = [];
  const judgeAddress = (kind: string, url: string) => {
    addresses.push(url);
    const isOurs = url.startsWith(`${host.origin}/`) || url.startsWith(`blob:${host.origin}/`);
    if (!isOurs) faults.push(`${kind} to ${url}`);
  };
  context.on('request', (request) => judgeAddress('request', request.url()));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
    addresses.push(message.text());
  });
  context.on('weberror', (error) => faults.push(`error: ${error.error().message}`));
  context.on('page', (page) => page.on('websocket', (socket) => judgeAddress('socket', socket.url())));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // The console carries this to the test, also from pages that are left at once.
      globalThis.reportError(new Error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('websocket', (socket) => judgeAddress('socket', socket.url()));
  await page.goto(await host.newAddress());

  const expectClean = (): void => {
    expect(faults.filter((fault) => !forgiven.some((pattern) => pattern.test(fault)))).toEqual([]);
    // Counted, not shown: a failing test must not print what it looks for.
    expect(addresses.filter((text) => [...secrets].some((secret) => text.includes(secret))).length).toBe(0);
  };
  return {
    page,
    context,
    personal: (...values) => values.forEach((value) => secrets.add(value)),
    forgive: (pattern) => forgiven.push(pattern),
    expectClean,
    async close() {
      await context.close();
      try {
        expect(filesHolding(profile.folder, [...secrets])).toEqual([]);
        expectClean();
      } finally {
        await profile.remove();
      }
    },
  };
}

/** For `afterEach`: nothing may have gone wrong unseen; of a failed test a picture stays in `build/e2e`. */
export async function endTest(
  window: TestWindow,
  task: { name: string; result?: { state: string } },
): Promise<void> {
  if (task.result?.state === 'fail' && !window.page.isClosed()) {
    const name = task.name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60);
    await window.page.screenshot({ path: join(ROOT, 'build/e2e', `${name}.png`) });
  }
  window.expectClean();
}

/** Names of the files below a folder that hold one of the texts, as UTF-8 or as UTF-16. */
export function filesHolding(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    // Chromium leaves links to locks and sockets behind; they hold a host's name and nothing else.
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  });
}
