// Everything that goes on between an open store and its hub: begun when the store opens, ended before it closes.
import type { Db } from '../db/open.ts';
import { createHubClient, type HubClient, type Transport } from './hub-client.ts';
import { loadIdentity } from '../db/hub-link.ts';
import { PACE, type Pace } from './pace.ts';
import { type Puller, startPuller } from './puller.ts';
import { type Pusher, startPusher } from './pusher.ts';

export interface SyncOptions {
  /** What way requests travel; the network where nothing else is said. */
  transport?: Transport;
  pace?: Partial<Pace>;
  random?: () => number;
}

export interface SyncMeans extends SyncOptions {
  db: Db;
  now: () => Date;
  changed: (what: 'outbox' | 'received' | 'hub') => void;
  report: (error: unknown) => void;
}

export interface Sync {
  client: HubClient;
  wake(): void;
  hurry(): void;
  /** There is something beside reports to tell the hub. */
  tell(): void;
  waits: Pusher['waits'];
  start(): void;
  /** Breaks off what is on its way; resolves once nothing touches the store any more. */
  stop(): Promise<void>;
}

export function createSync({ transport = fetch, pace, random = Math.random, ...means }: SyncMeans): Sync {
  const { db, now, changed, report } = means;
  const own = { ...PACE, ...pace };
  const client = createHubClient({
    transport,
    signKey: () => loadIdentity(db)?.signPrivate ?? null,
    answerMs: own.answerMs,
    now,
  });
  let pusher: Pusher | null = null;
  let puller: Puller | null = null;
  return {
    client,
    wake: () => pusher?.wake(),
    hurry() {
      pusher?.hurry();
      puller?.look();
    },
    tell: () => puller?.look(),
    waits: () => pusher?.waits() ?? null,
    start() {
      const shared = { db, client, pace: own, now, random, report };
      pusher = startPusher({ ...shared, changed: () => changed('outbox') });
      puller = startPuller({
        ...shared,
        changed,
        reached: () => pusher?.reached(),
        waiting: () => pusher?.wake(),
      });
    },
    async stop() {
      await Promise.all([pusher?.stop(), puller?.stop()]);
    },
  };
}
