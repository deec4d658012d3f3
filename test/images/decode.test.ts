// The decoder: every kind of picture reads, every broken one is told by its code, and neither spoils the next.
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeImage, renderImage, sniffFormat } from '../../electron/images/decode.ts';
import type { GreyPixels } from '../../electron/images/decode.ts';
import sharp from 'sharp';
import * as samples from './samples.ts';

/** Grey in the middle of the four quarters, in reading order. */
function corners({ width, height, data }: GreyPixels): number[] {
  const at = (x: number, y: number): number =>
    data[Math.floor(y * height) * width + Math.floor(x * width)] ?? -1;
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

async function greyOf(bytes: Uint8Array): Promise<GreyPixels> {
  const decoded = await decodeImage(bytes);
  if (!decoded.ok) throw new Error(decoded.code);
  return decoded.grey;
}

function expectNear(actual: number[], expected: readonly number[], tolerance: number): void {
  for (const [i, value] of expected.entries())
    expect(Math.abs((actual[i] ?? -999) - value)).toBeLessThanOrEqual(tolerance);
}

describe('good pictures', () => {
  it.each([
    ['jpeg', samples.jpeg],
    ['png', samples.png],
    ['webp', samples.webp],
    ['tiff', samples.tiff],
  ] as const)('reads %s to the right pixels', async (format, make) => {
    const decoded = await decodeImage(await make());
    expect(decoded).toMatchObject({ ok: true, format, grey: { width: 96, height: 64 } });
    if (decoded.ok) {
      expect(decoded.grey.data.length).toBe(96 * 64);
      expectNear(corners(decoded.grey), samples.QUARTERS, 1);
    }
  });

  it.each(Object.entries(samples.UNUSUAL))('reads: %s', async (name, make) => {
    const grey = await greyOf(await make());
    expect([grey.width, grey.height, grey.data.length]).toEqual([96, 64, 96 * 64]);
    // Without an embedded profile the four inks are only nearly the colour they were made from.
    expectNear(corners(grey), samples.QUARTERS, name === 'CMYK JPEG' ? 30 : 2);
  });

  it('the animated sample and the one with levels truly hold several pictures', async () => {
    for (const name of ['animated WebP', 'TIFF with smaller levels of itself']) {
      const make = samples.UNUSUAL[name];
      expect((await sharp(await make?.()).metadata()).pages, name).toBeGreaterThan(1);
    }
  });

  it('refuses a TIFF of several pages as a new picture, and still shows one that was kept', async () => {
    const bytes = await samples.twoPages();
    expect(await decodeImage(bytes)).toEqual({ ok: false, code: 'image-several-pages' });
    expect(await renderImage(bytes)).toMatchObject({ ok: true, width: 96, height: 64 });
  });

  it('puts transparent places on white', async () => {
    const clear = sharp(Buffer.alloc(40 * 40 * 4), { raw: { width: 40, height: 40, channels: 4 } });
    const grey = await greyOf(await clear.png().toBuffer());
    expect(grey.data.every((value) => value === 255)).toBe(true);
  });

  const [a, b, c, d] = samples.QUARTERS;
  it.each([
    [1, [a, b, c, d]],
    [2, [b, a, d, c]],
    [3, [d, c, b, a]],
    [4, [c, d, a, b]],
    [5, [a, c, b, d]],
    [6, [c, a, d, b]],
    [7, [d, b, c, a]],
    [8, [b, d, a, c]],
  ])('turns EXIF orientation %i upright', async (orientation, expected) => {
    const bytes = await samples.oriented(orientation);
    const grey = await greyOf(bytes);
    expect([grey.width, grey.height]).toEqual(orientation < 5 ? [96, 64] : [64, 96]);
    expectNear(corners(grey), expected, 1);
    const view = await renderImage(bytes);
    if (!view.ok) throw new Error(view.code);
    expect([view.width, view.height]).toEqual([grey.width, grey.height]);
    expectNear(corners(await greyOf(view.jpeg)), expected, 2);
  });

  it('reads 35 megapixels', async () => {
    const big = samples.forgedPng(7000, 5000, deflateSync(Buffer.alloc(7001 * 5000), { level: 1 }));
    const grey = await greyOf(big);
    expect([grey.width, grey.height, grey.data.length]).toEqual([7000, 5000, 35_000_000]);
  });
});

describe('pictures for the window', () => {
  it('makes a thumb of 320 pixels at most, never larger than the picture', async () => {
    const wide = sharp(samples.texture(1000, 400), { raw: { width: 1000, height: 400, channels: 3 } });
    expect(await renderImage(await wide.png().toBuffer(), { maxSide: 320 })).toMatchObject({
      width: 320,
      height: 128,
    });
    expect(await renderImage(await samples.png(), { maxSide: 320 })).toMatchObject({ width: 96, height: 64 });
  });

  it('leaves out what the camera wrote about itself', async () => {
    const bytes = await sharp(samples.quarters(), { raw: { width: 96, height: 64, channels: 3 } })
      .withExif({ IFD0: { Make: 'CAMERA-OF-A-PERSON' } })
      .jpeg()
      .toBuffer();
    expect(bytes.includes('CAMERA-OF-A-PERSON')).toBe(true);
    const view = await renderImage(bytes);
    expect(view.ok && Buffer.from(view.jpeg).includes('CAMERA-OF-A-PERSON')).toBe(false);
  });
});

describe('broken pictures', () => {
  it.each(samples.BROKEN_IMAGES)('$name: $code', async ({ make, code }) => {
    const bytes = await make();
    const startedAt = performance.now();
    expect(await decodeImage(bytes)).toEqual({ ok: false, code });
    expect(await renderImage(bytes)).toEqual({ ok: false, code });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expectNear(corners(await greyOf(await samples.jpeg())), samples.QUARTERS, 1);
  });

  it('knows every kind by its first bytes only', () => {
    expect(sniffFormat(Buffer.from('RIFF0000WAVE'))).toBeNull();
    expect(sniffFormat(Buffer.from('RIFF0000WEBP'))).toBe('webp');
    expect(sniffFormat(Buffer.from([0x4d, 0x4d, 0, 0x2a]))).toBe('tiff');
    expect(sniffFormat(Buffer.from([0x49, 0x49, 0x2b, 0]))).toBe('tiff');
  });
});
