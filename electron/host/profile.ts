// The browser's profile for one run: a private folder, in memory where the system offers that, removed at the end.
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'countercheck-browser-';
/** A profile of Chromium takes some tens of megabytes; less room than this and memory is no place for it. */
const ROOM_BYTES = 256 * 1024 * 1024;

export interface Profile {
  folder: string;
  remove(): Promise<void>;
}

/**
 * Makes a profile in which nothing is remembered and only `origin` may use the camera (nobody where it is null), without
 * asking again at each start. Folders of runs that ended badly are swept first.
 */
export async function createProfile(origin: string | null, browser: string): Promise<Profile> {
  const parent = placeFor(browser);
  await sweep(parent);
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  mkdirSync(join(folder, 'Default'), { mode: 0o700 });
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences(origin)), { mode: 0o600 });
  writeFileSync(join(folder, 'First Run'), '');
  return {
    folder,
    // Helpers of the browser end a moment after it and may still write.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}

function placeFor(browser: string): string {
  // A browser packed as a snap sees no folder but its own.
  if (browser.startsWith('/snap/')) {
    const own = join(homedir(), 'snap', 'chromium', 'common');
    mkdirSync(own, { recursive: true });
    return own;
  }
  const inMemory = process.platform === 'linux' ? [process.env['XDG_RUNTIME_DIR'], '/dev/shm'] : [];
  return inMemory.find((folder) => folder !== undefined && folder !== '' && hasRoom(folder)) ?? tmpdir();
}

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // Another user's folder stays; that is not ours to mend.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function preferences(origin: string | null): object {
  const camera = origin === null ? {} : { [`${origin},*`]: { setting: 1 } };
  const refused = 2;
  return {
    alternate_error_pages: { enabled: false },
    autofill: { credit_card_enabled: false, profile_enabled: false },
    browser: { enable_spellchecking: false, has_seen_welcome_page: true },
    credentials_enable_service: false,
    dns_prefetching: { enabled: false },
    net: { network_prediction_options: refused },
    profile: {
      content_settings: { exceptions: { media_stream_camera: camera } },
      default_content_setting_values: {
        geolocation: refused,
        media_stream_mic: refused,
        notifications: refused,
      },
      password_manager_enabled: false,
    },
    safebrowsing: { enabled: false },
    search: { suggest_enabled: false },
    session: { restore_on_startup: 5 },
    signin: { allowed: false },
    translate: { enabled: false },
  };
}
