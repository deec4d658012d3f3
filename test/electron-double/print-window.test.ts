// A hidden window that never answers: it is given up and goes, and the next report is printed.
import { afterEach, expect, it, vi } from 'vitest';
import { createPdfWindow } from '../../electron/print-window.ts';

const made = vi.hoisted(() => ({ windows: [] as { isDestroyed: boolean }[], hangs: true }));

vi.mock('electron', () => ({
  session: {
    fromPartition: () => ({
      setPermissionRequestHandler() {},
      setPermissionCheckHandler() {},
      protocol: { handle() {} },
    }),
  },
  BrowserWindow: class {
    isDestroyed = false;
    constructor() {
      made.windows.push(this);
    }
    loadURL = () => Promise.resolve();
    webContents = {
      printToPDF: () =>
        made.hangs ? new Promise<never>(() => undefined) : Promise.resolve(Buffer.from('%PDF-')),
    };
    destroy() {
      this.isDestroyed = true;
    }
  },
}));

afterEach(() => {
  vi.useRealTimers();
});

it('is ended after a minute', async () => {
  vi.useFakeTimers();
  const print = createPdfWindow();
  const first = expect(print('<p>one</p>')).rejects.toThrow('too long');
  await vi.advanceTimersByTimeAsync(60_000);
  await first;
  expect(made.windows.map(({ isDestroyed }) => isDestroyed)).toEqual([true]);
  made.hangs = false;
  expect(Buffer.from(await print('<p>two</p>')).toString()).toBe('%PDF-');
  expect(made.windows.map(({ isDestroyed }) => isDestroyed)).toEqual([true, true]);
});
