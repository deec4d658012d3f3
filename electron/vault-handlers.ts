// Channels that are answered without the store too: how the station stands, signing in, first run, recovery; and people.
import type { Handlers } from '../shared/contract/channels.ts';
import type { Officer } from '../shared/contract/records.ts';
import { normalName } from '../shared/contract/secret-rule.ts';
import type { Phase, Session, VaultState } from '../shared/contract/vault.ts';
import { loadHub } from './db/hub-link.ts';
import { findPerson, loadPeople } from './db/people.ts';
import { loadStation } from './db/station.ts';
import { readWaiting } from './db/waiting.ts';
import { StationFailure } from './failure.ts';
import { type Core, forget } from './core.ts';
import { wipe } from './keys.ts';
import type { Opened } from './opened.ts';
import { createQueue, type Queue } from './queue.ts';
import { checkSettings } from './services/settings.ts';
import { callerNow, type Caller } from './sessions.ts';
import { adoptStation, createStation, type FirstPeople } from './station-store.ts';
import type { DataKeys } from './vault/holders.ts';
import type { Keyring, Who } from './vault/keyring.ts';
import { checkSecret } from './vault/secrets.ts';

export type VaultChannel = Extract<
  keyof Handlers,
  `vault.${string}` | `people.${string}` | 'station.setup' | 'station.upgrade'
>;

/** What of the state is said by the store itself. */
type Inside = Pick<VaultState, 'people' | 'idleMinutes' | 'oldPictures' | 'hubStopped'>;

const CLOSED: Inside = { people: [], idleMinutes: null, oldPictures: null };

function phaseOf(core: Core, { session }: Caller): Phase {
  const standing = core.standing();
  if (standing !== 'sealed') return standing;
  if (core.opened() === null && !core.isChanging()) return 'sealed';
  return session === null ? 'locked' : 'open';
}

/** Whoever can sign in, by name. */
function peopleOf({ db, services }: Opened): Officer[] {
  const able = new Set(services.people.list().flatMap(({ id, canSignIn }) => (canSignIn ? [id] : [])));
  return loadPeople(db).flatMap(({ id, name, role, leftAt }) =>
    leftAt === null && able.has(id) ? [{ id, name, role }] : [],
  );
}

function checkFirst({ administrator, officer }: FirstPeople): void {
  checkSecret(administrator.secret, administrator.signInName);
  if (officer === null) return;
  checkSecret(officer.secret, officer.signInName);
  if (officer.id === administrator.id) throw new StationFailure('bad-request', ['officer.id']);
  if (normalName(officer.signInName) === normalName(administrator.signInName))
    throw new StationFailure('name-taken', ['officer.signInName']);
}

/** `settled` waits for the requests under way; a change of keys needs the store for itself. */
export function createVaultHandlers(core: Core, settled: () => Promise<void>): Pick<Handlers, VaultChannel> {
  const { options, window } = core;
  const { version, dataFolder, shell, now } = options;
  // One secret after the other: ten at once are no way around the waiting.
  const queue = createQueue();
  const inTurn: Queue = (action) => queue(action).finally(core.tellRefused);
  /** What the store itself said last: while its keys change it cannot be asked. */
  let last: Inside = CLOSED;

  const caller = (): Caller => callerNow() ?? window;

  function inside(): Inside {
    const opened = core.opened();
    if (opened === null) return { ...CLOSED, people: core.officersBefore() };
    last = {
      people: peopleOf(opened),
      idleMinutes: loadStation(opened.db).settings?.idleMinutes ?? null,
      oldPictures: opened.oldPictures(),
      ...((loadHub(opened.db)?.stopped ?? null) === null ? {} : { hubStopped: true }),
    };
    return last;
  }

  function state(): VaultState {
    const { kind, can } = shell;
    const { session } = caller();
    const phase = phaseOf(core, caller());
    return {
      phase,
      version,
      dataFolder,
      shell: { kind, pickFile: can.pickFile, print: can.print, ...(can.pdf ? { pdf: true } : {}) },
      keystore: core.keystore !== null,
      session,
      waiting: phase === 'sealed' ? readWaiting(dataFolder) : null,
      ...(core.isChanging() ? last : inside()),
    };
  }

  function ring(): Keyring {
    const keyring = core.keyring();
    if (keyring === null) throw new StationFailure('not-set-up');
    return keyring;
  }

  function opened(): Opened {
    const own = core.opened();
    if (own === null) throw new StationFailure('signed-out');
    return own;
  }

  function me(): Session {
    const { session } = caller();
    if (session === null) throw new StationFailure('signed-out');
    return session;
  }

  const list = () => ({ people: opened().services.people.list() });

  /** Keeps the key where the store was sealed, forgets it where it is open already. */
  async function openWith(keys: DataKeys): Promise<{ own: Opened; fresh: boolean }> {
    const own = core.opened();
    if (own === null) return { own: await core.open(keys), fresh: true };
    forget(keys);
    return { own, fresh: false };
  }

  async function signIn(who: Who, secret: string): Promise<VaultState> {
    const { id, publicKey, privateKey, keys } = await ring().signIn(who, secret, now());
    try {
      const { own, fresh } = await openWith(keys);
      const person = findPerson(own.db, id);
      // The key file alone says nothing: who left, or was never entered, has no place in the database.
      if (person === undefined || person.leftAt !== null || person.publicKey !== publicKey) {
        ring().countRefused(id);
        core.tellRefused();
        if (fresh) await core.seal();
        throw new StationFailure('sign-in-wrong', undefined, 0);
      }
      await ring().strengthen(id, privateKey, secret);
      begin(person);
      return state();
    } finally {
      wipe(privateKey);
    }
  }

  function begin({ id, name, role, mustChange }: Officer & { mustChange: boolean }): void {
    core.signIn(caller(), {
      officerId: id,
      name,
      role,
      mustChange,
      signedInAt: now().toISOString(),
    });
  }

  /** Asks for the secret once more before what cannot be taken back. */
  async function proven(secret: string): Promise<void> {
    const { privateKey, keys } = await ring().signIn({ officerId: me().officerId }, secret, now());
    wipe(privateKey);
    forget(keys);
  }

  async function first(people: FirstPeople, make: () => Promise<string>) {
    checkFirst(people);
    const recoveryKey = await make();
    core.takeKeyFile();
    const { id, secret } = people.administrator;
    return { vault: await signIn({ officerId: id }, secret), recoveryKey };
  }

  const where = { folder: dataFolder, now };
  const locks = () => ({ kdf: core.kdf(), keystore: core.keystore });

  return {
    'vault.state': state,
    'vault.sign-in': ({ name, officerId, secret }) =>
      inTurn(() => signIn(name === undefined ? { officerId: officerId ?? '' } : { name }, secret)),
    'vault.lock': () => {
      core.signOut(caller());
      return state();
    },
    'vault.touch': () => ({}),
    'vault.recover': ({ recoveryKey, administrator }) =>
      inTurn(async () => {
        checkSecret(administrator.secret, administrator.signInName);
        const { own, fresh } = await openWith(ring().recover(recoveryKey));
        const id = await own.services.people.recovered(administrator).catch(async (error: unknown) => {
          ring().countRefused(null);
          core.tellRefused();
          // Nobody signed in: the store is as closed as before.
          if (fresh) await core.seal();
          throw error;
        });
        const person = findPerson(own.db, id);
        if (person !== undefined) begin(person);
        return state();
      }),
    'vault.new-recovery-key': ({ secret }) =>
      inTurn(async () => {
        await proven(secret);
        return { recoveryKey: opened().services.people.newRecoveryKey() };
      }),
    'vault.change-secret': ({ secret, newSecret }) =>
      inTurn(async () => {
        const session = me();
        await opened().services.people.changeSecret(session, secret, newSecret);
        session.mustChange = false;
        core.emit('vault.changed', {});
        return state();
      }),
    'vault.change-key': ({ secret }) =>
      inTurn(async () => {
        // It would be waited for, minutes in which the counter gets no answer.
        if (opened().services.backup.state().running !== null) throw new StationFailure('backup-busy');
        await proven(secret);
        inside();
        await core.changeKey(settled);
        core.emit('vault.changed', {});
        return state();
      }),
    'people.list': list,
    'people.save': (input) => inTurn(async () => ({ people: await opened().services.people.save(input) })),
    'people.leave': ({ id }) => inTurn(() => ({ people: opened().services.people.leave(id) })),
    'people.release': ({ id }) => inTurn(() => ({ people: opened().services.people.release(id) })),
    'people.new-secret': ({ id, secret }) =>
      inTurn(async () => ({ people: await opened().services.people.newSecret(id, secret) })),
    'station.setup': ({ settings, ...people }) =>
      inTurn(() => {
        if (core.standing() !== 'new') throw new StationFailure('already-saved');
        checkSettings(settings);
        return first(people, () => createStation(where, settings, people, locks()));
      }),
    'station.upgrade': (people) =>
      inTurn(() => {
        if (core.standing() !== 'upgrade') throw new StationFailure('already-saved');
        return first(people, () => adoptStation(where, people, locks()));
      }),
  };
}
