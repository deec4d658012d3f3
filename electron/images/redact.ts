// A piece of a picture with places taken out: their pixels are gone before anything is encoded, no box lies over them.
import sharp from 'sharp';
import { release } from '../release.ts';
import { decodeColour, type ImageRefusal, type RawPixels } from './decode.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type RedactedImage =
  | { ok: true; jpeg: Uint8Array; width: number; height: number }
  | { ok: false; code: ImageRefusal };

/** Of a piece: details stay sharp, and the piece small enough for a poor line. */
const PIECE_SIDE = 1600;
const PIECE_QUALITY = 88;

/** Whole pixels, and none too few: a pixel that is touched at its edge belongs to it. */
const outward = ({ x, y, width, height }: Rectangle): Rectangle => {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
};

/** And of a piece none too many: a pixel that lies partly beside it may show what is not under a box there. */
const inward = ({ x, y, width, height }: Rectangle): Rectangle => {
  const [left, top] = [Math.ceil(x), Math.ceil(y)];
  return { x: left, y: top, width: Math.floor(x + width) - left, height: Math.floor(y + height) - top };
};

/** The pixels of a part of a picture, in an array of their own. */
function cutOut({ data, width, channels }: RawPixels, at: Rectangle): Buffer {
  const piece = Buffer.alloc(at.width * at.height * channels);
  for (let row = 0; row < at.height; row += 1) {
    const from = ((at.y + row) * width + at.x) * channels;
    piece.set(data.subarray(from, from + at.width * channels), row * at.width * channels);
  }
  return piece;
}

/** Makes black, in place, what lies in a box of the picture that the piece was cut from. */
function blacken(piece: Buffer, channels: number, at: Rectangle, box: Rectangle): void {
  const left = Math.max(0, box.x - at.x);
  const right = Math.min(at.width, box.x + box.width - at.x);
  const top = Math.max(0, box.y - at.y);
  const bottom = Math.min(at.height, box.y + box.height - at.y);
  if (right <= left) return;
  for (let row = top; row < bottom; row += 1)
    piece.fill(0, (row * at.width + left) * channels, (row * at.width + right) * channels);
}

/**
 * Cuts a piece out of a picture file and takes out what lies in the boxes; all places in pixels of the upright picture.
 * Answers a JPEG without metadata, the same bytes for the same question. A piece that reaches beyond the picture is
 * `image-damaged`.
 */
export async function redactImage(
  bytes: Uint8Array,
  { at, hidden }: { at: Rectangle; hidden: readonly Rectangle[] },
): Promise<RedactedImage> {
  const decoded = await decodeColour(bytes);
  if (!decoded.ok) return decoded;
  const { pixels } = decoded;
  const { channels } = pixels;
  const own = inward(at);
  const isWithin = own.x + own.width <= pixels.width && own.y + own.height <= pixels.height;
  if (own.x < 0 || own.y < 0 || own.width < 1 || own.height < 1 || !isWithin)
    return { ok: false, code: 'image-damaged' };
  const piece = cutOut(pixels, own);
  release(pixels.data);
  for (const box of hidden) blacken(piece, channels, own, outward(box));
  const { data, info } = await sharp(piece, { raw: { width: own.width, height: own.height, channels } })
    .resize({ width: PIECE_SIDE, height: PIECE_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .jpeg({ quality: PIECE_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { ok: true, jpeg: data, width: info.width, height: info.height };
}
