// The one binary door beside the bridge: bytes in, answered by id and SHA-256; bytes out by id.

/** `POST /images` takes the bytes of one picture file; the value of its reply (`bridge.ts`) is JSON of this shape. */
export interface StoredImage {
  /** Minted by the station (UUIDv7). */
  id: string;
  /** Of the bytes as they came in, lower-case hex. */
  sha256: string;
  /** Pixels after EXIF orientation. */
  width: number;
  height: number;
}

/**
 * `GET /images/<id>/<variant>`, always `no-store`:
 * `view` a picture the window can show (oriented; JPEG), `screen` the same at 1600 px at most, `thumb` at 320,
 * `grey` raw 8-bit grey pixels, row-major, with their size in the headers below,
 * `original` the bytes as they came in.
 */
export const IMAGE_VARIANTS = ['view', 'screen', 'thumb', 'grey', 'original'] as const;
export type ImageVariant = (typeof IMAGE_VARIANTS)[number];
export const IMAGE_WIDTH_HEADER = 'x-image-width';
export const IMAGE_HEIGHT_HEADER = 'x-image-height';

/** Side of a tile in pixels; those at the right and lower edge may be smaller. */
export const TILE_SIDE = 512;

/**
 * `GET /images/<id>/tile/<level>/<x>/<y>`: one square of a picture as JPEG, so that a large one is looked at piece by
 * piece. Level 0 has all pixels of the oriented picture, each further one half of the side before, rounded up; the last
 * is a single tile. `x` and `y` count tiles from the upper left.
 */
export interface TileAt {
  level: number;
  x: number;
  y: number;
}

/** What the image door can be asked of a picture. */
export type ImageChoice = ImageVariant | TileAt;

interface Size {
  width: number;
  height: number;
}

/** Pixels of every level of a picture of this size, from the whole to the last, which is a single tile. */
export function tileLevels({ width, height }: Size): Size[] {
  const levels = [{ width, height }];
  for (let last = { width, height }; Math.max(last.width, last.height) > TILE_SIDE; ) {
    last = { width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2) };
    levels.push(last);
  }
  return levels;
}

/** Largest file accepted, in bytes, and largest picture, in pixels (35 megapixels and a margin for padding). */
export const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
export const MAX_IMAGE_PIXELS = 36_000_000;
/** Longest side: a line of millions of pixels is no document, and fills minutes when it is cut into tiles. */
export const MAX_IMAGE_SIDE = 32_768;
