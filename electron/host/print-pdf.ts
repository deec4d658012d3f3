// A PDF of one page by a browser without a window: the page goes in and the PDF comes out over pipes, in memory alone.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { canSandbox, quietArguments } from './browser.ts';
import { type DebugPipe, openDebugPipe } from './debug-pipe.ts';
import { createProfile } from './profile.ts';

/** A report of many large pictures takes seconds; a browser that hangs is ended. */
const LIMIT_MS = 60_000;
const CLOSE_MS = 4_000;

/** Arguments of the browser: it is told over a pipe that is its and ours alone. */
export function printerArguments(profile: string, sandbox: boolean): string[] {
  return [
    '--headless=new',
    '--remote-debugging-pipe',
    '--hide-scrollbars',
    '--disable-gpu',
    ...quietArguments(profile, sandbox),
    'about:blank',
  ];
}

/**
 * Makes PDFs with this browser, one after the other; each has a browser and a profile of its own, which end with it.
 * Rejects where the browser does not start, ends or takes longer than a minute.
 */
export function createPdfPrinter(browser: string): (page: string) => Promise<Uint8Array> {
  let last: Promise<unknown> = Promise.resolve();
  return (page) => {
    const next = last.then(() => printOnce(browser, page));
    last = next.catch(() => undefined);
    return next;
  };
}

async function printOnce(browser: string, page: string): Promise<Uint8Array> {
  const profile = await createProfile(null, browser);
  try {
    const child = spawn(browser, printerArguments(profile.folder, canSandbox()), {
      // 3 is what the browser reads, 4 what it writes. What else it prints is not ours to show.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    });
    try {
      return await within(LIMIT_MS, Promise.race([print(child, page), ended.then(failed)]));
    } finally {
      await end(child, ended);
    }
  } finally {
    await profile.remove().catch(() => undefined);
  }
}

function failed(): never {
  throw new Error('the browser ended');
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the browser took too long')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function print(child: ChildProcess, page: string): Promise<Uint8Array> {
  const [, , , to, from] = child.stdio;
  const pipe = openDebugPipe(from as Readable, to as Writable);
  const sessionId = await newPage(pipe);
  const send = (method: string, params?: object) => pipe.send(method, params, sessionId);
  await send('Page.enable');
  // No script of a page runs here, whatever it holds.
  await send('Emulation.setScriptExecutionDisabled', { value: true });
  const { frameTree } = await send('Page.getFrameTree');
  const { frame } = frameTree as { frame: { id: string } };
  await send('Page.setDocumentContent', { frameId: frame.id, html: page });
  await send('Runtime.evaluate', {
    expression: 'Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))',
    awaitPromise: true,
  });
  // As a stream it would be kept in a temporary file of the browser.
  const { data } = await send('Page.printToPDF', {
    printBackground: true,
    preferCSSPageSize: true,
    displayHeaderFooter: false,
    transferMode: 'ReturnAsBase64',
  });
  if (typeof data !== 'string') throw new Error('no PDF');
  return Buffer.from(data, 'base64');
}

async function newPage(pipe: DebugPipe): Promise<string> {
  const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
  if (typeof sessionId !== 'string') throw new Error('no page');
  return sessionId;
}

/** Asks the browser to end, and makes it after a while. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
  await ended;
  clearTimeout(force);
}
