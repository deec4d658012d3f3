// Shapes of what the station has with its hub: who it is there, what waits to be sent, and on which bases partners may be told.
import { z } from 'zod';
import { BASIS_KINDS } from '../sharing/codes.ts';
import { id, isoDate } from './records.ts';

const utc = z.iso.datetime();
const line = z.string().trim().min(1).max(200);
const nothing = z.object({});

export const OUTBOX_STATES = ['waiting', 'sending', 'sent', 'parked'] as const;

export const outboxRow = z.object({
  seq: z.int(),
  kind: z.enum(['report', 'image']),
  /** The report that it is, or that names the picture. */
  reportId: id,
  state: z.enum(OUTBOX_STATES),
  createdAt: utc,
  attempts: z.int(),
  /** When it is tried again; of no meaning where it is sent or parked. */
  nextAt: utc,
  /** A code of the hub, or of what happened on the way; null where nothing did. */
  reason: z.string().nullable(),
  sentAt: utc.nullable(),
  /** Bytes, and how many of them the hub has said that it has. */
  total: z.int(),
  done: z.int(),
});

/** What keeps the station from sending; `none` where it has no hub. */
export const OUTBOX_HOLDS = ['none', 'paused', 'stopped', 'waits', 'free'] as const;

export const outboxState = z.object({
  /** Rows that wait or are being sent, that are parked, that have their receipt. */
  waiting: z.int(),
  parked: z.int(),
  sent: z.int(),
  /** Since when the oldest one waits; null where none does. */
  oldestAt: utc.nullable(),
  lastReceiptAt: utc.nullable(),
  hold: z.enum(OUTBOX_HOLDS),
  /** Why: of `stopped` the code of the hub, of `waits` what happened last; else null. */
  reason: z.string().nullable(),
  /** Of `waits`: when it goes on by itself. */
  until: utc.nullable(),
  /** At most two hundred: parked ones, those that wait in their order, those sent last. */
  rows: z.array(outboxRow),
});

export const hubState = z.object({
  hub: z
    .object({
      address: z.string(),
      hubId: z.string(),
      agencyId: z.string(),
      agencyName: z.string(),
      /** Who this station is at the hub. */
      stationId: z.string(),
      enrolledAt: utc,
      /** How far this machine's clock is behind the hub's, in milliseconds, as it was when the hub last said so. */
      clockOffsetMs: z.int(),
      /** Words for comparing by telephone: the first characters of the hub's key. */
      fingerprint: z.string(),
    })
    .nullable(),
  /** Partners of this hub, without the own agency. */
  partners: z.array(z.object({ id: z.string(), name: z.string(), country: z.string(), stations: z.int() })),
});

export const enrolment = z.object({
  /** `https:`, or `http:` of this very machine. */
  address: z.string().trim().min(1).max(300),
  /** As it was read out; spaces, hyphens and case do not count. */
  code: z.string().trim().min(1).max(60),
});

/** By which law, treaty or memorandum a partner may be sent what concerns a person. */
export const legalBasis = z.object({
  id,
  agencyId: z.uuid(),
  kind: z.enum(BASIS_KINDS),
  reference: line,
  from: isoDate,
  /** The last day; null for one without an end. */
  until: isoDate.nullable(),
});

export const legalBases = z.object({ bases: z.array(legalBasis).max(200) });

export const syncChannels = {
  'outbox.state': { input: nothing, output: outboxState },
  /** One that waits or is parked is due at once; `not-found` where it is sent, or there is none of this number. */
  'outbox.retry': { input: z.object({ seq: z.int().min(1) }), output: outboxState },
  'outbox.pause': { input: nothing, output: outboxState },
  /** Ends a pause, and tries again where the hub had refused this station. */
  'outbox.resume': { input: nothing, output: outboxState },
  /** Everything that waits is due at once. */
  'outbox.send-now': { input: nothing, output: outboxState },

  'hub.state': { input: nothing, output: hubState },
  /**
   * Enrols the station with a code of the hub. Refused with `hub-address`, `hub-there` (leave the one before first),
   * `hub-code` (mistyped, used, or too old), `hub-unreachable`, `hub-refused`.
   */
  'hub.enrol': { input: enrolment, output: hubState },
  /** What is not sent is parked; nothing is removed. `hub-none` where there is none. */
  'hub.leave': { input: nothing, output: hubState },

  'basis.list': { input: nothing, output: legalBases },
  /** Replaces the whole list; `bad-request` where two have one id, or one ends before it begins. */
  'basis.save': { input: legalBases, output: legalBases },
} as const;

export const syncEvents = {
  /** Something of `outbox.state` changed. */
  'outbox.changed': nothing,
  /** Something of `hub.state` changed. */
  'hub.changed': nothing,
} as const;

export type OutboxRow = z.infer<typeof outboxRow>;
export type OutboxState = z.infer<typeof outboxState>;
export type HubState = z.infer<typeof hubState>;
export type LegalBasis = z.infer<typeof legalBasis>;
export interface KnownAgency {
  id: string;
  name: string;
  country: string;
  closedAt: string | null;
}
export interface KnownStation {
  id: string;
  agencyId: string;
  code: string;
  place: string;
  country: string;
  revokedAt: string | null;
}
