// The alert that leaves a station: one sentence from a report of the network, for whom it is, which documents it fits,
// and until when. It says nothing of a person and no whole number.
import { z } from 'zod';
import { DOCUMENT_TYPES, LONGEST_ALERT_DAYS, TIP_LENGTH } from './codes.ts';
import { itemCode, numberRange, origin, placeCode, reportHead, reportId, stateCode, utc } from './shapes.ts';

const DAY_MS = 86_400_000;

/** For whom it is: agencies, of which none stands for all whom the policy lets; places and countries, of which none stands for everywhere. */
export const alertAudience = z.strictObject({
  agencies: z.array(z.uuid()).max(200),
  /** How the codes of stations begin, to a hyphen: `UTA` is for `UTA` and for `UTA-2`. */
  places: z.array(placeCode).max(100),
  countries: z.array(stateCode).max(250),
});

/** Which documents it fits: one of the types, of one of the issuers, and whatever else is said. */
export const alertFits = z.strictObject({
  types: z.array(z.enum(DOCUMENT_TYPES)).min(1).max(DOCUMENT_TYPES.length),
  issuers: z.array(stateCode).min(1).max(20),
  numberRange: numberRange.nullable(),
  /** Rules of the zone that must all have found something; none where that does not matter. */
  mrzPattern: z.array(itemCode).max(40),
});

/** From when it was written to when it ends, as it may be. */
function livesLongEnough({ createdAt, expiresAt }: { createdAt: string; expiresAt: string }): boolean {
  const days = (Date.parse(expiresAt) - Date.parse(createdAt)) / DAY_MS;
  return days > 0 && days <= LONGEST_ALERT_DAYS;
}

export const alert = z
  .strictObject({
    ...reportHead,
    tier: z.literal('T2'),
    kind: z.literal('alert'),
    ...origin,
    to: z.null(),
    /** The report of the same station that it is made of. */
    about: reportId,
    tip: z.string().trim().min(1).max(TIP_LENGTH),
    audience: alertAudience,
    fits: alertFits,
    expiresAt: utc,
  })
  .refine(livesLongEnough, { path: ['expiresAt'] });

export type Alert = z.infer<typeof alert>;
export type AlertAudience = z.infer<typeof alertAudience>;
export type AlertFits = z.infer<typeof alertFits>;

/** Its free texts by their places. */
export const alertTexts = ({ tip }: Pick<Alert, 'tip'>): { path: string; text: string }[] => [
  { path: 'tip', text: tip },
];
