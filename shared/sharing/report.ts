// The messages that leave a station: the report at every tier, withdrawals, alerts, case studies, and their exact bytes.
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
  REPORT_OUTCOMES,
  REPORT_PLACE_KINDS,
  REPORT_TOOLS,
  SOURCE_GRADES,
  SUPPLIERS,
  TIME_BANDS,
  TIP_LENGTH,
  TRANSPORTS,
  VERIFICATIONS,
  WITHDRAWAL_REASONS,
} from './codes.ts';
import { FORMAT_IDS } from '../mrz/formats.ts';
import { alert } from './alert.ts';
import { caseStudy } from './case-study.ts';
import {
  carrierCode,
  isoWeek,
  itemCode,
  numberRange,
  origin,
  placeCode,
  reportHead,
  reportId,
  reportImage,
  sha256Hex,
  stateCode,
} from './shapes.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const year = z.int().min(1900).max(2200);
const short = z.string().max(80);

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

/** Takes a report, an alert or a case study back; it says which, and why in a code. */
export const withdrawal = z.strictObject({
  ...reportHead,
  kind: z.literal('withdrawal'),
  ...origin,
  replaces: reportId,
  reason: z.enum(WITHDRAWAL_REASONS),
});

/** What lies in the bytes of a message. Whether it says more than its tier may is `tierLeaks` of leaks.ts. */
export const wireReport = z.discriminatedUnion('kind', [fullWireReport, withdrawal, alert, caseStudy]);

export type FullWireReport = z.infer<typeof fullWireReport>;
export type Withdrawal = z.infer<typeof withdrawal>;
export type WireReport = z.infer<typeof wireReport>;
/** What is made of a report and goes beside it. */
export type Detached = Extract<WireReport, { kind: 'alert' | 'case-study' }>;
export type Sealed = z.infer<typeof sealed>;
export type Basis = z.infer<typeof basis>;
export type NumberToken = z.infer<typeof numberToken>;

/** The exact text of a message, keys in the order of its shape; its bytes are UTF-8. Throws where it does not fit. */
export function encodeReport(report: WireReport): string {
  return JSON.stringify(wireReport.parse(report));
}
