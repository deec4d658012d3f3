// Examinations under way, kept so that neither a closed window nor a cut of power loses one.
import type { Draft } from '../../shared/contract/records.ts';
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Of each officer the one at hand, and one beside it that an undo brought back. Older ones were left behind. */
const KEPT = 2;

/** A draft and who began it, or took it over. */
export interface OwnedDraft {
  draft: Draft;
  officerId: string | null;
}

/** Writes a draft of this officer, and drops what they left behind long ago; answers how many were dropped. */
export function upsertDraft(db: Db, draft: Draft, savedAt: string, officerId: string): number {
  statement(
    db,
    `INSERT INTO draft (id, saved_at, content, officer_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE
       SET saved_at = excluded.saved_at, content = excluded.content, officer_id = excluded.officer_id`,
  ).run(draft.id, savedAt, JSON.stringify(draft), officerId);
  return statement(
    db,
    `DELETE FROM draft WHERE officer_id = @officerId AND id NOT IN
         (SELECT id FROM draft WHERE officer_id = @officerId ORDER BY saved_at DESC, rowid DESC LIMIT @kept)`,
  ).run({ officerId, kept: KEPT }).changes;
}

/** Gives a draft to another officer. */
export function handOver(db: Db, id: string, officerId: string): void {
  statement(db, 'UPDATE draft SET officer_id = ? WHERE id = ?').run(officerId, id);
}

/** Every draft with whose it is, the one saved last first. */
export function ownedDrafts(db: Db): OwnedDraft[] {
  return statement<[], { content: string; officerId: string | null }>(
    db,
    'SELECT content, officer_id AS officerId FROM draft ORDER BY saved_at DESC, rowid DESC',
  )
    .all()
    .map(({ content, officerId }) => ({ draft: JSON.parse(content), officerId }));
}

/** Every draft, the one saved last first. */
export function loadDrafts(db: Db): Draft[] {
  return ownedDrafts(db).map(({ draft }) => draft);
}

export function deleteDraft(db: Db, id: string): void {
  statement(db, 'DELETE FROM draft WHERE id = ?').run(id);
}

/** Ids of the images that a draft names. */
export function imagesOf(draft: Draft): string[] {
  return draft.documents.flatMap(({ images }) => images.map(({ id }) => id));
}
