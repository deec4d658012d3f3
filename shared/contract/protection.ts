// What is written into the protection file, and nowhere else: needs, answers, signs, and where help was asked for.
import { z } from 'zod';
import { CONSENTS, NEEDS, PROTECTION_DISPOSITIONS } from './protection-ids.ts';
import { id } from './records.ts';

const shortId = z.string().max(10);

export const protectionEntry = z.object({
  id,
  examinationId: id,
  /** Ids of `sign.TIxx`. */
  signs: z.array(shortId).max(40),
  note: z.string().max(4000),
  needs: z.array(z.enum(NEEDS)).max(NEEDS.length).default([]),
  /** Questions that were asked (`question.Qxx`), with what was answered; the words may stay empty. */
  answers: z
    .array(z.object({ questionId: shortId, note: z.string().max(1000) }))
    .max(40)
    .default([]),
  /** Null where nobody was asked for help. */
  referral: z
    .object({
      /** The contact of `directory.list`; null for somebody else. */
      contactId: id.nullable(),
      /** Who it was as the list said then. */
      contactName: z.string().max(120),
      consent: z.enum(CONSENTS),
      dispositions: z.array(z.enum(PROTECTION_DISPOSITIONS)).max(PROTECTION_DISPOSITIONS.length),
    })
    .nullable()
    .default(null),
});

export const protectionChannels = {
  /** Written to the protection file alone; nothing else tells that it exists. */
  'protection.record': { input: protectionEntry, output: z.object({ savedAt: z.iso.datetime() }) },
} as const;

export type ProtectionEntry = z.infer<typeof protectionEntry>;
