// Electron's runtime: where it is, and one short attempt to fetch it with the package's own install script.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const REACH_MS = 3_000;
const FETCH_MS = 180_000;

/** The program inside the runtime's folder. */
function program(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Path of the runtime's program, or null. `ELECTRON_OVERRIDE_DIST_PATH` names another folder. */
export function findElectron(root: string, env = process.env, platform = process.platform): string | null {
  const named = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const path = join(named || join(root, 'node_modules/electron/dist'), program(platform));
  return existsSync(path) ? path : null;
}

/**
 * Finds the runtime or tries once to fetch it; a failed attempt is remembered for this version, so that
 * a machine without a way out does not wait at each start. `COUNTERCHECK_OFFLINE=1` never tries.
 */
export async function needElectron(root: string): Promise<string | null> {
  const found = findElectron(root);
  if (found) return found;
  if (process.env['COUNTERCHECK_OFFLINE'] === '1' || process.env['npm_config_offline'] === 'true')
    return null;
  const note = join(root, 'build', 'electron-runtime.txt');
  const version = versionOf(root);
  if (version === null || read(note) === version) return null;
  if ((await canReach()) && fetchRuntime(root)) return findElectron(root);
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(note, version);
  process.stderr.write('Electron’s runtime could not be fetched; the window opens in a browser instead.\n');
  return null;
}

/** Whether the place of the download answers at all; a machine without a way out says so within seconds. */
function canReach(): Promise<boolean> {
  const { env } = process;
  if (env['HTTPS_PROXY'] || env['https_proxy']) return Promise.resolve(true);
  const mirror = URL.parse(env['ELECTRON_MIRROR'] ?? 'https://github.com/');
  if (!mirror) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host: mirror.hostname, port: Number(mirror.port) || 443 });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(REACH_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('connect', () => end(true));
  });
}

function fetchRuntime(root: string): boolean {
  process.stderr.write('Fetching Electron’s runtime (tried once) ...\n');
  const script = join(root, 'node_modules/electron/install.js');
  // Its own output is a stack trace where it fails; one line of ours says the same.
  return spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: FETCH_MS }).status === 0;
}

function versionOf(root: string): string | null {
  const text = read(join(root, 'node_modules/electron/package.json'));
  return text === null ? null : String((JSON.parse(text) as { version?: unknown }).version);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
