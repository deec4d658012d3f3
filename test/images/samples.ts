// Picture files for the tests of the decoder: good ones of every kind, and broken ones with the code expected.
import { deflateSync, crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { ImageRefusal } from '../../electron/images/decode.ts';

/** Width and height of every good sample before orientation. */
const SAMPLE_WIDTH = 96;
const SAMPLE_HEIGHT = 64;

/**
 * Four quarters of known grey: top left 32, top right 96, bottom left 160, bottom right 224. Enough to tell
 * every one of the eight EXIF orientations apart.
 */
export const QUARTERS = [32, 96, 160, 224] as const;

export function quarters(width = SAMPLE_WIDTH, height = SAMPLE_HEIGHT): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const grey = QUARTERS[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? 0;
      data.fill(grey, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return data;
}

const raw = (data: Uint8Array = quarters(), width = SAMPLE_WIDTH, height = SAMPLE_HEIGHT): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

/** Lines that do not compress to nothing, so that half of the file is half of the picture. */
export function texture(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  let state = 12_345;
  for (let i = 0; i < data.length; i += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    data[i] = state >> 16;
  }
  return data;
}

export const jpeg = (): Promise<Buffer> => raw().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
export const png = (): Promise<Buffer> => raw().png().toBuffer();
export const webp = (): Promise<Buffer> => raw().webp({ lossless: true }).toBuffer();
export const tiff = (): Promise<Buffer> => raw().tiff({ compression: 'lzw' }).toBuffer();
export const oriented = (orientation: number): Promise<Buffer> =>
  raw().withMetadata({ orientation }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();

/** Good pictures of unusual make; each must read as the four quarters. */
export const UNUSUAL: Record<string, () => Promise<Buffer>> = {
  'progressive JPEG': () => raw().jpeg({ progressive: true, quality: 95 }).toBuffer(),
  'grey JPEG': () => raw().greyscale().jpeg({ quality: 95 }).toBuffer(),
  'CMYK JPEG': () => raw().toColourspace('cmyk').jpeg({ quality: 98 }).toBuffer(),
  '16-bit PNG': () => raw().toColourspace('rgb16').png().toBuffer(),
  '16-bit grey TIFF': () => raw().toColourspace('grey16').tiff({ compression: 'none' }).toBuffer(),
  'palette PNG': () => raw().png({ palette: true }).toBuffer(),
  'PNG with opaque alpha': () => raw().ensureAlpha().png().toBuffer(),
  'animated WebP': () => {
    const frames = Buffer.concat([quarters(), texture(SAMPLE_WIDTH, SAMPLE_HEIGHT)]);
    const size = { width: SAMPLE_WIDTH, height: SAMPLE_HEIGHT * 2, pageHeight: SAMPLE_HEIGHT };
    return sharp(frames, { raw: { ...size, channels: 3 } })
      .webp({ lossless: true, delay: [90, 90] })
      .toBuffer();
  },
  'TIFF with smaller levels of itself': () =>
    raw().tiff({ compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16, pyramid: true }).toBuffer(),
  'JPEG with broken EXIF': async () => {
    const good = await oriented(1);
    const at = good.indexOf('Exif\0\0', 0, 'latin1') + 6;
    return Buffer.concat([good.subarray(0, at), Buffer.alloc(24, 0xff), good.subarray(at + 24)]);
  },
  'JPEG with bytes after its end': async () => Buffer.concat([await jpeg(), Buffer.from('trailing')]),
};

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG that declares a size of its own; `rows` as its compressed rows. */
export function forgedPng(width: number, height: number, rows: Uint8Array, bits = 8, colour = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colour, 0, 0, 0], 8);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const rowsOf = (width: number, height: number): Buffer => deflateSync(Buffer.alloc((width + 1) * height));
const half = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));
const large = (): Sharp => raw(texture(320, 240), 320, 240);

export function twoPages(): Promise<Buffer> {
  const pages = Buffer.concat([quarters(), texture(SAMPLE_WIDTH, SAMPLE_HEIGHT)]);
  const size = { width: SAMPLE_WIDTH, height: SAMPLE_HEIGHT * 2, pageHeight: SAMPLE_HEIGHT };
  return sharp(pages, { raw: { ...size, channels: 3 } })
    .tiff({ compression: 'lzw' })
    .toBuffer();
}

export interface BrokenImage {
  name: string;
  code: ImageRefusal;
  make: () => Promise<Uint8Array> | Uint8Array;
}

const text = (content: string): Buffer => Buffer.from(content, 'utf8');

/** What officers and disks really hand over, and what an attacker would. */
export const BROKEN_IMAGES: BrokenImage[] = [
  { name: '0 bytes', code: 'image-empty', make: () => Buffer.alloc(0) },
  { name: 'text named .jpg', code: 'image-not-supported', make: () => text('this is only a text') },
  { name: 'one byte', code: 'image-not-supported', make: () => Buffer.from([0xff]) },
  {
    name: 'SVG',
    code: 'image-not-supported',
    make: () => text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  },
  {
    name: 'SVG after an XML head',
    code: 'image-not-supported',
    make: () => text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  },
  {
    name: 'GIF',
    code: 'image-not-supported',
    make: () => Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  },
  {
    name: 'HEIC',
    code: 'image-not-supported',
    make: () => Buffer.concat([Buffer.from([0, 0, 0, 24]), text('ftypheic'), Buffer.alloc(500)]),
  },
  { name: 'PDF', code: 'image-not-supported', make: () => text('%PDF-1.7\n%%EOF\n') },
  { name: 'BMP', code: 'image-not-supported', make: () => Buffer.concat([text('BM'), Buffer.alloc(100)]) },
  {
    name: 'ZIP',
    code: 'image-not-supported',
    make: () => Buffer.concat([text('PK\x03\x04'), Buffer.alloc(90)]),
  },
  { name: 'random bytes', code: 'image-not-supported', make: () => texture(40, 40) },
  { name: 'truncated JPEG', code: 'image-damaged', make: async () => half(await large().jpeg().toBuffer()) },
  {
    name: 'truncated progressive JPEG',
    code: 'image-damaged',
    make: async () => half(await large().jpeg({ progressive: true }).toBuffer()),
  },
  {
    name: 'JPEG without its last 200 bytes',
    code: 'image-damaged',
    make: async () => (await large().jpeg().toBuffer()).subarray(0, -200),
  },
  { name: 'JPEG head only', code: 'image-damaged', make: async () => (await jpeg()).subarray(0, 20) },
  {
    name: 'JPEG magic and noise',
    code: 'image-damaged',
    make: () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), texture(30, 30)]),
  },
  { name: 'truncated PNG', code: 'image-damaged', make: async () => half(await large().png().toBuffer()) },
  {
    name: 'PNG with a flipped byte',
    code: 'image-damaged',
    make: async () => {
      const bytes = await large().png().toBuffer();
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
      return bytes;
    },
  },
  { name: 'truncated WebP', code: 'image-damaged', make: async () => half(await large().webp().toBuffer()) },
  { name: 'truncated TIFF', code: 'image-damaged', make: async () => half(await large().tiff().toBuffer()) },
  { name: 'TIFF magic only', code: 'image-damaged', make: () => Buffer.from([0x49, 0x49, 0x2a, 0]) },
  {
    name: '30,000 x 30,000 PNG, few bytes',
    code: 'image-too-large',
    make: () => forgedPng(30_000, 30_000, deflateSync(Buffer.alloc(1000)), 1),
  },
  {
    name: 'PNG of 0 x 0',
    code: 'image-damaged',
    make: () => forgedPng(0, 0, deflateSync(Buffer.alloc(0))),
  },
  {
    name: 'PNG wider than can be',
    code: 'image-damaged',
    make: () => forgedPng(0xffffffff, 1, deflateSync(Buffer.alloc(10))),
  },
  {
    name: 'zip-bomb PNG just over the limit',
    code: 'image-too-large',
    make: () => forgedPng(6001, 6000, rowsOf(6001, 6000)),
  },
  {
    name: 'PNG that is one long line',
    code: 'image-too-large',
    make: () => forgedPng(9_000_000, 1, rowsOf(9_000_000, 1)),
  },
  {
    name: 'file over 64 MB',
    code: 'image-too-large',
    make: () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(65 * 1024 * 1024)]),
  },
];
