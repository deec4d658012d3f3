// The decision on a traveller: recorded for good, or counted only; taken back within a minute; changed by a new entry.
import type { FailureCode } from '../../shared/contract/bridge.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { Draft, ExaminationRecord } from '../../shared/contract/records.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { countCleared, countedAt, uncountCleared } from '../db/cleared.ts';
import { imagesOf } from '../db/drafts.ts';
import {
  insertDecision,
  insertExamination,
  isDecision,
  loadExamination,
  savedExamination,
  takenIds,
  type Author,
  type NewDecision,
} from '../db/examinations.ts';
import { requireHere } from '../db/handover.ts';
import { decisionDigest, recordDigest } from '../db/record-digests.ts';
import { failureOf, StationFailure } from '../failure.ts';
import type { ImageFacts, VaultImage } from '../images/vault.ts';
import { dayBefore, dayIn, onDuty, type OnDuty, type ServiceContext } from './context.ts';
import type { DraftService } from './drafts.ts';
import { judgedHere, type Knowing } from './judged-here.ts';
import type { LaneMemory } from './lane-seen.ts';
import type { ProcedureService } from './procedures.ts';
import { checkDecision, checkDocuments, picturesOf } from './submission.ts';
import { createUndoMemory } from './undo-memory.ts';

type Saved = Output<'examination.save'>;

export interface ExaminationService {
  save(input: Request<'examination.save'>): Promise<Saved>;
  undo(id: string): Promise<Draft>;
  changeDecision(input: Request<'decision.change'>): ExaminationRecord;
  open(id: string): ExaminationRecord;
  /** Forgets what an undo would need. */
  close(): void;
}

/** How long a clear of which only the count was kept can be taken back. */
const UNDO_MS = 60_000;
/** Pictures of all cleared travellers that can be taken back now; beyond it a clear is final at once. */
const UNDO_BYTES = 256 * 1024 * 1024;

interface Cleared {
  draft: Draft;
  pictures: Map<string, VaultImage>;
  submitted: string;
  answer: Saved;
  untilMs: number;
  /** Station and day of the count to take back. */
  stationId: string;
  day: string;
  /** Who cleared; nobody else brings the traveller's data back. */
  officerId: string;
}

function bytesOf(pictures: ReadonlyMap<string, VaultImage>): number {
  return [...pictures.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}

export function createExaminationService(
  context: ServiceContext,
  drafts: DraftService,
  {
    lane,
    procedures,
    ...knowing
  }: Knowing & { lane: LaneMemory; procedures: Pick<ProcedureService, 'stamp'> },
): ExaminationService {
  const { db, images, now, emit } = context;
  const cleared = createUndoMemory<Cleared>(UNDO_BYTES);

  /** The answer to a request that came before; undefined for a new one; refuses another content under the same id. */
  function repeated({ id, decision }: Request<'examination.save'>, submitted: string): Saved | undefined {
    const recent = cleared.get(id);
    const saved = savedExamination(db, id);
    if ((recent ?? saved) === undefined) {
      const at = countedAt(db, id);
      if (at === undefined) return undefined;
      // Of the first request only its count is left: whatever is no clear cannot be the same one.
      if (decision.outcome !== 'clear') throw new StationFailure('already-saved');
      return { savedAt: at, recorded: false, undoUntil: null };
    }
    if (submitted !== (recent?.submitted ?? saved?.submittedSha256))
      throw new StationFailure('already-saved');
    return recent?.answer ?? { savedAt: saved?.savedAt ?? '', recorded: true, undoUntil: null };
  }

  function writeDecision(author: Author, decision: NewDecision): void {
    requireHere(db, decision.examinationId);
    insertDecision(db, author, decision);
    const digest = decisionDigest(db, decision.id) ?? '';
    const { officerId } = author;
    appendAudit(db, { at: decision.at, officerId, action: 'decision.saved', subjectId: decision.id, digest });
  }

  /** What is known of every picture; refuses with the places of all that cannot be used (`picturesOf`). */
  async function factsOf(draft: Draft): Promise<Map<string, ImageFacts>> {
    const facts = new Map<string, ImageFacts>();
    const refused: { code: FailureCode; field: string }[] = [];
    for (const { id, field } of picturesOf(draft)) {
      try {
        facts.set(id, await images.facts(id));
      } catch (error) {
        const { code } = failureOf(error);
        if (code !== 'image-unknown' && code !== 'image-damaged') throw error;
        refused.push({ code, field });
      }
    }
    const [first] = refused;
    if (first !== undefined)
      throw new StationFailure(
        first.code,
        refused.map(({ field }) => field),
      );
    return facts;
  }

  /** Every picture for the way back; null where one cannot be read, or all are too much to hold. */
  async function picturesFor(draft: Draft): Promise<Map<string, VaultImage> | null> {
    const pictures = new Map<string, VaultImage>();
    for (const id of imagesOf(draft)) {
      const picture = await images.read(id).catch(() => null);
      if (picture === null) return null;
      pictures.set(id, picture);
      if (bytesOf(pictures) > cleared.room()) return null;
    }
    return pictures;
  }

  async function record(input: Request<'examination.save'>, submitted: string, duty: OnDuty): Promise<Saved> {
    const { id, startedAt, documents, decision, judgedOn } = input;
    const { settings, author } = duty;
    const at = now();
    const savedAt = at.toISOString();
    const savedOn = dayIn(settings.timeZone, at);
    // What the officer saw is kept: shown before midnight, saved after it.
    if (judgedOn !== savedOn && judgedOn !== dayBefore(savedOn))
      throw new StationFailure('bad-request', ['judgedOn']);
    const taken = takenIds(db, input);
    if (taken.length > 0) throw new StationFailure('already-saved', taken);
    const facts = await factsOf(input);
    const rows = judgedHere(documents, knowing, judgedOn, settings.language).map((document) => ({
      ...document,
      images: document.images.map((image) => {
        const { sha256, width, height } = facts.get(image.id) ?? { sha256: '', width: 0, height: 0 };
        return { ...image, sha256, width, height };
      }),
    }));
    const { stationCode, place } = settings;
    const { version, sha256 } = procedures.stamp();
    await drafts.close(id, imagesOf(input), true, () => {
      insertExamination(db, author, {
        id,
        startedAt,
        savedAt,
        savedOn,
        stationCode,
        place,
        submittedSha256: submitted,
        procedure: { version, sha256 },
        documents: rows,
      });
      insertDecision(db, author, { ...decision, examinationId: id, at: savedAt, replaces: null });
      // One act, one entry: it covers the decision too.
      appendAudit(db, {
        at: savedAt,
        officerId: author.officerId,
        action: 'examination.recorded',
        subjectId: id,
        digest: recordDigest(db, id) ?? '',
      });
    });
    emit('history.changed', {});
    if (decision.outcome === 'referred') emit('cases.changed', {});
    return { savedAt, recorded: true, undoUntil: null };
  }

  function audited(action: string, stationId: string, officerId: string, day: string, at: string): void {
    appendAudit(db, { at, officerId, action, subjectId: stationId, digest: digestOf(day) });
  }

  async function count(input: Request<'examination.save'>, submitted: string, duty: OnDuty): Promise<Saved> {
    const { decision: _decision, judgedOn: _judgedOn, ...draft } = input;
    const { stationId, settings, officer } = duty;
    const pictures = await picturesFor(draft);
    const at = now();
    const savedAt = at.toISOString();
    const day = dayIn(settings.timeZone, at);
    await drafts.close(draft.id, imagesOf(draft), false, () => {
      countCleared(db, stationId, day, draft.id, savedAt);
      audited('cleared.counted', stationId, officer.id, day, savedAt);
    });
    const untilMs = at.getTime() + UNDO_MS;
    const answer = { savedAt, recorded: false, undoUntil: new Date(untilMs).toISOString() };
    const kept =
      pictures !== null &&
      cleared.add(
        draft.id,
        { draft, pictures, submitted, answer, untilMs, stationId, day, officerId: officer.id },
        bytesOf(pictures),
        UNDO_MS,
      );
    emit('history.changed', {});
    return kept ? answer : { ...answer, undoUntil: null };
  }

  return {
    async save(input) {
      const duty = onDuty(context);
      const submitted = digestOf(input);
      const before = repeated(input, submitted);
      if (before !== undefined) return before;
      drafts.checkOwn(input.id);
      checkDocuments(input);
      checkDecision(input.decision);
      const { outcome } = input.decision;
      const onlyCount = outcome === 'clear' && duty.settings.clearedPolicy === 'counter';
      const saved = await (onlyCount ? count : record)(input, submitted, duty);
      lane.decided(
        input.id,
        input.documents.map(({ reading }) => reading?.lines ?? []),
        outcome,
      );
      return saved;
    },
    async undo(id) {
      const { officer } = onDuty(context);
      const entry = cleared.get(id);
      if (entry === undefined) {
        const draft = drafts.find(id);
        if (draft !== null) {
          drafts.checkOwn(id);
          return draft;
        }
        throw new StationFailure(countedAt(db, id) === undefined ? 'not-found' : 'too-late');
      }
      // As if it were over: somebody else is not told whether it can still be done.
      if (entry.officerId !== officer.id) throw new StationFailure('too-late');
      const at = now();
      if (at.getTime() > entry.untilMs) {
        cleared.forget(id);
        throw new StationFailure('too-late');
      }
      for (const [picture, content] of entry.pictures) await images.restore(picture, content);
      drafts.reopen(entry.draft, () => {
        uncountCleared(db, entry.stationId, entry.day);
        audited('cleared.taken-back', entry.stationId, officer.id, entry.day, at.toISOString());
      });
      cleared.forget(id);
      lane.forget(id);
      emit('history.changed', {});
      return entry.draft;
    },
    changeDecision(input) {
      const { author } = onDuty(context);
      const { examinationId, replaces, ...submission } = input;
      const record = loadExamination(db, examinationId);
      if (record === null) throw new StationFailure('not-found');
      const same = record.decisions.find(({ id }) => id === submission.id);
      if (same !== undefined) {
        const { id, outcome, reasons, note } = same;
        const asBefore = digestOf([id, outcome, reasons, note, same.replaces]);
        const { id: newId, outcome: newOutcome, reasons: newReasons, note: newNote } = submission;
        if (asBefore === digestOf([newId, newOutcome, newReasons, newNote, replaces])) return record;
        throw new StationFailure('already-saved');
      }
      if (record.erasedAt !== undefined) throw new StationFailure('erased');
      checkDecision(submission);
      if (isDecision(db, submission.id)) throw new StationFailure('already-saved', ['id']);
      if (!record.decisions.some(({ id }) => id === replaces)) throw new StationFailure('not-found');
      if (record.decisions.at(-1)?.id !== replaces) throw new StationFailure('superseded');
      const at = now().toISOString();
      db.transaction(() => writeDecision(author, { ...submission, examinationId, replaces, at })).immediate();
      lane.changed(examinationId, submission.outcome);
      emit('history.changed', {});
      emit('cases.changed', {});
      return this.open(examinationId);
    },
    open(id) {
      const record = loadExamination(db, id);
      if (record === null) throw new StationFailure('not-found');
      return record;
    },
    close: () => cleared.close(),
  };
}
