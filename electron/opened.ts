// The station with its store open: services on the database, and what goes on behind them until it is closed.
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBackupThread } from './backup-thread.ts';
import { createListThread } from './list-thread.ts';
import { startCheck } from './check.ts';
import type { FailureCode } from '../shared/contract/bridge.ts';
import type { Event, EventName } from '../shared/contract/channels.ts';
import type { VaultState } from '../shared/contract/vault.ts';
import { imagesOf, loadDrafts } from './db/drafts.ts';
import { recordedImages } from './db/examinations.ts';
import { dropOldImageKeys, loadImageKeys } from './db/image-keys.ts';
import { namedImages } from './db/named-images.ts';
import { emptyLog, removeCopies, type Db } from './db/open.ts';
import { createWaitingNote } from './db/waiting.ts';
import { openVault, type ImageVault } from './images/vault.ts';
import { deriveKey, wipe } from './keys.ts';
import { type HealthMeans, roomOnDisk } from './services/health.ts';
import type { PeopleVault } from './services/people.ts';
import { createServices, type Services } from './services/services.ts';
import type { WatchTimes } from './services/watched-folder.ts';
import { createQueue, type Queue } from './queue.ts';
import { actor } from './sessions.ts';
import type { Shell } from './shell.ts';
import { packOutbox, takeInBundle } from './sync/carrier.ts';
import { enrolAt } from './sync/enrol.ts';
import { ensureIdentity, identityOf } from './sync/identity.ts';
import { askReads } from './sync/reads.ts';
import { createSync, type SyncOptions } from './sync/sync.ts';
import { hasClearKey } from './station-keys.ts';
import { IMAGE_FOLDER } from './station-store.ts';

export type Emit = <E extends EventName>(event: E, body: Event<E>) => void;

export interface Opened {
  db: Db;
  /** The data key. */
  key: Buffer;
  services: Services;
  /** Lets one action after the other at the store, so that a request sent twice finds what the first one wrote. */
  inTurn: Queue;
  oldPictures(): VaultState['oldPictures'];
  /** Writes down how much waits, for whoever comes first after the next start. */
  noteWaiting(): void;
  /** Lets the database be closed by whoever holds it; the key stays the caller's. */
  end(): Promise<void>;
  /** The same, and closes the database and forgets the key. */
  close(): Promise<void>;
}

export interface OpenedOptions {
  dataFolder: string;
  version: string;
  shell: Shell;
  now: () => Date;
  watchTimes?: WatchTimes;
  /** How long after opening the whole database is checked. */
  checkAfterMs: number;
  /** How often it is looked whether a backup or an anchor is due, in milliseconds. */
  dueLookMs?: number;
  /** How often it is looked at the disk and the clock, and how full the disk is where it is not asked. */
  health?: Partial<Pick<HealthMeans, 'lookMs' | 'roomIn'>>;
  /** How the hub is reached; tests alone say it. */
  sync?: SyncOptions;
  /** The store cannot be used any more: `store-damaged`, or `store-gone`. */
  failed: (code: FailureCode) => void;
  emit: Emit;
  report: (error: unknown) => void;
}

const BACKUP_LOOK_MS = 60_000;
const ANCHOR_LOOK_MS = 15 * 60_000;
const HEALTH_LOOK_MS = 30_000;

/** Builds the services on a database that stands open. */
export async function openServices(
  options: OpenedOptions,
  store: { db: Db; key: Buffer },
  people: Omit<PeopleVault, 'keys'>,
  isGuessCheap: () => boolean,
): Promise<Opened> {
  const { report, checkAfterMs, failed, ...rest } = options;
  const { db, key } = store;
  const pictureKeys = loadImageKeys(db);
  const protectionWrap = deriveKey(key, 'protection');
  const vault = openVault(join(options.dataFolder, IMAGE_FOLDER), pictureKeys);
  const sweep = await vault.beforeSweep();
  const waiting = createWaitingNote(db, options.dataFolder, () => services.health.guard());
  const queue = createQueue();
  const inTurn: Queue = (action) => queue(action).finally(waiting.soon);
  const sync = createSync({
    ...options.sync,
    db,
    now: options.now,
    changed(what) {
      options.emit(`${what}.changed`, {});
      if (what === 'received') services.alerts.look();
      if (what === 'outbox') options.emit('reports.changed', {});
    },
    report,
  });
  const services = createServices({
    ...rest,
    emit(event, body) {
      if (event === 'scans.changed') waiting.soon();
      rest.emit(event, body);
    },
    db,
    vault,
    inTurn,
    actor,
    people: { ...people, keys: { current: key, next: null } },
    protectionWrap,
    network: {
      sending: sync,
      carrier: {
        pack: (hub, to) => packOutbox(db, hub, to),
        takeIn: (hub, frames, last) => takeInBundle({ db, now: options.now, hub }, frames, last),
      },
      enrol: (request) => enrolAt(sync.client, ensureIdentity(db, options.now().toISOString()), request),
      sign: (text) => identityOf(db)?.sign(text) ?? null,
      boxKey: () => identityOf(db)?.boxPrivate ?? null,
      tell: sync.tell,
      askReads: (alertId) => askReads(db, sync.client, alertId),
    },
    importer: createListThread(),
    backup: { key, lookMs: options.dueLookMs ?? BACKUP_LOOK_MS, ...createBackupThread() },
    health: {
      lookMs: HEALTH_LOOK_MS,
      roomIn: roomOnDisk,
      gone: () => failed('store-gone'),
      isGuessCheap,
      isKeyInClear: () => hasClearKey(options.dataFolder),
      ...options.health,
    },
  });
  const renewal = createRenewal(vault, () => {
    dropOldImageKeys(db);
    options.emit('vault.changed', {});
  });
  // The first case and the first warning know the agency's types; a folder that does not answer is not waited for.
  await services.procedures.get();
  services.protection.prepare();
  services.protection.start();
  services.scans.named([...recordedImages(db), ...loadDrafts(db).flatMap(imagesOf)]);
  services.scans.start();
  services.backup.start();
  services.lists.start();
  services.logs.start();
  services.health.start();
  void services.trends.start().catch(report);
  sync.start();
  waiting.look();

  /** What nobody names any more goes once the station answers: a large folder must not hold up who signs in. */
  async function tidy(): Promise<void> {
    await inTurn(async () => {
      if (renewal.isEnded()) return;
      await sweep(new Set(namedImages(db)));
      services.audit.anchorDaily();
      // A person decided that the record goes; a clock that stands years ahead decides nothing.
      services.protection.expire(services.retention.oldest(), services.retention.keeps);
    });
    await renewal.run();
  }
  const tidied = tidy().catch(report);

  // A station may stand open for weeks.
  const anchoring = setInterval(
    () => void inTurn(services.audit.anchorDaily).catch(report),
    options.dueLookMs ?? ANCHOR_LOOK_MS,
  );
  anchoring.unref();

  const path = join(options.dataFolder, 'station.db');
  const check = startCheck({ path, key: Buffer.from(key) }, checkAfterMs, (answer) => {
    if (answer === 'damaged') failed('store-damaged');
    // Copies from before a migration stay until the moved database was found whole.
    if (answer === 'whole') removeCopies({ folder: options.dataFolder, name: 'station' });
    // The check was reading, and so the log could not be emptied meanwhile.
    if (db.open) emptyLog(db);
  });

  async function end(): Promise<void> {
    renewal.end();
    services.health.stop();
    services.protection.stop();
    clearInterval(anchoring);
    await check.end();
    await services.backup.close();
    await services.bundles.close();
    await services.lists.close();
    await services.trends.close();
    await services.logs.close();
    await sync.stop();
    services.alerts.close();
    await services.scans.close();
    await tidied;
    services.examination.close();
    services.lane.close();
    services.images.rest();
    waiting.end();
    wipe(protectionWrap, ...pictureKeys.values());
    // A file dialog may still end: its picture must find no key rather than an empty one.
    pictureKeys.clear();
  }

  return {
    db,
    key,
    services,
    inTurn,
    oldPictures: renewal.progress,
    end,
    noteWaiting: waiting.look,
    async close() {
      await end();
      db.close();
      wipe(key);
    },
  };
}

/** Closes the pictures of older keys anew, one after the other, as long as the station is open; then drops those keys. */
function createRenewal(vault: ImageVault, done: () => void) {
  let ended = false;
  let progress: VaultState['oldPictures'] = null;
  return {
    progress: () => progress,
    isEnded: () => ended,
    end() {
      ended = true;
    },
    async run() {
      const ids = await vault.older();
      for (const [index, id] of ids.entries()) {
        if (ended) return;
        progress = { left: ids.length - index, total: ids.length };
        await vault.renew(id);
        await nextTurn();
      }
      progress = null;
      // A picture that could not be read keeps its key: it may be put back from a backup.
      if (!ended && (await vault.older()).length === 0 && !ended) done();
    },
  };
}
