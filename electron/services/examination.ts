// The decision on a traveller: recorded for good, or counted only; taken back within a minute; changed by a new entry.
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { Draft, ExaminationRecord } from '../../shared/contract/records.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { countCleared, countedAt, uncountCleared } from '../db/cleared.ts';
import { imagesOf } from '../db/drafts.ts';
import {
  decisionDigest,
  examinationDigest,
  insertDecision,
  insertExamination,
  loadExamination,
  savedExamination,
  type Author,
  type NewDecision,
} from '../db/examinations.ts';
import { StationFailure } from '../failure.ts';
import type { ImageFacts, VaultImage } from '../images/vault.ts';
import { dayIn, onDuty, type OnDuty, type ServiceContext } from './context.ts';
import type { DraftService } from './drafts.ts';
import { judgeDocument } from './judgement.ts';
import { checkDecision, checkDocuments } from './submission.ts';

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

interface Cleared {
  draft: Draft;
  pictures: Map<string, VaultImage>;
  submitted: string;
  answer: Saved;
  untilMs: number;
  /** Station and day of the count to take back. */
  stationId: string;
  day: string;
  timer: NodeJS.Timeout;
}

export function createExaminationService(context: ServiceContext, drafts: DraftService): ExaminationService {
  const { db, images, now, emit } = context;
  const cleared = new Map<string, Cleared>();

  /** The answer to a request that came before; undefined for a new one; refuses another content under the same id. */
  function repeated(id: string, submitted: string): Saved | undefined {
    const recent = cleared.get(id);
    const saved = savedExamination(db, id);
    if ((recent ?? saved) === undefined) {
      const at = countedAt(db, id);
      return at === undefined ? undefined : { savedAt: at, recorded: false, undoUntil: null };
    }
    if (submitted !== (recent?.submitted ?? saved?.submittedSha256))
      throw new StationFailure('already-saved');
    return recent?.answer ?? { savedAt: saved?.savedAt ?? '', recorded: true, undoUntil: null };
  }

  function writeDecision(author: Author, decision: NewDecision): void {
    insertDecision(db, author, decision);
    const digest = decisionDigest(db, decision.id) ?? '';
    const { officerId } = author;
    appendAudit(db, { at: decision.at, officerId, action: 'decision.saved', subjectId: decision.id, digest });
  }

  async function record(input: Request<'examination.save'>, submitted: string, duty: OnDuty): Promise<Saved> {
    const { id, startedAt, documents, decision } = input;
    const { settings, author } = duty;
    const facts = new Map<string, ImageFacts>();
    for (const picture of imagesOf(input)) facts.set(picture, await images.facts(picture));
    const at = now();
    const savedAt = at.toISOString();
    const savedOn = dayIn(settings.timeZone, at);
    const rows = documents.map((document) => ({
      ...document,
      images: document.images.map((image) => {
        const { sha256, width, height } = facts.get(image.id) ?? { sha256: '', width: 0, height: 0 };
        return { ...image, sha256, width, height };
      }),
      ...judgeDocument(document.reading, savedOn),
    }));
    const { stationCode, place } = settings;
    await drafts.close(id, imagesOf(input), () => {
      insertExamination(db, author, {
        id,
        startedAt,
        savedAt,
        savedOn,
        stationCode,
        place,
        submittedSha256: submitted,
        documents: rows,
      });
      const digest = examinationDigestWithin(id);
      appendAudit(db, {
        at: savedAt,
        officerId: author.officerId,
        action: 'examination.saved',
        subjectId: id,
        digest,
      });
      writeDecision(author, { ...decision, examinationId: id, at: savedAt, replaces: null });
    });
    emit('history.changed', {});
    return { savedAt, recorded: true, undoUntil: null };
  }

  const examinationDigestWithin = (id: string): string => examinationDigest(db, id) ?? '';

  function forget(id: string): void {
    const entry = cleared.get(id);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    cleared.delete(id);
  }

  function audited(action: string, stationId: string, officerId: string, day: string, at: string): void {
    appendAudit(db, { at, officerId, action, subjectId: stationId, digest: digestOf(day) });
  }

  async function count(input: Request<'examination.save'>, submitted: string, duty: OnDuty): Promise<Saved> {
    const { decision: _decision, ...draft } = input;
    const { stationId, settings, officer } = duty;
    const pictures = new Map<string, VaultImage>();
    for (const id of imagesOf(draft)) pictures.set(id, await images.read(id));
    const at = now();
    const savedAt = at.toISOString();
    const day = dayIn(settings.timeZone, at);
    await drafts.close(draft.id, imagesOf(draft), () => {
      countCleared(db, stationId, day, draft.id, savedAt);
      audited('cleared.counted', stationId, officer.id, day, savedAt);
    });
    const untilMs = at.getTime() + UNDO_MS;
    const answer = { savedAt, recorded: false, undoUntil: new Date(untilMs).toISOString() };
    const timer = setTimeout(() => forget(draft.id), UNDO_MS);
    timer.unref();
    cleared.set(draft.id, { draft, pictures, submitted, answer, untilMs, stationId, day, timer });
    emit('history.changed', {});
    return answer;
  }

  return {
    async save(input) {
      const duty = onDuty(db);
      const submitted = digestOf(input);
      const before = repeated(input.id, submitted);
      if (before !== undefined) return before;
      checkDocuments(input);
      checkDecision(input.decision);
      const onlyCount = input.decision.outcome === 'clear' && duty.settings.clearedPolicy === 'counter';
      return onlyCount ? count(input, submitted, duty) : record(input, submitted, duty);
    },
    async undo(id) {
      const { officer } = onDuty(db);
      const entry = cleared.get(id);
      if (entry === undefined) {
        const draft = drafts.find(id);
        if (draft !== null) return draft;
        throw new StationFailure(countedAt(db, id) === undefined ? 'not-found' : 'too-late');
      }
      const at = now();
      if (at.getTime() > entry.untilMs) {
        forget(id);
        throw new StationFailure('too-late');
      }
      for (const [picture, content] of entry.pictures) await images.restore(picture, content);
      drafts.reopen(entry.draft, () => {
        uncountCleared(db, entry.stationId, entry.day);
        audited('cleared.taken-back', entry.stationId, officer.id, entry.day, at.toISOString());
      });
      forget(id);
      emit('history.changed', {});
      return entry.draft;
    },
    changeDecision(input) {
      const { author } = onDuty(db);
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
      checkDecision(submission);
      if (!record.decisions.some(({ id }) => id === replaces)) throw new StationFailure('not-found');
      if (record.decisions.at(-1)?.id !== replaces) throw new StationFailure('superseded');
      const at = now().toISOString();
      db.transaction(() => writeDecision(author, { ...submission, examinationId, replaces, at })).immediate();
      emit('history.changed', {});
      return this.open(examinationId);
    },
    open(id) {
      const record = loadExamination(db, id);
      if (record === null) throw new StationFailure('not-found');
      return record;
    },
    close() {
      for (const id of cleared.keys()) forget(id);
    },
  };
}
