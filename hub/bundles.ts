// Bundles that are carried by hand: what stations send is taken as if it had come over the network, and answered by one.
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { caseStudy } from '../shared/sharing/case-study.ts';
import type { SignedReceipt } from '../shared/wire/api.ts';
import { BundleFault, readBundle, writeBundle } from '../shared/wire/bundle.ts';
import type { ContentHead, Frame, FrameHead, Party } from '../shared/wire/bundle-frames.ts';
import type { RefusalCode } from '../shared/wire/codes.ts';
import { sha256 } from '../shared/wire/sign.ts';
import { feedPage, publish } from './db/feed.ts';
import { isNamedBy, openImage, putPiece } from './db/images.ts';
import type { HubDatabase } from './db/open.ts';
import { findMember, type Member } from './db/stations.ts';
import { directoryAnswer } from './directory.ts';
import { cursorAt, PAGE_BOUNDS, placeOf } from './feed-place.ts';
import type { HubIdentity } from './identity.ts';
import { createIngestQueue, type IngestQueue } from './ingest-queue.ts';
import { readReport, receiptFor, type Sender, storeReport } from './ingest.ts';
import { Refused } from './refusal.ts';
import { type Signer, signerOf, verifierOf } from './signing.ts';

/** Of the feed about so many reports go into one bundle; its cursor says where the next one begins. */
const MOST_REPORTS = 20_000;
const PAGE = 500;
const NOTHING = Buffer.alloc(0);

export interface BundleMeans {
  database: HubDatabase;
  identity: HubIdentity;
  /** The hub's clock, in milliseconds. */
  now: () => number;
}

/** What was taken of a bundle. */
export interface Taken {
  stationId: string;
  /** Reports that are new, and that the hub had already. */
  stored: number;
  repeated: number;
  /** Pictures that are whole. */
  images: number;
  /** What was not taken, and why; the station keeps it. */
  refused: { id: string; code: RefusalCode }[];
}

/** What the bundle that goes back is made of. */
export interface Reply {
  receipts: SignedReceipt[];
  /** How far the station has read the feed; empty where it says nothing. */
  cursor: string;
}

export interface Imported {
  taken: Taken;
  reply: Reply;
  /** The bundle for its sender: receipts, directory, and what the feed has for it. */
  answer: AsyncGenerator<Buffer, void, void>;
}

/** One import on its way. */
interface Work extends BundleMeans, Reply {
  member: Member;
  sender: Sender;
  sign: Signer;
  queue: IngestQueue;
  taken: Taken;
}

/** Who brings a bundle: `agencyId` for whoever may bring those of stations of one agency alone. */
export interface Carrier {
  agencyId: string | null;
}

/**
 * Takes a bundle of a station, frame by frame. What was taken before a fault stays: the same bundle again does no harm.
 * Throws `Refused` where it is not a whole bundle from a station of this hub for this hub, or its carrier may not bring it.
 */
export async function importBundle(
  means: BundleMeans,
  pieces: AsyncIterable<Uint8Array>,
  mostBytes: number,
  carrier: Carrier = { agencyId: null },
): Promise<Imported> {
  const { database, identity } = means;
  const memberOf = ({ kind, id }: Party): Promise<Member | null> =>
    kind === 'station' ? findMember(database.db, id) : Promise.resolve(null);
  const frames = readBundle(pieces, {
    self: { kind: 'hub', id: identity.id },
    boxPrivateKey: identity.boxPrivate,
    signKeyOf: async (party) => (await memberOf(party))?.signKey.toString('base64url') ?? null,
    mostBytes,
  });
  let work: Work | null = null;
  try {
    for await (const frame of frames) {
      if (frame.head.kind === 'from') work = begin(means, await memberOf(frame.head.from), carrier);
      else if (work) await takeFrame(work, frame);
    }
  } catch (error) {
    throw error instanceof BundleFault ? refusalOf(error) : error;
  }
  if (!work) throw new Refused('schema', ['damaged']);
  const { taken, member, receipts, cursor } = work;
  const reply = { receipts, cursor };
  return { taken, reply, answer: answerBundle(means, member, reply) };
}

function begin(means: BundleMeans, member: Member | null, { agencyId }: Carrier): Work {
  if (!member) throw new Refused('unknown-station');
  if (agencyId !== null && agencyId !== member.agencyId) throw new Refused('not-yours', ['agency']);
  const { identity, database } = means;
  return {
    ...means,
    member,
    sender: { stationId: member.id, agencyId: member.agencyId, verify: verifierOf(member.signKey) },
    sign: signerOf(identity.signPrivate, identity.signKey),
    queue: createIngestQueue(database.pool),
    taken: { stationId: member.id, stored: 0, repeated: 0, images: 0, refused: [] },
    receipts: [],
    cursor: '',
  };
}

function refusalOf({ code }: BundleFault): Refused {
  switch (code) {
    case 'unknown-sender':
      return new Refused('unknown-station');
    case 'not-ours':
      return new Refused('not-yours');
    case 'too-large':
      return new Refused('too-large');
    case 'not-a-bundle':
    case 'newer':
    case 'damaged':
      return new Refused('schema', [code]);
  }
}

/** What a cursor names is looked up later; that it is one is seen at once. A frame that is refused stays with its station; the others are taken all the same. */
async function takeFrame(work: Work, { head, bytes }: Frame<FrameHead>): Promise<void> {
  const body = Buffer.from(bytes);
  try {
    if (head.kind === 'report') await takeReport(work, head, body);
    else if (head.kind === 'image') await takePiece(work, head, body);
    else if (head.kind === 'cursor') {
      placeOf(head.cursor, work.identity.epoch);
      work.cursor = head.cursor;
    }
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'revoked') throw error;
    const id = head.kind === 'report' ? head.id : head.kind === 'image' ? head.sha256 : head.kind;
    work.taken.refused.push({ id, code: error.code });
  }
}

type HeadOf<Kind extends ContentHead['kind']> = Extract<ContentHead, { kind: Kind }>;

async function takeReport(work: Work, { id, signature }: HeadOf<'report'>, body: Buffer): Promise<void> {
  const { identity, queue, sender, sign, taken } = work;
  const row = await readReport(sender, { id, body, sha256: sha256(body), signature });
  // A bundle may come again and again; nothing of it is a request that must count once.
  const means = { queue, hubId: identity.id, sign };
  const { isNew, answer } = await storeReport(means, sender.stationId, randomBytes(16), row);
  if (isNew) taken.stored += 1;
  else taken.repeated += 1;
  work.receipts.push(answer);
}

async function takePiece(work: Work, head: HeadOf<'image'>, bytes: Buffer): Promise<void> {
  const { database, identity, sender, sign, taken } = work;
  const hash = Buffer.from(head.sha256, 'hex');
  if (!(await isNamedBy(database.db, sender.stationId, hash))) throw new Refused('report-first');
  const { offset, total, mime } = head;
  const state = await putPiece(database.db, sender.stationId, { sha256: hash, offset, total, mime, bytes });
  if (state === 'wrong-hash') throw new Refused('wrong-hash');
  if (state === 'other-total') throw new Refused('bad-request', ['total', 'mime']);
  // Once, with its last piece.
  if (!state.completeAt || offset + bytes.length < total) return;
  const of = { kind: 'image', id: head.sha256, sha256: head.sha256, at: state.completeAt } as const;
  work.receipts.push(await receiptFor({ hubId: identity.id, sign }, of));
  taken.images += 1;
}

/** The bundle that goes back: the feed goes on from where the station is, and says so first. */
export function answerBundle(
  means: BundleMeans,
  member: Member,
  { receipts, cursor }: Reply,
): AsyncGenerator<Buffer, void, void> {
  const { database, identity, now } = means;
  async function* frames(): AsyncGenerator<Frame<ContentHead>, void, void> {
    // First, since it tells of a hub that was brought back from a backup; the receipts behind it are of that one.
    const book = await directoryAnswer(database.db, identity.epoch, now());
    yield { head: { kind: 'directory' }, bytes: Buffer.from(JSON.stringify(book), 'utf8') };
    for (const receipt of receipts) yield { head: { kind: 'receipt', ...receipt }, bytes: NOTHING };
    if (cursor !== '') yield { head: { kind: 'cursor', cursor }, bytes: NOTHING };
    // Where no hub runs, nobody else gives what was brought by hand its place in the feed.
    while ((await publish(database.db)) > 0);
    yield* feedFrames(means, member.agencyId, cursor);
  }
  return writeBundle(frames(), {
    bundleId: uuidv7(),
    at: new Date(now()).toISOString(),
    from: { kind: 'hub', id: identity.id },
    signPrivateKey: identity.signPrivate,
    to: { kind: 'station', id: member.id },
    toBoxKey: member.boxKey.toString('base64url'),
  });
}

async function* feedFrames(
  { database, identity }: BundleMeans,
  agencyId: string,
  cursor: string,
): AsyncGenerator<Frame<ContentHead>, void, void> {
  let place = cursor === '' ? 0 : placeOf(cursor, identity.epoch);
  for (let told = 0, more = true; more && told < MOST_REPORTS; ) {
    const page = await feedPage(database.db, agencyId, place, PAGE, PAGE_BOUNDS);
    for (const { seq, subject, report } of page.rows) {
      if (!report || subject === null) continue;
      told += 1;
      yield {
        head: {
          kind: 'received',
          seq,
          id: subject,
          agencyId: report.agencyId,
          stationId: report.stationId,
          sha256: report.sha256.toString('hex'),
          signature: report.signature.toString('base64url'),
          signKey: report.signKey.toString('base64url'),
          receivedAt: report.receivedAt.toISOString(),
        },
        bytes: report.body,
      };
    }
    for (const { report } of page.rows) if (report) yield* pictureFrames(database.db, agencyId, report.body);
    place = page.last;
    ({ more } = page);
  }
  yield { head: { kind: 'cursor', cursor: cursorAt(identity.epoch, place) }, bytes: NOTHING };
}

/** The pictures of a case study, behind it: whoever has no network reads it, too. One that is not whole yet is left out. */
async function* pictureFrames(
  db: HubDatabase['db'],
  agencyId: string,
  body: Buffer,
): AsyncGenerator<Frame<ContentHead>, void, void> {
  const study = caseStudy.safeParse(JSON.parse(body.toString('utf8')));
  if (!study.success) return;
  const named = new Map(study.data.images.map(({ sha256: digest, mime }) => [digest, mime]));
  for (const [digest, mime] of named) {
    const picture = await openImage(db, agencyId, Buffer.from(digest, 'hex'));
    if (!picture) continue;
    let offset = 0;
    for await (const bytes of picture.bytes) {
      yield { head: { kind: 'image', sha256: digest, mime, total: picture.total, offset }, bytes };
      offset += bytes.length;
    }
  }
}
