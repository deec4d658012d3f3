// The one binary door beside the bridge, as both shells answer it: bytes of a picture in, bytes out by id.
import type { FailureCode } from '../shared/contract/bridge.ts';
import {
  IMAGE_HEIGHT_HEADER,
  IMAGE_VARIANTS,
  IMAGE_WIDTH_HEADER,
  type ImageChoice,
  MAX_IMAGE_BYTES,
} from '../shared/contract/images.ts';
import { IMAGES_PATH } from '../shared/contract/loopback.ts';
import { release } from './release.ts';
import { replyText, type Station } from './shell.ts';
import { securityHeaders } from './static-files.ts';

export interface DoorAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | string;
}

const IMAGE = /^\/images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([a-z]+)$/;
const TILE =
  /^\/images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/tile\/(\d)\/(0|[1-9]\d{0,4})\/(0|[1-9]\d{0,4})$/;
const NOT_THERE: readonly string[] = ['not-found', 'image-unknown'];

/** The image, and what of it, that an address names, or null where it names none. */
export function readImagePath(pathname: string): { id: string; variant: ImageChoice } | null {
  const [, tiled, level, x, y] = TILE.exec(pathname) ?? [];
  if (tiled !== undefined)
    return { id: tiled, variant: { level: Number(level), x: Number(x), y: Number(y) } };
  const [, id, name] = IMAGE.exec(pathname) ?? [];
  const variant = IMAGE_VARIANTS.find((known) => known === name);
  return id !== undefined && variant !== undefined ? { id, variant } : null;
}

/** Answers `POST /images`: the body as it streams in, given up as soon as it is larger than accepted. */
export async function takeImage(
  station: Station,
  body: AsyncIterable<Uint8Array>,
  declaredLength: number | null,
): Promise<DoorAnswer> {
  if (declaredLength !== null && declaredLength > MAX_IMAGE_BYTES) return refusal(413, 'image-too-large');
  const bytes = await collect(body, MAX_IMAGE_BYTES);
  if (bytes === null) return refusal(413, 'image-too-large');
  const reply = await station.putImage(bytes);
  release(bytes);
  return json(200, reply);
}

/** Answers `GET /images/<id>/<variant>` and `GET /images/<id>/tile/…`. */
export async function giveImage(station: Station, id: string, variant: ImageChoice): Promise<DoorAnswer> {
  const answer = await station.getImage(id, variant);
  if (!answer.ok) {
    const status = NOT_THERE.includes(answer.code) ? 404 : answer.code === 'not-ready' ? 503 : 500;
    return json(status, JSON.stringify({ ok: false, error: { code: answer.code } }));
  }
  return {
    status: 200,
    headers: {
      ...securityHeaders(IMAGES_PATH),
      'content-type': answer.mime,
      [IMAGE_WIDTH_HEADER]: String(answer.width),
      [IMAGE_HEIGHT_HEADER]: String(answer.height),
    },
    body: withoutCopy(answer.bytes),
  };
}

/** The same bytes; only shared memory, which no answer can carry, is copied. */
function withoutCopy({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes);
}

/** All bytes of a body, or null as soon as they are more than `limit`. Rejects when the body breaks off. */
export async function collect(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function refusal(status: number, code: FailureCode): DoorAnswer {
  return json(status, replyText({ ok: false, error: { code } }));
}

function json(status: number, body: string): DoorAnswer {
  return { status, headers: { ...securityHeaders(IMAGES_PATH), 'content-type': 'application/json' }, body };
}
