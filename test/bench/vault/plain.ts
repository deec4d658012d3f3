// The same tables and rows in a plain SQLite file, opened as better-sqlite3 opens one: what ours is held against.
import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { appendAudit } from '../../../electron/db/audit.ts';
import type { DecisionRecord } from '../../../shared/contract/records.ts';
import {
  type Author,
  insertDecision,
  insertExamination,
  type NewExamination,
} from '../../../electron/db/examinations.ts';
import { applyMigrations } from '../../../electron/db/migrate.ts';
import { STATION_MIGRATIONS } from '../../../electron/db/migrations/station.ts';
import type { Db } from '../../../electron/db/open.ts';
import { recordDigest } from '../../../electron/db/record-digests.ts';
import { statement } from '../../../electron/db/statements.ts';

const TABLES = [
  'station',
  'officer',
  'examination',
  'document',
  'image',
  'finding_shared',
  'finding',
  'decision',
];

/** Copies every row of a store into a plain file at `path`, and opens it. Nobody signs, derives or enciphers there. */
export function plainCopy(store: Db, path: string): Db {
  const plain = new Database(path);
  plain.pragma('journal_mode = WAL');
  applyMigrations(plain, STATION_MIGRATIONS);
  plain.exec('DELETE FROM backup_plan; DELETE FROM watched_folder');
  plain.close();
  store.prepare(`ATTACH DATABASE ? AS plain KEY ''`).run(path);
  store.exec('PRAGMA plain.synchronous = OFF; PRAGMA foreign_keys = OFF');
  try {
    store.transaction(() => {
      for (const table of TABLES) store.exec(`INSERT INTO plain.${table} SELECT * FROM main.${table}`);
      store.exec(
        `INSERT INTO plain.document_search (rowid, number, name) SELECT row, number, name FROM main.document`,
      );
    })();
  } finally {
    store.exec('PRAGMA foreign_keys = ON');
    store.exec('DETACH DATABASE plain');
  }
  const copy = new Database(path);
  copy.pragma('synchronous = FULL');
  copy.pragma('foreign_keys = ON');
  copy.pragma('wal_checkpoint(TRUNCATE)');
  return copy;
}

export interface PlainSave {
  author: Author;
  examination: NewExamination;
  decision: Omit<DecisionRecord, 'officerName'>;
}

/** The same person once more under ids of their own, for a store in which the first lie already. */
export function withNewIds({ author, examination, decision }: PlainSave): PlainSave {
  const documents = examination.documents.map((document) => ({
    ...document,
    id: uuidv7(),
    images: document.images.map((image) => ({ ...image, id: uuidv7() })),
  }));
  return {
    author,
    examination: { ...examination, id: uuidv7(), documents },
    decision: { ...decision, id: uuidv7() },
  };
}

/** Saves the rows of one examination as the station does: with what the audit chain says of them. */
export function saveInVault(db: Db, { author, examination, decision }: PlainSave): void {
  db.transaction(() => {
    insertExamination(db, author, examination);
    insertDecision(db, author, { ...decision, examinationId: examination.id });
    appendAudit(db, {
      at: decision.at,
      officerId: author.officerId,
      action: 'examination.recorded',
      subjectId: examination.id,
      digest: recordDigest(db, examination.id) ?? '',
    });
  }).immediate();
}

const HASH = 'a'.repeat(64);

/** Saves the same rows as plainly as can be: one durable transaction, in which nothing is reckoned or signed. */
export function savePlainly(db: Db, { author, examination, decision }: PlainSave): void {
  db.transaction(() => {
    insertExamination(db, author, examination);
    insertDecision(db, author, { ...decision, examinationId: examination.id });
    statement(
      db,
      `INSERT INTO audit (seq, at, officer_id, action, subject_id, digest, previous_hash, hash, signature)
       VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM audit), ?, ?, 'examination.recorded', ?, ?, ?, ?, zeroblob(64))`,
    ).run(decision.at, author.officerId, examination.id, HASH, HASH, HASH);
  }).immediate();
}
