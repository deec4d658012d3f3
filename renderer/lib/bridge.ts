// The window's only way to the station: typed calls and events over whichever bridge the shell supplies.
import type { Bridge, Failure, FailureCode, Reply } from '../../shared/contract/bridge.ts';
import type { Channel, Event, EventName, Input, Output } from '../../shared/contract/channels.ts';
import { sittingNumber } from './sitting.ts';

/** Codes of the station, and the window's own: `unreachable` where nobody answered at all, PDFs that it cannot draw. */
export type CallFailureCode =
  | FailureCode
  | 'unreachable'
  | 'pdf-encrypted'
  | 'pdf-damaged'
  | 'pdf-too-large' // more bytes than are accepted
  | 'pdf-too-many-pages'
  | 'pdf-page-too-large'
  | 'pdf-timeout';

/** A call that was refused or not answered, or a file that the window cannot take. The text for the officer is `error.<code>.*` of the catalogue. */
export class CallFailed extends Error {
  readonly code: CallFailureCode;
  readonly fields: readonly string[];
  /** Seconds until another secret is taken; 0 for at once. */
  readonly waitSeconds: number;

  constructor(failure: { code: CallFailureCode; fields?: string[]; waitSeconds?: number }) {
    super(failure.code);
    this.name = 'CallFailed';
    this.code = failure.code;
    this.fields = failure.fields ?? [];
    this.waitSeconds = failure.waitSeconds ?? 0;
  }
}

/** The code of anything thrown, for an error panel; what is not ours is `internal`. */
export function failureCodeOf(thrown: unknown): CallFailureCode {
  return thrown instanceof CallFailed ? thrown.code : 'internal';
}

declare global {
  interface Window {
    /** Exposed by the Electron preload; absent under the loopback host. */
    countercheckBridge?: Bridge;
  }
}

/** The bridge of the plain Node host: `POST /rpc/<channel>`, events by server-sent events at `/events`. */
export function loopbackBridge(): Bridge {
  return {
    async invoke(channel, body) {
      const answer = await fetch(`/rpc/${channel}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        cache: 'no-store',
        credentials: 'same-origin',
      });
      return answer.text();
    },
    subscribe(listener) {
      const source = new EventSource('/events');
      source.onmessage = (message: MessageEvent<string>) => {
        const parsed = parseEvent(message.data);
        if (parsed) listener(parsed.event, parsed.body);
      };
      return () => source.close();
    },
  };
}

/** An event of the host travels as `{"event": NAME, "body": JSON text}` in one message. */
function parseEvent(data: string): { event: string; body: string } | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null) return null;
    const { event, body } = value as { event?: unknown; body?: unknown };
    return typeof event === 'string' && typeof body === 'string' ? { event, body } : null;
  } catch {
    return null;
  }
}

let bridge: Bridge | null = null;

function theBridge(): Bridge {
  bridge ??= window.countercheckBridge ?? loopbackBridge();
  return bridge;
}

/** Reads the reply of a bridge or of the image door; whatever is not a reply counts as `unreachable`. */
export function readReply<T>(text: string): T {
  let reply: Reply<T>;
  try {
    reply = JSON.parse(text) as Reply<T>;
  } catch {
    throw new CallFailed({ code: 'unreachable' });
  }
  if (reply?.ok === true) return reply.value;
  const failure: Failure | undefined = reply?.error;
  if (typeof failure?.code !== 'string') throw new CallFailed({ code: 'unreachable' });
  throw new CallFailed(failure);
}

/** Channels that are asked from one sitting into the next. */
const ACROSS_SITTINGS = /^(?:vault\.|station\.)/;

let onSignedOut: () => void = () => undefined;

/** Hears that the station took this window for nobody's, which it tells by refusing a question. */
export function hearSignedOut(hear: () => void): void {
  onSignedOut = hear;
}

/**
 * Asks the station one question. An answer that comes when whoever asked has signed out is dropped: `signed-out`.
 * @throws {CallFailed} with the station's code, or `unreachable` when nobody answered.
 */
export async function call<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const asked = sittingNumber();
  let text: string;
  try {
    text = await theBridge().invoke(channel, JSON.stringify(input));
  } catch {
    throw new CallFailed({ code: 'unreachable' });
  }
  if (asked !== sittingNumber() && !ACROSS_SITTINGS.test(channel))
    throw new CallFailed({ code: 'signed-out' });
  try {
    return readReply<Output<C>>(text);
  } catch (thrown) {
    const code = failureCodeOf(thrown);
    if (code === 'signed-out' || code === 'secret-must-change') onSignedOut();
    throw thrown;
  }
}

const listeners = new Map<string, Set<(body: unknown) => void>>();
let subscribed = false;

/** Hears one kind of event until the returned function is called. One subscription serves all listeners. */
export function listen<E extends EventName>(event: E, hear: (body: Event<E>) => void): () => void {
  const set = listeners.get(event) ?? new Set();
  listeners.set(event, set);
  const entry = hear as (body: unknown) => void;
  set.add(entry);
  if (!subscribed) {
    subscribed = true;
    theBridge().subscribe((name, body) => {
      const hearers = listeners.get(name);
      if (!hearers) return;
      const value: unknown = body === '' ? {} : JSON.parse(body);
      for (const one of hearers) one(value);
    });
  }
  return () => set.delete(entry);
}
