// Who can help: the station's own list of contacts for a referral. No personal data of travellers.
import { z } from 'zod';
import { CONTACT_KINDS } from './protection-ids.ts';
import { id } from './records.ts';

const line = z.string().trim().max(200);

export const contact = z.object({
  id,
  kind: z.enum(CONTACT_KINDS),
  name: z.string().trim().min(1).max(120),
  /** As it is dialled from the station. */
  telephone: line,
  /** Where to find them. */
  address: line,
  /** When they answer, in words. */
  hours: line,
  /** Which languages they speak, in words. */
  languages: line,
});

export const directory = z.object({ contacts: z.array(contact).max(60) });

export const directoryChannels = {
  'directory.list': { input: z.object({}), output: directory },
  /** Replaces the whole list; `bad-request` where two have one id. */
  'directory.save': { input: directory, output: directory },
} as const;

export type Contact = z.infer<typeof contact>;
