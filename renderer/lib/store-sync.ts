// What the window knows of the hub and of what waits to be sent. The figures are counted from the rows, never kept beside them.
import { create } from 'zustand';
import type { Channel } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { HubState, OutboxState } from '../../shared/contract/sync.ts';
import { call, listen } from './bridge.ts';
import { takePart } from './sitting.ts';
import { useVault } from './store-vault.ts';

export interface SyncStore {
  /** The last answers; null until the first, and for whom it does not concern. */
  outbox: OutboxState | null;
  hub: HubState | null;
}

export const useSync = create<SyncStore>(() => ({ outbox: null, hub: null }));

/** Whole answers at most this often, however fast rows change. */
const ASK_EVERY_MS = 250;

let isFollowing = false;
let askAgain: ReturnType<typeof setTimeout> | null = null;

/** Begins to follow the outbox, for as long as the window is open; further calls do nothing. */
export function followSync(): void {
  if (isFollowing) return;
  isFollowing = true;
  listen('outbox.changed', () => {
    askAgain ??= setTimeout(() => {
      askAgain = null;
      void askOutbox();
    }, ASK_EVERY_MS);
  });
  listen('hub.changed', () => void askHub());
  takePart({
    begin: askAll,
    forget: () => useSync.setState({ outbox: null, hub: null }),
  });
  askAll();
}

function askAll(): void {
  void askOutbox();
  void askHub();
}

const may = (channel: Channel): boolean => can(useVault.getState().state?.session?.role ?? null, channel);

/** Quiet when it fails: what was shown last stays, and the next change asks again. */
async function askOutbox(): Promise<void> {
  if (!may('outbox.state')) return;
  try {
    useSync.setState({ outbox: await call('outbox.state', {}) });
  } catch {
    // As before.
  }
}

async function askHub(): Promise<void> {
  if (!may('hub.state')) return;
  try {
    useSync.setState({ hub: await call('hub.state', {}) });
  } catch {
    // As before.
  }
}

/** Asks the station to do something with the outbox, and shows how it stands then. @throws {CallFailed} */
export async function outboxDo(what: 'pause' | 'resume' | 'send-now'): Promise<void> {
  useSync.setState({ outbox: await call(`outbox.${what}`, {}) });
}

/** Sends one row again. @throws {CallFailed} */
export async function outboxRetry(seq: number): Promise<void> {
  useSync.setState({ outbox: await call('outbox.retry', { seq }) });
}

/** Enrols the station at a hub. @throws {CallFailed} `hub-address`, `hub-code`, … */
export async function enrol(address: string, code: string): Promise<void> {
  useSync.setState({ hub: await call('hub.enrol', { address, code }) });
}

/** @throws {CallFailed} */
export async function leaveHub(): Promise<void> {
  useSync.setState({ hub: await call('hub.leave', {}) });
}
