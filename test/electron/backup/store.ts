// A station's data folder with records and pictures, made without the station: for tests of backups.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateJob } from '../../../electron/backup/create.ts';
import { addImageKey, loadImageKeys } from '../../../electron/db/image-keys.ts';
import { STATION_MIGRATIONS } from '../../../electron/db/migrations/station.ts';
import { namedImages } from '../../../electron/db/named-images.ts';
import { connect, createDatabase, type Db } from '../../../electron/db/open.ts';
import { holdSnapshot, type Snapshot } from '../../../electron/db/snapshot.ts';
import { openVault, sha256Of } from '../../../electron/images/vault.ts';
import { newKey, newKeyPair, type KeyPair } from '../../../electron/keys.ts';
import { idOf, OFFICER_ID, onDay, saveRecord, STATION_ID } from '../records.ts';

export interface Store {
  folder: string;
  db: Db;
  dataKey: Buffer;
  recovery: KeyPair;
  /** Saves more records, a picture each. */
  add(names: readonly string[]): Promise<void>;
  /** A job to back it up into a folder; release the snapshot when it is done. */
  job(folder: string, madeAt?: string): { job: CreateJob; snapshot: Snapshot };
}

export const MADE_AT = '2026-11-22T20:00:00.000Z';
/** More than one chunk of a backup. */
const LARGE = 2_500_000;

/** The bytes whose digest `saveRecord` writes down for the first picture of a record. */
const pictureBytes = (name: string): Buffer => Buffer.from(JSON.stringify([name, 0]), 'utf8');

export async function makeStore(folder: string, names: readonly string[]): Promise<Store> {
  mkdirSync(join(folder, 'images'), { recursive: true });
  const dataKey = newKey();
  const recovery = newKeyPair();
  createDatabase(
    { folder, name: 'station', migrations: STATION_MIGRATIONS, now: () => new Date(MADE_AT), key: dataKey },
    (db) => {
      db.prepare('INSERT INTO station (id, created_at) VALUES (?, ?)').run(STATION_ID, onDay(0));
      db.prepare(
        `INSERT INTO officer (id, station_id, name, role, created_at) VALUES (?, ?, 'A. Officer', 'supervisor', ?)`,
      ).run(OFFICER_ID, STATION_ID, onDay(0));
      addImageKey(db, onDay(0));
    },
  );
  renameSync(join(folder, 'station.db.new'), join(folder, 'station.db'));
  writeFileSync(join(folder, 'station.keys'), 'the file of keys');
  writeFileSync(join(folder, 'protection.db'), Buffer.alloc(LARGE, 7));
  writeFileSync(join(folder, 'protection.key'), 'a wrapped key');
  const db = connect(join(folder, 'station.db'), dataKey, 'WAL');
  const vault = openVault(join(folder, 'images'), loadImageKeys(db));
  const store: Store = {
    folder,
    db,
    dataKey,
    recovery,
    async add(more) {
      for (const name of more) {
        const bytes = pictureBytes(name);
        const facts = { sha256: sha256Of(bytes), format: 'jpeg' as const, width: 96, height: 64 };
        await vault.put(idOf(`${name} picture 0`), { facts, bytes });
        saveRecord(db, { name, at: onDay(1), outcome: 'referred' });
      }
    },
    job(target, madeAt = MADE_AT) {
      const snapshot = holdSnapshot(db, join(folder, 'station.db'), dataKey);
      if (snapshot === null) throw new Error('somebody reads');
      const job: CreateJob = {
        stationId: STATION_ID,
        madeAt,
        version: '0.0.0-test',
        dataKey,
        dataFolder: folder,
        database: { path: snapshot.path, bytes: snapshot.bytes },
        sides: ['station.keys', 'protection.db', 'protection.key'].map((name) => ({
          name,
          bytes: readFileSync(join(folder, name)),
        })),
        pictures: namedImages(snapshot.db),
        pictureKeys: loadImageKeys(snapshot.db),
        folder: target,
        recipients: { recovery: recovery.publicKey },
        scratch: join(folder, 'scratch'),
        keep: 3,
        expiredBefore: null,
        erasures: [],
      };
      return { job, snapshot };
    },
  };
  await store.add(names);
  return store;
}
