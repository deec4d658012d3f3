// A window of the host that no debugger listens to: of the protocol only keys, files and questions to the page are used.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { browserArguments, canSandbox } from '../../../electron/host/browser.ts';
import { findBrowser } from '../../../electron/host/find-browser.ts';
import { createProfile } from '../../../electron/host/profile.ts';
import type { RunningHost } from '../../e2e/host.ts';

/**
 * Playwright listens to a page's network, and Chromium then keeps what every answer held, for the debugger, up to some
 * 200 MB: pictures and grey pixels that the app has long dropped. Here nothing of the kind is switched on.
 */
export interface BareWindow {
  /** Runs a function in the page, with one JSON argument, and answers what it (or its promise) gives. */
  ask<A, T>(work: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  /** Presses and lets go one key of a small letter. */
  press(letter: string): Promise<void>;
  /** Answers the page's next file dialog with this file; `open` makes the page ask for it. */
  choose(path: string, open: () => Promise<void>): Promise<void>;
  /** One command of the protocol, to the page; for looking into its memory. */
  send(method: string, params?: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

interface Wire {
  send(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>>;
  /** The next event of this name. */
  next(method: string): Promise<Record<string, unknown>>;
}

/** Starts the browser with the product's own arguments, without a screen, with a pipe to tell it what to press. */
export async function openBareWindow(host: RunningHost): Promise<BareWindow> {
  const browser = findBrowser();
  if (browser === null) throw new Error('this measurement needs Chromium, Chrome or Edge');
  const profile = await createProfile(host.origin, browser);
  const own = browserArguments(await host.newAddress(), profile.folder, canSandbox());
  const child = spawn(browser, ['--headless=new', '--disable-gpu', '--remote-debugging-pipe', ...own], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const wire = openWire(child, exited);
  const sessionId = await attached(wire);
  const send = (method: string, params: object = {}) => wire.send(method, params, sessionId);
  await send('Page.enable');
  await send('Page.setInterceptFileChooserDialog', { enabled: true });
  return {
    send,
    async ask(work, argument) {
      const expression = `(${work.toString()})(${JSON.stringify(argument)})`;
      const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if ('exceptionDetails' in answer)
        throw new Error(`the page: ${JSON.stringify(answer['exceptionDetails'])}`);
      return (answer['result'] as { value: Awaited<ReturnType<typeof work>> }).value;
    },
    async press(letter) {
      const key = {
        key: letter,
        code: `Key${letter.toUpperCase()}`,
        windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0),
      };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', text: letter, ...key });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    },
    async choose(path, open) {
      const dialog = wire.next('Page.fileChooserOpened');
      await open();
      const { backendNodeId } = await dialog;
      await send('DOM.setFileInputFiles', { files: [path], backendNodeId });
    },
    async close() {
      child.kill('SIGTERM');
      await exited;
      await profile.remove();
    },
  };
}

/** The session of the one page, once there is one. */
async function attached(wire: Wire): Promise<string> {
  for (;;) {
    const { targetInfos } = await wire.send('Target.getTargets', {});
    const page = (targetInfos as { type: string; targetId: string }[]).find(({ type }) => type === 'page');
    if (page !== undefined) {
      const { sessionId } = await wire.send('Target.attachToTarget', {
        targetId: page.targetId,
        flatten: true,
      });
      return String(sessionId);
    }
  }
}

/** JSON messages with a zero byte after each: written to the browser's third descriptor, read from its fourth. */
function openWire(child: ChildProcess, exited: Promise<unknown>): Wire {
  const [, , , into, from] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const asked = new Map<number, (message: Message) => void>();
  const awaited = new Map<string, (params: Record<string, unknown>) => void>();
  const gone = exited.then(() => Promise.reject(new Error('the browser ended')));
  gone.catch(() => undefined);
  into.on('error', () => undefined);
  let rest = '';
  from.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part) as Message);
  });
  function take(message: Message): void {
    if (message.id !== undefined) {
      asked.get(message.id)?.(message);
      asked.delete(message.id);
    } else if (message.method !== undefined) {
      awaited.get(message.method)?.(message.params ?? {});
      awaited.delete(message.method);
    }
  }
  let lastId = 0;
  return {
    async send(method, params, sessionId) {
      const id = ++lastId;
      const answer = new Promise<Message>((resolve) => asked.set(id, resolve));
      into.write(
        `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
      );
      const { result, error } = await Promise.race([answer, gone]);
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result ?? {};
    },
    next: (method) =>
      Promise.race([new Promise<Record<string, unknown>>((resolve) => awaited.set(method, resolve)), gone]),
  };
}
