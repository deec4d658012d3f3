// A case of another station on its way in: opened here, come back, or told to have arrived. All of it is checked before
// anything counts; then everything is written in one transaction.
import type { Request } from '../../shared/contract/channels.ts';
import type { ReceivedHandover } from '../../shared/contract/handover.ts';
import {
  type HandedCase,
  handedCase,
  type HandedPicture,
  handoverWord,
} from '../../shared/contract/handover-file.ts';
import type { Frame, FrameHead } from '../../shared/wire/bundle-frames.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { isCaseEntry, loadCaseEntries } from '../db/cases.ts';
import { isDecision, isRecordedImage, savedExamination } from '../db/examinations.ts';
import {
  insertHandedDecisions,
  insertHandedEntries,
  insertHandedRecord,
  isOwnOfficer,
  packCase,
  plainEntry,
} from '../db/handed-case.ts';
import {
  findHandover,
  handoverDigest,
  insertHandover,
  lastHandover,
  settleHandover,
} from '../db/handover.ts';
import { knownStation, type StationKeys } from '../db/hub-link.ts';
import { namedImages } from '../db/named-images.ts';
import { isErased } from '../db/retention.ts';
import { StationFailure, systemCode } from '../failure.ts';
import { readJson } from '../json.ts';
import { bundleFrames, checkBundle, sizeOf } from './bundle-file.ts';
import type { BundleWork } from './bundles.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface HandoverTaking {
  receive(input: Request<'case.receive'>): Promise<ReceivedHandover>;
}

/** A case of a hundred thousand entries is shorter. */
const MOST_CONTENT_BYTES = 64 * 1024 * 1024;
/** No picture that a station takes in is longer. */
const MOST_PICTURE_BYTES = 128 * 1024 * 1024;

const damaged = (): never => {
  throw new StationFailure('bundle-damaged');
};

interface Part {
  head: Extract<FrameHead, { kind: 'case' }>;
  bytes: Buffer;
}

/** The parts of a file put together again, one at a time. Throws `bundle-damaged` where they do not follow on each other. */
async function* wholeParts(frames: AsyncIterable<Frame>): AsyncGenerator<Part, void, void> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const { head, bytes } of frames) {
    if (head.kind !== 'case') continue;
    const most = head.name === 'picture' ? MOST_PICTURE_BYTES : MOST_CONTENT_BYTES;
    if (head.offset !== length || head.total > most || length + bytes.length > head.total) damaged();
    pieces.push(bytes);
    length += bytes.length;
    if (length < head.total) continue;
    yield { head, bytes: Buffer.concat(pieces) };
    pieces = [];
    length = 0;
  }
  if (length > 0) damaged();
}

const json = (bytes: Buffer): unknown => readJson(bytes.toString('utf8'));

/** What the transaction is to do with a case that was found right. */
interface Plan {
  content: HandedCase;
  sha256: string;
  from: StationKeys;
  known: boolean;
  isReturn: boolean;
}

export function createHandoverTaking(context: ServiceContext, work: BundleWork): HandoverTaking {
  const { db, images, now, emit } = context;

  /** That entries stand as they do here, as far as both have them: nothing is changed by what comes. */
  function checkFollows({ record, entries }: HandedCase): void {
    const own = loadCaseEntries(db, record.id);
    const fits =
      own.length <= entries.length &&
      own.every((entry, at) => plainEntry(entry) === plainEntry(entries[at] ?? entry));
    const packed = packCase(db, record.id);
    // As it was written there: the same things in the same order.
    const before = packed === null ? null : handedCase.shape.record.parse(packed.record);
    const stays =
      before !== null &&
      digestOf([before.documents, before.decisions]) ===
        digestOf([record.documents, record.decisions.slice(0, before.decisions.length)]);
    if (!fits || !stays) throw new StationFailure('handover-over');
  }

  /** Whoever wrote what is new works elsewhere, and nothing new takes the place of something that is here. */
  function checkNew({ record, entries }: HandedCase, isReturn: boolean): void {
    const fresh = entries.filter(({ id }) => !isCaseEntry(db, id));
    const decisions = record.decisions.filter(({ id }) => !isDecision(db, id));
    const authors = [...fresh, ...decisions].map(({ officerId }) => officerId);
    if (!isReturn) authors.push(record.officer.id);
    const isInOrder = entries.every(({ seq }, at) => seq === at + 1);
    const isOnce = new Set(entries.map(({ id }) => id)).size === entries.length;
    const isWhole =
      isReturn || (fresh.length === entries.length && decisions.length === record.decisions.length);
    if (!isInOrder || !isOnce || !isWhole || authors.some((id) => isOwnOfficer(db, id))) damaged();
  }

  /** What is to become of a case from this station, as things stand. It changes nothing. */
  function planFor(content: HandedCase, digest: string, from: StationKeys): Plan {
    const { record, handoverId, after } = content;
    const plan = { content, sha256: digest, from };
    const before = findHandover(db, handoverId);
    if (before !== undefined) {
      const isSame = before.direction === 'in' && before.stationId === from.id && before.sha256 === digest;
      if (!isSame) throw new StationFailure('handover-over');
      return { ...plan, known: true, isReturn: before.after !== null };
    }
    if (isErased(db, record.id)) throw new StationFailure('erased');
    const isHere = savedExamination(db, record.id) !== undefined;
    const last = lastHandover(db, record.id);
    const follows = isHere
      ? last?.direction === 'out' && last.stationId === from.id && last.id === after
      : after === null;
    if (!follows) throw new StationFailure('handover-over');
    if (isHere) checkFollows(content);
    checkNew(content, isHere);
    return { ...plan, known: false, isReturn: isHere };
  }

  /** Keeps a picture that this case names and nobody else has; what a cut leaves is swept at the next start. */
  async function keepPicture(picture: HandedPicture, bytes: Buffer): Promise<void> {
    const { id, sha256: digest, format, width, height } = picture;
    if (bytes.length !== picture.bytes || sha256(bytes) !== digest) damaged();
    if (isRecordedImage(db, id)) return;
    await images.restore(id, { facts: { sha256: digest, format, width, height }, bytes });
  }

  function checkPictures({ pictures, entries, record }: HandedCase): void {
    const named = new Map(
      [
        ...record.documents.flatMap((document) => document.images),
        ...entries.flatMap((entry) => (entry.kind === 'image' ? [entry.image] : [])),
      ].map((image) => [image.id, image.sha256]),
    );
    const own = packCase(db, record.id);
    const ours = new Set([
      ...(own?.record.documents.flatMap(({ images: all }) => all.map(({ id }) => id)) ?? []),
      ...(own?.entries.flatMap((entry) => (entry.kind === 'image' ? [entry.image.id] : [])) ?? []),
    ]);
    const taken = new Set(namedImages(db));
    // A picture under the id of one that is here would take its place.
    const fits = pictures.every(({ id, sha256: digest }) => named.get(id) === digest);
    if (!fits || [...named.keys()].some((id) => taken.has(id) && !ours.has(id))) damaged();
  }

  function write({ content, sha256: digest, from, isReturn }: Plan): number {
    const { officer, author } = onDuty(context);
    const { handoverId, after, record, entries, by } = content;
    const at = now().toISOString();
    const taking = { stationId: author.stationId, from: from.code, officerId: officer.id, at };
    if (isReturn) insertHandedDecisions(db, taking, record);
    else insertHandedRecord(db, taking, record);
    const fresh = entries.filter(({ id }) => !isCaseEntry(db, id));
    insertHandedEntries(db, taking, record.id, fresh);
    // That it comes back tells that it arrived.
    if (after !== null) settleHandover(db, after, 'acknowledged', at);
    insertHandover(db, {
      id: handoverId,
      examinationId: record.id,
      direction: 'in',
      stationId: from.id,
      stationCode: from.code,
      officerId: author.officerId,
      officerName: author.officerName,
      givenBy: by.name,
      at,
      givenAt: content.at,
      after,
      sha256: digest,
      state: 'opened',
      changedAt: at,
    });
    const entry = { at, officerId: officer.id, action: 'case.taken-in', subjectId: handoverId };
    appendAudit(db, { ...entry, digest: handoverDigest(db, handoverId) ?? '' });
    return fresh.length;
  }

  /** The word of a station that a case arrived there. */
  function settle(content: unknown, from: StationKeys): ReceivedHandover {
    const parsed = handoverWord.safeParse(content);
    const word = parsed.success ? parsed.data : damaged();
    const { officer } = onDuty(context);
    return db
      .transaction((): ReceivedHandover => {
        const row = findHandover(db, word.handoverId);
        const isOurs = row?.direction === 'out' && row.stationId === from.id && row.sha256 === word.sha256;
        if (!isOurs || row.state === 'taken-back') throw new StationFailure('handover-over');
        const at = now().toISOString();
        const isNew = settleHandover(db, row.id, 'acknowledged', at);
        if (isNew) {
          const entry = { at, officerId: officer.id, action: 'case.word-taken', subjectId: row.id };
          appendAudit(db, { ...entry, digest: digestOf(word) });
        }
        const { id: handoverId, examinationId } = row;
        const answer = { kind: 'acknowledged', examinationId, handoverId, entries: 0 } as const;
        return { ...answer, stationCode: from.code, known: !isNew };
      })
      .immediate();
  }

  async function readCase(parts: AsyncIterable<Part>, first: Part, from: StationKeys): Promise<Plan> {
    const parsed = handedCase.safeParse(json(first.bytes));
    const content = parsed.success ? parsed.data : damaged();
    if (content.handoverId !== first.head.handoverId) damaged();
    const plan = planFor(content, sha256(first.bytes), from);
    if (plan.known) return plan;
    checkPictures(content);
    const waiting = new Map(content.pictures.map((picture) => [picture.id, picture]));
    for await (const { head, bytes } of parts) {
      const picture = waiting.get(head.id ?? '') ?? damaged();
      waiting.delete(picture.id);
      await keepPicture(picture, bytes);
    }
    if (waiting.size > 0) damaged();
    return plan;
  }

  async function take(path: string): Promise<ReceivedHandover> {
    onDuty(context);
    const size = await sizeOf(path);
    const told = (step: 'checking' | 'reading') => (done: number) =>
      work.tell(step, Math.min(1, done / size));
    const { checkCancelled } = work;
    const { opening, isCase } = await checkBundle(db, path, { told: told('checking'), checkCancelled });
    const from = opening.from.kind === 'station' ? knownStation(db, opening.from.id) : undefined;
    if (!isCase || from === undefined) throw new StationFailure('bundle-case');
    const parts = wholeParts(bundleFrames(db, path, { told: told('reading'), checkCancelled }));
    try {
      const first = (await parts.next()).value ?? damaged();
      if (first.head.name === 'word') return settle(json(first.bytes), from);
      return first.head.name === 'case' ? open(await readCase(parts, first, from)) : damaged();
    } finally {
      await parts.return();
    }
  }

  function open(plan: Plan): ReceivedHandover {
    const { content, isReturn, known, from } = plan;
    let entries = 0;
    try {
      // As things stand now: while pictures were read, somebody may have gone on with the case.
      if (!known) entries = db.transaction(() => write(planFor(content, plan.sha256, from))).immediate();
    } catch (error) {
      // An id in it that something else has here.
      if (systemCode(error).startsWith('SQLITE_CONSTRAINT')) damaged();
      throw error;
    }
    return {
      kind: isReturn ? 'returned' : 'opened',
      examinationId: content.record.id,
      handoverId: content.handoverId,
      stationCode: from.code,
      known,
      entries,
    };
  }

  return {
    async receive({ path }) {
      const received = await work.alone('checking', () => take(path));
      emit('cases.changed', {});
      emit('history.changed', {});
      return received;
    },
  };
}
