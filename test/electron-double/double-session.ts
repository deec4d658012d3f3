// The double's session: keeps the shell's handlers, asks them as Chromium would, and grants the page what they allow.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { SchemeHandler, Stage } from './stage.ts';

type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;

export class DoubleSession extends EventEmitter {
  spellchecks = true;
  /** Whether it has a rule of what is cancelled. */
  cancels = false;
  readonly protocol: { handle(scheme: string, handler: SchemeHandler): void };
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: Electron.OnBeforeRequestListenerDetails,
        decide: (response: Electron.CallbackResponse) => void,
      ) => void,
    ): void;
  };
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #device: ((details: Electron.DevicePermissionHandlerHandlerDetails) => boolean) | null = null;

  constructor(stage: Stage) {
    super();
    this.protocol = { handle: (scheme, handler) => void stage.handlers.set(scheme, handler) };
    this.webRequest = {
      onBeforeRequest: (listener) => {
        this.cancels = true;
        stage.cancels = (url) => {
          let cancel = false;
          listener({ url } as Electron.OnBeforeRequestListenerDetails, (response) => {
            cancel = response.cancel === true;
          });
          return cancel;
        };
      },
    };
  }

  setSpellCheckerEnabled(on: boolean): void {
    this.spellchecks = on;
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: ((details: never) => boolean) | null): void {
    this.#device = handler as typeof this.device;
  }

  get device(): ((details: Electron.DevicePermissionHandlerHandlerDetails) => boolean) | null {
    return this.#device;
  }

  /** What the shell answers a page that asks; no handler means yes, as in Electron. */
  asks(permission: string, details: object): boolean {
    let granted = this.#request === null;
    this.#request?.(
      null as never,
      permission as Parameters<RequestHandler>[1],
      (yes) => {
        granted = yes;
      },
      details as Parameters<RequestHandler>[3],
    );
    return granted;
  }

  /** What the shell answers Chromium's own check. */
  checks(permission: string, origin: string, details: object): boolean {
    return (
      this.#check?.(
        null,
        permission as Parameters<CheckHandler>[1],
        origin,
        details as Parameters<CheckHandler>[3],
      ) ?? true
    );
  }
}
