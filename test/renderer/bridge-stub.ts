// The bridge to a fake station for tests of the window's logic without a browser.
import { vi } from 'vitest';
import type { FakeStation } from './fake-station.ts';

/** Puts the bridge where the window has it; `station` is asked anew at each call. Returns how the station tells events. */
export function stubBridge(station: () => FakeStation): (event: string, body: string) => void {
  let hear: (event: string, body: string) => void = () => undefined;
  vi.stubGlobal('window', {
    countercheckBridge: {
      invoke: (channel: string, body: string) => station().invoke(channel, body),
      subscribe: (listener: typeof hear) => {
        hear = listener;
        return () => undefined;
      },
    },
  });
  return (event, body) => hear(event, body);
}
