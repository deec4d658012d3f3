// Shapes of what the station notices before it stops anybody: the disk filling, a clock set back, a folder locked.
import { z } from 'zod';

/** The gravest first. */
export const WARNING_CODES = [
  'folder-locked', // nothing can be written to the data folder any more
  'disk-full', // so little room that the next picture may not be kept
  'disk-low', // under 1 GiB or 5 % of the disk
  'clock-set-back', // the clock stands well before the last entries of the audit chain
  'hub-stopped', // the hub refuses this station: reports neither leave nor come
  'list-missing', // a list of numbers that counts is not asked: its file is not here, or was changed
  'procedure-files', // a file of the agency's own document types could not be used
  'log-late', // the detection log of a day that is over could not be written into its folder
  'clock-ahead', // it leapt far ahead between two entries: a question
  'key-in-clear', // the key of a version before could not be changed: it still lies in clear
  'guess-cheap', // other tools made the key file let secrets be guessed at less than they must cost
] as const;

export const healthState = z.object({
  warnings: z.array(z.enum(WARNING_CODES)),
  /** Room left on the disk of the data folder, rounded down to two digits; null where the system does not say. */
  freeMegabytes: z.int().min(0).nullable(),
});

export type WarningCode = (typeof WARNING_CODES)[number];
export type HealthState = z.infer<typeof healthState>;

export const healthChannels = {
  /** What is about to go wrong; `health.changed` tells when to ask again. */
  'health.state': { input: z.object({}), output: healthState },
  /** Says that date and time are right: `clock-…` is over. Entered in the audit chain. */
  'clock.confirm': { input: z.object({}), output: healthState },
} as const;
