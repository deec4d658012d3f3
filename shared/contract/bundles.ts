// Shapes of what is carried by hand: files that are sealed to the hub or to one station, written to a stick and read from it.
import { z } from 'zod';

/** An absolute path on the station's machine. */
const path = z.string().max(1000);
const utc = z.iso.datetime();
const nothing = z.object({});

/** For whom a file is. */
export const bundleRecipient = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hub') }),
  z.object({ kind: z.literal('station'), stationId: z.uuid() }),
]);

export const BUNDLE_STEPS = ['writing', 'checking', 'reading'] as const;

/**
 * Why something of a file is not taken: from a station that is not known or is revoked; not what was signed; signed, but
 * not a report that this version reads; for another agency; a receipt that this station's hub did not give.
 */
export const REFUSALS = ['unknown-sender', 'changed', 'unreadable', 'not-for-us', 'not-the-hub'] as const;

export const bundleState = z.object({
  /** What is under way, and the share of it that is done, 0 to 1; null for nothing. */
  running: z.object({ step: z.enum(BUNDLE_STEPS), share: z.number().min(0).max(1) }).nullable(),
});

/** Whom this station can write to. */
export const bundleRecipients = z.object({
  /** False where the station has no hub: then nobody is known. */
  hub: z.boolean(),
  stations: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      place: z.string(),
      agencyId: z.uuid(),
      agencyName: z.string(),
      /** Of this station's agency. */
      isOwnAgency: z.boolean(),
      /** May be given what concerns a person, so a case too: of the own agency, or by a legal basis in force today. */
      hasBasis: z.boolean(),
    }),
  ),
});

export const writtenBundle = z.object({
  path: z.string(),
  bytes: z.int(),
  /** SHA-256 of the file, hex. */
  sha256: z.string(),
  bundleId: z.uuid(),
  reports: z.int(),
  images: z.int(),
  /** What waits and is not in it: not meant for this recipient, or not as it was approved. */
  leftOut: z.int(),
});

export const readBundle = z.object({
  bundleId: z.uuid(),
  from: z.object({ kind: z.enum(['hub', 'station']), id: z.uuid(), code: z.string().nullable() }),
  /** When its sender wrote it, by its clock. */
  at: utc,
  /** Receipts that something of this station was waiting for. */
  receipts: z.int(),
  /** Reports of others that were not here yet. */
  reports: z.int(),
  /** What was here already. */
  known: z.int(),
  /** What was not taken, and why: each reason that there was, once. */
  refused: z.int(),
  refusals: z.array(z.object({ reason: z.enum(REFUSALS), count: z.int().min(1) })),
});

export const bundleFile = z.object({ path: z.string(), bytes: z.int() });

export const bundleChannels = {
  'bundle.recipients': { input: nothing, output: bundleRecipients },
  'bundle.state': { input: nothing, output: bundleState },
  /**
   * Writes what waits in the outbox as one new file in this folder; the outbox stays as it is until a receipt comes.
   * Refused with `hub-none`, `not-found` (no such station, or it is revoked), `bundle-empty` (for a station; for the hub it asks), `bundle-busy`,
   * `bundle-cancelled`, `folder-…`, `disk-full`; then no file is left behind.
   */
  'bundle.write': { input: z.object({ folder: path, to: bundleRecipient }), output: writtenBundle },
  /** Files in a folder that are for this station, newest names first. */
  'bundle.find': { input: z.object({ folder: path }), output: z.object({ files: z.array(bundleFile) }) },
  /**
   * Reads a file of the hub or of another station. All of it is checked before anything of it counts; read twice, it
   * does nothing the second time. Refused with `hub-none`, `file-gone`, `bundle-none`, `bundle-not-ours`,
   * `bundle-unknown`, `bundle-damaged`, `bundle-newer`, `bundle-too-large`, `bundle-case`, `bundle-busy`,
   * `bundle-cancelled`.
   */
  'bundle.read': { input: z.object({ path }), output: readBundle },
  /** Ends what is under way; answers once nothing is. */
  'bundle.cancel': { input: nothing, output: bundleState },
} as const;

export const bundleEvents = {
  /** Something of `bundle.state` changed. */
  'bundle.changed': nothing,
} as const;

export type BundleRecipient = z.infer<typeof bundleRecipient>;
export type BundleRecipients = z.infer<typeof bundleRecipients>;
export type BundleState = z.infer<typeof bundleState>;
export type BundleStep = (typeof BUNDLE_STEPS)[number];
export type BundleFile = z.infer<typeof bundleFile>;
export type WrittenBundle = z.infer<typeof writtenBundle>;
export type ReadBundle = z.infer<typeof readBundle>;
export type Refusal = (typeof REFUSALS)[number];
