// The pusher: one loop that takes what is due out of the outbox, sends its exact bytes, and keeps the hub's receipt.
import { cropBytes, reportBytes } from '../db/reports.ts';
import { type HubLink, isStill, loadHub, saveClockOffset, saveStopped } from '../db/hub-link.ts';
import {
  type Claim,
  claimNext,
  keepReceipt,
  letWait,
  nextDueMs,
  noteProgress,
  park,
  releaseClaims,
  takeBack,
} from '../db/outbox.ts';
import type { Db } from '../db/open.ts';
import type { HubClient } from './hub-client.ts';
import { backoffMs, createSleeper, type Pace } from './pace.ts';
import { type Sent, sendPicture, sendReport } from './send.ts';

export interface Pusher {
  /** There may be something to do. */
  wake(): void;
  /** The same, and no wait of before counts any more. */
  hurry(): void;
  /** Somebody else heard the hub: whoever waited for the network goes on. */
  reached(): void;
  /** Why nothing is sent for a while, though somebody would; null where it is. */
  waits(): { reason: string; until: string } | null;
  /** Ends the loop; what is on its way is broken off. */
  stop(): Promise<void>;
}

export interface PusherMeans {
  db: Db;
  client: HubClient;
  pace: Pace;
  now: () => Date;
  random: () => number;
  /** Something of `outbox.state` changed. */
  changed: () => void;
  /** A fault of ours. */
  report: (error: unknown) => void;
}

/** What happens on the way to a hub that is there. */
const OF_THE_WAY: ReadonlySet<string> = new Set(['no-answer', 'too-slow', 'not-the-hub']);

type Settled = Exclude<Sent, { do: 'fix-clock' }>;

/** Starts the loop. What was being sent when the station ended last is let go first. */
export function startPusher(means: PusherMeans): Pusher {
  const { db, client, pace, now, random, changed, report } = means;
  const sleeper = createSleeper();
  const ended = new AbortController();
  /** In a row, without a word of the hub. */
  let failures = 0;
  /** Of a clock that nobody sets. */
  let wait: { reason: string; endsAt: number; forNetwork: boolean } | null = null;
  releaseClaims(db);

  const waitFor = (ms: number, reason: string, forNetwork: boolean): void => {
    wait = { reason, endsAt: performance.now() + ms, forNetwork };
  };
  const left = (): number => (wait === null ? 0 : wait.endsAt - performance.now());

  async function send(hub: HubLink, claim: Claim): Promise<Sent> {
    const way = { client, signal: ended.signal, now, pieceSent: (done: number) => progress(claim, done) };
    if (claim.kind === 'image') return sendPicture(way, hub, claim, cropBytes(db, claim.subject));
    return sendReport(way, hub, claim, reportBytes(db, claim.subject));
  }

  function progress(claim: Claim, done: number): void {
    if (done <= claim.done) return;
    claim.done = done;
    failures = 0;
    const nextAt = new Date(now().getTime() + backoffMs(pace, 1, random())).toISOString();
    noteProgress(db, claim, done, nextAt);
    changed();
  }

  /** The loop waits, and the row until its next time: others are tried before it. */
  function failed(claim: Claim, reason: string): void {
    letWait(db, claim, reason);
    failures += 1;
    waitFor(backoffMs(pace, failures, random()), reason, OF_THE_WAY.has(reason));
  }

  function settle(hub: HubLink, claim: Claim, verdict: Settled): void {
    const at = now().toISOString();
    if (verdict.do === 'retry') {
      failed(claim, verdict.reason);
      return;
    }
    failures = 0;
    switch (verdict.do) {
      case 'sent':
        keepReceipt(db, claim, verdict.receipt, at);
        break;
      case 'park':
        park(db, claim, { reason: verdict.reason, isAlarm: verdict.isAlarm, at });
        break;
      case 'stop':
        takeBack(db, claim, at);
        if (isStill(db, hub)) saveStopped(db, { code: verdict.reason, at });
        break;
      case 'pause':
        takeBack(db, claim, at);
        waitFor(Math.min(verdict.ms ?? pace.usualPauseMs, pace.longestPauseMs), verdict.reason, false);
        break;
    }
  }

  /** One correction of the clock for each: a hub that is never content is one that does not answer. */
  async function attempt(hub: HubLink, claim: Claim): Promise<Settled> {
    const first = await send(hub, claim);
    if (first.do !== 'fix-clock') return first;
    if (isStill(db, hub)) saveClockOffset(db, first.offsetMs);
    const again = await send({ ...hub, clockOffsetMs: first.offsetMs }, claim);
    return again.do === 'fix-clock' ? { do: 'retry', reason: 'clock' } : again;
  }

  /** Sends one row; answers how long to sleep, null for until somebody wakes it. */
  async function turn(): Promise<number | null> {
    const hub = loadHub(db);
    if (hub === null || hub.pausedAt !== null || hub.stopped !== null) return null;
    const ms = left();
    if (ms > 0) return ms;
    wait = null;
    const claim = claimNext(db, now(), (attempts) => backoffMs(pace, attempts, random()));
    if (claim === null) return nextDueMs(db, now());
    changed();
    settle(hub, claim, await attempt(hub, claim));
    changed();
    return 0;
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      let ms: number | null;
      try {
        ms = await turn();
      } catch (error) {
        // A full disk, or a fault of ours: the row that was in hand waits again, and so do we.
        report(error);
        failures += 1;
        ms = backoffMs(pace, failures, random());
        try {
          releaseClaims(db);
        } catch {
          // The next opening does it.
        }
      }
      if (ms !== 0 && !ended.signal.aborted) await sleeper.sleep(ms);
    }
  }

  const running = run();

  return {
    wake: sleeper.wake,
    hurry() {
      wait = null;
      failures = 0;
      sleeper.wake();
    },
    reached() {
      if (wait?.forNetwork !== true) return;
      wait = null;
      sleeper.wake();
    },
    waits() {
      const ms = left();
      return wait === null || ms <= 0
        ? null
        : { reason: wait.reason, until: new Date(now().getTime() + ms).toISOString() };
    },
    async stop() {
      ended.abort();
      sleeper.wake();
      await running;
      releaseClaims(db);
    },
  };
}
