// What lies under a box of a case study's picture is gone from the bytes that leave, and the reader finds no zone on them.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeColour, encodeJpeg } from '../../electron/images/decode.ts';
import { redactImage } from '../../electron/images/redact.ts';
import { createZoneCheck } from '../../electron/images/zone-check.ts';
import { drawSpecimen, type Specimen } from '../../shared/specimen/document.ts';

const TODAY = '2026-11-23';

const boundsOf = (specimen: Specimen, name: string, by = 0) => {
  const quad = specimen.regions.find((region) => region.name === name)?.quad ?? [];
  const [xs, ys] = [quad.map(({ x }) => x), quad.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs) - by, Math.min(...ys) - by];
  return { x, y, width: Math.max(...xs) - x + by, height: Math.max(...ys) - y + by };
};
const wholeOf = ({ page }: Specimen) => ({ x: 0, y: 0, width: page.width, height: page.height });

async function redacted(bytes: Uint8Array, asked: Parameters<typeof redactImage>[1]): Promise<Uint8Array> {
  const made = await redactImage(bytes, asked);
  if (!made.ok) throw new Error(made.code);
  return made.jpeg;
}

describe('a redacted picture', () => {
  it('is the same, byte for byte, whatever was under its boxes', async () => {
    // Two holders on the same form: all that differs lies under boxes.
    const size = { width: 320, height: 200 };
    const box = { x: 60.4, y: 40.6, width: 120.2, height: 90.3 };
    const with_ = async (fill: (x: number, y: number) => number): Promise<Uint8Array> => {
      const data = Buffer.alloc(size.width * size.height * 3);
      for (let y = 0; y < size.height; y += 1)
        for (let x = 0; x < size.width; x += 1) {
          const isUnder = x >= 60 && x < 181 && y >= 40 && y < 131;
          data.fill(
            isUnder ? fill(x, y) : (x * 7 + y * 3) % 256,
            (y * size.width + x) * 3,
            (y * size.width + x) * 3 + 3,
          );
        }
      // Without loss: JPEG itself would carry what is under a box into the blocks beside it.
      return sharp(data, { raw: { ...size, channels: 3 } })
        .png()
        .toBuffer();
    };
    const at = { x: 0, y: 0, ...size };
    const first = await redacted(await with_((x, y) => (x * y) % 256), { at, hidden: [box] });
    const second = await redacted(await with_(() => 255), { at, hidden: [box] });
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    // The comparison can fail: without a box the two differ.
    const open = [with_((x, y) => (x * y) % 256), with_(() => 255)];
    const [a, b] = await Promise.all(open.map(async (each) => redacted(await each, { at, hidden: [] })));
    expect(Buffer.from(a ?? []).equals(Buffer.from(b ?? []))).toBe(false);
  });

  it('is black under its boxes and keeps its metadata to itself', async () => {
    const specimen = drawSpecimen({ seed: 9, kind: 'passport', today: TODAY });
    const page = await encodeJpeg(specimen.page);
    const withExif = await sharp(page)
      .withExif({ IFD0: { ImageDescription: 'BELMARO' } })
      .toBuffer();
    const portrait = boundsOf(specimen, 'portrait');
    const jpeg = await redacted(withExif, { at: wholeOf(specimen), hidden: [portrait] });
    expect(Buffer.from(jpeg).includes('BELMARO')).toBe(false);
    const { exif, icc, xmp } = await sharp(jpeg).metadata();
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
    const decoded = await decodeColour(jpeg);
    if (!decoded.ok) throw new Error(decoded.code);
    const { data, width, channels } = decoded.pixels;
    const scale = width / specimen.page.width;
    let brightest = 0;
    // Inside, a little away from the edge, where the encoder rings.
    const [left, top] = [Math.ceil(portrait.x * scale) + 8, Math.ceil(portrait.y * scale) + 8];
    const [right, bottom] = [
      Math.floor((portrait.x + portrait.width) * scale) - 8,
      Math.floor((portrait.y + portrait.height) * scale) - 8,
    ];
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1)
        brightest = Math.max(brightest, data[(y * width + x) * channels] ?? 0);
    expect(right - left).toBeGreaterThan(200);
    expect(brightest).toBeLessThan(12);
  });

  it('shows no pixel that lies partly beside it: what is there is under no box', async () => {
    const size = { width: 64, height: 48 };
    const white = 255;
    // All round the piece there is something that nobody may see, up to a part of a pixel.
    const data = Buffer.alloc(size.width * size.height, white);
    for (let y = 10; y < 30; y += 1) data.fill(0, y * size.width + 11, y * size.width + 40);
    const page = await sharp(data, { raw: { ...size, channels: 1 } })
      .png()
      .toBuffer();
    const at = { x: 10.9, y: 9.2, width: 29.5, height: 20.9 };
    const { data: shown, info } = await sharp(await redacted(page, { at, hidden: [] }))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([29, 20]);
    expect(Math.max(...shown)).toBeLessThan(12);
    const sliver = { x: 10.5, y: 9, width: 1, height: 9 };
    expect(await redactImage(page, { at: sliver, hidden: [] })).toEqual({ ok: false, code: 'image-damaged' });
  });

  it('is upright as the picture is seen, and refused beyond it', async () => {
    const grey = Buffer.alloc(40 * 20 * 3, 200);
    const turned = await sharp(grey, { raw: { width: 40, height: 20, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const made = await redactImage(turned, { at: { x: 0, y: 0, width: 20, height: 40 }, hidden: [] });
    expect(made).toMatchObject({ ok: true, width: 20, height: 40 });
    const beyond = await redactImage(turned, { at: { x: 0, y: 0, width: 40, height: 20 }, hidden: [] });
    expect(beyond).toEqual({ ok: false, code: 'image-damaged' });
  });
});

describe('the reader of zones, asked about a picture that is to leave', () => {
  const zonesOn = createZoneCheck();

  it('finds an open zone where it is, and none under its box', async () => {
    for (const kind of ['passport', 'id-card', 'visa-b'] as const) {
      const specimen = drawSpecimen({ seed: 9, kind, today: TODAY });
      const page = await encodeJpeg(specimen.page);
      const at = wholeOf(specimen);
      const zone = boundsOf(specimen, 'mrz', 6);
      const open = await zonesOn(await redacted(page, { at, hidden: [] }));
      expect(open.length, kind).toBe(1);
      const middle = (open[0]?.y ?? 0) + (open[0]?.height ?? 0) / 2;
      const scale = Math.min(1, 1600 / at.width);
      expect(Math.abs(middle - (zone.y + zone.height / 2) * scale), kind).toBeLessThan(20);
      expect(await zonesOn(await redacted(page, { at, hidden: [zone] })), kind).toEqual([]);
    }
  });

  it('finds one row that was forgotten, where it is', async () => {
    for (const [kind, rows] of [
      ['passport', 2],
      ['id-card', 3],
      ['visa-a', 2],
    ] as const) {
      const specimen = drawSpecimen({ seed: 20, kind, today: TODAY });
      const page = await encodeJpeg(specimen.page);
      const at = wholeOf(specimen);
      const zone = boundsOf(specimen, 'mrz', 6);
      const height = zone.height / rows;
      const lower = { ...zone, y: zone.y + height, height: zone.height - height };
      const found = await zonesOn(await redacted(page, { at, hidden: [lower] }));
      expect(found.length, kind).toBe(1);
      const scale = Math.min(1, 1600 / at.width);
      const middle = (found[0]?.y ?? 0) + (found[0]?.height ?? 0) / 2;
      expect(Math.abs(middle - (zone.y + height / 2) * scale), kind).toBeLessThan(20);
    }
  });
});
