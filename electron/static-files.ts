// The built window as files, and the headers that every answer of either shell carries.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface FileAnswer {
  status: 200 | 404;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

/** Answers one path of an address, such as `/` or `/assets/index-1a2b.js`. Never rejects. */
export type StaticFiles = (pathname: string) => Promise<FileAnswer>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The worker that compiles WebAssembly. A worker follows the policy of its own response, so only this one allows it. */
const WASM_WORKER = /^\/assets\/reader-worker-[\w-]{8}\.js$/;

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const FEATURES_OFF = [
  'accelerometer',
  'browsing-topics',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

const COMMON: Record<string, string> = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': ['camera=(self)', ...FEATURES_OFF.map((feature) => `${feature}=()`)].join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
};

/** Headers of every answer; WebAssembly is allowed to the reading worker alone. */
export function securityHeaders(pathname: string): Record<string, string> {
  const wasm = WASM_WORKER.test(pathname) ? " 'wasm-unsafe-eval'" : '';
  return { ...COMMON, 'content-security-policy': `script-src 'self'${wasm}; ${POLICY}` };
}

/**
 * Serves the files that lie in `folder` now and no others. They are read once: an address is looked up in their
 * list and never joined to a path, so that no spelling of `..` leads out, and a build that replaces them later
 * does not take them from under an open window. Throws when the folder cannot be read.
 */
export function createStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of filesBelow(folder, ''))
    files.set(name, new Uint8Array(readFileSync(join(folder, name))));
  return (pathname) => {
    const wanted = pathname === '/' ? '/index.html' : pathname;
    const body = files.get(wanted);
    const type = body ? (TYPES[extname(wanted)] ?? 'application/octet-stream') : 'text/plain';
    return Promise.resolve({
      status: body ? 200 : 404,
      headers: { ...securityHeaders(wanted), 'content-type': type },
      body: body ?? new Uint8Array(),
    });
  };
}

/** Paths from `/` on of the plain files below a folder. Step by step: Electron's archives know no recursive listing. */
function filesBelow(folder: string, path: string): string[] {
  return readdirSync(join(folder, path)).flatMap((name) => {
    const inner = `${path}/${name}`;
    const entry = lstatSync(join(folder, inner));
    if (entry.isDirectory()) return filesBelow(folder, inner);
    return entry.isFile() ? [inner] : [];
  });
}
