// The parts of which every message to the hub is made: head and origin, codes, days, pieces of pictures.
import { z } from 'zod';
import { IMAGE_MIMES, REPORT_LIGHTS, REPORT_ROLES, TIERS } from './codes.ts';

export const REPORT_SCHEMA = 'countercheck-report/1';
/** No body is longer than this, in bytes; pictures travel by themselves. */
export const MAX_REPORT_BYTES = 1024 * 1024;
export const MAX_CROP_BYTES = 4 * 1024 * 1024;

export const reportId = z.uuidv7();
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const utc = z.iso.datetime({ precision: 3 });
export const isoWeek = z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
/** A state or an organisation as documents print it, three letters (Doc 9303-3 §5; Germany's is `D`). */
export const stateCode = z.string().regex(/^[A-Z]{1,3}$/);
/** A place of transport (IATA, UN/LOCODE) or a state: letters and digits alone. */
export const placeCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,7}$/);
export const carrierCode = z.string().regex(/^[A-Z0-9]{2,3}$/);
/** An item of the procedure or a rule of the zone. */
export const itemCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);

export const reportHead = {
  schema: z.literal(REPORT_SCHEMA),
  id: reportId,
  tier: z.enum(TIERS),
};

/** Of every message: who wrote it, when, and to whom it goes. */
export const origin = {
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

/** How a number begins: never more than half of it, and five characters at least are left open. */
export const numberRange = z
  .strictObject({ prefix: z.string().regex(/^[A-Z0-9]{1,12}$/), length: z.int().min(6).max(30) })
  .refine(({ prefix, length }) => 2 * prefix.length <= length && length - prefix.length >= 5);

/** A piece of a picture, as a message names it; its bytes travel by themselves. */
export const reportImage = z.strictObject({
  sha256: sha256Hex,
  bytes: z.int().min(1).max(MAX_CROP_BYTES),
  mime: z.enum(IMAGE_MIMES),
  light: z.enum(REPORT_LIGHTS),
  what: z.literal('crop'),
});
