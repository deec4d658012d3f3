// What lies in a bundle: one frame after the other, each a small head of JSON and, where it carries content, raw bytes.
import { z } from 'zod';
import { IMAGE_MIMES } from '../sharing/codes.ts';
import { MAX_REPORT_BYTES, reportId, sha256Hex } from '../sharing/shapes.ts';
import { MAX_IMAGE_BYTES, PIECE_BYTES, signedReceipt } from './api.ts';

const utc = z.iso.datetime({ precision: 3 });
const uuid = z.uuid();
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

/** Who wrote a bundle, or for whom it is. */
export const party = z.strictObject({ kind: z.enum(['hub', 'station']), id: uuid });

/** Always the first. Its signature is that of `bundleText`, and vouches for everything behind it. */
const from = z.strictObject({
  kind: z.literal('from'),
  bundleId: z.uuidv7(),
  from: party,
  to: party,
  at: utc,
  signature,
});

/** A report on its way to the hub; its exact bytes follow. */
const report = z.strictObject({ kind: z.literal('report'), id: reportId, sha256: sha256Hex, signature });

/** A piece of a picture, as `PUT /v1/images/:sha256/pieces/:offset` takes it; its bytes follow. */
const image = z.strictObject({
  kind: z.literal('image'),
  sha256: sha256Hex,
  mime: z.enum(IMAGE_MIMES),
  total: z.int().min(1).max(MAX_IMAGE_BYTES),
  offset: z.int().min(0).max(MAX_IMAGE_BYTES),
});

/** The hub's answer to a report or a picture. */
const receipt = z.strictObject({ kind: z.literal('receipt'), ...signedReceipt.shape });

/** A report of another station, as the feed has it; its exact bytes follow. */
const received = z.strictObject({
  kind: z.literal('received'),
  seq: z.int().min(1),
  id: reportId,
  agencyId: uuid,
  stationId: uuid,
  sha256: sha256Hex,
  signature,
  signKey: key,
  receivedAt: utc,
});

/** Where the feed stands after all that came before. */
const cursor = z.strictObject({
  kind: z.literal('cursor'),
  cursor: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
});

/** The answer of `GET /v1/directory`, as JSON in the bytes that follow. */
const directory = z.strictObject({ kind: z.literal('directory') });

/** A part of a case that goes to another station, by a name that both know; its bytes follow. */
const part = z.strictObject({
  kind: z.literal('case'),
  handoverId: z.uuidv7(),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** Of the picture or entry that it is; null where there is but one. */
  id: z.uuidv7().nullable(),
  /** Place of these bytes in something longer than one frame takes, and how long that is. */
  offset: z.int().min(0),
  total: z.int().min(0),
});

export const frameHead = z.discriminatedUnion('kind', [
  from,
  report,
  image,
  receipt,
  received,
  cursor,
  directory,
  part,
]);

/** More bytes than these no frame of a kind carries. */
export const FRAME_BYTES: Readonly<Record<FrameHead['kind'], number>> = {
  from: 0,
  report: MAX_REPORT_BYTES,
  image: PIECE_BYTES,
  receipt: 0,
  received: MAX_REPORT_BYTES,
  cursor: 0,
  directory: 8 * 1024 * 1024,
  case: MAX_REPORT_BYTES,
};

export type Party = z.infer<typeof party>;
export type FrameHead = z.infer<typeof frameHead>;
export type Opening = z.infer<typeof from>;
/** Every frame but the first, which `writeBundle` makes. */
export type ContentHead = Exclude<FrameHead, Opening>;

export interface Frame<H extends FrameHead = FrameHead> {
  head: H;
  /** Empty where the kind carries none. */
  bytes: Uint8Array;
}
