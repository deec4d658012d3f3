// Asks the hub: signed requests to one address, and answers that are bounded in size and time. What way they travel is
// handed in.
import { randomBytes } from 'node:crypto';
import {
  EMPTY_SHA256,
  REQUEST_HEADERS,
  REQUEST_NONCE_BYTES,
  requestText,
  sha256,
  signText,
  toBase64Url,
} from '../../shared/wire/sign.ts';
import type { HubLink } from '../db/hub-link.ts';

/** As `fetch`: so that another can stand in whose network fails. */
export type Transport = (url: string, init: RequestInit) => Promise<Response>;

export interface HubRequest {
  method: 'GET' | 'PUT' | 'POST';
  /** Path, with the query where there is one. Ids and digests alone: it may be logged on the way. */
  target: string;
  body?: Uint8Array;
  headers?: Readonly<Record<string, string>>;
  /** Breaks the request off. */
  signal: AbortSignal;
  /** An answer that is longer is none. */
  maxBytes?: number;
}

/** What came back. `silence`: nothing that could be an answer; the reason is a code of ours. */
export type Heard =
  | { kind: 'silence'; reason: 'no-answer' | 'too-slow' | 'too-long' }
  | { kind: 'answer'; status: number; body: Buffer; retryAfter: string | null; nonce: string };

export interface HubClient {
  /** A request that this station signs. Never throws. */
  ask(
    hub: Pick<HubLink, 'address' | 'hubId' | 'stationId' | 'clockOffsetMs'>,
    request: HubRequest,
  ): Promise<Heard>;
  /** One that nobody signs: before the station is known. Never throws. */
  askUnsigned(address: string, request: HubRequest): Promise<Heard>;
  /** The body of a signed answer as it comes, for as long as it comes; null where it is not there. */
  listen(
    hub: Pick<HubLink, 'address' | 'hubId' | 'stationId' | 'clockOffsetMs'>,
    request: HubRequest,
  ): Promise<AsyncIterable<Uint8Array> | null>;
}

const MAX_BYTES = 64 * 1024;

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/u;

/** The address of a hub without a slash at its end; null for one to which nothing may be sent: `http:` beyond this machine. */
export function hubAddress(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '';
  if (!isPlain || url.username !== '' || url.password !== '') return null;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return isSafe ? url.origin : null;
}

/** The parts of a body as they come; whoever breaks it off waits for none, whatever way it travels. */
async function* partsOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader();
  const end = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', end);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** Reads a body to its end, or null where it is longer than it may be. */
async function readBounded(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return Buffer.alloc(0);
  for await (const part of partsOf(response.body, signal)) {
    length += part.length;
    if (length > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function createHubClient(means: {
  transport: Transport;
  /** The station's private signing key, 32 bytes; null before it has one. */
  signKey: () => Buffer | null;
  answerMs: number;
  now: () => Date;
}): HubClient {
  const { transport, signKey, answerMs, now } = means;

  function signed(
    { hubId, stationId, clockOffsetMs }: Pick<HubLink, 'hubId' | 'stationId' | 'clockOffsetMs'>,
    { method, target, body }: HubRequest,
  ): { headers: Record<string, string>; nonce: string } {
    const key = signKey();
    if (key === null) throw new Error('no key to sign with');
    const nonce = toBase64Url(randomBytes(REQUEST_NONCE_BYTES));
    const time = new Date(now().getTime() + clockOffsetMs).toISOString();
    const bodySha256 = body === undefined ? EMPTY_SHA256 : sha256(body);
    const text = requestText({ method, target, bodySha256, time, nonce, stationId, hubId });
    return {
      nonce,
      headers: {
        [REQUEST_HEADERS.station]: stationId,
        [REQUEST_HEADERS.time]: time,
        [REQUEST_HEADERS.nonce]: nonce,
        [REQUEST_HEADERS.signature]: signText(key, text),
      },
    };
  }

  async function send(
    address: string,
    { method, target, body, headers = {}, signal }: HubRequest,
    own: Record<string, string>,
  ): Promise<Response> {
    // Kept as it was: the address may be one of before.
    if (hubAddress(address) === null) throw new Error('not an address of a hub');
    return transport(`${address}${target}`, {
      method,
      headers: { ...headers, ...own },
      ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
      redirect: 'manual',
      cache: 'no-store',
      credentials: 'omit',
      signal,
    });
  }

  async function hear(
    address: string,
    request: HubRequest,
    own: { headers: Record<string, string>; nonce: string },
  ): Promise<Heard> {
    const inTime = AbortSignal.timeout(answerMs);
    const signal = AbortSignal.any([request.signal, inTime]);
    try {
      const response = await send(address, { ...request, signal }, own.headers);
      const body = await readBounded(response, request.maxBytes ?? MAX_BYTES, signal);
      if (body === null) return { kind: 'silence', reason: 'too-long' };
      const { status } = response;
      return {
        kind: 'answer',
        status,
        body,
        retryAfter: response.headers.get('retry-after'),
        nonce: own.nonce,
      };
    } catch {
      // What a network error says may quote an address; nobody needs it.
      return { kind: 'silence', reason: inTime.aborted ? 'too-slow' : 'no-answer' };
    }
  }

  return {
    ask: (hub, request) => hear(hub.address, request, signed(hub, request)),
    askUnsigned: (address, request) => hear(address, request, { headers: {}, nonce: '' }),
    async listen(hub, request) {
      try {
        const { ok, body } = await send(hub.address, request, signed(hub, request).headers);
        return ok && body !== null ? partsOf(body, request.signal) : null;
      } catch {
        return null;
      }
    },
  };
}
