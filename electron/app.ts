// The one composition root: finds how the folder stands, and answers every caller within their rights.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditVerdict } from '../shared/contract/audit.ts';
import type { FailureCode, Reply } from '../shared/contract/bridge.ts';
import { events, type Handlers } from '../shared/contract/channels.ts';
import type { StoredImage } from '../shared/contract/images.ts';
import { finishRestore } from './backup/restore.ts';
import { createCore, type Core } from './core.ts';
import { lockFolder, type FolderLock } from './db/lock.ts';
import { verifyAudit } from './db/verify.ts';
import { createDispatcher } from './dispatcher.ts';
import { describeFault, failureOf, StationFailure } from './failure.ts';
import { createHandlers } from './handlers.ts';
import type { Emit, Opened } from './opened.ts';
import type { HealthMeans } from './services/health.ts';
import type { WatchTimes } from './services/watched-folder.ts';
import { createRestoreHandlers } from './restore-handlers.ts';
import { answerAs, type Caller, permit, permitImages } from './sessions.ts';
import { type ImageAnswer, replyText, type Shell, type Station } from './shell.ts';
import { IMAGE_FOLDER } from './station-store.ts';
import type { SyncOptions } from './sync/sync.ts';
import type { Kdf } from './vault/kdf.ts';
import { createVaultHandlers } from './vault-handlers.ts';

export interface AppOptions {
  /** Absolute path; created where it is not there. */
  dataFolder: string;
  version: string;
  shell: Shell;
  /** Takes faults of our own: a code and places in our code, never data. */
  report: (fault: string) => void;
  now?: () => Date;
  /** How often the scanner's folder is looked at; tests are in a hurry. */
  watchTimes?: WatchTimes;
  /** What a guess at a secret costs in a store made from now on; measured where nothing is said. Tests alone say it. */
  kdf?: Kdf;
  /** How often it is looked whether the window is idle, in milliseconds. */
  idleCheckMs?: number;
  /** How long after opening the whole database is checked, in milliseconds: not while the first officer signs in. */
  checkAfterMs?: number;
  /** How often it is looked whether a backup or an anchor is due, in milliseconds. */
  dueLookMs?: number;
  /** How the hub is reached; tests alone say it. */
  sync?: SyncOptions;
  /** How often it is looked at the disk and the clock, and how full the disk is; tests alone say it. */
  health?: Partial<Pick<HealthMeans, 'lookMs' | 'roomIn'>>;
}

/** A caller beside the window, with a session of its own: a command. It signs in like everybody. */
export interface Command {
  dispatch(channel: string, body: string): Promise<string>;
  /** Ends its session. */
  end(): void;
}

/** The station, and what only its own process may ask. */
export interface App extends Station {
  /** One more caller, with nobody signed in. */
  command(): Command;
  /** Why the store cannot be opened; null where nothing stands in the way. */
  readonly failure: FailureCode | null;
  /** Checks the audit chain against the records as they are now. Throws `signed-out` while the store is sealed. */
  verifyAudit(): AuditVerdict;
}

const IDLE_CHECK_MS = 5_000;
const CHECK_AFTER_MS = 20_000;

function prepareFolder(folder: string): void {
  try {
    mkdirSync(join(folder, IMAGE_FOLDER), { recursive: true, mode: 0o700 });
  } catch (error) {
    // Whatever else stands in the way of a folder, nothing can be kept there.
    throw failureOf(error).code === 'disk-full' ? error : new StationFailure('store-read-only');
  }
}

/**
 * Opens the station. It resolves once it is known how the folder stands: where no store can be, every call answers with
 * the reason, and listeners are told by `station.failed`. It never rejects for what lies on the disk. The store itself
 * opens when somebody signs in.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { report, kdf, idleCheckMs = IDLE_CHECK_MS, checkAfterMs = CHECK_AFTER_MS, ...rest } = options;
  const now = options.now ?? (() => new Date());
  const listeners = new Set<(event: string, body: string) => void>();
  const emit: Emit = (event, body) => {
    const text = JSON.stringify(events[event].parse(body));
    for (const listener of listeners) listener(event, text);
  };
  const fault = (where: string, error: unknown): void => {
    if (failureOf(error).code === 'internal') report(describeFault(where, error));
  };
  let lock: FolderLock | null = null;
  let core: Core | null = null;
  let failure: FailureCode | null = null;
  try {
    prepareFolder(rest.dataFolder);
    lock = lockFolder(rest.dataFolder);
    finishRestore(rest.dataFolder);
    core = createCore({ ...rest, now, checkAfterMs, emit, report: (error) => fault('station', error) }, kdf);
  } catch (error) {
    failure = failureOf(error).code;
    fault('open', error);
    lock?.release();
    lock = null;
  }
  const under = new Set<Promise<unknown>>();
  /** What waits in line for keys and people; a change of keys is one of these and waits for all others. */
  const atVault = new Set<Promise<unknown>>();

  /** Closing waits for everything that began before. */
  function tracked<T>(work: Promise<T>, among = under): Promise<T> {
    among.add(work);
    return work.finally(() => among.delete(work));
  }

  const settled = async (): Promise<void> => void (await Promise.allSettled(under));
  const vaultHandlers =
    core === null ? null : { ...createVaultHandlers(core, settled), ...createRestoreHandlers(core) };
  const wired = new WeakMap<Opened, Partial<Handlers>>();

  /** The handlers of the store that is open now; those that need none where there is none. */
  function handlersNow(own: Core): Partial<Handlers> {
    const opened = own.opened();
    if (opened === null) return vaultHandlers ?? {};
    const known = wired.get(opened);
    if (known !== undefined) return known;
    const handlers = { ...createHandlers(opened, rest.shell), ...vaultHandlers };
    wired.set(opened, handlers);
    return handlers;
  }

  const reason = (): FailureCode | null => failure ?? core?.failure() ?? null;

  /** Locks a window that nobody sits at; asked before every request, since a timer sleeps with the machine. */
  function lockIdle(own: Core): void {
    try {
      if (own.window.session !== null && own.idle.isOver()) own.signOut(own.window);
    } catch (error) {
      // The settings could not be read: the request itself will be told.
      fault('idle', error);
    }
  }

  /** Why this caller is answered nothing at all now; null where they are. */
  function refusal(): FailureCode | null {
    return reason() ?? (core === null ? 'not-ready' : null);
  }

  const dispatcher = createDispatcher({
    handlers: () => (core === null ? {} : handlersNow(core)),
    report,
    damaged: () => core?.options.failed('store-damaged'),
  });

  function answer(caller: Caller, channel: string, body: string): Promise<string> {
    const refused = refusal();
    if (core === null || refused !== null)
      return Promise.resolve(replyText({ ok: false, error: { code: refused ?? 'not-ready' } }));
    const own = core;
    lockIdle(own);
    const work = answerAs(caller, () =>
      dispatcher(channel, body, (known) => {
        permit(caller, known);
        if (own.isChanging() && !isVault(known)) throw new StationFailure('key-changing');
        if (!own.isChanging()) own.opened()?.services.health.guard();
        if (caller === own.window) own.idle.asked(known);
      }),
    );
    // A file dialog may stand open for ever: closing does not wait for a human.
    if (channel.startsWith('shell.')) return work;
    return tracked(work, isVault(channel) ? atVault : under);
  }

  /** The services behind the image door, for the window and whoever sits at it. */
  function images(own: Core | null): Opened['services'] {
    const refused = refusal();
    if (own === null || refused !== null) throw new StationFailure(refused ?? 'not-ready');
    lockIdle(own);
    permitImages(own.window);
    const opened = own.opened();
    if (own.isChanging() || opened === null) throw new StationFailure('key-changing');
    opened.services.health.guard();
    return opened.services;
  }

  async function put(bytes: Uint8Array): Promise<Reply<StoredImage>> {
    try {
      return { ok: true, value: await images(core).images.put(bytes) };
    } catch (error) {
      fault('putImage', error);
      return { ok: false, error: failureOf(error) };
    }
  }

  async function get(...[id, variant]: Parameters<Station['getImage']>): Promise<ImageAnswer> {
    try {
      const services = images(core);
      const pdf = variant === 'original' ? await services.scans.pdf(id) : null;
      if (pdf !== null) return { ok: true, mime: 'application/pdf', bytes: pdf, width: 0, height: 0 };
      return { ok: true, ...(await services.images.view(id, variant)) };
    } catch (error) {
      fault('getImage', error);
      return { ok: false, code: failureOf(error).code };
    }
  }

  const idleTimer = setInterval(() => core !== null && lockIdle(core), idleCheckMs);
  idleTimer.unref();

  return {
    get failure() {
      return reason();
    },
    dispatch: (channel, body) => answer(core?.window ?? { session: null }, channel, body),
    command() {
      const caller: Caller = { session: null };
      const leave = core?.addCaller(caller);
      return {
        dispatch: (channel, body) => answer(caller, channel, body),
        end() {
          core?.signOut(caller);
          leave?.();
        },
      };
    },
    putImage: async (bytes) => replyText(await tracked(put(bytes))),
    getImage: (id, variant) => tracked(get(id, variant)),
    subscribe(listener) {
      listeners.add(listener);
      // Whoever listens late learns how the opening ended.
      const code = reason();
      if (code === null) listener('station.changed', '{}');
      else listener('station.failed', JSON.stringify({ code }));
      return () => listeners.delete(listener);
    },
    verifyAudit() {
      const opened = core?.opened() ?? null;
      if (opened === null) throw new StationFailure(refusal() ?? 'signed-out');
      return verifyAudit(opened.db);
    },
    async close() {
      clearInterval(idleTimer);
      const services = core?.opened()?.services;
      services?.audit.stop();
      services?.retention.stop();
      services?.hub.stop();
      await services?.scans.close();
      await core?.opened()?.services.backup.close();
      await core?.opened()?.services.bundles.close();
      await core?.opened()?.services.lists.close();
      await Promise.allSettled([...under, ...atVault]);
      await core?.close();
      failure = reason() ?? 'not-ready';
      core = null;
      lock?.release();
      lock = null;
    },
  };
}

/** Whether a channel is answered without the store, in line with other changes of keys and people. */
function isVault(channel: string): boolean {
  return /^(vault|people)\.|^station\.(setup|upgrade)$/u.test(channel);
}
