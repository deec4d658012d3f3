// How the bridge and the image door look over HTTP: addresses and frames of the loopback host.

/** `POST /rpc/<channel>` with the request as text; the reply as JSON text. */
export const RPC_PATH = '/rpc/';
/** Server-sent events; each message is one `eventFrame`. */
export const EVENTS_PATH = '/events';
/** `POST /images`, `GET /images/<id>/<variant>`: the same in both shells. */
export const IMAGES_PATH = '/images';
/** Largest request of the bridge, in bytes. */
export const MAX_RPC_BYTES = 4 * 1024 * 1024;

/** One pushed event as the text of a `data:` line; `body` is JSON text of its own. */
export function eventFrame(event: string, body: string): string {
  return JSON.stringify({ event, body });
}
