// Shapes of a case that goes to another station whole: given, acknowledged, given back. One station has it at a time.
import { z } from 'zod';
import { id } from './records.ts';

const path = z.string().max(1000);
const utc = z.iso.datetime();

/** `handed` it left and nobody has said that it arrived; `acknowledged` it arrived; `opened` it came from there. */
export const HANDOVER_STATES = ['handed', 'acknowledged', 'opened'] as const;

/** The last hand-over of a case that was not taken back. */
export const caseHandover = z.object({
  id,
  /** `out`: the other station has it, and here it is only read. */
  direction: z.enum(['out', 'in']),
  state: z.enum(HANDOVER_STATES),
  /** The other station: its id at the hub, and its code. */
  stationId: z.uuid(),
  stationCode: z.string(),
  /** The station that the case came from first, and to which alone it goes back; null for a case of this station. */
  originId: z.uuid().nullable(),
  /** Who gave it away and when, by the clock there. */
  givenBy: z.string(),
  givenAt: utc,
  /** Who took it in here and when; of one that went out the same as above. */
  officerName: z.string(),
  at: utc,
  /** SHA-256 of the case as it was handed over: the same at both stations. */
  sha256: z.string(),
});

export const writtenHandover = z.object({
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  handoverId: id,
  /** Pictures of the case that could not be read here any more, and are not in it. */
  missing: z.int(),
});

export const receivedHandover = z.object({
  /** A case that is new here, one that came back, or word that one arrived. */
  kind: z.enum(['opened', 'returned', 'acknowledged']),
  examinationId: id,
  handoverId: id,
  stationCode: z.string(),
  /** The same file was read before: nothing was changed. */
  known: z.boolean(),
  /** Entries that were not here yet. */
  entries: z.int(),
});

export const handoverChannels = {
  /**
   * Seals the whole case to one station as a file; from then on it is only read here. While nobody acknowledged it, asked
   * again for the same station it writes the same once more. A case that came from a station goes back to that one alone.
   * Refused with `hub-none`, `not-found`, `case-handed` (another station has it), `handover-basis` (no legal basis in
   * force for that agency), `superseded` (something was entered meanwhile), `erased`, `bad-request`, `folder-…`,
   * `disk-full`, `bundle-busy`, `bundle-cancelled`.
   */
  'case.hand-over': {
    input: z.object({ examinationId: id, stationId: z.uuid(), folder: path }),
    output: writtenHandover,
  },
  /**
   * Takes in a file of another station: a case, one that comes back, or an acknowledgement. All of it is checked before
   * anything counts; read twice, it does nothing the second time. Refused as `bundle.read` is, and with `handover-over`
   * (it does not follow on what this station knows: taken back, given back already, or never given), `erased`.
   */
  'case.receive': { input: z.object({ path }), output: receivedHandover },
  /** Writes the word that a case arrived, sealed to the station that gave it. `not-found` where none came. */
  'case.acknowledge': {
    input: z.object({ examinationId: id, folder: path }),
    output: z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }),
  },
  /**
   * Makes the case this station's again where nobody has acknowledged it. Whoever opened the file meanwhile works at it
   * too, and what they enter can never come back. `not-found` where it is not given away, `handover-over` where it arrived.
   */
  'case.take-back': { input: z.object({ examinationId: id }), output: z.object({}) },
} as const;

export type CaseHandover = z.infer<typeof caseHandover>;
export type WrittenHandover = z.infer<typeof writtenHandover>;
export type ReceivedHandover = z.infer<typeof receivedHandover>;
