// A station of a few lines for tests of the shells alone: it echoes, keeps pictures in memory, and can be made to push.
import { createHash, randomUUID } from 'node:crypto';
import { replyText, type Station } from '../../electron/shell.ts';

export interface SmallStation extends Station {
  push(event: string, body: string): void;
  readonly asked: { channel: string; body: string }[];
  readonly closed: () => boolean;
}

export function smallStation(): SmallStation {
  const listeners = new Set<(event: string, body: string) => void>();
  const images = new Map<string, Uint8Array>();
  const asked: { channel: string; body: string }[] = [];
  let closed = false;
  return {
    asked,
    closed: () => closed,
    push: (event, body) => {
      for (const listener of listeners) listener(event, body);
    },
    dispatch(channel, body) {
      asked.push({ channel, body });
      const known = channel === 'station.state';
      return Promise.resolve(
        replyText(
          known ? { ok: true, value: { channel } } : { ok: false, error: { code: 'unknown-channel' } },
        ),
      );
    },
    putImage(bytes) {
      const id = `0190a000${randomUUID().slice(8)}`;
      images.set(id, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return Promise.resolve(replyText({ ok: true, value: { id, sha256, width: 2, height: 3 } }));
    },
    getImage(id) {
      const bytes = images.get(id);
      return Promise.resolve(
        bytes
          ? { ok: true, mime: 'image/jpeg', bytes, width: 2, height: 3 }
          : { ok: false, code: 'image-unknown' },
      );
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
