// How the bridge and the image door look over HTTP: addresses and frames, the same for host, window and tests.

/** `POST /rpc/<channel>` with the request as text; the reply as JSON text. */
export const RPC_PATH = '/rpc/';
/** Server-sent events; each `data:` line is one `eventFrame`. */
export const EVENTS_PATH = '/events';
/** `POST /images`, `GET /images/<id>/<variant>`: the same in both shells. */
export const IMAGES_PATH = '/images';
/** Largest request of the bridge, in bytes. */
export const MAX_RPC_BYTES = 4 * 1024 * 1024;

/** One pushed event as the text of a `data:` line: JSON of `[event, body]`. */
export function eventFrame(event: string, body: string): string {
  return JSON.stringify([event, body]);
}

/** Reads an `eventFrame`; null for anything else. */
export function readEventFrame(text: string): { event: string; body: string } | null {
  try {
    const frame: unknown = JSON.parse(text);
    if (!Array.isArray(frame) || frame.length !== 2) return null;
    const [event, body] = frame as [unknown, unknown];
    return typeof event === 'string' && typeof body === 'string' ? { event, body } : null;
  } catch {
    return null;
  }
}
