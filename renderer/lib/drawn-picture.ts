// A stored picture drawn on a canvas as large as its place: what it takes is given back with it.
// Chromium keeps what it decodes of an <img>, in every size it was shown, long after the picture is gone.
import type { ImageVariant } from '../../shared/contract/images.ts';
import { pictureOf } from './images.ts';

interface Size {
  width: number;
  height: number;
}

export interface PictureListener {
  /** The picture stands on the canvas; its size in pixels before it was fitted. */
  onShown(natural: Size): void;
  /** It could not be fetched or decoded. */
  onFailed(): void;
}

/**
 * Draws one variant of a stored picture on a canvas, whole, and again when the canvas becomes larger or smaller. The
 * canvas gets the proportions of the picture and at most its pixels; `object-fit` places it.
 * Answers what ends it; the canvas keeps what it shows.
 */
export function drawPicture(
  canvas: HTMLCanvasElement,
  { id, variant }: { id: string; variant: ImageVariant },
  listener: PictureListener,
): () => void {
  const control = new AbortController();
  const { signal } = control;
  let picture: Blob | null = null;
  let line: Promise<void> = Promise.resolve();
  let waiting = false;

  const draw = async (): Promise<void> => {
    waiting = false;
    if (picture === null || signal.aborted) return;
    const natural = await createImageBitmap(picture);
    const { width, height } = natural;
    const bitmap = await fitted(natural, canvas);
    if (signal.aborted) bitmap.close();
    else {
      show(canvas, bitmap);
      listener.onShown({ width, height });
    }
  };
  const tellFailed = () => {
    if (!signal.aborted) listener.onFailed();
  };
  /** One drawing at a time; of several that are asked for meanwhile one. */
  const drawSoon = () => {
    if (waiting) return;
    waiting = true;
    line = line.then(draw).catch(tellFailed);
  };
  const watch = new ResizeObserver(drawSoon);
  watch.observe(canvas);
  pictureOf(id, variant, signal).then((blob) => {
    picture = blob;
    drawSoon();
  }, tellFailed);
  return () => {
    control.abort();
    watch.disconnect();
  };
}

/** The bitmap at the size in which the canvas shows it, in pixels of the screen; the larger one is closed. */
async function fitted(bitmap: ImageBitmap, canvas: HTMLCanvasElement): Promise<ImageBitmap> {
  const { width, height } = bitmap;
  const { offsetWidth, offsetHeight } = canvas;
  const scale = Math.min(offsetWidth / width, offsetHeight / height) * (globalThis.devicePixelRatio || 1);
  if (!(scale > 0) || scale >= 1) return bitmap;
  try {
    return await createImageBitmap(bitmap, {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: 'medium',
    });
  } finally {
    bitmap.close();
  }
}

/** Gives back what a canvas shows; one that left the page would keep it until it is collected. */
export function emptyCanvas(canvas: HTMLCanvasElement): void {
  show(canvas, null);
}

function show(canvas: HTMLCanvasElement, bitmap: ImageBitmap | null): void {
  canvas.width = bitmap?.width ?? 1;
  canvas.height = bitmap?.height ?? 1;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
}
