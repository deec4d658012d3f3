// The table of hostile requests: what is sent, and the status that answers it.
import { MAX_RPC_BYTES } from '../../shared/contract/loopback.ts';
import type { Sent } from './loopback.ts';

const ID = '0190a000-0000-7000-8000-000000000000';

export type Row = [
  what: string,
  status: number,
  sent: (own: { origin: string; host: string; cookie: string }) => Sent,
];

/** A call that the station would answer. */
export const rpc = '/rpc/station.state';
export const ROWS: Row[] = [
  // Without a session.
  ['the window without a cookie', 401, () => ({ path: '/' })],
  ['a script without a cookie', 401, () => ({ path: '/assets/a.js' })],
  ['a file that is not there, without a cookie', 401, () => ({ path: '/nothing' })],
  ['events without a cookie', 401, () => ({ path: '/events' })],
  ['an image without a cookie', 401, () => ({ path: `/images/${ID}/view` })],
  ['a call without a cookie', 401, (own) => ({ method: 'POST', path: rpc, headers: { origin: own.origin } })],
  [
    'a picture without a cookie',
    401,
    (own) => ({ method: 'POST', path: '/images', headers: { origin: own.origin } }),
  ],
  ['a made-up cookie', 401, (own) => ({ headers: { cookie: `${own.cookie.slice(0, -4)}AAAA` } })],
  ['an empty cookie', 401, (own) => ({ headers: { cookie: own.cookie.replace(/=.*/, '=') } })],
  ['the right cookie twice', 401, (own) => ({ headers: { cookie: `${own.cookie}; ${own.cookie}` } })],
  ['the token under another name', 401, (own) => ({ headers: { cookie: `x${own.cookie}` } })],
  // From another site or name.
  ['a rebound name', 421, (own) => ({ headers: { host: 'attacker.example', cookie: own.cookie } })],
  [
    'localhost instead of the number',
    421,
    (own) => ({ headers: { host: own.host.replace('127.0.0.1', 'localhost'), cookie: own.cookie } }),
  ],
  ['another port', 421, (own) => ({ headers: { host: '127.0.0.1:1', cookie: own.cookie } })],
  ['no port', 421, (own) => ({ headers: { host: '127.0.0.1', cookie: own.cookie } })],
  [
    'a page of another site fetching',
    403,
    (own) => ({ headers: { cookie: own.cookie, 'sec-fetch-site': 'cross-site' } }),
  ],
  [
    'a page of another port fetching',
    403,
    (own) => ({ headers: { cookie: own.cookie, 'sec-fetch-site': 'same-site' } }),
  ],
  [
    'a link from another site to the window',
    403,
    (own) => ({
      headers: {
        cookie: own.cookie,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    }),
  ],
  [
    'a frame around the window',
    403,
    (own) => ({
      headers: { cookie: own.cookie, 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' },
    }),
  ],
  [
    'a frame around the opening page',
    403,
    () => ({
      path: '/open',
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    }),
  ],
  [
    'the opening script for another site',
    403,
    () => ({ path: '/open.js', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }),
  ],
  [
    'two statements of where it comes from',
    403,
    (own) => ({ headers: { cookie: own.cookie, 'sec-fetch-site': ['same-origin', 'none'] } }),
  ],
  [
    'a call typed into the address bar',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie, 'sec-fetch-site': 'none' },
    }),
  ],
  [
    'an image opened as a page',
    403,
    (own) => ({
      path: `/images/${ID}/view`,
      headers: { cookie: own.cookie, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    }),
  ],
  [
    'a form of another site',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: 'https://attacker.example', cookie: own.cookie },
      body: '{}',
    }),
  ],
  [
    'a call without an origin',
    403,
    (own) => ({ method: 'POST', path: rpc, headers: { cookie: own.cookie }, body: '{}' }),
  ],
  [
    'a call from a null origin',
    403,
    (own) => ({ method: 'POST', path: rpc, headers: { origin: 'null', cookie: own.cookie } }),
  ],
  [
    'a call from our host over https',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin.replace('http', 'https'), cookie: own.cookie },
    }),
  ],
  [
    'two origins',
    403,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: [own.origin, own.origin], cookie: own.cookie },
    }),
  ],
  [
    'a read with a foreign origin',
    403,
    (own) => ({ headers: { origin: 'https://attacker.example', cookie: own.cookie } }),
  ],
  [
    'a picture from another origin',
    403,
    (own) => ({
      method: 'POST',
      path: '/images',
      headers: { origin: 'https://attacker.example', cookie: own.cookie },
      body: 'x',
    }),
  ],
  [
    'a key from another origin',
    403,
    () => ({ method: 'POST', path: '/open', headers: { origin: 'https://attacker.example' }, body: 'x' }),
  ],
  [
    'a wrong key',
    403,
    (own) => ({ method: 'POST', path: '/open', headers: { origin: own.origin }, body: 'x'.repeat(43) }),
  ],
  [
    'an endless key',
    403,
    (own) => ({ method: 'POST', path: '/open', headers: { origin: own.origin }, body: 'x'.repeat(5000) }),
  ],
  // Methods.
  ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'].map(
    (method): Row => [
      `${method}`,
      405,
      (own) => ({ method, headers: { origin: own.origin, cookie: own.cookie } }),
    ],
  ),
  ['a call by GET', 405, (own) => ({ path: rpc, headers: { cookie: own.cookie } })],
  [
    'a file by POST',
    405,
    (own) => ({ method: 'POST', path: '/', headers: { origin: own.origin, cookie: own.cookie } }),
  ],
  [
    'events by POST',
    405,
    (own) => ({ method: 'POST', path: '/events', headers: { origin: own.origin, cookie: own.cookie } }),
  ],
  ['a list of images', 405, (own) => ({ path: '/images', headers: { cookie: own.cookie } })],
  // Addresses.
  ...[
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..',
    '/./index.html',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/assets//a.js',
    '/index.html?x=1',
    '/index.html%00',
    'http://attacker.example/',
    '*',
    `/${'a'.repeat(3000)}`,
  ].map(
    (path): Row => [
      `the address ${path.slice(0, 40)}`,
      400,
      (own) => ({ path, headers: { cookie: own.cookie } }),
    ],
  ),
  ['a file beside the window', 404, (own) => ({ path: '/secret.txt', headers: { cookie: own.cookie } })],
  ['a folder of the window', 404, (own) => ({ path: '/assets', headers: { cookie: own.cookie } })],
  ['a property of every object', 404, (own) => ({ path: '/__proto__', headers: { cookie: own.cookie } })],
  [
    'an image that is not there',
    404,
    (own) => ({ path: `/images/${ID}/view`, headers: { cookie: own.cookie } }),
  ],
  [
    'an image by a name that is no id',
    404,
    (own) => ({ path: '/images/station.key/original', headers: { cookie: own.cookie } }),
  ],
  [
    'a variant that is none',
    404,
    (own) => ({ path: `/images/${ID}/constructor`, headers: { cookie: own.cookie } }),
  ],
  ['a tile without a cookie', 401, () => ({ path: `/images/${ID}/tile/0/0/0` })],
  [
    'a tile of a picture that is not there',
    404,
    (own) => ({ path: `/images/${ID}/tile/0/0/0`, headers: { cookie: own.cookie } }),
  ],
  [
    'a tile that cannot be one',
    404,
    (own) => ({ path: `/images/${ID}/tile/0/-1/0`, headers: { cookie: own.cookie } }),
  ],
  [
    'a channel that cannot be one',
    404,
    (own) => ({ method: 'POST', path: '/rpc/a/b', headers: { origin: own.origin, cookie: own.cookie } }),
  ],
  // Bodies.
  [
    'a call that is too long',
    413,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie },
      body: 'x'.repeat(MAX_RPC_BYTES + 1),
    }),
  ],
  [
    'a call of no declared length that is too long',
    413,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie, 'transfer-encoding': 'chunked' },
      body: 'x'.repeat(MAX_RPC_BYTES + 1),
    }),
  ],
  [
    'a call that is not text',
    400,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie },
      body: new Uint8Array([0xff, 0xfe]),
    }),
  ],
  [
    'a compressed call',
    415,
    (own) => ({
      method: 'POST',
      path: rpc,
      headers: { origin: own.origin, cookie: own.cookie, 'content-encoding': 'gzip' },
      body: 'x',
    }),
  ],
];
