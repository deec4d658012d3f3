// The station's store opened with what a secret gave, and moved to another data key; a cut on the way is ended or undone.
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { digestOf, enterAudit } from './db/audit.ts';
import { addImageKey } from './db/image-keys.ts';
import { copyUnderKey, type Db, openDatabase, removeCopies, removeDatabase } from './db/open.ts';
import { publicKeys } from './db/people.ts';
import { moveProtection } from './db/protection-file.ts';
import { loadGuessCost, loadStation, saveGuessCost } from './db/station.ts';
import { StationFailure } from './failure.ts';
import { renameDurably, syncFolder } from './files.ts';
import { deriveKey, newKey, saltOf, wipe } from './keys.ts';
import { pathsIn, type StoreFolder, storeIn } from './station-store.ts';
import type { DataKeys } from './vault/holders.ts';
import { isCheaper } from './vault/kdf.ts';
import type { Keyring } from './vault/keyring.ts';

/**
 * Opens the store with what a secret gave, after ending or undoing a change of keys that a cut left. Answers the key
 * that holds now, and wipes the other.
 */
export function openStation(where: StoreFolder, keyring: Keyring, keys: DataKeys): { db: Db; key: Buffer } {
  const { folder } = where;
  const paths = pathsIn(folder);
  const salt = saltOf(paths.db);
  const { nextSalt } = keyring.content();
  const moved = nextSalt !== null && salt.toString('hex') === nextSalt;
  const key = moved && keys.next !== null ? keys.next : keys.current;
  const db = openDatabase({ ...storeIn(where), key, salt });
  try {
    removeLeftover(`${paths.db}.next`);
    const trusted = trustedOf(db);
    // A recovery key that was cut before it was recorded was shown to nobody: the one on paper stays.
    const isOtherRecovery = trusted.recovery !== keyring.content().recovery.publicKey;
    // Whoever was entered since holds the new key alone: who holds the one before must end it, for protection's sake.
    const isEnded =
      nextSalt === null || !moved || (keys.next !== null && movesProtection(where, keys.current, key));
    if (isEnded && (nextSalt !== null || isOtherRecovery)) {
      keyring.rewrap({ current: key, next: null }, trusted, { store: salt, next: null });
    }
    wipe(key === keys.current ? keys.next : keys.current);
    return { db, key };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A copy that was never finished; what cannot be removed now stands in nobody's way. */
function removeLeftover(path: string): void {
  try {
    removeDatabase(path);
  } catch {
    // The next opening tries again.
  }
}

/** False where the disk refuses it for now; then the key file goes on holding both keys until the next opening. */
function movesProtection({ folder, now }: StoreFolder, from: Buffer, to: Buffer): boolean {
  try {
    moveProtection(folder, deriveKey(from, 'protection'), deriveKey(to, 'protection'), now);
    return true;
  } catch (error) {
    // A protection key that is damaged does not get better by waiting, and the station works all the same.
    return error instanceof StationFailure;
  }
}

function trustedOf(db: Db): { people: Map<string, string>; recovery: string } {
  const { recoveryPublicKey } = loadStation(db);
  if (recoveryPublicKey === null) throw new StationFailure('store-key');
  return { people: publicKeys(db), recovery: recoveryPublicKey };
}

/** Whether a version before the vault left its key in clear beside the new ones: the key must be changed. */
export function hasClearKey(folder: string): boolean {
  return existsSync(pathsIn(folder).clear);
}

/** Writes over the clear key of an older version before it is removed; what a disk keeps besides is no key any more. */
export function removeClearKey(folder: string): void {
  const { clear } = pathsIn(folder);
  if (!existsSync(clear)) return;
  const file = openSync(clear, 'r+');
  try {
    writeSync(file, Buffer.alloc(statSync(clear).size));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(clear);
  rmSync(`${clear}.new`, { force: true });
  syncFolder(folder);
}

/**
 * Holds what a guess at a secret costs by the key file against what the database says; a store of a version before takes
 * over what the file says. Answers whether anything in the file was cheaper: then other tools wrote there.
 */
export function holdGuessCost(db: Db, keyring: Keyring, now: Date): boolean {
  const { kdf } = keyring.content();
  const must = loadGuessCost(db);
  if (must === null) {
    saveGuessCost(db, kdf);
    return keyring.demand(kdf);
  }
  if (isCheaper(kdf, must)) {
    const at = now.toISOString();
    const { id } = loadStation(db);
    enterAudit(db, {
      at,
      officerId: null,
      action: 'guess-cost.restored',
      subjectId: id,
      digest: digestOf(kdf),
    });
  }
  return keyring.demand(must);
}

/** A little more than the copy needs. */
const ROOM = 1.1;

/**
 * Moves the store to a new data key. Closes `db`, whose log must be nobody else's; the caller opens the store again
 * with `keys`, whichever way this ends. Up to the renaming a cut leaves the old store under the old key, from there on
 * the new one: the key file holds both keys in between, and `openStation` ends what is left to do.
 */
export function changeDataKey(where: StoreFolder, db: Db, keyring: Keyring, keys: DataKeys): void {
  const { folder, now } = where;
  const path = pathsIn(folder).db;
  // The change before has not ended yet: its older key is still needed.
  if (keyring.content().nextSalt !== null) throw new StationFailure('key-changing');
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < statSync(path).size * ROOM) throw new StationFailure('disk-full');
  addImageKey(db, now().toISOString());
  const trusted = trustedOf(db);
  db.close();
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new StationFailure('store-locked');
  const store = saltOf(path);
  keys.next = newKey();
  const next = copyUnderKey(path, keys.current, keys.next);
  keyring.rewrap(keys, trusted, { store, next });
  renameDurably(`${path}.next`, path);
  // Copies from before are under the old key, which was to be worth nothing.
  removeCopies({ folder, name: 'station' });
}
