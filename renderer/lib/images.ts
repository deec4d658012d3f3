// The image door as the window uses it: picture files in, pictures and grey pixels out, by id.
import type { ImageChoice, StoredImage } from '../../shared/contract/images.ts';
import { CallFailed, readReply } from './bridge.ts';

export type { StoredImage } from '../../shared/contract/images.ts';

const WIDTH_HEADER = 'x-image-width';
const HEIGHT_HEADER = 'x-image-height';

/** Row-major 8-bit grey pixels after EXIF orientation, as the station's one decoder sees the picture. */
export interface GreyPixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/**
 * Hands the bytes of one picture file to the station, which keeps them encrypted.
 * @throws {CallFailed} `image-empty`, `image-too-large`, `image-not-supported`, `image-damaged`, `disk-full` …
 */
export async function putImage(blob: Blob): Promise<StoredImage> {
  let text: string;
  try {
    const answer = await fetch('/images', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: blob,
      cache: 'no-store',
      credentials: 'same-origin',
    });
    text = await answer.text();
  } catch {
    // A file that was moved, locked or replaced after it was chosen fails here as well.
    throw new CallFailed({ code: (await canBeRead(blob)) ? 'unreachable' : 'image-unreadable' });
  }
  return readReply<StoredImage>(text);
}

async function canBeRead(blob: Blob): Promise<boolean> {
  try {
    await blob.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/**
 * The grey pixels of a stored image.
 * @throws {CallFailed} `not-found`, `image-damaged`, `unreachable`
 */
export async function greyOf(id: string, signal?: AbortSignal): Promise<GreyPixels> {
  const answer = await asked(id, 'grey', signal);
  if (!answer.ok) return readReply<never>(await answer.text());
  const width = Number(answer.headers.get(WIDTH_HEADER));
  const height = Number(answer.headers.get(HEIGHT_HEADER));
  const data = new Uint8Array(await answer.arrayBuffer());
  if (!(width > 0) || !(height > 0) || data.length !== width * height) {
    throw new CallFailed({ code: 'image-damaged' });
  }
  return { width, height, data };
}

/**
 * The bytes of a picture, or of a PDF that waits, as they came in.
 * @throws {CallFailed} `image-unknown`, `image-unreadable`, `unreachable`
 */
export function originalOf(id: string): Promise<Blob> {
  return pictureOf(id, 'original');
}

/**
 * The file of one variant of a picture, or of one tile.
 * @throws {CallFailed} `image-unknown`, `image-unreadable`, `unreachable`
 */
export async function pictureOf(id: string, variant: ImageChoice, signal?: AbortSignal): Promise<Blob> {
  const answer = await asked(id, variant, signal);
  return answer.ok ? answer.blob() : readReply<never>(await answer.text());
}

async function asked(id: string, variant: ImageChoice, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(imageUrl(id, variant), {
      cache: 'no-store',
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new CallFailed({ code: 'unreachable' });
  }
}

/** Address of one variant or tile of a stored image; it holds an id only and is never cached. */
export function imageUrl(id: string, choice: ImageChoice): string {
  const part = typeof choice === 'string' ? choice : `tile/${choice.level}/${choice.x}/${choice.y}`;
  return `/images/${encodeURIComponent(id)}/${part}`;
}
