// The station's database and its key file as one: how they stand, made anew, taken over from an older version.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Officer, StationSettings } from '../shared/contract/records.ts';
import type { FirstOfficer, NewPerson } from '../shared/contract/vault.ts';
import { appendAudit, digestOf } from './db/audit.ts';
import { addImageKey, loadImageKeys } from './db/image-keys.ts';
import { STATION_MIGRATIONS } from './db/migrations/station.ts';
import { createDatabase, openDatabase, type Db } from './db/open.ts';
import { loadOfficers, personContent, savePerson, savePublicKey } from './db/people.ts';
import { ensureStation, loadStation, saveGuessCost, saveRecoveryKey, saveSettings } from './db/station.ts';
import { StationFailure } from './failure.ts';
import { renameDurably, writeDurablySync } from './files.ts';
import { deriveKey, newKey, readClearKey, saltOf, wipe } from './keys.ts';
import type { Kdf } from './vault/kdf.ts';
import { type KeyFile, keyFileText, readKeyFile, writeKeyFile } from './vault/key-file.ts';
import { makeKeyFile } from './vault/holders.ts';
import type { Keystore } from './vault/locks.ts';

/** What lies in the folder before anybody is signed in. */
export type Standing = 'new' | 'upgrade' | 'sealed';

export interface StoreFolder {
  folder: string;
  now: () => Date;
}

export const IMAGE_FOLDER = 'images';

export const pathsIn = (folder: string) => ({
  db: join(folder, 'station.db'),
  keys: join(folder, 'station.keys'),
  /** Of a version before the vault: the data key in clear. */
  clear: join(folder, 'station.key'),
});

export const keyFilePath = (folder: string): string => pathsIn(folder).keys;

export const storeIn = ({ folder, now }: StoreFolder) => ({
  folder,
  name: 'station',
  migrations: STATION_MIGRATIONS,
  now,
});

/**
 * How the folder stands, after ending what a cut left of a beginning. Throws `store-damaged` for keys without their
 * database, `store-key` for a database without its keys or with another's, `store-newer` for keys of a later version,
 * `EACCES` or `EROFS` where nothing can be written.
 */
export function standingOf(folder: string): Standing {
  const { db, keys, clear } = pathsIn(folder);
  // Told before anybody types a secret, not after.
  for (const path of [folder, db, keys])
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  if (!existsSync(db)) {
    if (existsSync(keys) || existsSync(clear)) throw new StationFailure('store-damaged');
    // Pictures or a log without their store mean that it was lost, not that this is a first start.
    const pictures = readdirSync(join(folder, IMAGE_FOLDER)).some((name) => name.endsWith('.ccimg'));
    if (pictures || existsSync(`${db}-wal`)) throw new StationFailure('store-key');
    return 'new';
  }
  for (const path of [keys, clear]) {
    if (!existsSync(keys) && !existsSync(path) && existsSync(`${path}.new`))
      renameDurably(`${path}.new`, path);
  }
  if (existsSync(keys)) checkSalt(db, readKeyFile(keys));
  else if (existsSync(clear)) readClearKey(clear);
  else throw new StationFailure('store-key');
  if (statSync(db).size === 0) throw new StationFailure('store-damaged');
  return existsSync(keys) ? 'sealed' : 'upgrade';
}

function checkSalt(db: string, { storeSalt, nextSalt }: KeyFile): void {
  const size = statSync(db).size;
  const salt = saltOf(db).toString('hex');
  if (size > 0 && salt !== storeSalt && salt !== nextSalt) throw new StationFailure('store-key');
}

/** Who can use the station from its first day. */
export interface FirstPeople {
  administrator: NewPerson;
  officer: FirstOfficer | null;
}

const all = ({ administrator, officer }: FirstPeople) => [
  { ...administrator, role: 'administrator' as const },
  ...(officer === null ? [] : [officer]),
];

function enter(db: Db, people: FirstPeople, content: KeyFile, at: string): void {
  const { id: stationId } = loadStation(db);
  for (const { id, name, role, signInName } of all(people)) {
    savePerson(db, stationId, { id, name, role, signInName }, at);
    const holder = content.people.find((each) => each.id === id);
    if (holder !== undefined) savePublicKey(db, id, holder.publicKey, false);
    const digest = digestOf(personContent({ id, name, role, signInName }));
    appendAudit(db, {
      at,
      officerId: people.administrator.id,
      action: 'officer.saved',
      subjectId: id,
      digest,
    });
  }
  saveRecoveryKey(db, content.recovery.publicKey);
  saveGuessCost(db, content.kdf);
}

/**
 * Makes a new store with its people and settings; answers the words of the recovery key. Throws `already-saved` where one
 * is there, `keystore-refused`, `disk-full`.
 */
export async function createStation(
  where: StoreFolder,
  settings: StationSettings,
  people: FirstPeople,
  locks: { kdf: Kdf; keystore: Keystore },
): Promise<string> {
  const { db, keys } = pathsIn(where.folder);
  const current = newKey();
  const storeSalt = Buffer.alloc(0);
  const { content, words } = await makeKeyFile(all(people), { current, next: null }, { ...locks, storeSalt });
  // Somebody may have brought a station back meanwhile: that one stays.
  if (existsSync(db)) throw new StationFailure('already-saved');
  const at = where.now().toISOString();
  const salt = createDatabase({ ...storeIn(where), key: current }, (fresh) => {
    fresh.transaction(() => {
      const id = uuidv7();
      ensureStation(fresh, id, at);
      addImageKey(fresh, at);
      enter(fresh, people, content, at);
      saveSettings(fresh, settings);
      const officerId = people.administrator.id;
      const digest = digestOf(settings);
      appendAudit(fresh, { at, officerId, action: 'settings.saved', subjectId: id, digest });
    })();
  });
  wipe(current);
  const text = keyFileText({ ...content, storeSalt: salt.toString('hex') });
  writeDurablySync(`${keys}.new`, Buffer.from(text, 'utf8'));
  renameDurably(`${db}.new`, db);
  renameDurably(`${keys}.new`, keys);
  return words;
}

/** The officers of a store of an older version, whose key lies in clear. Moves it to the newest version. */
export function officersBefore(where: StoreFolder): Officer[] {
  const db = openDatabase({ ...storeIn(where), ...readClearKey(pathsIn(where.folder).clear) });
  try {
    return loadOfficers(db);
  } finally {
    db.close();
  }
}

/**
 * Gives a store of an older version its people and its key file; answers the words of the recovery key. The clear key
 * stays until the next opening has put another in its place.
 */
export async function adoptStation(
  where: StoreFolder,
  people: FirstPeople,
  locks: { kdf: Kdf; keystore: Keystore },
): Promise<string> {
  const { keys, clear } = pathsIn(where.folder);
  const { key, salt } = readClearKey(clear);
  const { content, words } = await makeKeyFile(
    all(people),
    { current: key, next: null },
    { ...locks, storeSalt: salt },
  );
  const db = openDatabase({ ...storeIn(where), key, salt });
  try {
    const at = where.now().toISOString();
    db.transaction(() => {
      if (loadStation(db).settings === null) throw new StationFailure('not-set-up');
      // Pictures of that version were closed with a key made of the data key.
      if (loadImageKeys(db).size === 0) addImageKey(db, at, deriveKey(key, 'images'));
      enter(db, people, content, at);
    }).immediate();
  } finally {
    db.close();
  }
  writeKeyFile(keys, content);
  wipe(key);
  return words;
}
