// Who can open the data key, and every change of that: the key file with its rules, and no database.
import { fromGroupedCode } from '../../shared/contract/grouped-code.ts';
import { StationFailure } from '../failure.ts';
import { KEY_BYTES, publicKeyOf, wipe } from '../keys.ts';
import { charged, createStrangers, isAhead, NO_ATTEMPTS, secondsLeft, type Attempts } from './attempts.ts';
import { isCheaper, nameTag, type Kdf } from './kdf.ts';
import { type DataKeys, makeHolder, makeRecovery, type NewHolder, unwrapWith, wrapFor } from './holders.ts';
import { type KeyFile, type KeyHolder, readKeyFile, writeKeyFile } from './key-file.ts';
import {
  decoyLock,
  fromText,
  lockWith,
  rewrapped,
  toText,
  unlockWith,
  unwrapped,
  type Keystore,
} from './locks.ts';

/** Public keys as the database knows them. */
export interface Trusted {
  /** By the person's id. */
  people: ReadonlyMap<string, string>;
  recovery: string;
}

export type Who = { name: string } | { officerId: string };

/** What a right secret opens. */
export interface Unlocked {
  id: string;
  publicKey: string;
  privateKey: Buffer;
  keys: DataKeys;
}

export interface Keyring {
  /** As the file is now. */
  content(): Readonly<KeyFile>;
  /**
   * Tries a secret. Throws `sign-in-wrong`, `sign-in-wait`, `sign-in-locked` or `keystore-refused`; each try is counted
   * before it is made. To be called one at a time. Keys and private key are the caller's to wipe.
   */
  signIn(who: Who, secret: string, now: Date): Promise<Unlocked>;
  /** Throws `recovery-wrong` for another key than the one shown last; with the places of groups that are mistyped. */
  recover(words: string): DataKeys;
  /** Counts one more refusal of somebody whose secret was right, or of the recovery key (null) that was. */
  countRefused(id: string | null): void;
  /** Prepares a person's entry; `put` makes it last. */
  prepare(person: NewHolder, keys: DataKeys): Promise<KeyHolder>;
  /** Adds the entry, or puts it in the place of the one of the same id. */
  put(holder: KeyHolder): void;
  /** Another secret for the key pair that the old one opened. */
  changeSecret(id: string, privateKey: Uint8Array, newSecret: string): Promise<void>;
  /** Closes a person's key anew where a guess at the same secret costs less than it must. */
  strengthen(id: string, privateKey: Uint8Array, secret: string): Promise<void>;
  /**
   * What a guess must cost, as the database says: secrets that are set from now on do, whatever the file said. Answers
   * whether anything in the file was cheaper.
   */
  demand(kdf: Kdf): boolean;
  /** Whether a guess at anybody's secret costs less than it must. */
  isCheap(): boolean;
  rename(id: string, signInName: string): Promise<void>;
  /** Ends a lock-out. */
  release(id: string): void;
  /** Drops everybody who is not named here. */
  keepOnly(ids: ReadonlySet<string>): void;
  newRecoveryKey(keys: DataKeys): string;
  /**
   * Closes these keys for those of whom the database knows the public key, and drops everybody else: whoever could
   * write to the file alone is given nothing.
   */
  rewrap(keys: DataKeys, trusted: Trusted, salts: { store: Buffer; next: Buffer | null }): void;
}

/** Opens the key file of a station. Throws `store-key` or `store-newer`. */
export function openKeyring(path: string, keystore: Keystore): Keyring {
  let file = readKeyFile(path);
  const strangers = createStrangers();

  function save(next: KeyFile): void {
    writeKeyFile(path, next);
    file = next;
  }

  /** Counts hold in memory where the disk takes nothing more: a full disk must not keep everybody out. */
  function saveCounts(next: KeyFile): void {
    file = next;
    try {
      writeKeyFile(path, next);
    } catch {
      // Whatever stands in the way is told when something of weight is to be written.
    }
  }

  const replace = (id: string, change: Partial<KeyHolder>): KeyFile => ({
    ...file,
    people: file.people.map((holder) => (holder.id === id ? { ...holder, ...change } : holder)),
  });

  /** A name that nobody has costs a writing of the file, too: the time must not tell who is known here. */
  function count(holder: KeyHolder | undefined, tag: string, attempts: Attempts, tries: 0 | 1): void {
    if (holder === undefined) {
      strangers.set(tag, attempts);
      saveCounts({ ...file, unknownRefused: file.unknownRefused + tries });
      return;
    }
    const refused = holder.refused + tries;
    const lockOuts = holder.lockOuts + (attempts.lockedOut && !holder.lockedOut ? 1 : 0);
    saveCounts(replace(holder.id, { ...attempts, refused, lockOuts }));
  }

  const isCheap = (): boolean => file.people.some(({ kdf }) => isCheaper(kdf, file.kdf));

  return {
    content: () => file,
    async signIn(who, secret, now) {
      const tag =
        'name' in who
          ? toText(await nameTag(who.name, fromText(file.nameSalt), file.kdf))
          : toText(Buffer.from(who.officerId));
      const holder = file.people.find((each) =>
        'name' in who ? each.tag === tag : each.id === who.officerId,
      );
      const lock = holder ?? file.decoy;
      const sealed = await unwrapped(lock, keystore);
      const before: Attempts = holder ?? strangers.get(tag);
      if (before.lockedOut) throw new StationFailure('sign-in-locked');
      const left = secondsLeft(before, now);
      if (left > 0) {
        // By a clock that was set back the last failure is still to come: from now on it is waited once, not until then.
        const { failures, lockedOut } = before;
        if (isAhead(before, now))
          count(holder, tag, { failures, lockedOut, lastFailureAt: now.toISOString() }, 0);
        throw new StationFailure('sign-in-wait', undefined, left);
      }
      const after = charged(before, now);
      count(holder, tag, after, 1);
      const privateKey = await unlockWith(lock, sealed, secret);
      if (holder === undefined || privateKey === null) {
        if (after.lockedOut) throw new StationFailure('sign-in-locked');
        throw new StationFailure('sign-in-wrong', undefined, secondsLeft(after, now));
      }
      const keys = unwrapWith(privateKey, holder.wrappedKey);
      const isNested = holder.keystore || keystore === null;
      const nested = isNested ? {} : await rewrapped(holder, sealed, keystore);
      const decoy = isNested ? file.decoy : await decoyLock(file.kdf, keystore);
      // What was counted before the try was no refusal.
      const { refused, lockOuts } = holder;
      saveCounts({ ...replace(holder.id, { ...NO_ATTEMPTS, refused, lockOuts, ...nested }), decoy });
      return { id: holder.id, publicKey: holder.publicKey, privateKey, keys };
    },
    recover(words) {
      const read = fromGroupedCode(words, KEY_BYTES);
      if (!read.ok) throw new StationFailure('recovery-wrong', read.groups.map(String));
      const privateKey = read.bytes;
      if (toText(publicKeyOf(privateKey)) !== file.recovery.publicKey) {
        saveCounts({ ...file, recoveryRefused: file.recoveryRefused + 1 });
        throw new StationFailure('recovery-wrong');
      }
      const keys = unwrapWith(privateKey, file.recovery.wrappedKey);
      wipe(privateKey);
      return keys;
    },
    countRefused(id) {
      const holder = file.people.find((each) => each.id === id);
      if (holder !== undefined) saveCounts(replace(holder.id, { refused: holder.refused + 1 }));
      else if (id === null) saveCounts({ ...file, recoveryRefused: file.recoveryRefused + 1 });
    },
    prepare: (person, keys) => makeHolder(person, keys, file, keystore),
    put(holder) {
      const before = file.people.find(({ id }) => id === holder.id);
      const { refused, lockOuts } = before ?? holder;
      const others = file.people.filter(({ id }) => id !== holder.id);
      save({ ...file, people: [...others, { ...holder, refused, lockOuts }] });
    },
    async changeSecret(id, privateKey, newSecret) {
      save(replace(id, await lockWith(privateKey, newSecret, file.kdf, keystore)));
    },
    async strengthen(id, privateKey, secret) {
      const holder = file.people.find((each) => each.id === id);
      if (holder === undefined || !isCheaper(holder.kdf, file.kdf)) return;
      saveCounts(replace(id, await lockWith(privateKey, secret, file.kdf, keystore)));
    },
    demand(kdf) {
      const { N, r, p } = file.kdf;
      if (N === kdf.N && r === kdf.r && p === kdf.p) return isCheap();
      const wasCheaper = isCheaper(file.kdf, kdf);
      saveCounts({ ...file, kdf, decoy: { ...file.decoy, kdf } });
      return wasCheaper || isCheap();
    },
    isCheap,
    async rename(id, signInName) {
      const tag = toText(await nameTag(signInName, fromText(file.nameSalt), file.kdf));
      if (file.people.some((holder) => holder.id === id && holder.tag !== tag)) save(replace(id, { tag }));
    },
    release: (id) => save(replace(id, NO_ATTEMPTS)),
    keepOnly(ids) {
      const people = file.people.filter(({ id }) => ids.has(id));
      if (people.length < file.people.length) save({ ...file, people });
    },
    newRecoveryKey(keys) {
      const { words, recovery } = makeRecovery(keys);
      save({ ...file, recovery });
      return words;
    },
    rewrap(keys, trusted, { store, next }) {
      const people = file.people
        .filter(({ id, publicKey }) => trusted.people.get(id) === publicKey)
        .map((holder) => ({ ...holder, wrappedKey: wrapFor(fromText(holder.publicKey), keys) }));
      const recovery = {
        publicKey: trusted.recovery,
        wrappedKey: wrapFor(fromText(trusted.recovery), keys),
      };
      const [storeSalt, nextSalt] = [store.toString('hex'), next?.toString('hex') ?? null];
      save({ ...file, people, recovery, storeSalt, nextSalt });
    },
  };
}
