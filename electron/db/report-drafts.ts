// Drafts of reports: one for each case, as it was entered so far.
import type { Db } from './open.ts';
import { statement } from './statements.ts';

/** Keeps what an officer has entered so far; whoever saved last is whose it is. */
export function saveReportDraft(
  db: Db,
  draft: { examinationId: string; officerId: string; at: string; content: unknown },
): void {
  statement(
    db,
    `INSERT INTO report_draft (examination_id, officer_id, saved_at, content)
     VALUES (@examinationId, @officerId, @at, @content)
     ON CONFLICT (examination_id) DO UPDATE
       SET officer_id = excluded.officer_id, saved_at = excluded.saved_at, content = excluded.content`,
  ).run({ ...draft, content: JSON.stringify(draft.content) });
}

/** As it was saved; null where there is none. */
export function loadReportDraft(db: Db, examinationId: string): { savedAt: string; content: unknown } | null {
  const row = statement<[string], { savedAt: string; content: string }>(
    db,
    'SELECT saved_at AS savedAt, content FROM report_draft WHERE examination_id = ?',
  ).get(examinationId);
  return row === undefined ? null : { savedAt: row.savedAt, content: JSON.parse(row.content) };
}
