// One host with one window for all tests of a file, in a folder of their own that goes with them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type RunningHost, startHost } from './host.ts';
import { setUp } from './steps.ts';
import { endTest, openWindow, type TestWindow, type WindowOptions } from './window.ts';

export interface SharedWindow {
  /** For whatever the tests need; the station's own data lie in `dataFolder` within. */
  folder: string;
  dataFolder: string;
  /** Only within tests. */
  readonly host: RunningHost;
  readonly window: TestWindow;
  /** Ends window and host: the folder is nobody's until `moveTo`. */
  leave(): Promise<void>;
  /** Opens another host and window on another folder; the ones before are ended. */
  moveTo(
    dataFolder: string,
    options?: { isNew?: boolean; personal?: readonly string[] },
  ): Promise<TestWindow>;
}

export interface SharedOptions extends WindowOptions {
  /** None of it may be found where nothing personal belongs. */
  personal?: readonly string[];
  /** Signing in is left to the tests. */
  isClosed?: boolean;
}

/** Called at the top of a test file; `prepare` runs before all else and answers how the window is to be opened. */
export function shareWindow(prepare: (folder: string) => Promise<SharedOptions>): SharedWindow {
  const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
  const dataFolder = join(folder, 'data');
  let host: RunningHost | null = null;
  let window: TestWindow | null = null;
  const opened = <T>(one: T | null): T => {
    if (one === null) throw new Error('host and window are there within tests only');
    return one;
  };

  beforeAll(async () => {
    const { personal = [], isClosed = false, ...options } = await prepare(folder);
    host = await startHost({ dataFolder });
    window = await openWindow(host, options);
    window.personal(...personal);
    if (!isClosed) await setUp(window.page);
  });
  afterEach(({ task }) => endTest(opened(window), task));
  async function leave(): Promise<void> {
    await window?.close();
    window = null;
    await host?.stop();
    host = null;
  }
  afterAll(async () => {
    await leave();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    folder,
    dataFolder,
    get host() {
      return opened(host);
    },
    get window() {
      return opened(window);
    },
    leave,
    async moveTo(place, { isNew = false, personal = [] } = {}) {
      await leave();
      host = await startHost({ dataFolder: place, isNew });
      window = await openWindow(host);
      window.personal(...personal);
      return window;
    },
  };
}
