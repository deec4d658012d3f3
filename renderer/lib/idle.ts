// Locks the window when no hand was on it for as long as the settings allow, and tells the station of hands.
import { call } from './bridge.ts';
import { isSignedIn, lockNow, useVault } from './store-vault.ts';

/** The station is told at most this often. */
const TOUCH_EVERY_MS = 30_000;
/** How often it is looked whether the time is over; also soon after a laptop has slept. */
const LOOK_EVERY_MS = 2_000;
const HANDS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** A steady clock stands still while a laptop sleeps, that of the wall jumps when it is set: whichever went further counts. */
interface Moment {
  wallMs: number;
  steadyMs: number;
}

const moment = (): Moment => ({ wallMs: Date.now(), steadyMs: performance.now() });

/** Milliseconds since a moment by whichever clock went further. */
export function elapsedMs(since: Moment, now: Moment): number {
  return Math.max(now.wallMs - since.wallMs, now.steadyMs - since.steadyMs);
}

/** Begins to watch, for as long as the window is open. */
export function startIdle(target: Window): void {
  let lastHand = moment();
  let lastTold = Number.NEGATIVE_INFINITY;
  const look = () => {
    const vault = useVault.getState();
    const minutes = vault.state?.idleMinutes ?? null;
    if (!isSignedIn(vault) || minutes === null) return;
    if (elapsedMs(lastHand, moment()) >= minutes * 60_000) void lockNow();
  };
  let telling: ReturnType<typeof setTimeout> | null = null;
  const tell = () => {
    telling = null;
    const vault = useVault.getState();
    if (!isSignedIn(vault) || vault.isLocking) return;
    lastTold = performance.now();
    void call('vault.touch', {}).catch(() => undefined);
  };
  const onHand = () => {
    // A hand that comes after the time is over finds the window locked.
    look();
    lastHand = moment();
    // The station locks by itself where it hears nothing; of many hands the last one is told too.
    const waitMs = Math.max(0, lastTold + TOUCH_EVERY_MS - lastHand.steadyMs);
    telling ??= setTimeout(tell, waitMs);
  };
  for (const kind of HANDS) target.addEventListener(kind, onHand, { capture: true, passive: true });
  target.setInterval(look, LOOK_EVERY_MS);
  target.document.addEventListener('visibilitychange', look);
  useVault.subscribe((now, before) => {
    // Signing in is a hand, also where the secret was typed a while ago.
    if (!isSignedIn(now) || isSignedIn(before)) return;
    lastHand = moment();
    lastTold = lastHand.steadyMs;
  });
}
