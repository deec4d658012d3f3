// The same reports, receipts and feed as over the network, in files that are carried by hand: what goes into one, and what
// one that came does to the store.
import type { ReadBundle, Refusal } from '../../shared/contract/bundles.ts';
import { directory, PIECE_BYTES } from '../../shared/wire/api.ts';
import type { ContentHead, Frame, Opening } from '../../shared/wire/bundle-frames.ts';
import { IMAGE_MIMES } from '../../shared/sharing/codes.ts';
import type { WireReport } from '../../shared/sharing/report.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { lastFeedPlace, mergeDirectory, type Unsent, unsentRows } from '../db/carried.ts';
import { heardEpoch } from '../db/forgotten.ts';
import { type HubLink, knownStation, loadHub, saveFeedCursor } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import { keepReceipt } from '../db/outbox.ts';
import { cropBytes, reportBytes } from '../db/reports.ts';
import { isWanted, keepWanted } from '../db/wanted-pictures.ts';
import { readJson } from '../json.ts';
import { takeInReport } from './take-in.ts';
import { soundReceipt } from './verdict.ts';

/** Whom a file is for; the agency of a station decides what of this station's reports it may be told. */
export type Recipient = { kind: 'hub' } | { kind: 'station'; agencyId: string };

/** What is written into a file; the figures are final once all frames were taken. */
export interface Packed {
  /** About how many bytes the frames are together. */
  bytes: number;
  figures: { reports: number; images: number; leftOut: number };
  frames: Generator<Frame<ContentHead>, void, void>;
}

const NOTHING = Buffer.alloc(0);

type HeadOf<Kind extends ContentHead['kind']> = Extract<ContentHead, { kind: Kind }>;

/**
 * The hub is sent all; the own agency every report; another one what is for the network, and what is for it by name. Of
 * pictures stations get those of case studies.
 */
function isFor({ kind, tier, agencyId, audience, isOfStudy }: Unsent, to: Recipient, own: string): boolean {
  if (to.kind === 'hub') return true;
  if (kind === 'image') return isOfStudy;
  const isMeant = audience.length === 0 || audience.includes(to.agencyId);
  return to.agencyId === own || (tier === 'T2' && isMeant) || (tier === 'T1' && agencyId === to.agencyId);
}

const isMime = (mime: string): mime is (typeof IMAGE_MIMES)[number] =>
  IMAGE_MIMES.some((each) => each === mime);

function* framesOf(db: Db, { kind, subject, sha256: digest }: Unsent): Generator<Frame<ContentHead>> {
  if (kind === 'report') {
    const report = reportBytes(db, subject);
    if (report === undefined || sha256(report.body) !== digest) return;
    const { body, signature } = report;
    yield { head: { kind, id: subject, sha256: digest, signature }, bytes: body };
    return;
  }
  const picture = cropBytes(db, subject);
  if (picture === undefined || sha256(picture.bytes) !== digest || !isMime(picture.mime)) return;
  const { bytes, mime } = picture;
  for (let offset = 0; offset < bytes.length; offset += PIECE_BYTES) {
    const head = { kind, sha256: digest, mime, total: bytes.length, offset } as const;
    yield { head, bytes: bytes.subarray(offset, offset + PIECE_BYTES) };
  }
}

/** What waits for a receipt and may be told to this recipient, a row at a time. It changes nothing. */
export function packOutbox(db: Db, { agencyId, feedCursor }: HubLink, to: Recipient): Packed {
  const all = unsentRows(db);
  const rows = all.filter((row) => isFor(row, to, agencyId));
  const figures = { reports: 0, images: 0, leftOut: all.length - rows.length };
  function* frames(): Generator<Frame<ContentHead>, void, void> {
    // So that the hub's answer goes on from where this station is.
    if (to.kind === 'hub' && feedCursor !== '')
      yield { head: { kind: 'cursor', cursor: feedCursor }, bytes: NOTHING };
    for (const row of rows) {
      let count = 0;
      for (const frame of framesOf(db, row)) {
        count += 1;
        yield frame;
      }
      // What is not as it was approved does not leave; over the network it would be parked with an alarm.
      if (count === 0) figures.leftOut += 1;
      else if (row.kind === 'report') figures.reports += 1;
      else figures.images += 1;
    }
  }
  return { bytes: rows.reduce((sum, { total }) => sum + total, 0), figures, frames: frames() };
}

export type TakenIn = Pick<ReadBundle, 'receipts' | 'reports' | 'known' | 'refused' | 'refusals'>;

/** How much is taken in within one transaction. */
const TOGETHER = { frames: 100, bytes: 4 * 1024 * 1024 };

/** What a station itself may tell: the same as the hub would let through by its usual policy. */
function isForUs(content: WireReport, hub: HubLink): boolean {
  const { tier, to, agencyId } = content;
  if (agencyId === hub.agencyId) return true;
  const meant = content.kind === 'alert' ? content.audience.agencies : [];
  if (meant.length > 0 && !meant.includes(hub.agencyId)) return false;
  return tier === 'T2' || (tier === 'T1' && to === hub.agencyId);
}

/**
 * Takes in the frames of a file whose sender was found right, some in each transaction; `last` is called in the last one,
 * with the feed's place, which moves only where the file goes on from where the station is. Doing it again changes nothing.
 */
export async function takeInBundle(
  { db, now, hub }: { db: Db; now: () => Date; hub: HubLink },
  frames: AsyncIterable<Frame>,
  last: (opening: Opening, taken: TakenIn) => void,
): Promise<{ opening: Opening; taken: TakenIn }> {
  const taken = { receipts: 0, reports: 0, known: 0 };
  const refusals = new Map<Refusal, number>();
  const cursors: string[] = [];
  let opening: Opening | null = null;
  /** The picture whose pieces are coming. */
  let picture: { sha256: string; parts: Buffer[]; bytes: number } | null = null;
  let batch: Frame[] = [];
  let bytes = 0;

  function count(outcome: 'new' | 'known' | Refusal, as: 'receipts' | 'reports'): void {
    if (outcome === 'new') taken[as] += 1;
    else if (outcome === 'known') taken.known += 1;
    else refusals.set(outcome, (refusals.get(outcome) ?? 0) + 1);
  }

  function all(): TakenIn {
    const each = [...refusals].map(([reason, times]) => ({ reason, count: times }));
    return { ...taken, refused: each.reduce((sum, one) => sum + one.count, 0), refusals: each };
  }

  function fromHub({ head, bytes: body }: Frame, at: string): void {
    if (head.kind === 'cursor') cursors.push(head.cursor);
    if (head.kind === 'directory') {
      const parsed = directory.answer.safeParse(readJson(Buffer.from(body).toString('utf8')));
      if (!parsed.success) return;
      mergeDirectory(db, parsed.data);
      // A file may be older than what was heard since.
      if (parsed.data.epoch > (loadHub(db)?.epoch ?? 0)) heardEpoch(db, parsed.data.epoch, at);
    }
    if (head.kind === 'receipt') {
      const { kind, id, sha256: digest } = head.receipt;
      const receipt = soundReceipt(
        { receipt: head.receipt, signature: head.signature },
        { kind, id, sha256: digest },
        hub,
      );
      if (receipt === null) count('not-the-hub', 'receipts');
      else
        count(
          keepReceipt(db, { kind, subject: id, sha256: digest }, receipt, at) ? 'new' : 'known',
          'receipts',
        );
    }
    if (head.kind === 'received' && head.stationId !== hub.stationId)
      count(takeInReport(db, { ...head, body: Buffer.from(body) }, at), 'reports');
  }

  /** Pieces of a picture come one behind the other; only one that a case study named is kept. */
  function takePiece({ sha256: digest, offset, total }: HeadOf<'image'>, body: Uint8Array): void {
    if (offset === 0) picture = isWanted(db, digest) ? { sha256: digest, parts: [], bytes: 0 } : null;
    if (picture?.sha256 !== digest || picture.bytes !== offset) return;
    picture.parts.push(Buffer.from(body));
    picture.bytes += body.length;
    if (picture.bytes < total) return;
    keepWanted(db, digest, Buffer.concat(picture.parts));
    picture = null;
  }

  function fromStation({ head, bytes: body }: Frame, { from }: Opening, at: string): void {
    const sender = knownStation(db, from.id);
    if (head.kind !== 'report' || sender === undefined) return;
    const { id, sha256: digest, signature } = head;
    const { id: stationId, agencyId } = sender;
    // By no hub's clock: it was never there.
    const arrived = { seq: lastFeedPlace(db), id, agencyId, stationId, sha256: digest, signature };
    const report = { ...arrived, body: Buffer.from(body), receivedAt: at };
    count(
      takeInReport(db, report, at, (content) => isForUs(content, hub)),
      'reports',
    );
  }

  function apply(at: string): void {
    for (const frame of batch) {
      if (frame.head.kind === 'from') opening = frame.head;
      else if (frame.head.kind === 'image') takePiece(frame.head, frame.bytes);
      else if (opening?.from.kind === 'hub') fromHub(frame, at);
      else if (opening !== null) fromStation(frame, opening, at);
    }
    batch = [];
    bytes = 0;
  }

  for await (const frame of frames) {
    batch.push(frame);
    bytes += frame.bytes.length;
    if (batch.length >= TOGETHER.frames || bytes >= TOGETHER.bytes)
      db.transaction(() => apply(now().toISOString())).immediate();
  }
  return db
    .transaction(() => {
      apply(now().toISOString());
      if (opening === null) throw new Error('a bundle without an opening');
      const [end, start = ''] = [cursors.at(-1), cursors.length > 1 ? cursors[0] : ''];
      if (end !== undefined && start === loadHub(db)?.feedCursor) saveFeedCursor(db, end);
      const whole = all();
      last(opening, whole);
      return { opening, taken: whole };
    })
    .immediate();
}
