// The examination under way: kept at every change, closed once, and with it the pictures that only it held.
import type { Output } from '../../shared/contract/channels.ts';
import type { Draft } from '../../shared/contract/records.ts';
import type { Session } from '../../shared/contract/vault.ts';
import { countedAt } from '../db/cleared.ts';
import { deleteDraft, handOver, imagesOf, loadDrafts, ownedDrafts, upsertDraft } from '../db/drafts.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { findPerson } from '../db/people.ts';
import { isRecordedImage, savedExamination } from '../db/examinations.ts';
import { emptyLog } from '../db/open.ts';
import { StationFailure } from '../failure.ts';
import type { ServiceContext } from './context.ts';

export interface DraftService {
  /** The officer's own draft saved last; where there is none, one that somebody else began and that they did not leave. */
  load(): Output<'draft.load'>;
  find(id: string): Draft | null;
  /** Takes over a draft that somebody else began. */
  take(id: string): Draft;
  /** Leaves it to them: it is not offered again in this sitting. */
  leave(id: string): void;
  /** Refuses with `draft-of-other` what somebody else began and nobody took over. */
  checkOwn(id: string): void;
  /** Refuses with `already-saved` once the draft is closed: decided on, or dropped, perhaps in another window. */
  save(draft: Draft): void;
  discard(id: string): Promise<void>;
  /** Drops whosever draft in one transaction with what tells of it; answers how many pictures it named. */
  drop(id: string, write: () => void): Promise<number>;
  /**
   * Closes a draft in one transaction with what takes its place, then removes the pictures nothing names now. Where
   * nothing `lasting` takes its place, no older state of a page keeps what was in it.
   */
  close(id: string, images: readonly string[], lasting: boolean, write: () => void): Promise<void>;
  /** Brings a closed draft back in one transaction with what that undoes. */
  reopen(draft: Draft, write: () => void): void;
}

/** How many closed ids are remembered; a late save comes within seconds. */
const REMEMBERED = 50;
/** A picture that no draft has named by then was left behind. */
const UNNAMED_MS = 10 * 60_000;

export function createDraftService(context: ServiceContext): DraftService {
  const { db, images, now } = context;
  /** What an officer left for whoever began it, for as long as they are signed in. */
  const left = new WeakMap<Session, Set<string>>();
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

  async function close(
    id: string,
    held: readonly string[],
    lasting: boolean,
    write: () => void,
  ): Promise<void> {
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
    // Three more syncs of the disk, for which an officer who recorded somebody would wait.
    if (!lasting) emptyLog(db);
    // What the disk refuses to remove now is removed at the next start; the decision stands either way.
    await removeUnnamed(candidates).catch(() => undefined);
  }

  function me(): Session {
    const session = context.actor();
    if (session === null) throw new StationFailure('signed-out');
    return session;
  }

  function checkOwn(id: string): void {
    const owned = ownedDrafts(db).find(({ draft }) => draft.id === id);
    if (owned !== undefined && owned.officerId !== me().officerId) throw new StationFailure('draft-of-other');
  }

  return {
    load() {
      const session = me();
      const drafts = ownedDrafts(db);
      const own = drafts.find(({ officerId }) => officerId === session.officerId);
      if (own !== undefined) return { draft: own.draft, begunBy: null };
      const other = drafts.find(({ draft }) => left.get(session)?.has(draft.id) !== true);
      if (other === undefined) return { draft: null, begunBy: null };
      const { draft, officerId } = other;
      const begunBy = officerId === null ? undefined : findPerson(db, officerId);
      if (begunBy !== undefined) return { draft, begunBy: { officerId: begunBy.id, name: begunBy.name } };
      // An older version did not say whose it was.
      handOver(db, draft.id, session.officerId);
      return { draft, begunBy: null };
    },
    find,
    take(id) {
      const session = me();
      const draft = find(id);
      if (draft === null) throw new StationFailure('not-found');
      db.transaction(() => {
        handOver(db, id, session.officerId);
        appendAudit(db, {
          at: now().toISOString(),
          officerId: session.officerId,
          action: 'draft.taken-over',
          subjectId: id,
          digest: digestOf(id),
        });
      }).immediate();
      return draft;
    },
    leave(id) {
      const session = me();
      left.set(session, new Set([...(left.get(session) ?? []), id]));
    },
    checkOwn,
    save(draft) {
      checkOwn(draft.id);
      // The window saves by a timer: such a save may come after the decision, and must not bring the draft back.
      if (isClosed(draft.id)) throw new StationFailure('already-saved');
      const dropped = db
        .transaction(() => upsertDraft(db, draft, now().toISOString(), me().officerId))
        .immediate();
      if (dropped > 0) emptyLog(db);
      note(draft);
    },
    discard(id) {
      checkOwn(id);
      return close(id, [], false, () => undefined);
    },
    async drop(id, write) {
      const draft = find(id);
      await close(id, [], false, write);
      return draft === null ? 0 : imagesOf(draft).length;
    },
    close,
    reopen(draft, write) {
      db.transaction(() => {
        write();
        upsertDraft(db, draft, now().toISOString(), me().officerId);
      }).immediate();
      closed.delete(draft.id);
      note(draft);
    },
  };
}
