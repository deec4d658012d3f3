// Speaks to a browser of ours over two pipes that only we hold: never a port, which any program of the machine could open.
import type { Readable, Writable } from 'node:stream';

/** The Chrome DevTools Protocol over the pipes of `--remote-debugging-pipe`: one JSON text after the other, each ended by 0. */
export interface DebugPipe {
  /** Rejects where the browser refuses, and when it ends. */
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
}

const END = 0;

interface Message {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** `from` carries what the browser says, `to` what it is told. */
export function openDebugPipe(from: Readable, to: Writable): DebugPipe {
  const waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (reason: Error) => void }
  >();
  let calls = 0;
  let gone = false;
  let chunks: Buffer[] = [];

  function receive(message: Message): void {
    if (message.id === undefined) return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    // What a browser refuses may quote the page; only that it refused goes further.
    if (message.error !== undefined) asked?.reject(new Error('the browser refused'));
    else asked?.resolve(message.result ?? {});
  }

  function end(): void {
    gone = true;
    for (const { reject } of waiting.values()) reject(new Error('the browser ended'));
    waiting.clear();
  }

  from.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let at = rest.indexOf(END); at >= 0; at = rest.indexOf(END)) {
      const whole = Buffer.concat([...chunks, rest.subarray(0, at)]);
      chunks = [];
      rest = rest.subarray(at + 1);
      receive(JSON.parse(whole.toString('utf8')) as Message);
    }
    if (rest.length > 0) chunks.push(rest);
  });
  for (const stream of [from, to]) {
    stream.on('error', end);
    stream.on('close', end);
  }

  return {
    send(method, params = {}, sessionId) {
      return new Promise((resolve, reject) => {
        if (gone) {
          reject(new Error('the browser ended'));
          return;
        }
        calls += 1;
        waiting.set(calls, { resolve, reject });
        const message = { id: calls, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
        to.write(`${JSON.stringify(message)}\0`);
      });
    },
  };
}
