// Examinations under way, kept so that neither a closed window nor a cut of power loses one.
import type { Draft } from '../../shared/contract/records.ts';
import type { Db } from './open.ts';

/** The one at hand, and one beside it that an undo brought back. Older ones were left behind. */
const KEPT = 2;

/** Writes a draft, and drops what was left behind long ago; answers how many were dropped. */
export function upsertDraft(db: Db, draft: Draft, savedAt: string): number {
  db.prepare(
    `INSERT INTO draft (id, saved_at, content) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, content = excluded.content`,
  ).run(draft.id, savedAt, JSON.stringify(draft));
  return db
    .prepare(
      'DELETE FROM draft WHERE id NOT IN (SELECT id FROM draft ORDER BY saved_at DESC, rowid DESC LIMIT ?)',
    )
    .run(KEPT).changes;
}

/** Every draft, the one saved last first. */
export function loadDrafts(db: Db): Draft[] {
  return db
    .prepare<[], string>('SELECT content FROM draft ORDER BY saved_at DESC, rowid DESC')
    .pluck()
    .all()
    .map((content): Draft => JSON.parse(content));
}

export function deleteDraft(db: Db, id: string): void {
  db.prepare('DELETE FROM draft WHERE id = ?').run(id);
}

/** Ids of the images that a draft names. */
export function imagesOf(draft: Draft): string[] {
  return draft.documents.flatMap(({ images }) => images.map(({ id }) => id));
}
