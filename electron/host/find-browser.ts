// Finds Chromium, Chrome or Edge on this machine; everything it asks of the machine comes in, so that tests can lie.
import { accessSync, constants } from 'node:fs';
import { delimiter, posix, win32 } from 'node:path';

export interface Machine {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  /** Whether this path is a file that can be run. */
  runnable(path: string): boolean;
}

export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  runnable(path) {
    try {
      accessSync(path, process.platform === 'win32' ? constants.F_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};

/** In the order of preference; Chromium first because Debian's gives an app window without an account. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const PLACES_LINUX = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/opt/microsoft/msedge',
];

const PLACES_MAC = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const PLACES_WINDOWS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of a browser that gives an app window, or null. `COUNTERCHECK_BROWSER` names one by hand. */
export function findBrowser(machine: Machine = thisMachine): string | null {
  const named = machine.env['COUNTERCHECK_BROWSER'];
  if (named) return machine.runnable(named) ? named : null;
  return candidates(machine).find((path) => machine.runnable(path)) ?? null;
}

function candidates({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => env[name]);
    const known = roots.filter((root) => root !== undefined && root !== '');
    return PLACES_WINDOWS.flatMap((place) => known.map((root) => win32.join(root ?? '', place)));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', posix.join(env['HOME'] ?? '/', 'Applications')];
    return PLACES_MAC.flatMap((place) => roots.map((root) => posix.join(root, place)));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const all = [...new Set([...folders, ...PLACES_LINUX])];
  return NAMES.flatMap((name) => all.map((folder) => posix.join(folder, name))).concat([
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
  ]);
}
