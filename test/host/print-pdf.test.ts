// A PDF by a browser without a window, over pipes: what is printed, what is refused, and that nothing is left behind.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { openDebugPipe } from '../../electron/host/debug-pipe.ts';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createPdfPrinter, printerArguments } from '../../electron/host/print-pdf.ts';
import { textOfPdf } from '../pdf-text.ts';

vi.setConfig({ testTimeout: 120_000 });
const browser = findBrowser() ?? '';
const page = (body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><style>@page{size:A4}</style>${body}</html>`;

/** Files in the temporary folders of browsers, made since then (ms), that hold a text. */
function filesHolding(text: string, since: number): string[] {
  const tops = ['/dev/shm', tmpdir()].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /chrom|countercheck-browser|scoped_dir/iu.test(name))
      .map((name) => join(folder, name)),
  );
  const isHolding = (path: string): boolean => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.mtimeMs < since) return false;
    if (!stat.isDirectory()) return stat.isFile() && readFileSync(path).includes(text);
    return readdirSync(path).some((name) => isHolding(join(path, name)));
  };
  return tops.filter(isHolding);
}

describe('the printer', () => {
  it('is never told over a port', () => {
    const given = printerArguments('/tmp/profile', true);
    expect(given).toContain('--remote-debugging-pipe');
    expect(given.filter((one) => one.includes('debugging-port'))).toEqual([]);
    expect(given).toContain('--disk-cache-size=1');
  });

  it('prints text, scripts nothing, fetches nothing, and leaves nothing behind', async () => {
    const print = createPdfPrinter(browser);
    const since = Date.now() - 1000;
    const marker = 'MARKER-PERSON-7';
    const script =
      "<script>document.body.append('RAN')</script><img src='http://127.0.0.1:9/x.png' onerror='document.body.append(\"RAN\")'>";
    const [first, second] = await Promise.all([
      print(page(`<p>${marker} ÄÖ Ж 漢</p>${script}`)),
      print(page('<p>second</p>')),
    ]);
    expect(Buffer.from(first.subarray(0, 5)).toString()).toBe('%PDF-');
    const text = await textOfPdf(first);
    expect(text).toContain(marker);
    expect(text).toContain('ÄÖ');
    expect(text).not.toContain('RAN');
    expect(await textOfPdf(second)).toContain('second');
    expect(filesHolding(marker, since)).toEqual([]);
  });

  it('says so where there is no browser, and where it is none', async () => {
    await expect(createPdfPrinter('/no/such/browser')(page('x'))).rejects.toThrow('ended');
    await expect(createPdfPrinter(process.execPath)(page('x'))).rejects.toThrow('ended');
  });
});

describe('the pipe', () => {
  it('puts answers together however they come in pieces, and quotes no refusal', async () => {
    const [from, to] = [new PassThrough(), new PassThrough()];
    const pipe = openDebugPipe(from, to);
    const [one, two] = [pipe.send('A.b', { x: 1 }), pipe.send('C.d', {}, 'session')];
    const refused = expect(two).rejects.toThrow(/^the browser refused$/u);
    const answer = Buffer.from(
      `{"method":"event"}\0${JSON.stringify({ id: 2, error: { message: 'ERIKSSON' } })}\0${JSON.stringify({ id: 1, result: { ok: 'ß' } })}\0`,
    );
    for (const byte of answer) from.write(Buffer.from([byte]));
    expect(await one).toEqual({ ok: 'ß' });
    await refused;
    const said = String(to.read()).split('\0').filter(Boolean);
    expect(said.map((text) => JSON.parse(text))).toEqual([
      { id: 1, method: 'A.b', params: { x: 1 } },
      { id: 2, method: 'C.d', params: {}, sessionId: 'session' },
    ]);
    const last = pipe.send('E.f');
    from.destroy();
    await expect(last).rejects.toThrow('ended');
    await expect(pipe.send('G.h')).rejects.toThrow('ended');
  });
});
