// The state of the station between sealed and open: its key file, the store while a key is in memory, who is at the window.
import type { FailureCode } from '../shared/contract/bridge.ts';
import type { Officer } from '../shared/contract/records.ts';
import type { Session } from '../shared/contract/vault.ts';
import { digestOf, enterAudit } from './db/audit.ts';
import type { Db } from './db/open.ts';
import type { PersonRow } from './db/people.ts';
import { tellRefusals } from './db/refusals.ts';
import { loadStation } from './db/station.ts';
import { failureOf, StationFailure } from './failure.ts';
import { wipe } from './keys.ts';
import { openServices, type Emit, type Opened, type OpenedOptions } from './opened.ts';
import { type Caller, createIdleWatch, type IdleWatch } from './sessions.ts';
import { changeDataKey, hasClearKey, holdGuessCost, openStation, removeClearKey } from './station-keys.ts';
import { keyFilePath, officersBefore, standingOf, type Standing } from './station-store.ts';
import type { DataKeys } from './vault/holders.ts';
import { calibrate, type Kdf } from './vault/kdf.ts';
import { type Keyring, openKeyring } from './vault/keyring.ts';
import type { Keystore } from './vault/locks.ts';

export interface Core {
  readonly options: OpenedOptions;
  readonly keystore: Keystore;
  readonly window: Caller;
  readonly idle: IdleWatch;
  readonly emit: Emit;
  kdf(): Kdf;
  standing(): Standing;
  /** Null until there is a key file. */
  keyring(): Keyring | null;
  /** Null while no key is in memory. */
  opened(): Opened | null;
  /** Why the store cannot be opened; null where nothing stands in the way. */
  failure(): FailureCode | null;
  /** Officers of a store of an older version, until it is taken over. */
  officersBefore(): Officer[];
  /** Whether keys are being changed: nothing else is answered meanwhile. */
  isChanging(): boolean;
  /** Takes up the key file that was made now: from here on the station is sealed or open. */
  takeKeyFile(): void;
  /** Opens the store with what a secret gave. A store that cannot be opened is told as the station's failure. */
  open(keys: DataKeys): Promise<Opened>;
  /** Closes the store again where it was opened for nobody. */
  seal(): Promise<void>;
  /** Another data key for everything; the store is closed and opened again meanwhile. */
  changeKey(settled: () => Promise<void>): Promise<void>;
  /** Begins a sitting. */
  signIn(caller: Caller, session: Session): void;
  /** Ends a sitting, if there is one. */
  signOut(caller: Caller): void;
  /**
   * Enters refused sign-ins in the audit chain, where a key is in memory; else the next opening does. Of names that
   * nobody has and of recovery keys at most once a minute: nothing locks those, and what grows is never removed.
   */
  tellRefused(): void;
  /** One more caller than the window: a command. */
  addCaller(caller: Caller): () => void;
  close(): Promise<void>;
}

const NOBODY_MS = 60_000;

/** What can be told of the store for good; anything else may go better the next time. */
const FOR_GOOD: ReadonlySet<FailureCode> = new Set(['store-damaged', 'store-key', 'store-newer']);

/** Looks at the folder and builds the state on it. Throws what stands in the way of a station there. */
export function createCore(given: Omit<OpenedOptions, 'failed'>, kdf: Kdf | undefined): Core {
  const options: OpenedOptions = { ...given, failed: fail };
  const { dataFolder: folder, now, shell, emit } = options;
  const where = { folder, now };
  const keystore: Keystore = shell.can.wrapKey ? shell : null;
  const window: Caller = { session: null };
  const callers = new Set<Caller>([window]);
  let standing = standingOf(folder);
  let keyring = standing === 'sealed' ? openKeyring(keyFilePath(folder), keystore) : null;
  const before = standing === 'upgrade' ? officersBefore(where) : [];
  let opened: Opened | null = null;
  let failure: FailureCode | null = null;
  let changing: Promise<void> | null = null;
  /** Other tools made secrets cheap to guess: told until the next start also where it is put right at once. */
  let wasCheap = false;
  /** By a clock that nobody sets. */
  let nobodyToldAt = Number.NEGATIVE_INFINITY;
  const idle = createIdleWatch(now, () => idleMinutes(opened));

  function fail(code: FailureCode): void {
    if (failure !== null) return;
    failure = code;
    emit('station.failed', { code });
  }

  /** Somebody's name or role is another now, their secret was renewed, or they left: their sitting is told, too. */
  function personChanged({ id, name, role, mustChange, leftAt }: PersonRow): void {
    for (const caller of callers) {
      const { session } = caller;
      if (session?.officerId !== id) continue;
      if (leftAt !== null) {
        caller.session = null;
        if (caller === window) opened?.services.images.rest();
      } else Object.assign(session, { name, role, mustChange });
    }
  }

  function ring(): Keyring {
    if (keyring === null) throw new StationFailure('not-set-up');
    return keyring;
  }

  async function openOnce(keys: DataKeys): Promise<Opened> {
    let store = openStation(where, ring(), keys);
    if (hasClearKey(folder)) store = withoutClearKey(store);
    try {
      const keyRing = ring();
      wasCheap = holdGuessCost(store.db, keyRing, now()) || wasCheap;
      const isGuessCheap = (): boolean => wasCheap || keyRing.isCheap();
      return await openServices(options, store, { keyring: keyRing, changed: personChanged }, isGuessCheap);
    } catch (error) {
      store.db.close();
      throw error;
    }
  }

  /**
   * The key of an older version lay in clear on this disk: it is to be worth nothing. Where there is no room for that,
   * the station opens all the same, and the next opening tries again.
   */
  function withoutClearKey(store: { db: Db; key: Buffer }): { db: Db; key: Buffer } {
    const keys: DataKeys = { current: store.key, next: null };
    let isChanged = false;
    try {
      changeDataKey(where, store.db, ring(), keys);
      isChanged = true;
    } catch (error) {
      options.report(error);
      store.db.close();
    }
    const moved = openStation(where, ring(), keys);
    if (isChanged) removeClearKey(folder);
    return moved;
  }

  async function open(keys: DataKeys): Promise<Opened> {
    try {
      opened = await openOnce(keys);
      tellRefused(true);
      return opened;
    } catch (error) {
      // The next try brings its own.
      forget(keys);
      const { code } = failureOf(error);
      if (FOR_GOOD.has(code)) fail(code);
      throw error;
    }
  }

  async function change(settled: () => Promise<void>): Promise<void> {
    const own = opened;
    if (own === null) throw new StationFailure('signed-out');
    await settled();
    await own.end();
    const keys: DataKeys = { current: own.key, next: null };
    try {
      changeDataKey(where, own.db, ring(), keys);
    } finally {
      own.db.close();
      opened = null;
      await open(keys);
    }
  }

  function tellRefused(all = false): void {
    if (opened === null || keyring === null) return;
    const isSoon = !all && performance.now() - nobodyToldAt < NOBODY_MS;
    const { people, unknownRefused: unknown, recoveryRefused: recovery } = keyring.content();
    try {
      const nobody = isSoon ? null : { unknown, recovery };
      const isTold = tellRefusals(opened.db, { people, nobody }, now().toISOString());
      if (isTold) nobodyToldAt = performance.now();
    } catch (error) {
      // The counts stay: what the disk refuses now is told the next time.
      options.report(error);
    }
  }

  function audited({ officerId }: Session, action: string): void {
    if (opened === null) return;
    const { db } = opened;
    const entry = {
      at: now().toISOString(),
      officerId,
      action,
      subjectId: officerId,
      digest: digestOf(officerId),
    };
    enterAudit(db, entry);
  }

  function signOut(caller: Caller): void {
    const { session } = caller;
    if (session === null) return;
    caller.session = null;
    if (caller === window) {
      opened?.services.images.rest();
      emit('vault.changed', {});
    }
    opened?.noteWaiting();
    try {
      audited(session, 'officer.signed-out');
    } catch (error) {
      // A full disk keeps nobody signed in.
      options.report(error);
    }
  }

  const core: Core = {
    options,
    keystore,
    window,
    idle,
    emit,
    kdf: () => keyring?.content().kdf ?? kdf ?? calibrate(),
    standing: () => standing,
    keyring: () => keyring,
    opened: () => opened,
    failure: () => failure,
    officersBefore: () => (standing === 'upgrade' ? before : []),
    isChanging: () => changing !== null,
    takeKeyFile() {
      keyring = openKeyring(keyFilePath(folder), keystore);
      standing = 'sealed';
    },
    open,
    async seal() {
      await opened?.close();
      opened = null;
    },
    async changeKey(settled) {
      if (changing !== null) throw new StationFailure('key-changing');
      changing = change(settled);
      try {
        await changing;
      } finally {
        changing = null;
      }
    },
    signIn(caller, session) {
      if (caller.session !== null) signOut(caller);
      tellRefused(true);
      audited(session, 'officer.signed-in');
      caller.session = session;
      if (caller !== window) return;
      idle.begin();
      emit('vault.changed', {});
      emit('station.changed', {});
    },
    signOut,
    tellRefused: () => tellRefused(),
    addCaller(caller) {
      callers.add(caller);
      return () => callers.delete(caller);
    },
    async close() {
      await changing?.catch(() => undefined);
      if (window.session !== null) signOut(window);
      tellRefused(true);
      await opened?.close();
      opened = null;
    },
  };
  return core;
}

function idleMinutes(opened: Opened | null): number | null {
  return opened?.db.open === true ? (loadStation(opened.db).settings?.idleMinutes ?? null) : null;
}

/** Overwrites what a secret opened and nobody needs. */
export function forget({ current, next }: DataKeys): void {
  wipe(current, next);
}
