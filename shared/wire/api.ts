// The hub's HTTP interface as shapes: what each route takes and answers. Signed requests carry the headers of sign.ts.
import { z } from 'zod';
import { fromGroupedCode } from '../contract/grouped-code.ts';
import {
  DOCUMENT_TYPES,
  FRAUD_TYPES,
  IMAGE_MIMES,
  REPORT_KINDS,
  REPORT_ROLES,
  TIERS,
} from '../sharing/codes.ts';
import { isoWeek, MAX_CROP_BYTES, reportId, sha256Hex, stateCode } from '../sharing/shapes.ts';
import { REFUSALS, type RefusalCode } from './codes.ts';

/** Bytes of one piece of a picture; the last one may be shorter. */
export const PIECE_BYTES = 256 * 1024;
export const MAX_IMAGE_BYTES = MAX_CROP_BYTES;
export const FEED_LIMIT = 500;
export const LIST_LIMIT = 200;
/** Events say that they are alive this often. */
export const HEARTBEAT_MS = 25_000;

const utc = z.iso.datetime({ precision: 3 });
const uuid = z.uuid();
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
const name = z.string().trim().min(1).max(120);
const stationCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,15}$/);
/** A place in a list or in the feed, made by the hub; a station hands it back as it is. */
const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);
const limit = (most: number) => z.coerce.number().int().min(1).max(most).default(most);

const codes = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]];
/** Every refusal. `detail` names places and codes, never a value that was sent. */
export const refusal = z.object({
  error: z.object({ code: z.enum(codes), detail: z.string().max(500).optional() }),
  /** With `clock`: the hub's time, signed as `hubTimeText` with the nonce of the request. */
  hubTime: utc.optional(),
  signature: signature.optional(),
});

/** GET /about, public. */
export const about = z.object({
  name: z.literal('countercheck-hub'),
  version: z.string(),
  hubId: uuid,
  hubName: z.string(),
  hubSignKey: key,
  hubBoxKey: key,
  /** Schemas of messages that are taken, e.g. `countercheck-report/1`. */
  accepts: z.array(z.string()),
  at: utc,
});

/** GET /health and /ready, public: the process lives; its database answers and is up to date. */
export const health = z.object({ ok: z.literal(true) });

/** Bytes of a code for enrolment: nobody guesses 80 bits in the week that it is good for. */
export const ENROLMENT_BYTES = 10;
/** As people type it: groups with check characters (`shared/contract/grouped-code.ts`), given by whoever administers the agency. */
export const enrolmentCode = z
  .string()
  .max(60)
  .refine((text) => fromGroupedCode(text, ENROLMENT_BYTES).ok);

/** Which life of the hub's data it is: another one after each restore from a backup. */
const epoch = z.int().min(1);
const linkKey = z.object({ id: z.string().min(1).max(64), key, from: utc });

/** POST /v1/enrolments, signed as `enrolmentText` by the key that it brings. */
export const enrolment = {
  body: z.strictObject({
    code: enrolmentCode,
    signKey: key,
    boxKey: key,
    station: z.strictObject({
      code: stationCode,
      /** One line: it stands in lists and on terminals. */
      place: z
        .string()
        .trim()
        .regex(/^\P{Cc}{1,80}$/u),
      country: stateCode,
    }),
    signature,
  }),
  answer: z.object({
    stationId: uuid,
    agencyId: uuid,
    agencyName: name,
    hubId: uuid,
    hubName: name,
    hubSignKey: key,
    hubBoxKey: key,
    /** Keys of number tokens, the newest last. */
    linkKeys: z.array(linkKey).max(100),
    epoch,
    at: utc,
  }),
};

/** What is signed as `receiptText`. */
export const receipt = z.object({
  kind: z.enum(['report', 'image']),
  id: z.string().min(1).max(64),
  sha256: sha256Hex,
  at: utc,
  hubId: uuid,
});
export const signedReceipt = z.object({ receipt, signature });

/**
 * PUT /v1/reports/:id, the exact bytes as body, `cc-report-signature` as header. 201 new, 200 had these bytes already.
 * GET answers the exact bytes, with `cc-report-signature` and the station in `cc-station`.
 */
export const report = { params: z.object({ id: reportId }), answer: signedReceipt };

/** What a list tells of a report without its body. */
export const reportRow = z.object({
  id: reportId,
  stationId: uuid,
  agencyId: uuid,
  agencyName: name,
  tier: z.enum(TIERS),
  kind: z.enum(REPORT_KINDS),
  replaces: reportId.nullable(),
  /** `replaced` and `withdrawn` by a later one of its agency, also by one that may not be seen: nobody goes on by what was taken back. */
  state: z.enum(['in-force', 'replaced', 'withdrawn']),
  receivedAt: utc,
  week: isoWeek.nullable(),
  country: stateCode.nullable(),
  issuer: stateCode.nullable(),
  documentType: z.enum(DOCUMENT_TYPES).nullable(),
  fraud: z.array(z.enum(FRAUD_TYPES)),
});

/** GET /v1/reports, newest first: only what the agency of the station may see. */
export const reportList = {
  query: z.strictObject({
    state: z.enum(['in-force', 'replaced', 'withdrawn']).optional(),
    country: stateCode.optional(),
    issuer: stateCode.optional(),
    type: z.enum(DOCUMENT_TYPES).optional(),
    fraud: z.enum(FRAUD_TYPES).optional(),
    /** First and last week, both included. */
    from: isoWeek.optional(),
    to: isoWeek.optional(),
    cursor: cursor.optional(),
    limit: limit(LIST_LIMIT),
  }),
  answer: z.object({ rows: z.array(reportRow), cursor: cursor.nullable() }),
};

/** Readers of one alert that a station tells of or asks for at once. */
export const READS_LIMIT = 10_000;

/**
 * PUT /v1/alerts/:id/read: somebody at this station opened the alert. 204, however often it is told; `not-found` where
 * there is no alert of this id that the agency may see. Nobody is named: `reader` is minted by the station for this alert
 * and this person alone.
 */
export const alertRead = {
  params: z.object({ id: reportId }),
  body: z.strictObject({ reader: uuid, role: z.enum(REPORT_ROLES), at: utc }),
};

/** GET /v1/alerts/:id/reads, for the agency that sent the alert; `not-found` for every other. The earliest first. */
export const alertReads = {
  params: z.object({ id: reportId }),
  answer: z.object({
    reads: z
      .array(
        z.object({
          stationId: uuid,
          agencyId: uuid,
          reader: uuid,
          role: z.enum(REPORT_ROLES),
          /** By the clock of the station that read. */
          at: utc,
        }),
      )
      .max(READS_LIMIT),
  }),
};

const imageParams = z.object({ sha256: sha256Hex });
/** How much of a picture the hub has, from its first byte on without a gap. */
const imageState = z.object({ received: z.int().min(0), total: z.int().min(1) });

/**
 * PUT /v1/images/:sha256/pieces/:offset, raw bytes, offsets in whole pieces. The last one is answered with a receipt, as
 * is any piece of a picture that is whole already. `report-first` where no report of this station names it.
 */
export const imagePiece = {
  params: imageParams.extend({ offset: z.coerce.number().int().min(0).max(MAX_IMAGE_BYTES) }),
  query: z.strictObject({
    total: z.coerce.number().int().min(1).max(MAX_IMAGE_BYTES),
    mime: z.enum(IMAGE_MIMES),
  }),
  answer: imageState.extend({ receipt: receipt.optional(), signature: signature.optional() }),
};

/** GET /v1/images/:sha256/state; `not-found` before the first piece. Of a whole picture with its receipt. */
export const imageStanding = { params: imageParams, answer: imagePiece.answer };

/** GET /v1/images/:sha256, raw bytes, only where a report that may be seen names it. */
export const image = { params: imageParams };

const seq = z.int().min(1);
export const feedItem = z.discriminatedUnion('kind', [
  z.object({
    seq,
    kind: z.literal('report'),
    id: reportId,
    agencyId: uuid,
    stationId: uuid,
    /** The exact text; its bytes are UTF-8. */
    body: z.string(),
    sha256: sha256Hex,
    signature,
    signKey: key,
    receivedAt: utc,
  }),
  /** Agencies or stations changed: fetch the directory. */
  z.object({ seq, kind: z.literal('directory') }),
  z.object({ seq, kind: z.literal('revoked'), stationId: uuid }),
]);

/**
 * GET /v1/feed, what concerns this station since a cursor; without one from the beginning. With another `epoch` than
 * before the hub was brought back from a backup: it may have forgotten what a station holds receipts for, which sends it again.
 */
export const feed = {
  query: z.strictObject({ after: cursor.optional(), limit: limit(FEED_LIMIT) }),
  answer: z.object({ items: z.array(feedItem).max(FEED_LIMIT), cursor, more: z.boolean(), epoch }),
};

/** GET /v1/feed/events, server-sent: `look` says that there is more. */
export const FEED_EVENT = 'look';

/** GET /v1/directory, everybody whom a station may send to or hear from. */
export const directory = {
  answer: z.object({
    agencies: z.array(z.object({ id: uuid, name, country: stateCode, closedAt: utc.nullable() })),
    stations: z.array(
      z.object({
        id: uuid,
        agencyId: uuid,
        code: stationCode,
        place: z.string(),
        country: stateCode,
        signKey: key,
        boxKey: key,
        enrolledAt: utc,
        revokedAt: utc.nullable(),
      }),
    ),
    linkKeys: z.array(linkKey).max(100),
    epoch,
    at: utc,
  }),
};

/** POST /v1/bundles takes a bundle as raw bytes and answers one, with receipts, sealed to its sender. */
export const BUNDLE_TYPE = 'application/vnd.countercheck.bundle';

export type RefusalBody = z.infer<typeof refusal>;
export type About = z.infer<typeof about>;
export type EnrolmentBody = z.infer<typeof enrolment.body>;
export type EnrolmentAnswer = z.infer<typeof enrolment.answer>;
export type SignedReceipt = z.infer<typeof signedReceipt>;
export type ReportRow = z.infer<typeof reportRow>;
export type ReportListQuery = z.infer<typeof reportList.query>;
export type ImagePieceAnswer = z.infer<typeof imagePiece.answer>;
export type FeedItem = z.infer<typeof feedItem>;
export type AlertRead = z.infer<typeof alertRead.body>;
export type AlertReads = z.infer<typeof alertReads.answer>;
export type FeedPage = z.infer<typeof feed.answer>;
export type Directory = z.infer<typeof directory.answer>;
