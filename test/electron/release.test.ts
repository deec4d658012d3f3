// Memory of pictures that is given back early: only what is large and one's own, and no picture suffers from it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { release } from '../../electron/release.ts';
import { openVault } from '../../electron/images/vault.ts';
import { openStation } from '../../electron/station.ts';
import { createImages } from '../../electron/services/images.ts';
import { NO_SHELL, OFFICER, readyFolder } from './fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'countercheck-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A PNG without compression: its file and its pixels are both larger than what is given back early. */
async function largePicture(): Promise<Uint8Array<ArrayBuffer>> {
  const size = { width: 1024, height: 768, channels: 1 } as const;
  const pixels = Uint8Array.from({ length: size.width * size.height }, (_, i) => i % 251);
  return new Uint8Array(await sharp(pixels, { raw: size }).png({ compressionLevel: 0 }).toBuffer());
}

describe('memory given back early', () => {
  it('empties large arrays and leaves what may lie in a shared block', () => {
    const large = new Uint8Array(1024 * 1024);
    release(large.subarray(16));
    expect(large.byteLength).toBe(0);
    const small = Buffer.from('in the pool of Node');
    release(small);
    expect(small.toString()).toBe('in the pool of Node');
  });

  it('leaves the caller of the service its bytes, and every variant its pixels', async () => {
    const images = createImages(
      openVault(join(folder, 'vault'), new Map([[1, Buffer.alloc(32, 1)]])),
      () => new Date(),
    );
    const bytes = await largePicture();
    const { id } = await images.put(bytes);
    expect(bytes.length).toBeGreaterThan(512 * 1024);
    const kept = await images.view(id, 'screen');
    expect(new Uint8Array((await images.view(id, 'original')).bytes)).toEqual(bytes);
    expect((await images.view(id, 'screen')).bytes.length).toBe(kept.bytes.length);
    expect(new Uint8Array((await images.read(id)).bytes)).toEqual(bytes);
  });

  it('hands grey pixels over and makes them anew for whoever asks again', async () => {
    const station = openStation({
      dataFolder: await readyFolder(),
      version: '1.2.3',
      shell: NO_SHELL,
      report: (fault) => expect.fail(fault),
    });
    try {
      const { id: officerId, secret } = OFFICER;
      await station.dispatch('vault.sign-in', JSON.stringify({ officerId, secret }));
      const { id } = JSON.parse(await station.putImage(await largePicture())).value;
      const [first, together] = await Promise.all([
        station.getImage(id, 'grey'),
        station.getImage(id, 'grey'),
      ]);
      const again = await station.getImage(id, 'grey');
      const [pixels, ...others] = [first, together, again].map((one) => (one.ok ? one.bytes : null));
      expect(pixels).toHaveLength(1024 * 768);
      for (const other of others) expect(other).toEqual(pixels);
    } finally {
      await station.close();
    }
  });
});
