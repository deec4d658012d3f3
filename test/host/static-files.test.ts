// The window's files and the headers of every answer.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStaticFiles, securityHeaders, type StaticFiles } from '../../electron/static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
let files: StaticFiles;

beforeAll(() => {
  mkdirSync(join(folder, 'window/ocr'), { recursive: true });
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  writeFileSync(join(folder, 'window/index.html'), 'index');
  writeFileSync(join(folder, 'window/ocr/worker.js'), 'worker');
  symlinkSync(join(folder, 'outside.txt'), join(folder, 'window/link.txt'));
  files = createStaticFiles(join(folder, 'window'));
  writeFileSync(join(folder, 'window/later.html'), 'later');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('files', () => {
  test.each([
    ['/', 'index', 'text/html; charset=utf-8'],
    ['/index.html', 'index', 'text/html; charset=utf-8'],
    ['/ocr/worker.js', 'worker', 'text/javascript; charset=utf-8'],
  ])('%s', async (path, body, type) => {
    const answer = await files(path);
    expect([answer.status, new TextDecoder().decode(answer.body)]).toEqual([200, body]);
    expect(answer.headers['content-type']).toBe(type);
  });

  test.each([
    '/../outside.txt',
    '/ocr/../../outside.txt',
    '/%2e%2e/outside.txt',
    '..\\outside.txt',
    '/link.txt',
    '/later.html',
    '/ocr',
    '/ocr/',
    '',
    '/__proto__',
    '/constructor',
  ])('nothing at %j', async (path) => {
    const answer = await files(path);
    expect([answer.status, answer.body.length]).toEqual([404, 0]);
  });

  test('a window that is open keeps its files when a build replaces them', async () => {
    rmSync(join(folder, 'window/ocr/worker.js'));
    expect((await files('/ocr/worker.js')).status).toBe(200);
  });

  test('a folder that was never built is told at once', () => {
    expect(() => createStaticFiles(join(folder, 'nothing'))).toThrow('ENOENT');
  });
});

describe('headers', () => {
  test('the policy allows our own origin, no inline code or style, and no WebAssembly on a page', () => {
    const policy = securityHeaders('/index.html')['content-security-policy'] ?? '';
    const rules = Object.fromEntries(
      policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    );
    expect(rules).toEqual({
      'script-src': "'self'",
      'default-src': "'none'",
      'style-src': "'self'",
      'img-src': "'self' blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'media-src': "'self' blob:",
      'worker-src': "'self'",
      'manifest-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
  });

  test('WebAssembly is allowed to the worker that runs it and to no look-alike', () => {
    const allows = (path: string): boolean =>
      (securityHeaders(path)['content-security-policy'] ?? '').includes('wasm-unsafe-eval');
    expect(allows('/assets/reader-worker-B4x_9-aZ.js')).toBe(true);
    const others = [
      '/',
      '/index.html',
      '/assets/reader-worker-B4x_9-aZ.js/',
      '/assets/reader-worker-B4x_9-aZ.json',
      '/assets/frames-worker-B4x_9-aZ.js',
      '/ASSETS/reader-worker-B4x_9-aZ.js',
      '/x/assets/reader-worker-B4x_9-aZ.js',
      '/assets/reader-worker-.js',
    ];
    expect(others.filter(allows)).toEqual([]);
  });

  test('nothing is stored, sniffed, framed, shared or told', () => {
    expect(securityHeaders('/')).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(securityHeaders('/')['permissions-policy']).toMatch(/^camera=\(self\), (?!.*camera)/);
  });
});
