// The report as it leaves a station: its shape at every tier, and its exact bytes.
// One shape for all tiers: what a tier may not say is null or an empty list (see fields.ts).
import { z } from 'zod';
import {
  AGE_BANDS,
  ANCHOR_ZONES,
  BASIS_KINDS,
  DETECTED_BY,
  DOCUMENT_TYPES,
  FINDING_RESULTS,
  FRAUD_TYPES,
  GROUP_BANDS,
  HANDLINGS,
  IMAGE_MIMES,
  INFORMATION_GRADES,
  LINK_KEYS,
  LINK_STRENGTHS,
  MODUS_CODES,
  PRICE_BANDS,
  PRINT_PROCESSES,
  PRINTED_PARTS,
  QUALITIES,
  REPORT_DIRECTIONS,
  REPORT_DISPOSITIONS,
  REPORT_LIGHTS,
  REPORT_OUTCOMES,
  REPORT_PLACE_KINDS,
  REPORT_ROLES,
  REPORT_TOOLS,
  SOURCE_GRADES,
  SUPPLIERS,
  TIERS,
  TIME_BANDS,
  TIP_LENGTH,
  TRANSPORTS,
  VERIFICATIONS,
  WITHDRAWAL_REASONS,
} from './codes.ts';
import { FORMAT_IDS } from '../mrz/formats.ts';

export const REPORT_SCHEMA = 'countercheck-report/1';
/** No body is longer than this, in bytes; pictures travel by themselves. */
export const MAX_REPORT_BYTES = 1024 * 1024;
export const MAX_CROP_BYTES = 4 * 1024 * 1024;

export const reportId = z.uuidv7();
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const utc = z.iso.datetime({ precision: 3 });
export const isoWeek = z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
/** A state or an organisation as documents print it, three letters (Doc 9303-3 §5; Germany's is `D`). */
export const stateCode = z.string().regex(/^[A-Z]{1,3}$/);
/** A place of transport (IATA, UN/LOCODE) or a state: letters and digits alone. */
export const placeCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,7}$/);
export const carrierCode = z.string().regex(/^[A-Z0-9]{2,3}$/);
/** An item of the procedure or a rule of the zone. */
export const itemCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
const year = z.int().min(1900).max(2200);
const short = z.string().max(80);

export const reportHead = {
  schema: z.literal(REPORT_SCHEMA),
  id: reportId,
  tier: z.enum(TIERS),
};

const origin = {
  /** The report that this one takes the place of. */
  replaces: reportId.nullable(),
  createdAt: utc,
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  stationId: z.uuid(),
  agencyId: z.uuid(),
  /** The partner at T1; null for all others. */
  to: z.uuid().nullable(),
  createdByRole: z.enum(REPORT_ROLES),
};

export const grading = {
  verification: z.enum(VERIFICATIONS),
  sourceGrade: z.enum(SOURCE_GRADES),
  informationGrade: z.enum(INFORMATION_GRADES),
  handling: z.enum(HANDLINGS),
  caveat: z.string().max(300).nullable(),
  reviewOn: z.iso.date().nullable(),
  expiresOn: z.iso.date().nullable(),
};

export const routeLeg = z.strictObject({ from: placeCode, to: placeCode });

const detection = z.strictObject({
  week: isoWeek,
  date: z.iso.date().nullable(),
  timeBand: z.enum(TIME_BANDS).nullable(),
  country: stateCode,
  placeKind: z.enum(REPORT_PLACE_KINDS).nullable(),
  placeCode: placeCode.nullable(),
  direction: z.enum(REPORT_DIRECTIONS).nullable(),
  transport: z.enum(TRANSPORTS).nullable(),
  carrier: carrierCode.nullable(),
  route: z.array(routeLeg).max(12),
  destination: stateCode.nullable(),
  detectedBy: z.array(z.enum(DETECTED_BY)).max(DETECTED_BY.length),
  secondsToDoubt: z.int().min(0).max(86_400).nullable(),
  minutesToDecision: z.int().min(0).max(100_000).nullable(),
});

/** A number as a keyed token: whoever has the key can compare, nobody can read. */
export const numberToken = z.strictObject({ keyId: z.string().min(1).max(64), token: z.string().length(43) });
/** How a number begins: never more than half of it, and five characters at least are left open. */
export const numberRange = z
  .strictObject({ prefix: z.string().regex(/^[A-Z0-9]{1,12}$/), length: z.int().min(6).max(30) })
  .refine(({ prefix, length }) => 2 * prefix.length <= length && length - prefix.length >= 5);

const document = z.strictObject({
  type: z.enum(DOCUMENT_TYPES),
  issuer: stateCode,
  nationality: stateCode.nullable(),
  series: z.string().max(40).nullable(),
  issuedYear: year.nullable(),
  expiresYear: year.nullable(),
  issuingPost: short.nullable(),
  format: z.enum(FORMAT_IDS).nullable(),
  /** Rules of the zone that found something. */
  mrzPattern: z.array(itemCode).max(40),
  numberToken: numberToken.nullable(),
  numberRange: numberRange.nullable(),
  visa: z.strictObject({ issuer: stateCode, type: z.string().max(10), year: year.nullable() }).nullable(),
});

export const reportFinding = z.strictObject({
  item: itemCode,
  result: z.enum(FINDING_RESULTS),
  tool: z.enum(REPORT_TOOLS).nullable(),
  note: z.string().max(300),
});

export const printProcess = z.strictObject({
  part: z.enum(PRINTED_PARTS),
  process: z.enum(PRINT_PROCESSES),
});

const fraud = z.strictObject({
  /** The first is the main one. */
  types: z.array(z.enum(FRAUD_TYPES)).min(1).max(8),
  findings: z.array(reportFinding).min(1).max(200),
  printProcesses: z.array(printProcess).max(PRINTED_PARTS.length),
  quality: z.enum(QUALITIES).nullable(),
  outcome: z.enum(REPORT_OUTCOMES),
  anchors: z
    .array(
      z.strictObject({
        zone: z.enum(ANCHOR_ZONES),
        imageSha256: sha256Hex.nullable(),
        description: z.string().max(300),
      }),
    )
    .max(3),
  /** One sentence a colleague can use in twelve seconds. */
  tip: z.string().max(TIP_LENGTH).nullable(),
});

const modus = z.strictObject({
  codes: z.array(z.enum(MODUS_CODES)).max(MODUS_CODES.length),
  priceBand: z.enum(PRICE_BANDS).nullable(),
  suppliedBy: z.enum(SUPPLIERS).nullable(),
  supplyPlace: short.nullable(),
});

/** Bands alone, for statistics. */
const bearer = z.strictObject({
  ageBand: z.enum(AGE_BANDS).nullable(),
  groupBand: z.enum(GROUP_BANDS).nullable(),
});

export const reportLink = z.strictObject({
  key: z.enum(LINK_KEYS),
  reportId: reportId,
  strength: z.enum(LINK_STRENGTHS),
});

const narrative = z.strictObject({
  happened: z.string().max(4000).nullable(),
  lesson: z.string().max(1000).nullable(),
  doAndDoNot: z.string().max(1000).nullable(),
});

export const reportImage = z.strictObject({
  sha256: sha256Hex,
  bytes: z.int().min(1).max(MAX_CROP_BYTES),
  mime: z.enum(IMAGE_MIMES),
  light: z.enum(REPORT_LIGHTS),
  what: z.literal('crop'),
});

export const basis = z.strictObject({ kind: z.enum(BASIS_KINDS), reference: z.string().min(1).max(200) });

/** The personal part: closed under a key of its own, and that key closed for each station of the partner. */
export const sealed = z.strictObject({
  agencyId: z.uuid(),
  for: z
    .array(z.strictObject({ stationId: z.uuid(), key: base64.max(200) }))
    .min(1)
    .max(1000),
  box: base64.max(800_000),
});

export const fullWireReport = z.strictObject({
  ...reportHead,
  kind: z.enum(['report', 'correction']),
  ...origin,
  ...grading,
  detection,
  document,
  fraud,
  modus,
  bearer,
  links: z.array(reportLink).max(40),
  disposition: z.array(z.enum(REPORT_DISPOSITIONS)).max(REPORT_DISPOSITIONS.length),
  narrative,
  images: z.array(reportImage).max(12),
  basis: basis.nullable(),
  sealed: sealed.nullable(),
});

/** Takes a report back; it says which, and why in a code. */
export const withdrawal = z.strictObject({
  ...reportHead,
  kind: z.literal('withdrawal'),
  ...origin,
  replaces: reportId,
  reason: z.enum(WITHDRAWAL_REASONS),
});

/** What lies in the bytes of a report. Whether it says more than its tier may is `tierLeaks` of fields.ts. */
export const wireReport = z.discriminatedUnion('kind', [fullWireReport, withdrawal]);

export type FullWireReport = z.infer<typeof fullWireReport>;
export type Withdrawal = z.infer<typeof withdrawal>;
export type WireReport = z.infer<typeof wireReport>;
export type Sealed = z.infer<typeof sealed>;
export type Basis = z.infer<typeof basis>;
export type NumberToken = z.infer<typeof numberToken>;

/** The exact text of a report, keys in the order of its shape; its bytes are UTF-8. Throws where it does not fit. */
export function encodeReport(report: WireReport): string {
  return JSON.stringify(wireReport.parse(report));
}
