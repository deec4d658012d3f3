// The plain Node host's side of the Shell port: the browser prints and picks files itself, and there is no keystore.
import type { Shell } from '../shell.ts';

/** A shell that can do nothing for the station; the window uses what its browser offers. */
export const hostShell: Shell = {
  kind: 'host',
  can: { wrapKey: false, print: false, pickFile: false, notify: false },
  wrapKey: () => Promise.reject(new Error('not-available')),
  unwrapKey: () => Promise.reject(new Error('not-available')),
  print: () => Promise.resolve(false),
  pickFile: () => Promise.resolve(null),
  pickFolder: () => Promise.resolve(null),
  notify: () => Promise.resolve(),
};
