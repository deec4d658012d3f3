// Nothing in the clear: what the scan of traces finds, and that it finds nothing of a station, running or killed.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { scanFolders } from '../bench/traces/scan.ts';
import { MARKERS, traveller } from '../bench/traces/travellers.ts';
import { jpeg, png, webp } from '../images/samples.ts';
import { temporaryFolder } from './fixtures.ts';

const EXAMINED = 24;

describe('the scan', () => {
  it('has two hundred markers, none of which is in another', () => {
    expect(new Set(MARKERS).size).toBe(200);
    for (const marker of MARKERS) {
      expect(marker.length).toBeGreaterThanOrEqual(9);
      expect(MARKERS.filter((other) => other.includes(marker))).toHaveLength(1);
    }
  });

  it('finds a marker in every coding, wherever it begins, and every kind of picture', async () => {
    const folder = temporaryFolder();
    const marker = MARKERS[123] ?? '';
    const big = 8 * 1024 * 1024;
    const plants: [string, Buffer, RegExp][] = [
      ['utf8', Buffer.from(`x${marker}y`), /marker 123 as UTF-8/],
      ['utf16', Buffer.from(`xx${marker}`, 'utf16le'), /marker 123 as UTF-16/],
      ['utf16be', Buffer.from(`x${marker}`, 'utf16le').swap16(), /marker 123 as UTF-16BE/],
      ['over-the-step', Buffer.concat([Buffer.alloc(big - 4), Buffer.from(marker)]), /marker 123 as UTF-8/],
      ['jpeg', Buffer.concat([Buffer.alloc(777, 1), await jpeg()]), /a JPEG/],
      ['png', Buffer.concat([Buffer.alloc(3), await png()]), /a PNG/],
      ['webp', Buffer.concat([Buffer.alloc(5), await webp()]), /a WebP/],
    ];
    for (const before of [0, 1, 2, 3]) {
      const text = Buffer.from(`${'-'.repeat(before)}${marker}tail`).toString('base64');
      plants.push([`base64-${before}`, Buffer.from(text), /marker 123 as base64/]);
    }
    for (const [name, bytes] of plants) writeFileSync(join(folder, name), bytes);
    const { hits, files } = scanFolders([folder], MARKERS);
    expect(files).toBe(plants.length);
    for (const [name, , what] of plants)
      expect(
        hits.some((hit) => hit.startsWith(`${name}: `) && what.test(hit)),
        name,
      ).toBe(true);
    writeFileSync(join(folder, `about ${marker}`), '');
    expect(scanFolders([folder], MARKERS).hits).toContain('name of a file: marker 123 as UTF-8');
    const clean = temporaryFolder();
    const icon = sharp({ create: { width: 48, height: 48, channels: 3, background: '#123' } });
    writeFileSync(join(clean, 'icon'), await icon.png().toBuffer());
    writeFileSync(
      join(clean, 'chance'),
      Buffer.from([0xff, 0xd8, 0xff, 0x17, 0x20, 0xff, 0xd8, 0xff, 0xe0, 0, 1]),
    );
    expect(scanFolders([clean], MARKERS).hits).toEqual([]);
  });

  it('would find a picture of the station’s if it lay in clear', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'picture'), (await traveller(5)).picture);
    const { hits } = scanFolders([folder], MARKERS);
    expect(hits).toContain('picture: a JPEG');
    expect(hits.filter((hit) => hit.includes('UTF-8')).length).toBeGreaterThanOrEqual(2);
  });
});

describe('a station', () => {
  it(`that examined ${EXAMINED} travellers leaves nothing in clear, running and after a kill`, {
    timeout: 120_000,
  }, async () => {
    const place = temporaryFolder();
    const [data, temp, home] = ['data', 'temp', 'home'].map((name) => join(place, name));
    for (const folder of [data, temp, home]) mkdirSync(folder ?? '');
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../bench/traces/child.ts'), data ?? '', String(EXAMINED)],
      {
        env: {
          PATH: process.env['PATH'],
          TMPDIR: temp,
          TMP: temp,
          TEMP: temp,
          HOME: home,
          XDG_RUNTIME_DIR: temp,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const gone = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) if (line === 'waiting') break;
    const running = scanFolders([place], MARKERS);
    child.kill('SIGKILL');
    await gone;
    const killed = scanFolders([place], MARKERS);
    expect(running.files).toBeGreaterThan(EXAMINED / 2);
    expect([...running.hits, ...killed.hits]).toEqual([]);
  });
});
