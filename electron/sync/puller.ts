// The puller: asks the hub for what concerns this station, a page a transaction with its cursor in it.
import { directory, feed, type FeedItem, FEED_EVENT, HEARTBEAT_MS } from '../../shared/wire/api.ts';
import {
  type HubLink,
  isStill,
  knownStation,
  loadHub,
  revokeStation,
  saveClockOffset,
  saveDirectory,
  saveFeedCursor,
  saveLinkKeys,
  saveStopped,
} from '../db/hub-link.ts';
import { heardEpoch } from '../db/forgotten.ts';
import type { Db } from '../db/open.ts';
import { readJson } from '../json.ts';
import type { HubClient } from './hub-client.ts';
import { backoffMs, createSleeper, type Pace } from './pace.ts';
import { fetchPicture } from './pictures.ts';
import { tellReads } from './reads.ts';
import { takeInReport } from './take-in.ts';
import { refusalVerdict } from './verdict.ts';

export interface Puller {
  /** Something may have changed: looks now. */
  look(): void;
  stop(): Promise<void>;
}

export interface PullerMeans {
  db: Db;
  client: HubClient;
  pace: Pace;
  now: () => Date;
  random: () => number;
  changed: (what: 'outbox' | 'received' | 'hub') => void;
  /** The hub was heard. */
  reached: () => void;
  /** Something waits to be sent. */
  waiting: () => void;
  report: (error: unknown) => void;
}

/** Reports of a page: at most so many are in memory at a time. */
const PAGE = 100;
const MAX_PAGE_BYTES = 32 * 1024 * 1024;
/** So long without a heartbeat is a connection that nobody holds any more. */
const SILENT_MS = 2.5 * HEARTBEAT_MS;

type ReportItem = Extract<FeedItem, { kind: 'report' }>;

/** What a look came to: go on at once, nothing more there, or no luck. */
type Looked = 'more' | 'done' | 'trouble';

const usable = (hub: HubLink | null): hub is HubLink =>
  hub !== null && hub.pausedAt === null && hub.stopped === null;

export function startPuller(means: PullerMeans): Puller {
  const { db, client, pace, now, random, changed, reached, waiting, report } = means;
  const sleeper = createSleeper();
  const listenAgain = createSleeper();
  const ended = new AbortController();
  let listening: AbortController | null = null;
  let failures = 0;

  /** The content of a good answer; null where there is none. A refusal is acted on. */
  async function fetchJson(hub: HubLink, target: string, again = true): Promise<unknown> {
    const signal = ended.signal;
    const heard = await client.ask(hub, { method: 'GET', target, signal, maxBytes: MAX_PAGE_BYTES });
    if (!isStill(db, hub)) return null;
    if (heard.kind === 'silence' || heard.status === 200)
      return heard.kind === 'silence' ? null : readJson(heard.body.toString('utf8'));
    if (heard.status < 400) return null;
    const verdict = refusalVerdict(heard, hub, now());
    if (verdict.do === 'stop') {
      saveStopped(db, { code: verdict.reason, at: now().toISOString() });
      changed('outbox');
    }
    if (verdict.do === 'fix-clock' && again) {
      saveClockOffset(db, verdict.offsetMs);
      return fetchJson({ ...hub, clockOffsetMs: verdict.offsetMs }, target, false);
    }
    // A cursor that this hub does not know, as after it was restored: from the beginning, what is there stays.
    if (verdict.do === 'park' && hub.feedCursor !== '') saveFeedCursor(db, '');
    return null;
  }

  async function fetchDirectory(hub: HubLink): Promise<boolean> {
    const parsed = directory.answer.safeParse(await fetchJson(hub, '/v1/directory'));
    if (!parsed.success) return false;
    const { agencies, stations, linkKeys } = parsed.data;
    db.transaction(() => {
      saveDirectory(db, agencies, stations);
      saveLinkKeys(db, linkKeys);
    }).immediate();
    changed('hub');
    return true;
  }

  async function look(hub: HubLink): Promise<Looked> {
    const after = hub.feedCursor === '' ? '' : `&after=${hub.feedCursor}`;
    const parsed = feed.answer.safeParse(await fetchJson(hub, `/v1/feed?limit=${PAGE}${after}`));
    if (!parsed.success) return 'trouble';
    const { items, cursor, more, epoch } = parsed.data;
    const others = items.filter(
      (item) => item.kind === 'report' && item.stationId !== hub.stationId,
    ) as ReportItem[];
    const isNew =
      items.some(({ kind }) => kind !== 'report') ||
      others.some(({ stationId }) => knownStation(db, stationId) === undefined);
    // Keys first: a page that was cut off here comes again.
    if (isNew && !(await fetchDirectory(hub))) return 'trouble';
    const at = now().toISOString();
    let again = 0;
    const kept = db
      .transaction(() => {
        for (const item of items) if (item.kind === 'revoked') revokeStation(db, item.stationId, at);
        saveFeedCursor(db, cursor);
        again = heardEpoch(db, epoch, at);
        return others.filter(
          ({ body, ...item }) => takeInReport(db, { ...item, body: Buffer.from(body, 'utf8') }, at) === 'new',
        ).length;
      })
      .immediate();
    if (kept > 0) changed('received');
    if (again > 0) {
      changed('outbox');
      waiting();
    }
    return more ? 'more' : 'done';
  }

  /** Looks once; answers how long to sleep, null for until somebody wakes it. */
  async function turn(): Promise<number | null> {
    const hub = loadHub(db);
    if (!usable(hub)) return null;
    const looked = await look(hub);
    if (looked === 'trouble') {
      failures += 1;
      return backoffMs(pace, failures, random());
    }
    if (failures > 0) reached();
    failures = 0;
    const told = looked === 'more' ? 'more' : await tellReads(means, hub, ended.signal);
    if (told === 'more') return 0;
    const next = await fetchPicture(means, hub, ended.signal);
    return Math.min(pace.lookMs, next ?? pace.lookMs);
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      let ms: number | null;
      try {
        ms = await turn();
      } catch (error) {
        report(error);
        failures += 1;
        ms = backoffMs(pace, failures, random());
      }
      if (ms !== 0 && !ended.signal.aborted) await sleeper.sleep(ms);
    }
  }

  /** Hears from the hub when to look, for as long as the connection lives. */
  async function listenOnce(hub: HubLink): Promise<void> {
    const own = new AbortController();
    listening = own;
    let silent: NodeJS.Timeout | undefined;
    const alive = (): void => {
      clearTimeout(silent);
      silent = setTimeout(() => own.abort(), SILENT_MS).unref();
    };
    try {
      alive();
      const signal = AbortSignal.any([own.signal, ended.signal]);
      const parts = await client.listen(hub, { method: 'GET', target: '/v1/feed/events', signal });
      for await (const part of parts ?? []) {
        alive();
        if (Buffer.from(part).includes(FEED_EVENT)) sleeper.wake();
      }
    } catch {
      // Broken off, by us or by the way: it is looked at the feed without it.
    } finally {
      clearTimeout(silent);
      listening = null;
    }
  }

  async function listen(): Promise<void> {
    while (!ended.signal.aborted) {
      const hub = loadHub(db);
      if (usable(hub)) await listenOnce(hub);
      if (!ended.signal.aborted) await listenAgain.sleep(usable(loadHub(db)) ? pace.lookMs : null);
    }
  }

  const running = Promise.all([run(), listen().catch(report)]);

  return {
    look() {
      if (!usable(loadHub(db))) listening?.abort();
      sleeper.wake();
      listenAgain.wake();
    },
    async stop() {
      ended.abort();
      sleeper.wake();
      listenAgain.wake();
      await running;
    },
  };
}
