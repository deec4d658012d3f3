// Electron's own print: a hidden window that shows one page from memory and gives it back as PDF.
import { BrowserWindow, type Session, session } from 'electron';

const SCHEME = 'print';
const ADDRESS = `${SCHEME}://page/`;
/** In memory, and apart from the officer's window. */
const PARTITION = 'countercheck-print';
/** The page brings everything with it; nothing is fetched, nothing runs. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** A report of many large pictures takes seconds; a window that hangs is ended, and the station can close. */
const LIMIT_MS = 60_000;

/** Makes PDFs of whole pages, one after the other. Rejects where Electron cannot, or takes longer than a minute. */
export function createPdfWindow(): (page: string) => Promise<Uint8Array> {
  let own: Session | null = null;
  let shown = '';
  let last: Promise<unknown> = Promise.resolve();

  function printSession(): Session {
    if (own !== null) return own;
    own = session.fromPartition(PARTITION, { cache: false });
    own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    own.setPermissionCheckHandler(() => false);
    own.protocol.handle(
      SCHEME,
      () =>
        new Response(shown, {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': POLICY,
            'cache-control': 'no-store',
          },
        }),
    );
    return own;
  }

  async function print(page: string): Promise<Uint8Array> {
    shown = page;
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: printSession(),
        javascript: false,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        devTools: false,
        spellcheck: false,
      },
    });
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('the window took too long')), LIMIT_MS);
    const printed = async (): Promise<Uint8Array> => {
      await window.loadURL(ADDRESS);
      return window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true });
    };
    try {
      return await Promise.race([printed(), late.promise]);
    } finally {
      clearTimeout(timer);
      shown = '';
      window.destroy();
    }
  }

  return (page) => {
    const next = last.then(() => print(page));
    last = next.catch(() => undefined);
    return next;
  };
}
