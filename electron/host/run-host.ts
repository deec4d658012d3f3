// One run of the plain Node host: server first, then browser and store at the same time, until the window closes.
import type { FailureCode } from '../../shared/contract/bridge.ts';
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

export type HostEnd = 'closed' | 'already-running';

export interface Host {
  origin: string;
  /** A new one-time address, as said in the terminal. */
  sayAddress(): void;
  /** Settles when the window is closed, after `close`, or when another Countercheck has the data folder. */
  ended: Promise<HostEnd>;
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
  const ended = Promise.withResolvers<HostEnd>();
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
  const end = (how: HostEnd): Promise<void> => {
    closing ??= (async () => {
      await window?.close();
      await server.close();
      await station.close();
      ended.resolve(how);
    })();
    return closing;
  };
  const close = (): Promise<void> => end('closed');
  // Two windows on one folder would only puzzle the officer: the second start says so and ends.
  station.subscribe((event, body) => {
    if (event !== 'station.failed') return;
    if ((JSON.parse(body) as { code: string }).code !== ('store-locked' satisfies FailureCode)) return;
    tell('shell.already-running', { folder: options.dataFolder });
    void end('already-running');
  });
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
  // The end may have come while the browser started.
  if (closing) await window.close();
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
