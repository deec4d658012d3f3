// Opens the window: a browser without tabs or address bar, with its own passing profile and no traffic of its own.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ENGINE_FLAGS } from '../release.ts';
import { createProfile } from './profile.ts';

export interface BrowserWindow {
  /** The window was closed, or the browser could not start; its exit code, null after a signal. */
  closed: Promise<number | null>;
  /** Asks the browser to end, and makes it after a while. */
  close(): Promise<void>;
}

const CLOSE_MS = 4_000;

const FEATURES_OFF = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'PasswordManagerOnboarding',
  'PrivacySandboxSettings4',
  'SegmentationPlatform',
  'Translate',
].join(',');

/** Arguments of the browser with the window. There is never a port for remote debugging among them. */
export function browserArguments(address: string, profile: string, sandbox: boolean): string[] {
  return [
    `--app=${address}`,
    '--start-maximized',
    '--window-size=1366,768',
    '--autoplay-policy=no-user-gesture-required',
    `--js-flags=${ENGINE_FLAGS}`,
    ...quietArguments(profile, sandbox),
  ];
}

/** Arguments of every browser of ours: its own profile, nothing kept on disk, no traffic of its own. */
export function quietArguments(profile: string, sandbox: boolean): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--no-service-autorun',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-crash-reporter',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-search-engine-choice-screen',
    '--disable-sync',
    '--disable-translate',
    `--disable-features=${FEATURES_OFF}`,
    '--disk-cache-size=1',
    '--media-cache-size=1',
    '--metrics-recording-only',
    // Chromium asks its maker for updates, accounts and the time of its own accord, whatever it is told. All that
    // is not this machine goes to a proxy that does not exist: nothing is looked up, nothing leaves.
    '--proxy-server=http://127.0.0.1:9',
    '--password-store=basic',
    '--use-mock-keychain',
    ...(sandbox ? [] : ['--no-sandbox', '--test-type']),
  ];
}

/** Chromium refuses to run as root with its sandbox. */
export function canSandbox(): boolean {
  return process.platform !== 'linux' || process.getuid?.() !== 0;
}

/**
 * Writes a page into the profile that leads on to `address`, and answers its own address. The arguments of a program
 * are open to every user of the machine, and the key in `address` is for ours alone.
 */
export function openingPage(profile: string, address: string): string {
  const path = join(profile, 'open.html');
  const leads = `<meta http-equiv="refresh" content="0;url=${address}">`;
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><title>Countercheck</title>${leads}`, {
    mode: 0o600,
  });
  return pathToFileURL(path).href;
}

/** Starts the browser with the window at `address`, which belongs to `origin`. */
export async function openWindow(browser: string, origin: string, address: string): Promise<BrowserWindow> {
  const profile = await createProfile(origin, browser);
  const page = openingPage(profile.folder, address);
  const child = spawn(browser, browserArguments(page, profile.folder, canSandbox()), {
    // What a browser prints may hold addresses; none of it is ours to show.
    stdio: 'ignore',
  });
  const closed = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code));
  }).then(async (code) => {
    // What cannot be removed now is swept at the next start; the station must close either way.
    await profile.remove().catch(() => undefined);
    return code;
  });
  return {
    closed,
    async close() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      await closed;
      clearTimeout(force);
    },
  };
}
