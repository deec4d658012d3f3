// Electron's side of the Shell port: the keystore, the print and file dialogues, a notification.
import { open } from 'node:fs/promises';
import { type BrowserWindow, dialog, Notification, safeStorage } from 'electron';
import { MAX_IMAGE_BYTES } from '../shared/contract/images.ts';
import { createPdfWindow } from './print-window.ts';
import type { Shell } from './shell.ts';
import { words } from './words.ts';

const PICTURES = ['jpg', 'jpeg', 'png', 'webp', 'tif', 'tiff', 'pdf'];

/** What Electron can do for the station. To be made after `app` is ready, since the keystore is not known before. */
export function electronShell(window: () => BrowserWindow | null): Shell {
  return {
    kind: 'electron',
    can: {
      wrapKey: hasKeystore(),
      print: true,
      pdf: true,
      pickFile: true,
      notify: Notification.isSupported(),
    },
    wrapKey: (key) => Promise.resolve(safeStorage.encryptString(Buffer.from(key).toString('base64'))),
    unwrapKey: (wrapped) =>
      Promise.resolve(Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64')),
    print: () =>
      new Promise((resolve) => {
        const own = window();
        if (own === null) resolve(false);
        else own.webContents.print({}, (printed) => resolve(printed));
      }),
    printPdf: createPdfWindow(),
    async pickFile() {
      const own = window();
      const filters = [{ name: words()('shell.pick.pictures'), extensions: PICTURES }];
      const options = { properties: ['openFile' as const], filters };
      const chosen = await (own ? dialog.showOpenDialog(own, options) : dialog.showOpenDialog(options));
      const [path] = chosen.filePaths;
      return chosen.canceled || path === undefined ? null : { bytes: await firstBytes(path) };
    },
    async pickFolder() {
      const own = window();
      const options = { properties: ['openDirectory' as const] };
      const chosen = await (own ? dialog.showOpenDialog(own, options) : dialog.showOpenDialog(options));
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    notify(title, body) {
      new Notification({ title, body }).show();
      return Promise.resolve();
    },
  };
}

/** Linux without a keyring offers a key that everyone knows; that is none. */
function hasKeystore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/** The file's bytes, one more than accepted at most: the station then says that it is too large. */
async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const wanted = Buffer.alloc(Math.min(size, MAX_IMAGE_BYTES + 1));
    const { bytesRead } = await file.read(wanted, 0, wanted.length, 0);
    return wanted.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
