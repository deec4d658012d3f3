// Judges each request to the loopback host before anything of it is read: one decision, no side effect.
import { readImagePath } from '../image-door.ts';
import type { ImageChoice } from '../../shared/contract/images.ts';
import { EVENTS_PATH, IMAGES_PATH, RPC_PATH } from '../../shared/contract/loopback.ts';
import type { Keys } from './keys.ts';

/** A request as the door sees it. Header names in lower case; a header given twice has all its values. */
export interface Asked {
  method: string;
  /** The request line's target as it came. */
  target: string;
  headers: ReadonlyMap<string, readonly string[]>;
}

export type Verdict =
  | { to: 'open-page' | 'open-script' | 'icon' | 'spend' | 'events' | 'put-image' }
  | { to: 'rpc'; channel: string }
  | { to: 'get-image'; id: string; variant: ImageChoice }
  | { to: 'file'; pathname: string }
  | { to: 'refuse'; status: 400 | 401 | 403 | 404 | 405 | 415 | 421 };

export interface Door {
  /** `127.0.0.1:<port>`, the only Host accepted. */
  host: string;
  cookieName: string;
  keys: Keys;
}

export const OPEN_PATH = '/open';
export const OPEN_SCRIPT_PATH = '/open.js';
const MAX_TARGET = 2048;
/** What may stand for a channel at all; whether it is one, the station says. */
const CHANNEL = /^[\w.-]{1,60}$/;
const PAGES: readonly string[] = ['/', '/index.html', OPEN_PATH];
const FRAMES: readonly string[] = ['iframe', 'frame', 'object', 'embed', 'fencedframe'];

/** Lets a request through to one place, or refuses it. */
export function judge(door: Door, asked: Asked): Verdict {
  const refuse = (status: 400 | 401 | 403 | 404 | 405 | 415 | 421): Verdict => ({ to: 'refuse', status });
  // A name that resolves to this machine (DNS rebinding) is not our Host.
  if (single(asked, 'host') !== door.host) return refuse(421);
  const pathname = pathOf(asked.target);
  if (pathname === null) return refuse(400);
  if (asked.method !== 'GET' && asked.method !== 'POST') return refuse(405);
  const refused = fetchMetadata(asked, pathname);
  if (refused !== null) return refuse(refused);
  // Only our own page may change anything.
  if (asked.method === 'POST' && single(asked, 'origin') !== `http://${door.host}`) return refuse(403);
  if (
    asked.method === 'GET' &&
    asked.headers.has('origin') &&
    single(asked, 'origin') !== `http://${door.host}`
  ) {
    return refuse(403);
  }
  if (asked.method === 'POST' && asked.headers.has('content-encoding')) return refuse(415);

  if (pathname === OPEN_PATH) return { to: asked.method === 'GET' ? 'open-page' : 'spend' };
  if (pathname === OPEN_SCRIPT_PATH) return asked.method === 'GET' ? { to: 'open-script' } : refuse(405);
  // A browser asks for this of its own accord, also before it holds a cookie.
  if (pathname === '/favicon.ico' && asked.method === 'GET') return { to: 'icon' };
  if (!hasSession(door, asked)) return refuse(401);
  return asked.method === 'POST' ? judgePost(pathname) : judgeGet(pathname);
}

function judgePost(pathname: string): Verdict {
  if (pathname === IMAGES_PATH) return { to: 'put-image' };
  if (!pathname.startsWith(RPC_PATH)) return { to: 'refuse', status: 405 };
  const channel = pathname.slice(RPC_PATH.length);
  return CHANNEL.test(channel) ? { to: 'rpc', channel } : { to: 'refuse', status: 404 };
}

function judgeGet(pathname: string): Verdict {
  if (pathname === EVENTS_PATH) return { to: 'events' };
  if (pathname === IMAGES_PATH || pathname.startsWith(RPC_PATH)) return { to: 'refuse', status: 405 };
  if (!pathname.startsWith(`${IMAGES_PATH}/`)) return { to: 'file', pathname };
  const image = readImagePath(pathname);
  return image === null ? { to: 'refuse', status: 404 } : { to: 'get-image', ...image };
}

/** What the browser itself tells of where a request comes from; absent for anything that is not a browser. */
function fetchMetadata(asked: Asked, pathname: string): 403 | null {
  const site = single(asked, 'sec-fetch-site');
  const mode = single(asked, 'sec-fetch-mode');
  const dest = single(asked, 'sec-fetch-dest');
  if (asked.headers.has('sec-fetch-site') && site !== 'same-origin' && site !== 'none') {
    // The opening page alone may be reached from elsewhere (a link in a terminal or a mail): it gives nothing away.
    const arrives =
      asked.method === 'GET' && pathname === OPEN_PATH && mode === 'navigate' && dest === 'document';
    if (!arrives) return 403;
  }
  if (site === 'none' && asked.method !== 'GET') return 403;
  if (mode === 'navigate' && !(asked.method === 'GET' && PAGES.includes(pathname))) return 403;
  return dest !== null && FRAMES.includes(dest) ? 403 : null;
}

/** The path of a plain target (`/a/b`), or null for anything else that HTTP allows or a client makes up. */
function pathOf(target: string): string | null {
  if (target.length > MAX_TARGET || !/^\/(?!\/)[\x21-\x7e]*$/.test(target)) return null;
  // No address of ours has a query, an escape or a backslash; `//` and dots as a whole part are never ours.
  if (/[?#%\\]|\/\/|\/\.{1,2}(?:\/|$)/.test(target)) return null;
  return target;
}

function hasSession(door: Door, asked: Asked): boolean {
  const pairs = (asked.headers.get('cookie') ?? []).flatMap((line) => line.split(';'));
  const start = `${door.cookieName}=`;
  const tokens = pairs.map((pair) => pair.trim()).filter((pair) => pair.startsWith(start));
  const [only, second] = tokens;
  return only !== undefined && second === undefined && door.keys.admits(only.slice(start.length));
}

/** The value of a header that was given exactly once, else null. */
function single(asked: Asked, name: string): string | null {
  const values = asked.headers.get(name) ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}
