// The whole report of a case as a station keeps it (T0): everything an officer enters, personal data included. It never
// leaves; what does is made of it by leaving.ts. What is not known yet is null: whether it is enough is checked there.
import { z } from 'zod';
import { FORMAT_IDS } from '../mrz/formats.ts';
import {
  AGE_BANDS,
  ANCHOR_ZONES,
  DETECTED_BY,
  DOCUMENT_TYPES,
  FRAUD_TYPES,
  IMAGE_MIMES,
  MODUS_CODES,
  PRICE_BANDS,
  PRINTED_PARTS,
  QUALITIES,
  REPORT_DIRECTIONS,
  REPORT_DISPOSITIONS,
  REPORT_LIGHTS,
  REPORT_OUTCOMES,
  REPORT_PLACE_KINDS,
  REPORT_ROLES,
  SEXES,
  SUPPLIERS,
  TIME_BANDS,
  TIP_LENGTH,
  TRANSPORTS,
} from './codes.ts';
import { grading, printProcess, reportFinding, reportLink, routeLeg } from './report.ts';
import { carrierCode, itemCode, MAX_CROP_BYTES, placeCode, sha256Hex, stateCode } from './shapes.ts';

/** A day of a document or of a person's life. */
const day = z.iso.date().regex(/^(19|20|21)/);
const short = z.string().max(80);
const name = z.string().max(200);

/** To whom a report goes: one body for each. */
export const audience = z.discriminatedUnion('tier', [
  z.strictObject({ tier: z.literal('T1'), agencyId: z.uuid(), basisId: z.uuid() }),
  z.strictObject({ tier: z.literal('T2') }),
  z.strictObject({ tier: z.literal('T3') }),
]);

const detection = z.strictObject({
  /** The day at the station's own time zone. */
  date: day.nullable(),
  timeBand: z.enum(TIME_BANDS).nullable(),
  country: stateCode.nullable(),
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

/** As the document shows it, in any script; empty where it was not read. */
const holder = z.strictObject({
  primary: name,
  secondary: name,
  birthDate: day.nullable(),
  sex: z.enum(SEXES).nullable(),
  personalNumber: short,
});

const document = z.strictObject({
  type: z.enum(DOCUMENT_TYPES).nullable(),
  issuer: stateCode.nullable(),
  nationality: stateCode.nullable(),
  series: z.string().max(40).nullable(),
  issuedOn: day.nullable(),
  expiresOn: day.nullable(),
  issuingPost: short.nullable(),
  format: z.enum(FORMAT_IDS).nullable(),
  mrzPattern: z.array(itemCode).max(40),
  number: z.string().max(40).nullable(),
  holder,
  visa: z
    .strictObject({
      issuer: stateCode,
      type: z.string().max(10),
      number: z.string().max(40),
      validFrom: day.nullable(),
      validUntil: day.nullable(),
      post: short,
      remarks: z.string().max(300),
    })
    .nullable(),
});

const fraud = z.strictObject({
  types: z.array(z.enum(FRAUD_TYPES)).max(8),
  findings: z.array(reportFinding).max(200),
  printProcesses: z.array(printProcess).max(PRINTED_PARTS.length),
  quality: z.enum(QUALITIES).nullable(),
  outcome: z.enum(REPORT_OUTCOMES).nullable(),
  anchors: z
    .array(
      z.strictObject({
        zone: z.enum(ANCHOR_ZONES),
        imageSha256: sha256Hex.nullable(),
        description: z.string().max(300),
      }),
    )
    .max(3),
  tip: z.string().max(TIP_LENGTH).nullable(),
});

const modus = z.strictObject({
  codes: z.array(z.enum(MODUS_CODES)).max(MODUS_CODES.length),
  priceBand: z.enum(PRICE_BANDS).nullable(),
  suppliedBy: z.enum(SUPPLIERS).nullable(),
  supplyPlace: short.nullable(),
  /** Phones, handles, aliases. */
  facilitators: z.array(short).max(20),
});

const bearer = z.strictObject({
  ageBand: z.enum(AGE_BANDS).nullable(),
  sex: z.enum(SEXES).nullable(),
  claimedNationality: stateCode.nullable(),
  believedNationality: stateCode.nullable(),
  groupSize: z.int().min(1).max(500).nullable(),
  companions: z.string().max(500).nullable(),
});

/** A rectangle in pixels of the upright picture. */
export const box = z.strictObject({
  x: z.number().min(0),
  y: z.number().min(0),
  width: z.number().min(1),
  height: z.number().min(1),
});

/** What an officer said of a part of a picture: where it is, that there is none, or nothing yet. */
export const where = z.union([box, z.literal('none')]).nullable();

/** A piece cut out of a picture of the case: what it shows must concern the document alone. */
export const crop = z.strictObject({
  /** Of the piece as it will be sent. */
  sha256: sha256Hex,
  bytes: z.int().min(1).max(MAX_CROP_BYTES),
  mime: z.enum(IMAGE_MIMES),
  light: z.enum(REPORT_LIGHTS),
  /** The picture it was cut from, its size upright, and what is where on it. */
  imageId: z.uuidv7(),
  width: z.int().min(1),
  height: z.int().min(1),
  at: box,
  portrait: where,
  zone: where,
  /** The officer looked at the piece and says that it shows no face, name, number or signature. */
  showsNobody: z.boolean(),
});

/** A portrait as printed, for a partner alone; its bytes travel inside the sealed part. */
const portrait = z.strictObject({ mime: z.enum(IMAGE_MIMES), base64: z.base64().max(280_000) });

export const fullReport = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  createdByRole: z.enum(REPORT_ROLES),
  ...grading,
  detection,
  document,
  fraud,
  modus,
  bearer,
  links: z.array(reportLink).max(40),
  action: z.strictObject({
    dispositions: z.array(z.enum(REPORT_DISPOSITIONS)).max(REPORT_DISPOSITIONS.length),
    seizureReceipt: short.nullable(),
    agenciesTold: z.string().max(300).nullable(),
  }),
  narrative: z.strictObject({
    happened: z.string().max(4000).nullable(),
    lesson: z.string().max(1000).nullable(),
    doAndDoNot: z.string().max(1000).nullable(),
  }),
  images: z.array(crop).max(12),
  /** For a partner alone, inside the sealed part. */
  personal: z.strictObject({
    /** The whole number instead of a masked one. */
    wholeNumber: z.boolean(),
    remarks: z.string().max(2000).nullable(),
    portraits: z.array(portrait).max(2),
  }),
});

/** The personal part of a report to a partner, as its stations read it. */
export const sealedPart = z.strictObject({
  number: z.string().max(40).nullable(),
  issuedOn: day.nullable(),
  expiresOn: day.nullable(),
  holder: holder.nullable(),
  visa: document.shape.visa,
  bearer: bearer.nullable(),
  facilitators: z.array(short).max(20),
  seizureReceipt: short.nullable(),
  agenciesTold: z.string().max(300).nullable(),
  remarks: z.string().max(2000).nullable(),
  portraits: z.array(portrait).max(2),
});

export type Audience = z.infer<typeof audience>;
export type FullReport = z.infer<typeof fullReport>;
export type SealedPart = z.infer<typeof sealedPart>;
export type Crop = z.infer<typeof crop>;
export type Box = z.infer<typeof box>;
