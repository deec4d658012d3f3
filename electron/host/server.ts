// The loopback host: bridge, image door and window files over HTTP on 127.0.0.1, behind the judgement of door.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVENTS_PATH, eventFrame, MAX_RPC_BYTES, RPC_PATH } from '../../shared/contract/loopback.ts';
import { collect, type DoorAnswer, giveImage, takeImage } from '../image-door.ts';
import { release } from '../release.ts';
import { replyText, type Station } from '../shell.ts';
import { securityHeaders, type StaticFiles } from '../static-files.ts';
import { type Asked, type Door, judge, OPEN_PATH, OPEN_SCRIPT_PATH } from './door.ts';
import { createKeys } from './keys.ts';
import { OPEN_SCRIPT, openPage } from './open-page.ts';

export interface HostServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** A new address that opens the window once, within ten minutes. */
  newAddress(): string;
  /** Settles when the first key is spent: a window is there. */
  opened: Promise<void>;
  close(): Promise<void>;
}

export interface HostServerOptions {
  station: Station;
  files: StaticFiles;
  /** A fault of ours, as a code. */
  report: (code: string) => void;
  /** Time for a request to arrive whole. */
  bodyTimeoutMs?: number;
  heartbeatMs?: number;
}

const BODY_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 15_000;
const MAX_KEY_BYTES = 100;
const MAX_CONNECTIONS = 64;

/** Listens on 127.0.0.1 at a free port. Rejects when the machine refuses that. */
export async function startServer(options: HostServerOptions): Promise<HostServer> {
  const { station, files, report, bodyTimeoutMs = BODY_TIMEOUT_MS } = options;
  const keys = createKeys(() => performance.now());
  const streams = new Set<ServerResponse>();
  const opened = Promise.withResolvers<void>();
  let door: Door = { host: '', cookieName: '', keys };

  const server = createServer(
    {
      requestTimeout: bodyTimeoutMs,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, bodyTimeoutMs),
      connectionsCheckingInterval: Math.min(1_000, bodyTimeoutMs),
    },
    (request, response) => {
      answer(request, response).catch(() => {
        // A body that broke off or came too slowly has no one left to answer; anything else is a fault of ours.
        if (!request.destroyed && !response.destroyed) report('host-answer-failed');
        response.destroy();
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  // An upgrade or a tunnel is never ours.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = judge(door, askedOf(request));
    switch (verdict.to) {
      case 'refuse':
        return send(request, response, plain(verdict.status, OPEN_PATH));
      case 'open-page':
        return send(request, response, text(OPEN_PATH, 'text/html; charset=utf-8', openPage()));
      case 'open-script':
        return send(request, response, text(OPEN_SCRIPT_PATH, 'text/javascript; charset=utf-8', OPEN_SCRIPT));
      case 'icon':
        return send(request, response, { status: 204, headers: securityHeaders(OPEN_PATH), body: '' });
      case 'spend':
        return send(request, response, await spend(request));
      case 'rpc':
        return send(request, response, await call(request, verdict.channel));
      case 'events':
        return stream(request, response);
      case 'put-image': {
        const body = request.iterator({ destroyOnReturn: false });
        return send(request, response, await takeImage(station, body, lengthOf(request)));
      }
      case 'get-image': {
        const given = await giveImage(station, verdict.id, verdict.variant);
        const { body } = given;
        // Once all is with the system. Grey pixels are the one answer that nobody else keeps.
        if (verdict.variant === 'grey' && typeof body !== 'string')
          response.once('finish', () => release(body));
        return send(request, response, given);
      }
      case 'file': {
        const file = await files(verdict.pathname);
        return send(request, response, file);
      }
      default:
        verdict satisfies never;
    }
  }

  async function spend(request: IncomingMessage): Promise<DoorAnswer> {
    const key = await textBody(request, MAX_KEY_BYTES);
    const token = typeof key === 'string' ? keys.spend(key) : null;
    if (token === null) return plain(403, OPEN_PATH);
    opened.resolve();
    const cookie = `${door.cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`;
    return { status: 204, headers: { ...securityHeaders(OPEN_PATH), 'set-cookie': cookie }, body: '' };
  }

  async function call(request: IncomingMessage, channel: string): Promise<DoorAnswer> {
    const body = await textBody(request, MAX_RPC_BYTES);
    const taken = typeof body === 'string';
    const reply = taken
      ? await station.dispatch(channel, body)
      : replyText({ ok: false, error: { code: 'bad-request' } });
    return {
      status: taken ? 200 : body.status,
      headers: { ...securityHeaders(RPC_PATH), 'content-type': 'application/json' },
      body: reply,
    };
  }

  function stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...securityHeaders(EVENTS_PATH), 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    streams.add(response);
    request.once('close', () => streams.delete(response));
    response.once('close', () => streams.delete(response));
  }

  const unsubscribe = station.subscribe((event, body) => {
    for (const each of streams) each.write(`data: ${eventFrame(event, body)}\n\n`);
  });
  const heartbeat = setInterval(() => {
    for (const each of streams) each.write(': still here\n\n');
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  heartbeat.unref();

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  door = { ...door, host: `127.0.0.1:${port}`, cookieName: `countercheck-${port}` };
  const origin = `http://${door.host}`;

  return {
    origin,
    newAddress: () => `${origin}${OPEN_PATH}#${keys.newKey()}`,
    opened: opened.promise,
    async close() {
      unsubscribe();
      clearInterval(heartbeat);
      for (const each of streams) each.end();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function askedOf(request: IncomingMessage): Asked {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), request.rawHeaders[at + 1] ?? '']);
  }
  return { method: request.method ?? '', target: request.url ?? '', headers };
}

/** Text of a body of at most `limit` bytes of valid UTF-8, else the status that refuses it. */
async function textBody(request: IncomingMessage, limit: number): Promise<string | { status: 400 | 413 }> {
  const declared = lengthOf(request);
  if (declared !== null && declared > limit) return { status: 413 };
  const bytes = await collect(request.iterator({ destroyOnReturn: false }), limit);
  if (bytes === null) return { status: 413 };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { status: 400 };
  }
}

function lengthOf(request: IncomingMessage): number | null {
  const declared = request.headers['content-length'];
  return declared === undefined ? null : Number(declared);
}

function send(request: IncomingMessage, response: ServerResponse, answer: DoorAnswer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
  // What is left of a refused body is read and dropped, so that the browser sees the answer instead of a broken line.
  if (!request.complete) request.resume();
}

function plain(status: number, pathname: string): DoorAnswer {
  return text(pathname, 'text/plain; charset=utf-8', '', status);
}

function text(pathname: string, type: string, body: string, status = 200): DoorAnswer {
  return { status, headers: { ...securityHeaders(pathname), 'content-type': type }, body };
}
