// Rows of the protection file. Only `services/protection.ts` opens it.
import type { ProtectionEntry } from '../../shared/contract/protection.ts';
import { appendAudit, digestOf } from './audit.ts';
import type { Db } from './open.ts';

export interface ProtectionRow extends ProtectionEntry {
  stationId: string;
  officerId: string;
  at: string;
  submittedSha256: string;
}

/** When this entry was saved and what was submitted then; undefined where there is none. */
export function savedProtection(
  db: Db,
  id: string,
): { savedAt: string; submittedSha256: string } | undefined {
  return db
    .prepare<[string], { savedAt: string; submittedSha256: string }>(
      'SELECT at AS savedAt, submitted_sha256 AS submittedSha256 FROM protection WHERE id = ?',
    )
    .get(id);
}

/** More pages than the largest entry takes: 40 answers and a note, six bytes to the character at worst. */
const LEAST_FREE_PAGES = 128;
/** At a start; some hundred entries find room before one of them would have to make it. */
const FREE_AT_START_PAGES = 256;
/** By which the file grows, 2 MB: its size then tells no more than how many of these were ever needed. */
const STEP_PAGES = 512;
/** What fills one page of 4096 bytes and no other. */
const PAGE_FILLER_BYTES = 3800;

const pages = (db: Db, what: 'freelist_count' | 'page_count'): number =>
  Number(db.pragma(what, { simple: true }));

/** Grows the file to whole steps, where fewer pages than these are free. Call it inside a transaction. */
function makeRoom(db: Db, least: number): void {
  const free = pages(db, 'freelist_count');
  if (free >= least) return;
  const used = pages(db, 'page_count') - free;
  const target = Math.ceil((used + STEP_PAGES) / STEP_PAGES) * STEP_PAGES;
  db.exec('CREATE TABLE reserve (room BLOB NOT NULL) STRICT');
  const fill = db.prepare(`INSERT INTO reserve VALUES (zeroblob(${PAGE_FILLER_BYTES}))`);
  while (pages(db, 'page_count') < target) fill.run();
  db.exec('DROP TABLE reserve');
}

/**
 * Makes room for entries to come at a moment that has nothing to do with any: a file that grew with an entry would tell
 * when it was written.
 */
export function keepRoom(db: Db): void {
  db.transaction(() => makeRoom(db, FREE_AT_START_PAGES)).immediate();
}

/** Writes one entry and its audit entry in this file's own chain. */
export function insertProtection(db: Db, row: ProtectionRow): void {
  db.transaction(() => {
    makeRoom(db, LEAST_FREE_PAGES);
    db.prepare(
      `INSERT INTO protection (id, examination_id, station_id, officer_id, at, signs, note, needs, answers, referral,
         submitted_sha256)
       VALUES (@id, @examinationId, @stationId, @officerId, @at, @signs, @note, @needs, @answers, @referral,
         @submittedSha256)`,
    ).run({
      ...row,
      signs: JSON.stringify(row.signs),
      needs: JSON.stringify(row.needs),
      answers: JSON.stringify(row.answers),
      referral: JSON.stringify(row.referral),
    });
    appendAudit(db, {
      at: row.at,
      officerId: row.officerId,
      action: 'protection.saved',
      subjectId: row.id,
      digest: digestOf(row),
    });
  }).immediate();
}

/**
 * Empties every entry older than `before` (UTC) whose examination is not one that `keeps`, each with its audit entry in
 * this file's own chain. Where there is none, nothing is written.
 */
export function eraseProtection(
  db: Db,
  before: string,
  keeps: (examinationId: string) => boolean,
  at: string,
): void {
  const old = db
    .prepare<[string], { id: string; examinationId: string }>(
      'SELECT id, examination_id AS examinationId FROM protection WHERE erased_at IS NULL AND at < ?',
    )
    .all(before)
    .filter(({ examinationId }) => !keeps(examinationId));
  if (old.length === 0) return;
  const empty = db.prepare(
    `UPDATE protection SET examination_id = '', signs = '[]', note = '', needs = '[]', answers = '[]',
       referral = 'null', submitted_sha256 = '', erased_at = ? WHERE id = ?`,
  );
  db.transaction(() => {
    for (const { id } of old) {
      empty.run(at, id);
      const digest = digestOf([id, at]);
      appendAudit(db, { at, officerId: null, action: 'protection.erased', subjectId: id, digest });
    }
  }).immediate();
}
