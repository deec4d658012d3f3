// The examination under way: kept at every change, closed once, and with it the pictures that only it held.
import type { Draft } from '../../shared/contract/records.ts';
import { countedAt } from '../db/cleared.ts';
import { deleteDraft, imagesOf, loadDrafts, upsertDraft } from '../db/drafts.ts';
import { isRecordedImage, savedExamination } from '../db/examinations.ts';
import { emptyLog } from '../db/open.ts';
import { StationFailure } from '../failure.ts';
import type { ServiceContext } from './context.ts';

export interface DraftService {
  /** The draft saved last, or null. */
  load(): Draft | null;
  find(id: string): Draft | null;
  /** Refuses with `already-saved` once the draft is closed: decided on, or dropped, perhaps in another window. */
  save(draft: Draft): void;
  discard(id: string): Promise<void>;
  /** Closes a draft in one transaction with what takes its place, then removes the pictures nothing names now. */
  close(id: string, images: readonly string[], write: () => void): Promise<void>;
  /** Brings a closed draft back in one transaction with what that undoes. */
  reopen(draft: Draft, write: () => void): void;
}

/** How many closed ids are remembered; a late save comes within seconds. */
const REMEMBERED = 50;
/** A picture that no draft has named by then was left behind. */
const UNNAMED_MS = 10 * 60_000;

export function createDraftService({ db, images, now }: ServiceContext): DraftService {
  const closed = new Set<string>();
  /** Every picture that a draft has named since the start, also those taken out of it again. */
  const named = new Map<string, Set<string>>();

  const isClosed = (id: string): boolean =>
    closed.has(id) || savedExamination(db, id) !== undefined || countedAt(db, id) !== undefined;

  const find = (id: string): Draft | null => loadDrafts(db).find((draft) => draft.id === id) ?? null;

  function note(draft: Draft): void {
    named.set(draft.id, new Set([...(named.get(draft.id) ?? []), ...imagesOf(draft)]));
  }

  async function removeUnnamed(candidates: readonly string[]): Promise<void> {
    const unnamed = images.takenBefore(now().getTime() - UNNAMED_MS);
    const inDrafts = new Set([
      ...loadDrafts(db).flatMap(imagesOf),
      ...[...named.values()].flatMap((ids) => [...ids]),
    ]);
    const loose = [...new Set([...candidates, ...unnamed])].filter((id) => !inDrafts.has(id));
    images.settle(loose);
    await images.remove(loose.filter((id) => !isRecordedImage(db, id)));
  }

  async function close(id: string, held: readonly string[], write: () => void): Promise<void> {
    const stored = find(id);
    const candidates = [...held, ...(named.get(id) ?? []), ...(stored === null ? [] : imagesOf(stored))];
    db.transaction(() => {
      write();
      deleteDraft(db, id);
    }).immediate();
    closed.add(id);
    named.delete(id);
    for (const oldest of closed) {
      if (closed.size <= REMEMBERED) break;
      closed.delete(oldest);
    }
    emptyLog(db);
    // What the disk refuses to remove now is removed at the next start; the decision stands either way.
    await removeUnnamed(candidates).catch(() => undefined);
  }

  return {
    load: () => loadDrafts(db)[0] ?? null,
    find,
    save(draft) {
      // The window saves by a timer: such a save may come after the decision, and must not bring the draft back.
      if (isClosed(draft.id)) throw new StationFailure('already-saved');
      const dropped = db.transaction(() => upsertDraft(db, draft, now().toISOString())).immediate();
      if (dropped > 0) emptyLog(db);
      note(draft);
    },
    discard: (id) => close(id, [], () => undefined),
    close,
    reopen(draft, write) {
      db.transaction(() => {
        write();
        upsertDraft(db, draft, now().toISOString());
      }).immediate();
      closed.delete(draft.id);
      note(draft);
    },
  };
}
