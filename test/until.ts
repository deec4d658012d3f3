// Waiting for what must come true, for as long as a busy machine may need.
import { vi } from 'vitest';

const WAIT_MS = 15_000;

/** Calls `look` until it no longer throws and gives its value; with fake timers the clock goes on meanwhile. */
export function until<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: WAIT_MS });
}
