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

/** Largest file accepted, in bytes, and largest picture, in pixels (35 megapixels and a margin for padding). */
export const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
export const MAX_IMAGE_PIXELS = 36_000_000;
