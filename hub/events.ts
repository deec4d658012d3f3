// Server-sent events: tells stations that listen when to look at the feed. They carry nothing but that.
import type { ServerResponse } from 'node:http';
import type { FeedNews } from './publisher.ts';

const HEARTBEAT_MS = 25_000;
/** Then a listener asks again: whether it still may is looked at each time. */
const LIFE_MS = 60 * 60_000;
/** News that come faster than this are told once. */
const PAUSE_MS = 1000;
/** A listener that takes nothing for so long is let go: what waits for it would fill memory. */
const MAX_WAITING_BYTES = 16 * 1024;

export interface Listeners extends FeedNews {
  /** Takes over an answer whose request was let in; a station's earlier one ends. */
  add(stationId: string, answer: ServerResponse): void;
  /** How many listen. */
  count(): number;
  close(): void;
}

/** The listeners of this hub. */
export function createListeners(): Listeners {
  const listening = new Map<string, ServerResponse>();
  let pause: NodeJS.Timeout | undefined;
  let missed = false;

  const tell = (text: string): void => {
    for (const answer of listening.values()) {
      if (answer.writableLength > MAX_WAITING_BYTES) answer.destroy();
      else answer.write(text);
    }
  };
  const look = (): void => {
    if (pause !== undefined) {
      missed = true;
      return;
    }
    tell('event: look\ndata:\n\n');
    pause = setTimeout(() => {
      pause = undefined;
      if (!missed) return;
      missed = false;
      look();
    }, PAUSE_MS);
  };
  const heartbeat = setInterval(() => tell(':\n\n'), HEARTBEAT_MS);
  return {
    look,
    revoked(stationId) {
      listening.get(stationId)?.end();
      look();
    },
    add(stationId, answer) {
      listening.get(stationId)?.end();
      listening.set(stationId, answer);
      const life = setTimeout(() => answer.end(), LIFE_MS).unref();
      answer.once('close', () => {
        clearTimeout(life);
        if (listening.get(stationId) === answer) listening.delete(stationId);
      });
      answer.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        connection: 'close',
        // Proxies that gather answers would hold the news back.
        'x-accel-buffering': 'no',
      });
      // Whatever came between the last page and now.
      answer.write('event: look\ndata:\n\n');
    },
    count: () => listening.size,
    close() {
      clearInterval(heartbeat);
      clearTimeout(pause);
      for (const answer of listening.values()) answer.end();
    },
  };
}
