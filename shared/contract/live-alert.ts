// An alert as the lane holds it against every document, and as a record keeps it that it fitted.
import { z } from 'zod';
import { numberRange, reportId } from '../sharing/shapes.ts';

export const liveAlert = z.object({
  id: reportId,
  tip: z.string(),
  from: z.string(),
  expiresAt: z.iso.datetime(),
  types: z.array(z.string()),
  issuers: z.array(z.string()),
  numberRange: numberRange.nullable(),
  mrzPattern: z.array(z.string()),
});

export type KeptAlert = z.infer<typeof liveAlert>;
