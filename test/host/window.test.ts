// The host in real Chromium: the key is spent by the opening page, the policy holds, and the reader's worker runs under it.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostServer, startServer } from '../../electron/host/server.ts';
import { createStaticFiles } from '../../electron/static-files.ts';
import { drawnLines, type LineRow } from '../bench/lines/drawn-lines.ts';
import { openBrowser, type TestBrowser } from './chromium.ts';
import { smallStation } from './small-station.ts';

/** A browser and a build on a busy machine. */
const START_MS = 120_000;

const WORKER_FILE = 'reader-worker-test0001.js';

const folder = mkdtempSync(join(tmpdir(), 'window-'));
const root = join(import.meta.dirname, '../..');
let server: HostServer;
let browser: TestBrowser;

beforeAll(async () => {
  mkdirSync(join(folder, 'ocr'));
  copyFileSync(join(root, 'assets/ocr/mrz.traineddata'), join(folder, 'ocr/mrz.traineddata'));
  // Under the address that the window's own reading worker has.
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'assets'),
      lib: {
        entry: join(import.meta.dirname, 'row-worker.ts'),
        formats: ['es'],
        fileName: () => WORKER_FILE,
      },
    },
  });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="en"><title>window</title></html>');
  server = await startServer({ station: smallStation(), files: createStaticFiles(folder), report: () => {} });
  browser = await openBrowser(server.origin);
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

test('the opening page spends the key and leaves no trace of it', async () => {
  const { page } = browser;
  const address = server.newAddress();
  await page.goto(address);
  await page.waitForURL(`${server.origin}/`);
  expect(await page.title()).toBe('window');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.evaluate(() => globalThis.isSecureContext)).toBe(true);
  const again = await browser.context.newPage();
  await again.goto(address);
  await again.getByRole('alert').waitFor();
  expect(again.url()).toBe(`${server.origin}/open`);
  await again.close();
  // The refusal is the one complaint so far: the browser's own line on status 403.
  expect(browser.complaints.filter((line) => !line.includes('403'))).toEqual([]);
  browser.complaints.length = 0;
});

test('the recogniser runs in its worker under the policy, from our own origin alone', async () => {
  const [row] = drawnLines(7);
  const { line, strip } = row as LineRow;
  const read = await browser.page.evaluate(
    ({ address, width, height, bytes }) =>
      new Promise<string>((resolve, reject) => {
        const worker = new Worker(address, { type: 'module' });
        worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
        worker.onerror = () => reject(new Error('the worker failed'));
        worker.postMessage({ width, height, data: Uint8Array.from(bytes) });
      }),
    {
      address: `/assets/${WORKER_FILE}`,
      width: strip.width,
      height: strip.height,
      bytes: [...strip.data],
    },
  );
  expect(read).toBe(line);
  expect(browser.complaints).toEqual([]);
  expect(browser.strangers).toEqual([]);
});

test('the page itself may neither compile WebAssembly, nor evaluate text, nor reach out, nor style inline', async () => {
  const tried = await browser.page.evaluate(async () => {
    const refused = async (work: () => unknown): Promise<boolean> => {
      // A moment later, since what the test itself runs at once is free of the policy.
      await new Promise((resolve) => setTimeout(resolve, 10));
      try {
        await work();
        return false;
      } catch {
        return true;
      }
    };
    const style = document.createElement('style');
    style.textContent = 'body { color: rgb(1, 2, 3) }';
    document.head.append(style);
    return {
      wasm: await refused(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
      text: await refused(() => Reflect.construct(Function, ['return 1'])),
      outside: await refused(() => fetch('http://127.0.0.1:9/')),
      blobWorker: await refused(
        () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
            worker.onmessage = resolve;
            worker.onerror = () => reject(new Error('refused'));
          }),
      ),
      style: getComputedStyle(document.body).color !== 'rgb(1, 2, 3)',
    };
  });
  expect(tried).toEqual({ wasm: true, text: true, outside: true, blobWorker: true, style: true });
  browser.complaints.length = 0;
});

test('another page of the same browser reaches nothing', async () => {
  const stranger = await browser.context.newPage();
  await stranger.goto('data:text/html,<title>stranger</title>');
  const reached = await stranger.evaluate(async (origin) => {
    const tries = [
      fetch(`${origin}/rpc/station.state`, { method: 'POST', body: '{}', credentials: 'include' }),
      fetch(`${origin}/`, { credentials: 'include' }),
    ];
    return (await Promise.allSettled(tries)).filter((each) => each.status === 'fulfilled').length;
  }, server.origin);
  expect(reached).toBe(0);
  await stranger.close();
});
