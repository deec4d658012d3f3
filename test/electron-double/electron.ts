// A stand-in for the `electron` package over a real Chromium: the shell's own files run on it unchanged.
// What it offers is checked against Electron's own types at the end; what it cannot do (true isolation of the
// preload, fuses, the keystore of the system) no test may claim.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import type * as Electron from 'electron';
import { DoubleWindow, type WindowHooks } from './double-window.ts';
import { DoubleSession } from './double-session.ts';
import { Stage } from './stage.ts';

const stage = new Stage();

/** What a test may steer and look at. */
export const control = {
  stage,
  windows: [] as DoubleWindow[],
  /** Paths that the next file dialogues answer with; none left means cancelled. */
  openFiles: [] as string[],
  dialogs: [] as unknown[],
  questions: [] as unknown[],
  /** Number of the button that answers the next question. */
  answer: 0,
  notifications: [] as unknown[],
  menus: [] as unknown[],
  schemes: [] as Electron.CustomScheme[],
  switches: [] as string[],
  /** Switches of whoever started the program that are not to act. */
  removedSwitches: [] as string[],
  sandboxed: false,
  /** What another instance that holds the lock would make of us. */
  hasLock: true,
  ipcHandlers: new Map<string, (event: unknown, ...args: unknown[]) => unknown>(),
};

class DoubleApp extends EventEmitter {
  readonly isPackaged = true;
  readonly #paths = new Map<string, string>();
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void =>
      void control.switches.push(value === undefined ? name : `${name}=${value}`),
    removeSwitch: (name: string): void => void control.removedSwitches.push(name),
  };

  enableSandbox(): void {
    control.sandboxed = true;
  }

  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }

  requestSingleInstanceLock(): boolean {
    return control.hasLock;
  }

  async whenReady(): Promise<void> {
    await stage.start();
  }

  /** As Electron does it: every window may hold the end back, then `will-quit` may. */
  quit(): void {
    for (const window of control.windows) if (!window.isDestroyed()) window.destroy();
    const event = new Refusable();
    this.emit('will-quit', event);
    if (event.defaultPrevented) return;
    void stage.close().then(() => this.emit('quit', event, 0));
  }
}

export class Refusable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export const app = new DoubleApp();

export const ipcMain = {
  handle(channel: string, listener: (event: never, ...args: never[]) => unknown): void {
    if (control.ipcHandlers.has(channel)) throw new Error(`second handler for ${channel}`);
    control.ipcHandlers.set(channel, listener as (event: unknown, ...args: unknown[]) => unknown);
  },
};

const hooks: WindowHooks = {
  stage,
  handlers: control.ipcHandlers,
  created(window) {
    control.windows.push(window);
    app.emit('web-contents-created', {}, window.webContents);
  },
  closed() {
    if (control.windows.every((window) => window.isDestroyed())) app.emit('window-all-closed');
  },
};

export class BrowserWindow extends DoubleWindow {
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super(options, hooks);
  }
}

const sessions = new Map<string, DoubleSession>();
export const session = {
  fromPartition(name: string): DoubleSession {
    if (name.startsWith('persist:')) throw new Error('a partition that stays on disk');
    const found = sessions.get(name) ?? new DoubleSession(stage);
    sessions.set(name, found);
    return found;
  },
};

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]): void =>
    void control.schemes.push(...schemes),
};

const key = createHash('sha256').update('the keystore of the double').digest();
export const safeStorage = {
  isEncryptionAvailable: (): boolean => true,
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  encryptString(text: string): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  },
  decryptString(sealed: Buffer): string {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
    cipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]).toString('utf8');
  },
};

export const dialog = {
  showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
    control.dialogs.push(args.at(-1));
    const filePaths = control.openFiles.splice(0, 1);
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
  showMessageBoxSync(options: Electron.MessageBoxSyncOptions): number {
    control.questions.push(options);
    return control.answer;
  },
};

export class Notification {
  static isSupported(): boolean {
    return true;
  }
  readonly #options: Electron.NotificationConstructorOptions;
  constructor(options: Electron.NotificationConstructorOptions) {
    this.#options = options;
  }
  show(): void {
    control.notifications.push(this.#options);
  }
}

export const Menu = {
  setApplicationMenu: (menu: unknown): void => void control.menus.push(menu),
  buildFromTemplate: (template: unknown): unknown => template,
};

// A change of Electron's own types that touches what the double offers fails here.
type Offers<Own, Real> = { [Name in keyof Own & keyof Real]: Real[Name] };
safeStorage satisfies Partial<Offers<typeof safeStorage, Electron.SafeStorage>>;
dialog.showOpenDialog satisfies Electron.Dialog['showOpenDialog'];
protocol satisfies Partial<Electron.Protocol>;
app.requestSingleInstanceLock satisfies Electron.App['requestSingleInstanceLock'];
app.commandLine satisfies Partial<Electron.CommandLine>;
