// Whether a copied database is whole, its chain fits its records, and its pictures are the recorded ones. Opens a copy, never the store.
import { dirname, join } from 'node:path';
import { keptAnchors } from '../db/anchors.ts';
import { loadImageKeys } from '../db/image-keys.ts';
import { applyMigrations, newestVersion, versionOf } from '../db/migrate.ts';
import { STATION_MIGRATIONS } from '../db/migrations/station.ts';
import { connect, type Db, isWhole } from '../db/open.ts';
import { verifyAudit } from '../db/verify.ts';
import { failureOf, StationFailure } from '../failure.ts';
import { openVault, sha256Of } from '../images/vault.ts';

export interface CheckedCopy {
  db: Db;
  examinations: number;
  /** Of its audit chain. */
  auditEntries: number;
  /** Whether the chain fits itself and every record. */
  auditWhole: boolean;
  /** Checks one picture that lies in the copy's own folder; throws `backup-damaged` where it is not the recorded one. */
  checkPicture(id: string): Promise<void>;
  /** Pictures of records that were not checked. */
  missing(): number;
}

const numberOf = (db: Db, sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;

function openCopy(path: string, key: Buffer): Db {
  let db: Db | null = null;
  try {
    db = connect(path, key, 'WAL');
    const version = versionOf(db);
    if (version > newestVersion(STATION_MIGRATIONS)) throw new StationFailure('backup-newer');
    if (version < 1 || !isWhole(db)) throw new StationFailure('store-damaged');
    applyMigrations(db, STATION_MIGRATIONS);
    return db;
  } catch (error) {
    db?.close();
    // Its bytes passed their tags: a database that is not whole was not whole when it was copied.
    throw new StationFailure(failureOf(error).code);
  }
}

/**
 * Opens a copied database, moved to the newest version, after SQLite found it whole. Its audit chain is verified, too,
 * and what that says is told and nothing more: records that somebody tampered with need a backup like any others. Its
 * pictures lie in `images` beside it. Throws `store-damaged`, `backup-newer`.
 */
export function checkCopy(path: string, key: Buffer): CheckedCopy {
  const db = openCopy(path, key);
  const vault = openVault(join(dirname(path), 'images'), loadImageKeys(db));
  const audit = verifyAudit(db, keptAnchors(db, null).anchors);
  const recorded = new Map(
    db
      .prepare<[], [string, string]>(
        'SELECT id, sha256 FROM image UNION ALL SELECT id, sha256 FROM case_image',
      )
      .raw()
      .all(),
  );
  let checked = 0;
  return {
    db,
    examinations: numberOf(db, 'SELECT count(*) FROM examination'),
    auditEntries: audit.entries,
    auditWhole: audit.ok,
    async checkPicture(id) {
      const image = await vault.get(id);
      if (typeof image === 'string') throw new StationFailure('backup-damaged');
      const sha256 = sha256Of(image.bytes);
      const expected = recorded.get(id) ?? image.facts.sha256;
      if (sha256 !== expected) throw new StationFailure('backup-damaged');
      if (recorded.has(id)) checked += 1;
    },
    missing: () => recorded.size - checked,
  };
}
