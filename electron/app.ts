// The one composition root: opens the store and wires handlers to services to store. Runs wherever the station runs.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureCode, Reply } from '../shared/contract/bridge.ts';
import { type Event, type EventName, events, type Handlers } from '../shared/contract/channels.ts';
import type { StoredImage } from '../shared/contract/images.ts';
import type { AuditVerdict } from './db/audit.ts';
import { imagesOf, loadDrafts } from './db/drafts.ts';
import { waitingImages } from './db/scans.ts';
import { recordedImages } from './db/examinations.ts';
import { lockFolder, type FolderLock } from './db/lock.ts';
import { STATION_MIGRATIONS } from './db/migrations/station.ts';
import { openStore, type Db } from './db/open.ts';
import { verifyAudit } from './db/verify.ts';
import { createDispatcher } from './dispatcher.ts';
import { describeFault, failureOf, StationFailure } from './failure.ts';
import { openVault } from './images/vault.ts';
import { deriveKey } from './keys.ts';
import { createServices, type Services } from './services/services.ts';
import type { WatchTimes } from './services/watched-folder.ts';
import { type ImageAnswer, replyText, type Shell, type Station } from './shell.ts';

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
}

/** The station, and what only its own process may ask. */
export interface App extends Station {
  /** Why the store could not be opened; null where it stands open. */
  readonly failure: FailureCode | null;
  /** Checks the audit chain against the records as they are now. */
  verifyAudit(): AuditVerdict;
}

interface Opened {
  db: Db;
  lock: FolderLock;
  services: Services;
}

type Emit = <E extends EventName>(event: E, body: Event<E>) => void;

const IMAGE_FOLDER = 'images';

function prepareFolder(folder: string): void {
  try {
    mkdirSync(join(folder, IMAGE_FOLDER), { recursive: true, mode: 0o700 });
  } catch (error) {
    // Whatever else stands in the way of a folder, nothing can be kept there.
    throw failureOf(error).code === 'disk-full' ? error : new StationFailure('store-read-only');
  }
}

type Complete = AppOptions & { now: () => Date };

async function openAll(options: Complete, emit: Emit): Promise<Opened> {
  const { dataFolder, version, shell, now, watchTimes } = options;
  prepareFolder(dataFolder);
  const lock = lockFolder(dataFolder);
  let db: Db | null = null;
  try {
    const imageFolder = join(dataFolder, IMAGE_FOLDER);
    const store = openStore({
      folder: dataFolder,
      name: 'station',
      migrations: STATION_MIGRATIONS,
      now,
      // Pictures without their store mean that it was lost, not that this is a first start.
      hasRemains: () => readdirSync(imageFolder).some((name) => name.endsWith('.ccimg')),
    });
    db = store.db;
    const vault = openVault(imageFolder, deriveKey(store.key, 'images'));
    const services = createServices({
      db,
      vault,
      dataFolder,
      version,
      shell,
      now,
      emit,
      ...(watchTimes === undefined ? {} : { watchTimes }),
    });
    services.protection.prepare();
    const named = [...recordedImages(db), ...loadDrafts(db).flatMap(imagesOf)];
    services.scans.named(named);
    await vault.sweep(new Set([...named, ...waitingImages(db)]));
    services.scans.start();
    return { db, lock, services };
  } catch (error) {
    db?.close();
    lock.release();
    throw error;
  }
}

/** Lets one action after the other at the store, so that a request sent twice finds what the first one wrote. */
function createQueue(): <T>(action: () => T | Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const next = last.then(action);
    last = next.catch(() => undefined);
    return next;
  };
}

function createHandlers(services: Services, shell: Shell, inTurn: ReturnType<typeof createQueue>): Handlers {
  const { settings, drafts, examination, protection, history, specimens, images, scans } = services;
  return {
    'station.state': () => settings.state(),
    'station.setup': (input) => inTurn(() => settings.setUp(input.settings, input.officer)),
    'settings.save': (input) => inTurn(() => settings.save(input)),
    'officer.save': (input) => inTurn(() => settings.saveOfficer(input)),
    'officer.choose': ({ id }) => inTurn(() => settings.chooseOfficer(id)),
    'draft.load': () => inTurn(() => ({ draft: drafts.load() })),
    'draft.save': (input) =>
      inTurn(() => {
        drafts.save(input);
        scans.named(imagesOf(input));
        return {};
      }),
    'draft.discard': ({ id }) =>
      inTurn(async () => {
        await drafts.discard(id);
        return {};
      }),
    'examination.save': (input) =>
      inTurn(async () => {
        try {
          const saved = await examination.save(input);
          scans.named(imagesOf(input));
          return saved;
        } finally {
          protection.conceal();
        }
      }),
    'examination.undo': ({ id }) => inTurn(async () => ({ draft: await examination.undo(id) })),
    'decision.change': (input) => inTurn(() => examination.changeDecision(input)),
    'protection.record': (input) => inTurn(() => protection.record(input)),
    'history.search': (input) => history.search(input),
    'history.open': ({ id }) => examination.open(id),
    'specimen.list': () => specimens.list(),
    'specimen.open': ({ id }) => specimens.open(id),
    'scans.state': () => scans.state(),
    'scans.watch': (input) => inTurn(() => scans.watch(input)),
    'scans.take': () => inTurn(async () => ({ scan: await scans.take() })),
    'scans.settle': ({ id, imageId, whole }) =>
      inTurn(async () => {
        await scans.settle(id, imageId, whole);
        return {};
      }),
    'scans.release': ({ id }) =>
      inTurn(() => {
        scans.release(id);
        return {};
      }),
    'scans.drop': () => inTurn(() => scans.drop()),
    'shell.pickFolder': async () => ({ folder: shell.can.pickFile ? await shell.pickFolder() : null }),
    'shell.pickImage': async () => {
      const picked = shell.can.pickFile ? await shell.pickFile() : null;
      if (picked === null) return { image: null, pdf: null };
      const pdf = scans.hold(picked.bytes);
      return { image: pdf === null ? await images.put(picked.bytes) : null, pdf };
    },
    'shell.print': async () => ({ printed: shell.can.print && (await shell.print()) }),
  };
}

/**
 * Opens the station. It resolves once the store stands open or could not be opened: then every call answers with the
 * reason, and listeners are told by `station.failed`. It never rejects for what lies on the disk.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { shell, report } = options;
  const full = { ...options, now: options.now ?? (() => new Date()) };
  const listeners = new Set<(event: string, body: string) => void>();
  const emit: Emit = (event, body) => {
    const text = JSON.stringify(events[event].parse(body));
    for (const listener of listeners) listener(event, text);
  };
  let opened: Opened | null = null;
  let failure: FailureCode | null = null;
  try {
    opened = await openAll(full, emit);
  } catch (error) {
    failure = failureOf(error).code;
    if (failure === 'internal') report(describeFault('open', error));
  }
  const inTurn = createQueue();
  const dispatch =
    opened === null ? null : createDispatcher(createHandlers(opened.services, shell, inTurn), report);
  const refusal = (): FailureCode => failure ?? 'not-ready';
  const under = new Set<Promise<unknown>>();

  /** Closing waits for everything that began before. */
  function tracked<T>(work: Promise<T>): Promise<T> {
    under.add(work);
    return work.finally(() => under.delete(work));
  }

  async function put(bytes: Uint8Array): Promise<Reply<StoredImage>> {
    if (opened === null) return { ok: false, error: { code: refusal() } };
    try {
      return { ok: true, value: await opened.services.images.put(bytes) };
    } catch (error) {
      const reason = failureOf(error);
      if (reason.code === 'internal') report(describeFault('putImage', error));
      return { ok: false, error: reason };
    }
  }

  async function get(...[id, variant]: Parameters<Station['getImage']>): Promise<ImageAnswer> {
    if (opened === null) return { ok: false, code: refusal() };
    try {
      const pdf = variant === 'original' ? await opened.services.scans.pdf(id) : null;
      if (pdf !== null) return { ok: true, mime: 'application/pdf', bytes: pdf, width: 0, height: 0 };
      return { ok: true, ...(await opened.services.images.view(id, variant)) };
    } catch (error) {
      const { code } = failureOf(error);
      if (code === 'internal') report(describeFault('getImage', error));
      return { ok: false, code };
    }
  }

  return {
    get failure() {
      return failure;
    },
    async dispatch(channel, body) {
      if (dispatch === null || opened === null) return replyText({ ok: false, error: { code: refusal() } });
      const answer = dispatch(channel, body);
      // A file dialog may stand open for ever: closing does not wait for a human.
      return channel.startsWith('shell.') ? answer : tracked(answer);
    },
    putImage: async (bytes) => replyText(await tracked(put(bytes))),
    getImage: (id, variant) => tracked(get(id, variant)),
    subscribe(listener) {
      listeners.add(listener);
      // Whoever listens late learns how the opening ended.
      const name = failure === null ? 'station.changed' : 'station.failed';
      listener(name, JSON.stringify(failure === null ? {} : { code: failure }));
      return () => listeners.delete(listener);
    },
    verifyAudit() {
      if (opened === null) throw new StationFailure(refusal());
      return verifyAudit(opened.db);
    },
    async close() {
      await opened?.services.scans.close();
      await Promise.allSettled(under);
      opened?.services.examination.close();
      opened?.db.close();
      opened?.lock.release();
      opened = null;
    },
  };
}
