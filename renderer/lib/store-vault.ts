// What the window knows of signing in: how the station stands, who is at the window, and the end of their sitting.
import { create } from 'zustand';
import type { Channel, Input } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { Role, SignIn, VaultState } from '../../shared/contract/vault.ts';
import { call, type CallFailureCode, failureCodeOf, hearSignedOut, listen } from './bridge.ts';
import { beginAll, forgetAll, keepAll } from './sitting.ts';
import { useScans } from './store-scans.ts';

export interface VaultStore {
  phase: 'opening' | 'ready' | 'failed';
  /** Why the store could not be opened; only while `failed`. */
  failure: string | null;
  /** The last answer of `vault.state`; null until the first. */
  state: VaultState | null;
  /** Asked to lock: nothing is shown any more, whatever the station answers. */
  isLocking: boolean;
  /** Why the station did not lock. */
  lockFailure: CallFailureCode | null;
  /** What waited as the window locked. */
  waiting: { drafts: number; scans: number };
  /** A new recovery key that its administrator has not confirmed yet. It is nowhere else. */
  recovery: NewRecoveryKey | null;
}

export interface NewRecoveryKey {
  words: string;
  /** Only they see it. */
  officerId: string;
  /** Who works at the counter from here on: the window locks for them afterwards. Null for nobody yet. */
  nextName: string | null;
}

const NOTHING = { drafts: 0, scans: 0 };

export const useVault = create<VaultStore>(() => ({
  phase: 'opening',
  failure: null,
  state: null,
  isLocking: false,
  lockFailure: null,
  waiting: NOTHING,
  recovery: null,
}));

/** While the station starts it may answer `not-ready`; ask again after this time. */
const ASK_AGAIN_MS = 250;
/** What cannot be handed over within this time stays in the window, hidden, for whoever began it. */
const KEEP_WITHIN_MS = 5_000;

/** Begins to follow the station, for as long as the window is open. */
export function startVault(): void {
  hearSignedOut(() => void askVault());
  listen('vault.changed', () => void askVault());
  listen('station.failed', ({ code }) => fail(code));
  void askVault();
}

/** Asks how the station stands; again by itself while it starts. */
export async function askVault(): Promise<void> {
  try {
    takeVault(await call('vault.state', {}));
  } catch (thrown) {
    const code = failureCodeOf(thrown);
    if (code === 'not-ready') setTimeout(() => void askVault(), ASK_AGAIN_MS);
    else fail(code);
  }
}

function fail(failure: string): void {
  useVault.setState({ phase: 'failed', failure });
}

/** Whose sitting it is, as one text: the same person signed in anew has another. */
function sittingOf(state: VaultState | null): string | null {
  const { session } = state ?? { session: null };
  return session === null ? null : `${session.officerId} ${session.signedInAt}`;
}

function takeVault(state: VaultState): void {
  const before = useVault.getState();
  const [was, is] = [sittingOf(before.state), sittingOf(state)];
  const leaving = before.state?.session ?? null;
  if (leaving !== null && was !== is) forgetSitting(leaving.officerId);
  useVault.setState({ phase: 'ready', failure: null, state, lockFailure: null });
  if (is === null) useVault.setState({ isLocking: false });
  if (is !== null && is !== was) {
    useVault.setState({ isLocking: false, waiting: NOTHING });
    beginAll();
  }
}

function forgetSitting(officerId: string): void {
  const scans = useScans.getState().state?.waiting ?? 0;
  useVault.setState(({ waiting }) => ({ waiting: { drafts: waiting.drafts, scans } }));
  forgetAll(officerId);
}

let locking: Promise<void> | null = null;

/** Hides everything at once, hands over what is not kept yet, and signs out. */
export function lockNow(): Promise<void> {
  locking ??= lock().finally(() => {
    locking = null;
  });
  return locking;
}

async function lock(): Promise<void> {
  if (!isSignedIn(useVault.getState())) return;
  useVault.setState({ isLocking: true, lockFailure: null });
  const late = new Promise<number>((resolve) => setTimeout(() => resolve(0), KEEP_WITHIN_MS));
  const drafts = await Promise.race([keepAll(), late]);
  useVault.setState({ waiting: { drafts, scans: 0 } });
  try {
    takeVault(await call('vault.lock', {}));
  } catch (thrown) {
    useVault.setState({ lockFailure: failureCodeOf(thrown) });
  }
}

/** @throws {CallFailed} `sign-in-wrong`, `sign-in-wait`, `sign-in-locked`, `keystore-refused`, `store-…` */
export async function signIn(input: SignIn): Promise<void> {
  takeVault(await call('vault.sign-in', input));
}

/** @throws {CallFailed} `recovery-wrong`, `secret-weak`, `name-taken` … */
export async function recover(input: Input<'vault.recover'>): Promise<void> {
  takeVault(await call('vault.recover', input));
}

/** @throws {CallFailed} `sign-in-wrong` for the old one, `secret-weak`, `secret-same` */
export async function changeSecret(input: Input<'vault.change-secret'>): Promise<void> {
  takeVault(await call('vault.change-secret', input));
}

/** @throws {CallFailed} `sign-in-wrong`, `disk-full` … */
export async function changeKey(secret: string): Promise<void> {
  takeVault(await call('vault.change-key', { secret }));
}

/** Makes another recovery key, which is then shown until it is confirmed. @throws {CallFailed} */
export async function newRecoveryKey(secret: string): Promise<void> {
  const { recoveryKey } = await call('vault.new-recovery-key', { secret });
  const { state } = useVault.getState();
  if (state !== null) showRecoveryKey(state, recoveryKey, null);
}

/** First run. @throws {CallFailed} */
export async function setUpStation(input: Input<'station.setup'>): Promise<void> {
  takeFirst(await call('station.setup', input), input.officer?.name ?? null);
}

/** The same for a store of an older version. @throws {CallFailed} */
export async function upgradeStation(input: Input<'station.upgrade'>): Promise<void> {
  takeFirst(await call('station.upgrade', input), input.officer?.name ?? null);
}

function takeFirst(answer: { vault: VaultState; recoveryKey: string }, nextName: string | null): void {
  showRecoveryKey(answer.vault, answer.recoveryKey, nextName);
  takeVault(answer.vault);
}

function showRecoveryKey({ session }: VaultState, words: string, nextName: string | null): void {
  if (session !== null) useVault.setState({ recovery: { words, officerId: session.officerId, nextName } });
}

/** It is written down: the window forgets it, and makes way for whoever works at the counter. */
export async function confirmRecoveryKey(): Promise<void> {
  const { recovery } = useVault.getState();
  useVault.setState({ recovery: null });
  if (recovery !== null && recovery.nextName !== null) await lockNow();
}

export function isSignedIn({ state }: VaultStore): boolean {
  return state !== null && state.session !== null;
}

/** The role of whoever is signed in; null for nobody. */
export function roleNow(): Role | null {
  return useVault.getState().state?.session?.role ?? null;
}

/** Whether whoever is signed in may ask this; what they may not is not shown. */
export function useCan(channel: Channel): boolean {
  return useVault(({ state }) => can(state?.session?.role ?? null, channel));
}
