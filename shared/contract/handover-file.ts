// What lies in the file of a case that is handed over: the record, what was decided, every entry, and which pictures follow.
import { z } from 'zod';
import { caseEntry } from './cases.ts';
import { decisionRecord, examinationRecord, id, isoDate } from './records.ts';

const utc = z.iso.datetime();
const short = z.string().max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const person = z.object({ id, name: z.string().min(1).max(200) });

/** What lists show and search of a document, as it was recorded. */
const headline = z.object({
  documentType: short,
  format: short.nullable(),
  issuer: short,
  nationality: short,
  number: short,
  name: short,
});

const picture = z.object({
  id,
  sha256,
  format: z.enum(['jpeg', 'png', 'webp', 'tiff']),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
  bytes: z.int().min(1),
});

export const handedCase = z.object({
  format: z.literal(1),
  handoverId: id,
  /** The one before of this case between the two stations; null for the first. */
  after: id.nullable(),
  at: utc,
  by: person,
  record: examinationRecord
    .pick({ id: true, startedAt: true, savedAt: true, stationCode: true, place: true, procedure: true })
    .extend({
      savedOn: isoDate,
      officer: person,
      documents: z.array(examinationRecord.shape.documents.element.extend({ headline })).min(1).max(20),
      /** Oldest first. */
      decisions: z
        .array(decisionRecord.extend({ officerId: id }))
        .min(1)
        .max(1000),
    }),
  /** In their order. */
  entries: z.array(caseEntry).max(100_000),
  /** Those that follow; what could not be read is not among them. */
  pictures: z.array(picture).max(5000),
});

/** The word that a case arrived. */
export const handoverWord = z.object({ format: z.literal(1), handoverId: id, sha256, at: utc });

export type HandedCase = z.infer<typeof handedCase>;
export type HandedPicture = z.infer<typeof picture>;
