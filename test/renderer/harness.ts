// Opens the built window in a real Chromium, served with the product's own headers, against a fake station.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { createStaticFiles, securityHeaders } from '../../electron/static-files.ts';
import { decodeImage, renderImage } from '../../electron/images/decode.ts';
import { createTiles, type Tiles } from '../../electron/images/tiles.ts';
import { readImagePath } from '../../electron/image-door.ts';
import type { TileAt } from '../../shared/contract/images.ts';
import { digestOf } from '../../scripts/build-window.ts';
import { needBrowser } from '../../scripts/browser.ts';
import { newId } from '../../renderer/lib/id.ts';
import type { FakeStation } from './fake-station.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['renderer', 'shared', 'assets', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];

/** Folder of the built window: the product's own build where it is fresh, else one of our own, made once. */
async function builtWindow(): Promise<string> {
  const digest = digestOf(ROOT, SOURCES);
  const stamp = join(ROOT, 'build/window.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return join(ROOT, 'build/window');
  const folder = join(tmpdir(), `countercheck-window-${digest.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}-${randomUUID()}`;
  mkdirSync(making, { recursive: true });
  const { build } = await import('vite');
  // Vitest says `test` here, which would build React's and React Aria's own test variants.
  const before = process.env['NODE_ENV'] ?? 'production';
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: making, emptyOutDir: true },
  });
  process.env['NODE_ENV'] = before;
  try {
    renameSync(making, folder);
  } catch {
    // Another test file was quicker; its build is of the same sources.
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

export interface FakeImages {
  /** Bytes by id, as the window sent them or a test put them. */
  stored: Map<string, Uint8Array>;
  /** Codes with which the next pictures are refused, one each. */
  refuseNext: string[];
  tiles: Tiles;
}

export interface OpenWindow {
  page: Page;
  station: FakeStation;
  images: FakeImages;
  /** Errors of the page, violations of the policy, requests to other origins, calls against the contract. */
  problems(): string[];
  /** Pushes an event of the contract to the window. */
  push(event: string, body: unknown): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** 1366x768 unless told. */
  size?: { width: number; height: number };
  context?: BrowserContextOptions;
  /** The page's clock is the test's: `page.clock`. */
  clock?: boolean;
  /** More switches for Chromium, e.g. a fake camera. Such a window gets a browser of its own. */
  switches?: string[];
  /** Another page than the product's window: its folder, what it finds as `given`, pictures that are there by id. */
  other?: { folder: string; given: unknown; pictures: ReadonlyMap<string, Uint8Array> };
}

const SWITCHES = ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'];
let shared: Promise<Browser> | null = null;

function launch(switches: readonly string[]): Promise<Browser> {
  const executablePath = process.env['COUNTERCHECK_BROWSER'] ?? needBrowser() ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...SWITCHES, ...switches] });
}

/** Builds the window where needed and starts the browser; call it in `beforeAll`, with time for both. */
export async function prepare(): Promise<void> {
  await builtWindow();
  shared ??= launch([]);
  await shared;
}

/** Ends the browser that the windows of a test file share; call it in `afterAll`. */
export async function closeBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = null;
}

/** Opens the window on a fake station and waits for nothing: a test may want to see the first paint. */
export async function openWindow(station: FakeStation, options: OpenOptions = {}): Promise<OpenWindow> {
  const folder = options.other?.folder ?? (await builtWindow());
  const images: FakeImages = {
    stored: new Map(options.other?.pictures),
    refuseNext: [],
    tiles: createTiles(),
  };
  const server = await serve(folder, images);
  const own = options.switches ? await launch(options.switches) : null;
  shared ??= own ? null : launch([]);
  const browser = own ?? (await (shared as Promise<Browser>));
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1366, height: 768 },
    ...options.context,
  });
  const page = await context.newPage();
  // Shorter than a test may take, so that a test that waits in vain says for what.
  page.setDefaultTimeout(30_000);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:')) problems.push(`request: ${url}`);
  });
  await page.exposeFunction('fakeInvoke', (channel: string, body: string) => station.invoke(channel, body));
  await page.addInitScript(injectBridge);
  const { other } = options;
  if (other) await page.addInitScript((given) => Object.assign(window, { given }), other.given);
  if (options.clock === true) await page.clock.install();
  await page.goto(origin);
  await fontsLoaded(page);
  return {
    page,
    station,
    images,
    problems: () => [...problems, ...station.faults],
    push: (event, body) =>
      page.evaluate(([name, text]) => (window as unknown as FakeWindow).fakePush(name, text), [
        event,
        JSON.stringify(body),
      ] as const),
    close: async () => {
      await context.close();
      await own?.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

interface FakeWindow extends Window {
  fakeInvoke(channel: string, body: string): Promise<string>;
  fakePush(event: string, body: string): void;
}

/** Runs in the page before the window's code: the same name that the Electron preload exposes. */
function injectBridge(): void {
  const here = window as unknown as FakeWindow;
  const listeners = new Set<(event: string, body: string) => void>();
  here.fakePush = (event, body) => {
    for (const listener of listeners) listener(event, body);
  };
  here.countercheckBridge = {
    invoke: (channel, body) => here.fakeInvoke(channel, body),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function serve(folder: string, images: FakeImages): Promise<Server> {
  const files = createStaticFiles(folder);
  const server = createServer((request, response) => {
    void respond(request, response).catch(() => response.writeHead(500).end());
  });
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://window').pathname;
    if (path === '/images' && request.method === 'POST') {
      const reply = await takeImage(images, await bodyOf(request));
      response.writeHead(200, { ...securityHeaders(path), 'content-type': 'application/json' });
      response.end(JSON.stringify(reply));
      return;
    }
    const tile = readImagePath(path);
    if (tile !== null && typeof tile.variant !== 'string') {
      await giveTile(images, response, tile.id, tile.variant);
      return;
    }
    const [, door, id, variant] = path.split('/');
    if (door === 'images' && id && variant) {
      await giveImage(images, response, id, variant);
      return;
    }
    const file = await files(path);
    response.writeHead(file.status, file.headers).end(file.body);
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return new Uint8Array(Buffer.concat(parts));
}

async function takeImage(images: FakeImages, bytes: Uint8Array): Promise<unknown> {
  const refused = images.refuseNext.shift();
  if (refused) return { ok: false, error: { code: refused } };
  const decoded = await decodeImage(bytes);
  if (!decoded.ok) return { ok: false, error: { code: decoded.code } };
  const id = newId();
  images.stored.set(id, bytes);
  const { width, height } = decoded.grey;
  return { ok: true, value: { id, sha256: '0'.repeat(64), width, height } };
}

async function giveImage(
  images: FakeImages,
  response: ServerResponse,
  id: string,
  variant: string,
): Promise<void> {
  const bytes = images.stored.get(id);
  const headers = securityHeaders(`/images/${id}/${variant}`);
  const notFound = () => {
    response.writeHead(404, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: { code: 'not-found' } }));
  };
  if (!bytes) return notFound();
  if (variant === 'grey') {
    const decoded = await decodeImage(bytes);
    if (!decoded.ok) return notFound();
    const { width, height, data } = decoded.grey;
    const size = { 'x-image-width': String(width), 'x-image-height': String(height) };
    response.writeHead(200, { ...headers, ...size, 'content-type': 'application/octet-stream' });
    response.end(data);
    return undefined;
  }
  const rendered = await renderImage(
    bytes,
    variant === 'thumb' ? { maxSide: 320 } : variant === 'screen' ? { maxSide: 1600 } : {},
  );
  if (!rendered.ok) return notFound();
  response.writeHead(200, { ...headers, 'content-type': 'image/jpeg' });
  response.end(rendered.jpeg);
  return undefined;
}

/** A tile as the station cuts it. */
async function giveTile(images: FakeImages, response: ServerResponse, id: string, at: TileAt): Promise<void> {
  const bytes = images.stored.get(id) ?? new Uint8Array();
  const answer = await images.tiles.get(id, at, () => Promise.resolve(Uint8Array.from(bytes)));
  const headers = securityHeaders(`/images/${id}/tile`);
  if (answer.ok) response.writeHead(200, { ...headers, 'content-type': 'image/jpeg' }).end(answer.tile.jpeg);
  else {
    response.writeHead(404, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: { code: 'image-unknown' } }));
  }
}

/** Waits for a question that has the focus: only then do keys act on it. */
export async function openDialog(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog');
  await dialog.and(page.locator(':focus-within')).waitFor();
  return dialog;
}

/** Waits for the window's own faces: measured in a stand-in face, a page is of another size. */
async function fontsLoaded(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const faces = [
      '16px "Atkinson Hyperlegible"',
      'bold 16px "Atkinson Hyperlegible"',
      '16px "JetBrains Mono"',
    ];
    await Promise.all(faces.map((face) => document.fonts.load(face, 'AāĒķ')));
  });
}
