// One run of the plain Node host: server first, then browser and store at the same time, until the window closes.
import { type ShellWordId, words } from '../words.ts';
import type { Station } from '../shell.ts';
import { createStaticFiles } from '../static-files.ts';
import { type BrowserWindow, canSandbox, openWindow } from './browser.ts';
import { hasDisplay } from './display.ts';
import { findBrowser } from './find-browser.ts';
import { startServer } from './server.ts';

export interface HostOptions {
  /** The built window. */
  windowFolder: string;
  dataFolder: string;
  /** Begins to open the station and answers at once. */
  openStation: () => Station;
  /** False prints the address instead of opening a window. */
  window: boolean;
  /** One line of JSON instead of sentences, for programs that drive the host. */
  json: boolean;
  report: (code: string) => void;
  /** One line for whoever started the host. */
  say: (line: string) => void;
}

export interface Host {
  origin: string;
  /** A new one-time address, as said in the terminal. */
  sayAddress(): void;
  /** Settles when the window is closed, or after `close`. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Starts the host. Rejects when the window is not built or the machine gives no port. */
export async function runHost(options: HostOptions): Promise<Host> {
  const text = words();
  const files = createStaticFiles(options.windowFolder);
  const station = options.openStation();
  const server = await startServer({ station, files, report: options.report }).catch(
    async (error: unknown) => {
      await station.close();
      throw error;
    },
  );
  const ended = Promise.withResolvers<void>();
  let window: BrowserWindow | null = null;
  let closing: Promise<void> | null = null;

  const tell = (id: ShellWordId, values?: Record<string, string>): void => {
    if (!options.json) options.say(text(id, values));
  };
  const sayAddress = (): void => {
    const address = server.newAddress();
    const line = { address, origin: server.origin, dataFolder: options.dataFolder, pid: process.pid };
    if (options.json) options.say(JSON.stringify(line));
    tell('shell.address', { address });
    tell('shell.address.more');
  };
  const close = (): Promise<void> => {
    closing ??= (async () => {
      await window?.close();
      await server.close();
      await station.close();
      ended.resolve();
    })();
    return closing;
  };
  const host = { origin: server.origin, sayAddress, ended: ended.promise, close };

  tell('shell.data', { folder: options.dataFolder });
  const browser = options.window && hasDisplay() ? findBrowser() : null;
  if (browser === null) {
    if (options.window) tell(hasDisplay() ? 'shell.no-browser' : 'shell.no-display');
    sayAddress();
    return host;
  }
  if (!canSandbox()) tell('shell.browser-root');
  window = await openWindow(browser, server.origin, server.newAddress());
  let wasOpen = false;
  void server.opened.then(() => {
    wasOpen = true;
    tell('shell.window-open');
  });
  void window.closed.then(() => {
    if (closing) return;
    if (wasOpen) {
      void close();
      return;
    }
    tell('shell.browser-failed');
    sayAddress();
  });
  return host;
}
