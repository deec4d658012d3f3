// The Chromium below the double: an `app://` host becomes a loopback host whose requests the shell's handler answers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { canSandbox } from '../../electron/host/browser.ts';
import { findBrowser } from '../../electron/host/find-browser.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** `app://countercheck/x` is served as `http://countercheck.app.localhost/x`, which is a secure context as well. */
export class Stage {
  readonly handlers = new Map<string, SchemeHandler>();
  /** Whether the shell cancels a request; null where it set no rule. */
  cancels: ((address: string) => boolean) | null = null;
  /** Chromium's names of the permissions that the shell grants its page. */
  granted: string[] = [];
  /** Pages of a session that cancels nothing: a rule is its session's own. */
  readonly free = new WeakSet<Page>();
  /** Addresses that were cancelled. */
  readonly cancelled: string[] = [];
  #server: Server | null = null;
  #browser: Browser | null = null;
  #context: Promise<BrowserContext> | null = null;

  /** Starts the server behind the schemes; the browser starts with the first window. */
  async start(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
  }

  async newPage(): Promise<Page> {
    this.#context ??= this.#launch();
    const context = await this.#context;
    await context.grantPermissions(this.granted);
    return context.newPage();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  toHttp(address: string): string {
    return address.replace(/^([a-z]+):\/\/([^/]+)/, (whole, scheme: string, host: string) =>
      this.handlers.has(scheme) ? `http://${host}.${scheme}.localhost` : whole,
    );
  }

  fromHttp(address: string): string {
    return address.replace(
      /^http:\/\/([^/]+)\.([a-z]+)\.localhost(?=\/|$)/,
      (whole, host: string, scheme: string) => (this.handlers.has(scheme) ? `${scheme}://${host}` : whole),
    );
  }

  async #launch(): Promise<BrowserContext> {
    const executablePath = findBrowser();
    if (executablePath === null) throw new Error('this test needs Chromium, Chrome or Edge');
    if (this.#server === null) throw new Error('a window before the app is ready');
    const { port } = this.#server.address() as AddressInfo;
    this.#browser = await chromium.launch({
      executablePath,
      chromiumSandbox: canSandbox(),
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        '--use-fake-device-for-media-stream',
        `--host-resolver-rules=MAP *.localhost:80 127.0.0.1:${port}`,
      ],
    });
    const context = await this.#browser.newContext({ viewport: { width: 1366, height: 768 } });
    await context.route('**/*', (route) => {
      const address = this.fromHttp(route.request().url());
      if (this.free.has(route.request().frame().page()) || !this.cancels?.(address)) return route.continue();
      this.cancelled.push(address);
      return route.abort('blockedbyclient');
    });
    return context;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = this.fromHttp(`http://${request.headers.host}${request.url}`);
    const handler = this.handlers.get(address.split(':')[0] ?? '');
    if (!handler) {
      response.writeHead(404).end();
      return;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      // Electron's own requests carry the scheme's origin and nothing of HTTP's connection.
      if (name === 'host' || name === 'connection' || typeof value !== 'string') continue;
      headers.set(name, name === 'origin' ? this.fromHttp(value) : value);
    }
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const answer = await handler(
      new Request(address, {
        method: request.method ?? 'GET',
        headers,
        ...(hasBody ? { body: Readable.toWeb(request) as NodeStream as ReadableStream, duplex: 'half' } : {}),
      } as RequestInit),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}
