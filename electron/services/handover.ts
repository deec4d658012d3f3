// A case given to another station: whole, sealed to that one alone, and only read here from then on, until it comes back.
import { v7 as uuidv7 } from 'uuid';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { WrittenHandover } from '../../shared/contract/handover.ts';
import { type HandedCase, handedCase, type HandedPicture } from '../../shared/contract/handover-file.ts';
import { writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { isCase } from '../db/cases.ts';
import { packCase } from '../db/handed-case.ts';
import {
  findHandover,
  handoverDigest,
  type HandoverRow,
  insertHandover,
  lastHandover,
  lastWith,
  originOf,
  settleHandover,
} from '../db/handover.ts';
import { type HubLink, knownStation, type StationKeys } from '../db/hub-link.ts';
import { isErased } from '../db/retention.ts';
import { failureOf, StationFailure } from '../failure.ts';
import { stampOf } from '../files.ts';
import { release } from '../release.ts';
import type { BasisService } from './bases.ts';
import { knownHere, writeBundleFile, type WrittenFile } from './bundle-file.ts';
import type { BundleWork } from './bundles.ts';
import { onDuty, type ServiceContext } from './context.ts';

export interface HandoverService {
  give(input: Request<'case.hand-over'>): Promise<WrittenHandover>;
  acknowledge(input: Request<'case.acknowledge'>): Promise<Output<'case.acknowledge'>>;
  takeBack(input: Request<'case.take-back'>): Output<'case.take-back'>;
}

/** Bytes in a frame. */
const PART_BYTES = 512 * 1024;

type CaseFrame = Frame<ContentHead>;

/** Something of a case in as many frames as it takes. */
function* partsOf(
  handoverId: string,
  name: string,
  id: string | null,
  bytes: Uint8Array,
): Generator<CaseFrame> {
  for (let offset = 0; offset === 0 || offset < bytes.length; offset += PART_BYTES)
    yield {
      head: { kind: 'case', handoverId, name, id, offset, total: bytes.length },
      bytes: bytes.subarray(offset, offset + PART_BYTES),
    };
}

export function createHandoverService(
  context: ServiceContext,
  { work, bases }: { work: BundleWork; bases: Pick<BasisService, 'inForce'> },
): HandoverService {
  const { db, images, dataFolder, now, emit } = context;

  /** The station that a case is to go to. Throws `not-found`, and `handover-basis` for an agency without a legal basis. */
  function recipient(hub: HubLink, stationId: string): StationKeys {
    const station = knownStation(db, stationId);
    if (station === undefined || station.revokedAt !== null || station.id === hub.stationId)
      throw new StationFailure('not-found', ['stationId']);
    const isOwn = station.agencyId === hub.agencyId;
    if (!isOwn && !bases.inForce().some(({ agencyId }) => agencyId === station.agencyId))
      throw new StationFailure('handover-basis');
    return station;
  }

  /** Whether the case may go there now; what was handed already and not more, to be written once more. */
  function standing(examinationId: string, stationId: string): { last?: HandoverRow; again?: HandoverRow } {
    if (isErased(db, examinationId)) throw new StationFailure('erased');
    if (!isCase(db, examinationId)) throw new StationFailure('not-found');
    const last = lastHandover(db, examinationId);
    const origin = originOf(db, examinationId);
    // One that came from a station belongs there.
    if (origin !== undefined && origin !== stationId) throw new StationFailure('bad-request', ['stationId']);
    if (last === undefined) return {};
    const isAgain = last.state === 'handed' && last.stationId === stationId;
    if (last.direction === 'out' && !isAgain) throw new StationFailure('case-handed');
    return isAgain ? { last, again: last } : { last };
  }

  function picturesIn({ record, entries }: Pick<HandedCase, 'record' | 'entries'>): string[] {
    const recorded = record.documents.flatMap((document) => document.images.map(({ id }) => id));
    return [...recorded, ...entries.flatMap((entry) => (entry.kind === 'image' ? [entry.image.id] : []))];
  }

  /** What can be read of these pictures, and how many cannot. */
  async function factsOf(ids: readonly string[]): Promise<{ pictures: HandedPicture[]; missing: number }> {
    const pictures: HandedPicture[] = [];
    for (const id of ids) {
      work.checkCancelled();
      try {
        const { facts, bytes } = await images.read(id);
        pictures.push({ id, ...facts, bytes: bytes.length });
        release(bytes);
      } catch (error) {
        const { code } = failureOf(error);
        if (code !== 'image-unknown' && code !== 'image-damaged') throw error;
      }
    }
    return { pictures, missing: ids.length - pictures.length };
  }

  async function* framesOf(content: Buffer, { handoverId, pictures }: HandedCase): AsyncGenerator<CaseFrame> {
    yield* partsOf(handoverId, 'case', null, content);
    for (const { id } of pictures) {
      const { bytes } = await images.read(id);
      yield* partsOf(handoverId, 'picture', id, bytes);
      release(bytes);
    }
  }

  /** A file for a station; `whole` writes what it means before it has its name. */
  function write(
    { folder, to, bytes, what }: { folder: string; to: StationKeys; bytes: number; what: string },
    frames: AsyncIterable<CaseFrame> | Iterable<CaseFrame>,
    whole: (file: WrittenFile) => void,
  ): Promise<WrittenFile> {
    const { identity, self } = knownHere(db);
    const { settings } = onDuty(context);
    const at = now().toISOString();
    const pieces = writeBundle(frames, {
      bundleId: uuidv7(),
      at,
      from: self,
      signPrivateKey: identity.signPrivate,
      to: { kind: 'station', id: to.id },
      toBoxKey: to.boxKey,
    });
    const watch = {
      told: (done: number) => work.tell('writing', Math.min(1, done / bytes)),
      checkCancelled: work.checkCancelled,
    };
    const prefix = `countercheck-${what}-${settings.stationCode}-to-${to.code}`;
    return writeBundleFile(
      { folder, prefix, name: stampOf(at), bytes },
      pieces,
      { dataFolder, watch },
      whole,
    );
  }

  async function give({
    examinationId,
    stationId,
    folder,
  }: Request<'case.hand-over'>): Promise<WrittenHandover> {
    const { officer, author } = onDuty(context);
    const { hub } = knownHere(db);
    const to = recipient(hub, stationId);
    const { last, again } = standing(examinationId, stationId);
    const packed = packCase(db, examinationId);
    if (packed === null) throw new StationFailure('not-found');
    const { pictures, missing } = await factsOf(picturesIn(packed));
    const content = handedCase.parse({
      format: 1,
      handoverId: again?.id ?? uuidv7(),
      after: again === undefined ? (lastWith(db, examinationId, stationId)?.id ?? null) : again.after,
      at: again?.givenAt ?? now().toISOString(),
      by:
        again === undefined
          ? { id: officer.id, name: officer.name }
          : { id: again.officerId, name: again.givenBy },
      ...packed,
      pictures,
    } satisfies HandedCase);
    const json = Buffer.from(JSON.stringify(content), 'utf8');
    const digest = sha256(json);
    const { handoverId, at } = content;

    /** Nothing may have changed since it was read; from here on it is the other station's. */
    function hand(): void {
      const isSame = digestOf(packCase(db, examinationId)) === digestOf(packed);
      const now = standing(examinationId, stationId);
      if (!isSame || now.last?.id !== last?.id) throw new StationFailure('superseded');
      if (again !== undefined) {
        if (again.sha256 !== digest) throw new StationFailure('superseded');
        return;
      }
      insertHandover(db, {
        id: handoverId,
        examinationId,
        direction: 'out',
        stationId: to.id,
        stationCode: to.code,
        officerId: author.officerId,
        officerName: author.officerName,
        givenBy: author.officerName,
        at,
        givenAt: at,
        after: content.after,
        sha256: digest,
        state: 'handed',
        changedAt: at,
      });
      const entry = { at, officerId: officer.id, action: 'case.handed-over', subjectId: handoverId };
      appendAudit(db, { ...entry, digest: handoverDigest(db, handoverId) ?? '' });
    }

    const bytes = json.length + pictures.reduce((sum, picture) => sum + picture.bytes, 0);
    const file = await write({ folder, to, bytes, what: 'case' }, framesOf(json, content), () =>
      db.transaction(hand).immediate(),
    ).finally(() => emit('cases.changed', {}));
    return { ...file, handoverId, missing };
  }

  async function acknowledge({
    examinationId,
    folder,
  }: Request<'case.acknowledge'>): Promise<Output<'case.acknowledge'>> {
    const { officer } = onDuty(context);
    const last = lastHandover(db, examinationId);
    if (last?.direction !== 'in') throw new StationFailure('not-found');
    const to = knownStation(db, last.stationId);
    if (to === undefined || to.revokedAt !== null) throw new StationFailure('not-found', ['stationId']);
    const { id, sha256: digest, at } = last;
    const word = Buffer.from(JSON.stringify({ format: 1, handoverId: id, sha256: digest, at }), 'utf8');
    return write(
      { folder, to, bytes: word.length, what: 'word' },
      partsOf(id, 'word', null, word),
      (file) => {
        const entry = { at: now().toISOString(), officerId: officer.id, action: 'case.word-given' };
        db.transaction(() => appendAudit(db, { ...entry, subjectId: id, digest: file.sha256 })).immediate();
      },
    );
  }

  return {
    give: (input) => work.alone('writing', () => give(input)),
    acknowledge: (input) => work.alone('writing', () => acknowledge(input)),
    takeBack({ examinationId }) {
      const { officer } = onDuty(context);
      const at = now().toISOString();
      db.transaction(() => {
        const last = lastHandover(db, examinationId);
        if (last?.direction !== 'out') throw new StationFailure('not-found');
        if (!settleHandover(db, last.id, 'taken-back', at)) throw new StationFailure('handover-over');
        const entry = { at, officerId: officer.id, action: 'case.taken-back', subjectId: last.id };
        appendAudit(db, { ...entry, digest: digestOf(findHandover(db, last.id)?.state) });
      }).immediate();
      emit('cases.changed', {});
      return {};
    },
  };
}
