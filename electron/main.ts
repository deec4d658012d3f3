// Starts Countercheck under Electron: one instance, one hardened window, the station behind its bridge.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, protocol } from 'electron';
import { MAX_RPC_BYTES } from '../shared/contract/loopback.ts';
import { answerApp, APP_ORIGIN, APP_SCHEME } from './app-scheme.ts';
import { electronShell } from './electron-shell.ts';
import { setMenu } from './menu.ts';
import { ENGINE_FLAGS } from './release.ts';
import { APP_VERSION, dataFolder } from './settings.ts';
import { createStaticFiles } from './static-files.ts';
import { openStation } from './station.ts';
import { words } from './words.ts';
import { bind, createWindow, hardenedSession, isOwnFrame } from './window.ts';

const folder = dataFolder();
const report = (code: string): void => void process.stderr.write(`countercheck: ${code}\n`);
const DEBUGGERS = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address'];

app.setPath('userData', ownFolder());
app.enableSandbox();
// Chromium takes switches from whoever starts the program: nobody looks into the window of a packaged one.
if (app.isPackaged) for (const door of DEBUGGERS) app.commandLine.removeSwitch(door);
for (const off of ['background-networking', 'breakpad', 'component-update', 'domain-reliability']) {
  app.commandLine.appendSwitch(`disable-${off}`);
}
app.commandLine.appendSwitch('no-pings');
app.commandLine.appendSwitch('js-flags', ENGINE_FLAGS);
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

if (app.requestSingleInstanceLock()) void start();
else app.quit();

/** Beside the station's data, so that two stations on one machine have each their own lock and keystore. */
function ownFolder(): string {
  const own = join(folder, 'electron');
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return own;
  } catch {
    // The disk is full or may not be written: the window opens all the same, and the station says there what is wrong.
    return mkdtempSync(join(tmpdir(), 'countercheck-'));
  }
}

async function start(): Promise<void> {
  let window: BrowserWindow | null = null;
  app.on('web-contents-created', (_event, contents) => bind(contents));
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  await app.whenReady();
  setMenu(process.platform, app.isPackaged);
  process.stdout.write(`${words()('shell.data', { folder })}\n`);

  const shell = electronShell(() => window);
  const station = openStation({ dataFolder: folder, version: APP_VERSION, shell, report });
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void station.close().finally(() => {
      closed = true;
      app.quit();
    });
  });

  const files = createStaticFiles(join(import.meta.dirname, '../window'));
  const session = hardenedSession(app.isPackaged);
  session.protocol.handle(APP_SCHEME, (request) => answerApp(request, station, files));
  ipcMain.handle('bridge:invoke', (event, channel: unknown, body: unknown) => {
    if (!isOwnFrame(event.senderFrame)) throw new Error('refused');
    if (typeof channel !== 'string' || typeof body !== 'string') throw new Error('refused');
    if (body.length > MAX_RPC_BYTES) throw new Error('refused');
    return station.dispatch(channel, body);
  });
  station.subscribe((event, body) => {
    if (window && !window.isDestroyed()) window.webContents.send('bridge:event', event, body);
  });

  window = createWindow(session, join(import.meta.dirname, 'preload.cjs'), app.isPackaged);
  window.on('closed', () => {
    window = null;
  });
  await window.loadURL(`${APP_ORIGIN}/`);
}
