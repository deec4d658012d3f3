// Who asks: each window and each command has a session of its own, and every request is answered as theirs.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Channel } from '../shared/contract/channels.ts';
import { BEFORE_CHANGE, includes, IMAGE_RIGHT, RIGHTS, type Right } from '../shared/contract/rights.ts';
import type { Session } from '../shared/contract/vault.ts';
import { StationFailure } from './failure.ts';

/** A window or a command. What it says of itself counts for nothing; this is what the station knows. */
export interface Caller {
  session: Session | null;
}

/** With the session as it was when the request came: whoever signs in next is not the author of what waits in line. */
const asking = new AsyncLocalStorage<{ caller: Caller; session: Session | null }>();

/** Answers a request as this caller's. */
export function answerAs<T>(caller: Caller, action: () => T): T {
  return asking.run({ caller, session: caller.session }, action);
}

/** The caller of the request under way; null in what the station does by itself. */
export function callerNow(): Caller | null {
  return asking.getStore()?.caller ?? null;
}

/** Whose the request under way is. */
export function actor(): Session | null {
  return asking.getStore()?.session ?? null;
}

function check(right: Right, { session }: Caller): void {
  if (right === 'anyone') return;
  if (session === null) throw new StationFailure('signed-out');
  if (!includes(right, session.role)) throw new StationFailure('not-allowed');
}

/** Throws `signed-out`, `not-allowed` or `secret-must-change` where this caller may not ask this channel. */
export function permit(caller: Caller, channel: Channel): void {
  check(RIGHTS[channel], caller);
  if (caller.session?.mustChange === true && !BEFORE_CHANGE.has(channel))
    throw new StationFailure('secret-must-change');
}

/** The same for the image door. */
export function permitImages(caller: Caller): void {
  check(IMAGE_RIGHT, caller);
  if (caller.session?.mustChange === true) throw new StationFailure('secret-must-change');
}

/** Requests that a window makes by itself: no sign of a hand. */
const BY_ITSELF: ReadonlySet<Channel> = new Set<Channel>([
  'vault.state',
  'vault.lock',
  'station.state',
  'scans.state',
  'scans.take',
  'scans.settle',
  'scans.release',
  'draft.load',
  'draft.save',
  'history.search',
  'lane.seen',
  'lane.listed',
  'list.state',
  'case.list',
  'health.state',
  'backup.state',
  'specimen.list',
]);

export interface IdleWatch {
  /** A request came; whether it shows that somebody is there is decided here. */
  asked(channel: Channel): void;
  /** Begins to count anew. */
  begin(): void;
  /** Whether nobody was there for too long. */
  isOver(): boolean;
}

/**
 * Counts how long no hand was on the window, by the clock of the wall and by a steady one: the first goes on while a
 * laptop sleeps, the second when somebody sets the clock.
 */
export function createIdleWatch(now: () => Date, minutes: () => number | null): IdleWatch {
  let wall = now().getTime();
  let steady = performance.now();
  function begin(): void {
    wall = now().getTime();
    steady = performance.now();
  }
  return {
    asked(channel) {
      if (!BY_ITSELF.has(channel)) begin();
    },
    begin,
    isOver() {
      const limit = minutes();
      if (limit === null) return false;
      return Math.max(now().getTime() - wall, performance.now() - steady) >= limit * 60_000;
    },
  };
}
