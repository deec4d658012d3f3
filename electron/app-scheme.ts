// Answers the addresses of Electron's app:// scheme: the window's files and the image door, nothing else.
import { IMAGES_PATH } from '../shared/contract/loopback.ts';
import { type DoorAnswer, giveImage, readImagePath, takeImage } from './image-door.ts';
import type { Station } from './shell.ts';
import { securityHeaders, type StaticFiles } from './static-files.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://countercheck`;

/** Answers one request of our own partition. A request that names another origin is refused. */
export async function answerApp(request: Request, station: Station, files: StaticFiles): Promise<Response> {
  const { status, headers, body } = await answer(request, station, files);
  return new Response(status === 204 ? null : body, { status, headers });
}

async function answer(request: Request, station: Station, files: StaticFiles): Promise<DoorAnswer> {
  const url = new URL(request.url);
  const origin = request.headers.get('origin');
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return plain(404);
  if (origin !== null && origin !== APP_ORIGIN) return plain(403);
  if (url.search !== '') return plain(400);
  if (request.method === 'POST') {
    if (url.pathname !== IMAGES_PATH) return plain(405);
    const declared = request.headers.get('content-length');
    return takeImage(station, request.body ?? nothing(), declared === null ? null : Number(declared));
  }
  if (request.method !== 'GET') return plain(405);
  if (!url.pathname.startsWith(`${IMAGES_PATH}/`)) return files(url.pathname);
  const image = readImagePath(url.pathname);
  return image === null ? plain(404) : giveImage(station, image.id, image.variant);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function plain(status: number): DoorAnswer {
  return { status, headers: { ...securityHeaders('/'), 'content-type': 'text/plain' }, body: '' };
}
