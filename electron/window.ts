// The hardened window of Electron: isolated, sandboxed, bound to our own origin, with the camera and nothing more.
import { BrowserWindow, dialog, type Session, session, type WebContents, type WebFrameMain } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import { words } from './words.ts';

/** A partition without `persist:` lives in memory; nothing of the window is written to disk. */
const PARTITION = 'countercheck';

/** The window's session, with every permission but the camera refused and every foreign address cancelled. */
export function hardenedSession(packaged: boolean): Session {
  const own = session.fromPartition(PARTITION, { cache: false });
  own.setSpellCheckerEnabled(false);
  own.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const camera = permission === 'media' && kinds.length > 0 && kinds.every((kind) => kind === 'video');
    decide(camera && details.isMainFrame && isOwn(details.requestingUrl));
  });
  own.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      permission === 'media' && details.mediaType !== 'audio' && details.isMainFrame && isOwn(origin),
  );
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest((details, decide) => {
    const tools = !packaged && details.url.startsWith('devtools://');
    decide({ cancel: !tools && !isOwn(details.url.replace(/^blob:/, '')) });
  });
  own.on('will-download', (event) => event.preventDefault());
  return own;
}

/** Makes the window; the page is loaded by the caller. */
export function createWindow(own: Session, preload: string, packaged: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 680,
    show: false,
    backgroundColor: '#f4f4f2',
    webPreferences: {
      session: own,
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !packaged,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Binds any web contents to its first page: no other page, no further window, no webview. */
export function bind(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // The page holds its window back only while the station does not have the draft. Without this question Electron
  // would keep the window open and say nothing.
  contents.on('will-prevent-unload', (event) => {
    if (wantsToLose()) event.preventDefault();
  });
}

/** Asks the officer whether to close although the last change is not kept; to stay is the usual answer. */
function wantsToLose(): boolean {
  const text = words();
  const LEAVE = 1;
  const answer = dialog.showMessageBoxSync({
    type: 'warning',
    message: text('shell.leave.happened'),
    detail: text('shell.leave.todo'),
    buttons: [text('shell.leave.stay'), text('shell.leave.close')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return answer === LEAVE;
}

/** Whether a call comes from the main frame of our own page. */
export function isOwnFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isOwn(frame.url);
}

function isOwn(address: string | undefined): boolean {
  return address === APP_ORIGIN || address?.startsWith(`${APP_ORIGIN}/`) === true;
}
