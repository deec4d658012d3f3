// The double's window: a real page of Chromium whose preload, messages and navigation go through the shell's own code.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import type { Frame, Page } from 'playwright-core';
import type { DoubleSession } from './double-session.ts';
import { preloadScript } from './preload-script.ts';
import type { Stage } from './stage.ts';

export interface WindowHooks {
  stage: Stage;
  handlers: ReadonlyMap<string, (event: unknown, ...args: unknown[]) => unknown>;
  created(window: DoubleWindow): void;
  closed(window: DoubleWindow): void;
}

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/** A navigation as Electron's listeners see it. */
class Navigation {
  defaultPrevented = false;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export class DoubleContents extends EventEmitter {
  readonly printed: unknown[] = [];
  #open: OpenHandler = () => ({ action: 'allow' });
  readonly #page: Promise<Page>;

  constructor(page: Promise<Page>) {
    super();
    this.#page = page;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  /** What the shell says to a window that the page opens. */
  opens(url: string): string {
    return this.#open({ url } as Electron.HandlerDetails).action;
  }

  /** Whether the shell lets the page go to `url`. */
  navigates(url: string): boolean {
    const event = new Navigation(url);
    this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#page
      .then((page) =>
        page.evaluate(
          ([name, values]) => {
            const { doubleReceive } = globalThis as unknown as {
              doubleReceive?: (channel: string, values: unknown[]) => void;
            };
            doubleReceive?.(name, values);
          },
          [channel, args] as const,
        ),
      )
      .catch(() => {});
  }

  print(options: Electron.WebContentsPrintOptions, done: (success: boolean, reason: string) => void): void {
    this.printed.push(options);
    done(true, '');
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    const page = await this.#page;
    return page.pdf({
      printBackground: options.printBackground === true,
      preferCSSPageSize: options.preferCSSPageSize === true,
    });
  }
}

export class DoubleWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: DoubleContents;
  readonly page: Promise<Page>;
  readonly #hooks: WindowHooks;
  #visible: boolean;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions, hooks: WindowHooks) {
    super();
    const wanted = options.webPreferences ?? {};
    if (wanted.nodeIntegration || wanted.contextIsolation === false || wanted.sandbox === false) {
      throw new Error('the double has sandboxed, isolated windows only');
    }
    this.options = options;
    this.#hooks = hooks;
    this.#visible = options.show !== false;
    this.page = this.#makePage();
    this.webContents = new DoubleContents(this.page);
    hooks.created(this);
  }

  get session(): DoubleSession {
    return this.options.webPreferences?.session as unknown as DoubleSession;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    await page.goto(this.#hooks.stage.toHttp(url));
    this.emit('ready-to-show');
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  focus(): void {
    this.emit('focus');
  }

  destroy(): void {
    void this.page.then((page) => page.close());
  }

  async #makePage(): Promise<Page> {
    const { stage } = this.#hooks;
    const requestingUrl = 'app://countercheck/';
    const camera = { mediaTypes: ['video'], isMainFrame: true, requestingUrl };
    if (this.session.asks('media', camera)) stage.granted = ['camera'];
    const page = await stage.newPage();
    if (!this.session.cancels) stage.free.add(page);
    await page.exposeBinding('doubleInvoke', ({ frame }, channel: string, args: unknown[]) =>
      this.#invoke(frame, channel, args),
    );
    const { preload } = this.options.webPreferences ?? {};
    if (preload) await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')));
    page.on('popup', (popup) => {
      if (this.webContents.opens(stage.fromHttp(popup.url())) === 'deny') void popup.close();
    });
    page.on('close', () => {
      this.#destroyed = true;
      this.emit('closed');
      this.#hooks.closed(this);
    });
    return page;
  }

  async #invoke(frame: Frame, channel: string, args: unknown[]): Promise<unknown> {
    const handler = this.#hooks.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const senderFrame = { url: this.#hooks.stage.fromHttp(frame.url()), parent: frame.parentFrame() };
    return handler({ sender: this.webContents, senderFrame }, ...args);
  }
}
