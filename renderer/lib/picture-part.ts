// A part of a stored picture in its own pixels: of a picture that is looked at through a glass no more is kept.
import { pictureOf } from './images.ts';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PicturePart {
  id: string;
  /** Where in the picture it was cut out. */
  from: Rectangle;
  /** To be closed by its owner. */
  bitmap: ImageBitmap;
}

interface Size {
  width: number;
  height: number;
}

let line: Promise<unknown> = Promise.resolve();

/**
 * Cuts a part out of a picture. One at a time, because for that moment the whole of it is decoded (48 MB of 12
 * megapixels). What lies outside the picture stays transparent.
 * @throws {CallFailed} as `pictureOf`; rejects as well where the signal was given or the picture cannot be decoded.
 */
export function cutPart(id: string, from: Rectangle, signal: AbortSignal): Promise<PicturePart> {
  const cut = async (): Promise<PicturePart> => {
    signal.throwIfAborted();
    const picture = await pictureOf(id, 'view', signal);
    const bitmap = await createImageBitmap(picture, from.x, from.y, from.width, from.height);
    if (!signal.aborted) return { id, from, bitmap };
    bitmap.close();
    throw signal.reason;
  };
  const part = line.then(cut);
  line = part.catch(() => undefined);
  return part;
}

/**
 * As `cutPart`, out of the picture as large as a screen shows it: sooner there, and never more than a screen's pixels
 * decoded. `size` is that of the picture itself, in whose pixels `from` is told.
 */
export async function cutShown(
  id: string,
  from: Rectangle,
  size: Size,
  signal: AbortSignal,
): Promise<PicturePart> {
  const shown = await createImageBitmap(await pictureOf(id, 'screen', signal));
  const scale = shown.width / size.width;
  try {
    signal.throwIfAborted();
    // Whole pixels: what the cut holds is told in the same.
    const [x, y] = [Math.floor(from.x * scale), Math.floor(from.y * scale)];
    const width = Math.max(1, Math.ceil(from.width * scale) + 1);
    const height = Math.max(1, Math.ceil(from.height * scale) + 1);
    const bitmap = await createImageBitmap(shown, x, y, width, height);
    return { id, from: { x: x / scale, y: y / scale, width: width / scale, height: height / scale }, bitmap };
  } finally {
    shown.close();
  }
}

/** Whether one rectangle lies within another. */
export function holds(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
