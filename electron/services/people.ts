// The people of the station: who may sign in and as what. Every change is one in the database and one in the key file.
import { normalName } from '../../shared/contract/secret-rule.ts';
import type { Person, Role, SavePerson, Session } from '../../shared/contract/vault.ts';
import { canRenew } from '../../shared/contract/rights.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import {
  findPerson,
  loadPeople,
  personContent,
  savePerson,
  savePublicKey,
  setLeft,
  setMustChange,
  type PersonRow,
} from '../db/people.ts';
import { loadStation, saveRecoveryKey } from '../db/station.ts';
import { StationFailure } from '../failure.ts';
import { wipe } from '../keys.ts';
import type { DataKeys } from '../vault/holders.ts';
import type { KeyHolder } from '../vault/key-file.ts';
import type { Keyring } from '../vault/keyring.ts';
import { checkSecret } from '../vault/secrets.ts';
import type { ServiceContext } from './context.ts';

export interface PeopleService {
  list(): Person[];
  save(input: SavePerson): Promise<Person[]>;
  leave(id: string): Person[];
  release(id: string): Person[];
  newSecret(id: string, secret: string): Promise<Person[]>;
  /** Another secret of one's own. */
  changeSecret(session: Session, secret: string, newSecret: string): Promise<void>;
  /** Its words, shown once. */
  newRecoveryKey(): string;
  /** With the recovery key: an administrator of this sign-in name gets this secret, or is made. Answers their id. */
  recovered(administrator: { id: string; name: string; signInName: string; secret: string }): Promise<string>;
}

/** What else of the station must know when people change. */
export interface PeopleVault {
  keyring: Keyring;
  keys: DataKeys;
  /** Somebody's name or role changed, or they left: whoever is signed in as them is told. */
  changed(person: PersonRow): void;
}

export function createPeopleService(context: ServiceContext, vault: PeopleVault): PeopleService {
  const { db, now, actor, emit } = context;
  const { keyring, keys } = vault;

  function list(): Person[] {
    const held = new Map(keyring.content().people.map((holder) => [holder.id, holder]));
    return loadPeople(db).map(({ id, name, role, signInName, mustChange, leftAt, publicKey }) => ({
      id,
      name,
      role,
      signInName,
      mustChange,
      leftAt,
      canSignIn: publicKey !== null && held.get(id)?.publicKey === publicKey,
      lockedOut: held.get(id)?.lockedOut ?? false,
    }));
  }

  function told(id: string): Person[] {
    const person = findPerson(db, id);
    if (person !== undefined) vault.changed(person);
    emit('vault.changed', {});
    emit('station.changed', {});
    return list();
  }

  /** A person who has not left. */
  function present(id: string): PersonRow {
    const person = findPerson(db, id);
    if (person === undefined || person.leftAt !== null) throw new StationFailure('not-found');
    return person;
  }

  function checkName(id: string, signInName: string): void {
    const taken = loadPeople(db).some(
      (other) =>
        other.id !== id &&
        other.leftAt === null &&
        other.signInName !== null &&
        normalName(other.signInName) === normalName(signInName),
    );
    if (taken) throw new StationFailure('name-taken', ['signInName']);
  }

  /** Somebody must stay who can manage the station. */
  function checkAdministrator({ id }: PersonRow, roleAfter: Role | null): void {
    if (roleAfter === 'administrator') return;
    const others = list().some(
      (other) =>
        other.id !== id && other.role === 'administrator' && other.leftAt === null && other.canSignIn,
    );
    if (!others) throw new StationFailure('last-administrator');
  }

  function note(action: string, subjectId: string, content: unknown, officerId = actor()?.officerId ?? null) {
    appendAudit(db, {
      at: now().toISOString(),
      officerId,
      action,
      subjectId,
      digest: digestOf(content),
    });
  }

  /** The key file is written last: where the disk refuses it, the database takes its part back. */
  function enter(holder: KeyHolder, mustChange: boolean, write: () => void): void {
    db.transaction(() => {
      write();
      savePublicKey(db, holder.id, holder.publicKey, mustChange);
      keyring.put(holder);
    }).immediate();
  }

  return {
    list,
    async save(input) {
      const { id, name, role, signInName, secret } = input;
      const before = findPerson(db, id);
      if (before !== undefined && before.leftAt !== null) throw new StationFailure('not-found');
      const canSignIn = before !== undefined && before.publicKey !== null;
      if (canSignIn === (secret !== null)) throw new StationFailure('bad-request', ['secret']);
      if (before !== undefined && before.role === 'administrator') checkAdministrator(before, role);
      checkName(id, signInName);
      const write = (): void => {
        savePerson(db, loadStation(db).id, { id, name, role, signInName }, now().toISOString());
        note('officer.saved', id, personContent({ id, name, role, signInName }));
      };
      if (secret === null) {
        db.transaction(write).immediate();
        // Also where the name is the same: a cut may have left the key file at the one before.
        await keyring.rename(id, signInName);
        return told(id);
      }
      checkSecret(secret, signInName);
      enter(await keyring.prepare({ id, signInName, secret }, keys), true, write);
      return told(id);
    },
    leave(id) {
      const person = present(id);
      if (id === actor()?.officerId) throw new StationFailure('not-allowed');
      checkAdministrator(person, null);
      db.transaction(() => {
        setLeft(db, id, now().toISOString());
        note('officer.left', id, id);
        keyring.keepOnly(
          new Set(keyring.content().people.flatMap((holder) => (holder.id === id ? [] : holder.id))),
        );
      }).immediate();
      return told(id);
    },
    release(id) {
      present(id);
      db.transaction(() => {
        note('officer.released', id, id);
        keyring.release(id);
      }).immediate();
      return told(id);
    },
    async newSecret(id, secret) {
      const { role, signInName } = present(id);
      const own = actor();
      if (own === null || id === own.officerId || !canRenew(own.role, role))
        throw new StationFailure('not-allowed');
      if (signInName === null) throw new StationFailure('not-found');
      checkSecret(secret, signInName);
      const holder = await keyring.prepare({ id, signInName, secret }, keys);
      enter(holder, true, () => note('secret.renewed', id, id));
      return told(id);
    },
    async changeSecret({ officerId }, secret, newSecret) {
      const { signInName } = present(officerId);
      if (secret.normalize('NFKC') === newSecret.normalize('NFKC'))
        throw new StationFailure('secret-same', ['newSecret']);
      checkSecret(newSecret, signInName ?? '');
      const unlocked = await keyring.signIn({ officerId }, secret, now());
      try {
        await keyring.changeSecret(officerId, unlocked.privateKey, newSecret);
      } finally {
        wipe(unlocked.privateKey, unlocked.keys.current, unlocked.keys.next);
      }
      db.transaction(() => {
        setMustChange(db, officerId, false);
        note('secret.changed', officerId, officerId);
      }).immediate();
    },
    newRecoveryKey() {
      return db
        .transaction(() => {
          const words = keyring.newRecoveryKey(keys);
          const { publicKey } = keyring.content().recovery;
          saveRecoveryKey(db, publicKey);
          note('recovery-key.made', loadStation(db).id, publicKey);
          return words;
        })
        .immediate();
    },
    async recovered({ id, name, signInName, secret }) {
      const same = loadPeople(db).find(
        (each) =>
          each.leftAt === null &&
          each.signInName !== null &&
          normalName(each.signInName) === normalName(signInName),
      );
      if (same !== undefined && same.role !== 'administrator')
        throw new StationFailure('name-taken', ['signInName']);
      if (same === undefined && findPerson(db, id) !== undefined)
        throw new StationFailure('bad-request', ['id']);
      checkSecret(secret, signInName);
      const own = same ?? { id, name };
      const holder = await keyring.prepare({ id: own.id, signInName, secret }, keys);
      enter(holder, false, () => {
        const person = { id: own.id, name: own.name, role: 'administrator' as const, signInName };
        savePerson(db, loadStation(db).id, person, now().toISOString());
        note('vault.recovered', own.id, personContent(person), own.id);
      });
      told(own.id);
      return own.id;
    },
  };
}
