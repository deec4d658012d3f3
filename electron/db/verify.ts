// The audit chain held against itself, its anchors and the records as they stand, a stretch at a time.
import type { AuditBreak, AuditVerdict, BreakKind } from '../../shared/contract/audit.ts';
import { isSound, type KnownAnchor } from './anchors.ts';
import {
  ADOPTED,
  type AuditRow,
  type ChainEnd,
  ENTRY_KIND,
  GENESIS,
  hashOf,
  isSigned,
  publicKeyOf,
} from './audit.ts';
import type { Db } from './open.ts';
import { createRecordCheck } from './records-check.ts';

export interface Verification {
  /** Looks at up to so many entries more; true once all was looked at. */
  step(entries: number): boolean;
  /** What was found so far; final once `step` has answered true. */
  verdict(): AuditVerdict;
}

const LISTED = 100;
const STEP = 2000;

/**
 * Begins to verify. The store may be written to between the steps. `unreadable`: how many anchors of our own cannot be
 * read any more.
 */
export function startVerification(
  db: Db,
  anchors: readonly KnownAnchor[] = [],
  unreadable = 0,
): Verification {
  // A chain that nobody has signed yet has no key: it is made with the first entry.
  let publicKey = publicKeyOf(db);
  const rows = db.prepare<[number, number], AuditRow>(
    `SELECT seq, at, officer_id, action, subject_id, digest, previous_hash, hash, signature FROM audit
     WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const records = createRecordCheck(db);
  const anchored = Map.groupBy(anchors, ({ seq }) => seq);
  const breaks: AuditBreak[] = [];
  const facts: Omit<AuditVerdict, 'ok' | 'breaks' | 'more'> = {
    entries: 0,
    signedFrom: null,
    anchors: anchors.length,
    restoredAt: [],
  };
  let more = 0;
  let seq = 0;
  let before: ChainEnd = GENESIS;
  let finished = false;

  function broken(at: number | null, kind: BreakKind, subjectId: string | null): void {
    if (breaks.length < LISTED) breaks.push({ seq: at, kind, subjectId });
    else more += 1;
  }

  const holds = (end: ChainEnd): boolean =>
    end.signature !== null && publicKey !== null && isSigned(publicKey, ENTRY_KIND, end.hash, end.signature);

  /** A consecutive entry that does not fit its hash: it was changed, or the signature before it that it covers. */
  function blame(row: AuditRow): void {
    if (facts.signedFrom !== null && seq >= facts.signedFrom && !holds(before)) {
      broken(seq, 'unsigned', null);
      if (holds(row)) return;
    }
    broken(row.seq, 'changed', row.subject_id);
  }

  function checkLink(row: AuditRow): void {
    const signed = row.signature !== null;
    const gap = row.seq !== seq + 1;
    if (gap) broken(seq + 1, 'removed', null);
    const fits = row.hash === hashOf(row, before, signed);
    // What stood before a gap is not known; the entry's own signature still says whether it was changed.
    if (!fits && gap && !holds(row)) broken(row.seq, 'changed', row.subject_id);
    if (!fits && !gap) blame(row);
    const follows =
      row.previous_hash === before.hash && (row.action !== ADOPTED || row.digest === before.hash);
    if (fits && !gap && !follows) broken(row.seq, 'moved', row.subject_id);
    if (fits && !signed && facts.signedFrom !== null) broken(row.seq, 'unsigned', row.subject_id);
    if (signed) facts.signedFrom ??= row.seq;
  }

  const damaged = ({ whole }: KnownAnchor): boolean =>
    whole !== null && (!isSound(whole) || whole.publicKey !== publicKey?.toString('hex'));

  function checkAnchors(row: AuditRow): void {
    for (const each of anchored.get(row.seq) ?? []) {
      if (damaged(each)) broken(row.seq, 'anchor-damaged', null);
      else if (!row.hash.startsWith(each.hash)) broken(row.seq, 'anchor-differs', null);
    }
  }

  /** What shows only at the end: a tail that was cut off, and rows that no entry tells of. */
  function finish(): void {
    if (facts.signedFrom !== null && !holds(before)) broken(seq, 'unsigned', null);
    const beyond = anchors.filter((each) => each.seq > seq).sort((a, b) => a.seq - b.seq);
    for (const each of beyond) broken(each.seq, damaged(each) ? 'anchor-damaged' : 'cut', null);
    for (let index = 0; index < unreadable; index += 1) broken(null, 'anchor-damaged', null);
    for (const { seq: at, kind, subjectId } of records.finish()) broken(at, kind, subjectId);
    finished = true;
  }

  return {
    step(entries) {
      if (finished) return true;
      publicKey ??= publicKeyOf(db);
      const batch = rows.all(seq, entries);
      for (const row of batch) {
        checkLink(row);
        checkAnchors(row);
        const kind = records.entry(row);
        if (kind !== null) broken(row.seq, kind, row.subject_id);
        if (row.action === 'station.restored') facts.restoredAt.push(row.seq);
        facts.entries += 1;
        seq = row.seq;
        before = { hash: row.hash, signature: row.signature };
      }
      if (batch.length < entries) finish();
      return finished;
    },
    verdict: () => ({ ok: breaks.length === 0, ...facts, breaks: [...breaks], more }),
  };
}

/** Verifies the whole chain at once: the entries, the anchors given, and every record that an entry tells of. */
export function verifyAudit(db: Db, anchors: readonly KnownAnchor[] = []): AuditVerdict {
  const verification = startVerification(db, anchors);
  while (!verification.step(STEP));
  return verification.verdict();
}
