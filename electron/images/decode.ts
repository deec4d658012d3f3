// The one decoder: bytes of a picture file to oriented 8-bit grey, and pictures that a window can show.
import sharp, { type Sharp } from 'sharp';
import { MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE } from '../../shared/contract/images.ts';
import { release } from '../release.ts';

// libvips knows many more formats (SVG, PDF, GIF, JPEG XL …). A loader that is blocked cannot be attacked.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadTiff'],
});
// Pictures of travellers are not to linger in libvips' own cache.
sharp.cache(false);

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'tiff';
export type ImageRefusal =
  | 'image-empty'
  | 'image-too-large'
  | 'image-not-supported'
  | 'image-several-pages'
  | 'image-damaged';

/** Row-major grey pixels, 0 black to 255 white. */
export interface GreyPixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Row-major pixels of one (grey) or three bytes (sRGB) each. */
export interface RawPixels {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Uint8Array;
}

/** Row-major RGB pixels, three bytes each. */
export interface RgbPixels {
  width: number;
  height: number;
  data: Uint8Array;
}

export type DecodedImage =
  | { ok: true; format: ImageFormat; grey: GreyPixels }
  | { ok: false; code: ImageRefusal };
export type RenderedImage =
  | { ok: true; jpeg: Uint8Array; width: number; height: number }
  | { ok: false; code: ImageRefusal };

/** A picture that takes longer to decode is treated as damaged: nothing may hang the counter. */
const DECODE_SECONDS = 20;
const VIEW_QUALITY = 90;
const THUMB_QUALITY = 80;

const MIME_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tiff: 'image/tiff',
} as const satisfies Record<ImageFormat, string>;

/** The media type under which the original bytes are answered. */
export function mimeOf(format: ImageFormat): string {
  return MIME_TYPES[format];
}

const startsWith = (bytes: Uint8Array, offset: number, magic: readonly number[]): boolean =>
  magic.every((value, index) => bytes[offset + index] === value);

/** Tells the format by its first bytes alone; a file's name is never believed. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | null {
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]))
    return 'webp';
  const little =
    startsWith(bytes, 0, [0x49, 0x49]) && (bytes[2] === 0x2a || bytes[2] === 0x2b) && bytes[3] === 0;
  const big = startsWith(bytes, 0, [0x4d, 0x4d, 0]) && (bytes[3] === 0x2a || bytes[3] === 0x2b);
  return little || big ? 'tiff' : null;
}

/** Refuses by size and kind before any pixel is decoded; the header alone decides about a pixel bomb. */
async function admit(
  bytes: Uint8Array,
): Promise<{ ok: true; format: ImageFormat } | { ok: false; code: ImageRefusal }> {
  if (bytes.byteLength === 0) return { ok: false, code: 'image-empty' };
  if (bytes.byteLength > MAX_IMAGE_BYTES) return { ok: false, code: 'image-too-large' };
  const format = sniffFormat(bytes);
  if (format === null) return { ok: false, code: 'image-not-supported' };
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const isTooLarge = width * height > MAX_IMAGE_PIXELS || Math.max(width, height) > MAX_IMAGE_SIDE;
    if (isTooLarge) return { ok: false, code: 'image-too-large' };
  } catch {
    return { ok: false, code: 'image-damaged' };
  }
  return { ok: true, format };
}

/** Most parts of a TIFF that are looked at one by one; levels of a picture are never so many. */
const MOST_LEVELS = 16;

/**
 * Whether a TIFF holds more pages than its first, as scanners with a feeder write them. A preview or a smaller level of
 * the same picture is no page: it has half the size at most.
 */
async function hasSeveralPages(bytes: Uint8Array): Promise<boolean> {
  const first = await sharp(bytes, { limitInputPixels: false }).metadata();
  const { pages = 1 } = first;
  for (let page = 1; page < pages; page += 1) {
    if (page >= MOST_LEVELS) return true;
    const { width, height } = await sharp(bytes, { limitInputPixels: false, page }).metadata();
    if (2 * width > first.width + 2 || 2 * height > first.height + 2) return true;
  }
  return false;
}

/**
 * One page or frame, oriented by EXIF, on white. `failOn: 'error'` lets a complete picture with harmless
 * oddities pass (stray bytes between markers), and refuses one that ends too early.
 */
function pipeline(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'error', pages: 1, sequentialRead: true })
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .flatten({ background: '#ffffff' });
}

/**
 * Decodes a JPEG, PNG, WebP or TIFF file to 8-bit grey pixels after EXIF orientation, transparent places
 * on white, of an animation the first frame. A TIFF of several pages is refused: the others would be lost without a
 * word. Never rejects: a picture that cannot be read is a result.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const admitted = await admit(bytes);
  if (!admitted.ok) return admitted;
  try {
    if (admitted.format === 'tiff' && (await hasSeveralPages(bytes)))
      return { ok: false, code: 'image-several-pages' };
    const { data, info } = await pipeline(bytes)
      .greyscale()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    // An array of our own can be handed to another thread. (sharp 0.35.5 `toUint8Array` never frees its memory.)
    const grey = { width: info.width, height: info.height, data: onlyFirstBand(data, info.channels) };
    release(data);
    return { ok: true, format: admitted.format, grey };
  } catch {
    return { ok: false, code: 'image-damaged' };
  }
}

/**
 * Decodes a picture file to oriented pixels in colour, transparent places on white. They are the caller's own.
 * Never rejects: a picture that cannot be read is a result.
 */
export async function decodeColour(
  bytes: Uint8Array,
): Promise<{ ok: true; pixels: RawPixels } | { ok: false; code: ImageRefusal }> {
  const admitted = await admit(bytes);
  if (!admitted.ok) return admitted;
  try {
    const { data, info } = await pipeline(bytes)
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (channels !== 1 && channels !== 3) return { ok: false, code: 'image-damaged' };
    return { ok: true, pixels: { width, height, channels, data } };
  } catch {
    return { ok: false, code: 'image-damaged' };
  }
}

function onlyFirstBand(data: Uint8Array, bands: number): Uint8Array {
  if (bands === 1) return new Uint8Array(data);
  const grey = new Uint8Array(data.length / bands);
  for (let i = 0; i < grey.length; i += 1) grey[i] = data[i * bands] ?? 0;
  return grey;
}

/**
 * Renders a picture file as an oriented JPEG without metadata, for the window. With `maxSide` the longer
 * side is at most that many pixels; without it the picture keeps its size, so that places in it hold.
 */
export async function renderImage(
  bytes: Uint8Array,
  options: { maxSide?: number } = {},
): Promise<RenderedImage> {
  const admitted = await admit(bytes);
  if (!admitted.ok) return admitted;
  const { maxSide } = options;
  try {
    const image = pipeline(bytes);
    if (maxSide !== undefined) {
      image.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true });
    }
    const { data, info } = await image
      .toColourspace('srgb')
      .jpeg({ quality: maxSide === undefined ? VIEW_QUALITY : THUMB_QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { ok: true, jpeg: data, width: info.width, height: info.height };
  } catch {
    return { ok: false, code: 'image-damaged' };
  }
}

/** Of a piece: details stay sharp, and the piece small enough for a poor line. */
const PIECE_SIDE = 1600;
const PIECE_QUALITY = 88;

/**
 * Cuts a piece out of a picture file, places as of the upright picture in whole pixels: a JPEG without metadata, the same
 * bytes for the same piece. A piece that reaches beyond the picture is `image-damaged`.
 */
export async function cutImage(
  bytes: Uint8Array,
  at: { x: number; y: number; width: number; height: number },
): Promise<RenderedImage> {
  const admitted = await admit(bytes);
  if (!admitted.ok) return admitted;
  try {
    const { data, info } = await pipeline(bytes)
      .extract({ left: at.x, top: at.y, width: at.width, height: at.height })
      .resize({ width: PIECE_SIDE, height: PIECE_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .jpeg({ quality: PIECE_QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { ok: true, jpeg: data, width: info.width, height: info.height };
  } catch {
    return { ok: false, code: 'image-damaged' };
  }
}

/** Encodes drawn pixels as a JPEG file, so that a specimen takes the same way as a picture from outside. */
export async function encodeJpeg(pixels: RgbPixels, quality = 92): Promise<Uint8Array> {
  const { width, height, data } = pixels;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}
