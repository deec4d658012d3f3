// What the command line can do for a station of its own: a report as a PDF where there is a browser, and nothing else.
import { findBrowser } from '../host/find-browser.ts';
import { hostShell } from '../host/host-shell.ts';
import type { Shell } from '../shell.ts';

/** No window, no dialogue, no keystore. */
export const commandShell = (): Shell => ({ ...hostShell(findBrowser()), kind: 'none' });
