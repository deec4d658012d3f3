// Why a secret was not taken, and the seconds until the next one is.
import { useSyncExternalStore } from 'react';
import { CallFailed, type CallFailureCode, failureCodeOf } from '../../lib/bridge.ts';
import { useText } from '../../text/TextProvider.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import styles from './Entrance.module.css';

export interface Refusal {
  code: CallFailureCode;
  /** By the window's steady clock; nobody waits longer because the clock on the wall was set. */
  untilMs: number;
}

/** What was thrown while signing in, with the moment from which another secret is taken. */
export function refusalOf(thrown: unknown): Refusal {
  const seconds = thrown instanceof CallFailed ? thrown.waitSeconds : 0;
  return { code: failureCodeOf(thrown), untilMs: performance.now() + seconds * 1000 };
}

const LOOK_EVERY_MS = 250;

/** Whole seconds left of a refusal, counted down; 0 for at once. */
export function useSecondsLeft(refusal: Refusal | null): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, LOOK_EVERY_MS);
      return () => clearInterval(timer);
    },
    () => (refusal === null ? 0 : Math.max(0, Math.ceil((refusal.untilMs - performance.now()) / 1000))),
  );
}

/** A secret mistyped is nothing of our own: amber. Red is for a store or a key that does not open. */
const AMBER: ReadonlySet<string> = new Set([
  'sign-in-wrong',
  'sign-in-wait',
  'sign-in-locked',
  'recovery-wrong',
  'secret-weak',
  'secret-same',
  'name-taken',
]);

export function Refused({ refusal, secondsLeft }: { refusal: Refusal | null; secondsLeft: number }) {
  const text = useText();
  if (refusal === null) return null;
  return (
    <div className={styles.column}>
      <ErrorPanel code={refusal.code} tone={AMBER.has(refusal.code) ? 'look' : 'trouble'} />
      {secondsLeft > 0 ? <p role="timer">{text('sign-in.wait', { seconds: secondsLeft })}</p> : null}
    </div>
  );
}
