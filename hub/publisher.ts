// Gives places in the feed soon after commits, and hears when any hub over this database has done so.
import type { Kysely } from 'kysely';
import { Client, type Pool } from 'pg';
import { FEED_CHANNEL, publish } from './db/feed.ts';
import type { Tables } from './db/tables.ts';

/** What comes within this time goes out together. */
const GATHER_MS = 25;
/** How often to look for what a hub left behind that was killed after a commit. */
const SWEEP_MS = 1000;
const RECONNECT_MS = 1000;

/** What the feed's news mean for those who listen. */
export interface FeedNews {
  /** There is something new. */
  look(): void;
  /** This station may listen no longer. */
  revoked(stationId: string): void;
}

export interface Publisher {
  /** Something waits for its place. */
  wake(): void;
  close(): Promise<void>;
}

/** Starts the publisher of this hub. `fault` hears of errors; it goes on by itself once the database answers again. */
export function startPublisher(
  { db, pool }: { db: Kysely<Tables>; pool: Pool },
  news: FeedNews,
  fault: (error: unknown) => void,
): Publisher {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;

  const run = async (): Promise<void> => {
    try {
      while (!closed && (await publish(db)) > 0);
    } catch (error) {
      if (!closed) fault(error);
    }
  };
  const wake = (): void => {
    if (closed) return;
    if (running) again = true;
    else timer ??= setTimeout(start, GATHER_MS);
  };
  const start = (): void => {
    timer = undefined;
    running = run().finally(() => {
      running = null;
      if (again) {
        again = false;
        wake();
      }
    });
  };
  const sweep = setInterval(wake, SWEEP_MS);
  const listener = listen(pool, news, fault);
  wake();
  return {
    wake,
    async close() {
      closed = true;
      clearInterval(sweep);
      clearTimeout(timer);
      await running;
      await listener.close();
    },
  };
}

/** Keeps one connection that listens; a lost one is renewed, and then there may be news. */
function listen(pool: Pool, news: FeedNews, fault: (error: unknown) => void): { close(): Promise<void> } {
  let closed = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const drop = (): void => {
    const last = client;
    client = null;
    last?.removeAllListeners().on('error', () => undefined);
    last?.end().catch(() => undefined);
  };
  const lost = (error: unknown): void => {
    drop();
    if (closed) return;
    fault(error);
    timer = setTimeout(connect, RECONNECT_MS);
  };
  const connect = (): void => {
    opening = open().catch(lost);
  };
  const open = async (): Promise<void> => {
    // A connection of its own: one of the pool would be missing there for good.
    client = new Client(pool.options);
    client.on('error', lost);
    await client.connect();
    client.on('notification', ({ payload }) => {
      if (payload) news.revoked(payload);
      else news.look();
    });
    await client.query(`listen ${FEED_CHANNEL}`);
    news.look();
  };
  let opening = open().catch(lost);
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await opening;
      drop();
    },
  };
}
