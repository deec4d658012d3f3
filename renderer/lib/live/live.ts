// The live camera: looks at frame after frame, says what stands in the way, reads the good ones, takes what agrees.
import type { DocumentReading, GreyImage } from '../../../shared/vision/types.ts';
import { createAgreement, type Guard, type ReadFrame } from './agreement.ts';
import type { Frames } from './frames.ts';
import {
  type Advice,
  adviceFor,
  type Circumstances,
  complaintOf,
  createTeller,
  isSteady,
} from './guidance.ts';
import { createGlances, LIKELY, type SeenZone, type Sighting } from './sighting.ts';

/** What is shown of the newest look. */
export interface Look {
  /** The zone to outline, or null. */
  zone: SeenZone | null;
  /** Size of the frame in pixels. */
  width: number;
  height: number;
  /** The sentence to show, calmed. */
  advice: Advice;
  /** Frames looked at so far. */
  count: number;
}

/** For whom frames are looked at; no longer valid when something came between that makes them nobody's. */
export interface LiveTicket {
  isValid(): boolean;
}

export interface LiveParts<T extends LiveTicket> {
  frames: Frames;
  /** The next new frame; null when none is to be looked at for now (a pause, or the camera gives none). */
  nextFrame(): Promise<ImageBitmap | null>;
  /** Reads one frame whole; null where the reader failed or was stopped. */
  read(image: GreyImage): Promise<DocumentReading | null>;
  guard: Guard;
  /** Taken before the first frame that counts, and again after each interruption. */
  ticket(): T;
  /** A clock in milliseconds. */
  now(): number;
  /** Null in a pause. */
  onLook(look: Look | null): void;
  /**
   * Two frames agreed, both of this ticket; `picture` is the second one as a file. Answers whether the document was
   * taken: else it is read again while it lies there.
   */
  onAgreed(reading: ReadFrame, picture: Promise<Blob>, ticket: T): Promise<boolean>;
}

/** A frame with a complaint is read now and then all the same: the measures may be wrong, the agreement is not. */
const FLAWED_EVERY_MS = 1_000;
/** While a document that was taken lies there unmoved, it is read only now and then, for another text. */
const SAME_EVERY_MS = 3_000;
/** A document that could not be kept is tried again after so long: a full disk stays full for a while. */
const AGAIN_AFTER_MS = 3_000;
/** What hides characters is never read past: both frames would agree on what cannot be seen. */
const NEVER: readonly (Advice | null)[] = ['covered', 'whole', 'farther'];
/** So many readings in a row without an agreement are told. */
const MANY = 3;

/** Runs until it is stopped. Returns how to stop it; whatever is under way then is forgotten. */
export function startLive<T extends LiveTicket>(parts: LiveParts<T>): () => void {
  const glances = createGlances();
  const teller = createTeller();
  const agreement = createAgreement();
  let isStopped = false;
  let isReading = false;
  let count = 0;
  let before: SeenZone | null = null;
  let seenAt = Number.NEGATIVE_INFINITY;
  /** When the zone in sight came into it. */
  let cameAt = Number.NEGATIVE_INFINITY;
  let readAt = Number.NEGATIVE_INFINITY;
  let isSame = false;
  let differed = 0;
  let unread = 0;
  let trouble: Circumstances['trouble'] = null;
  /** Counts interruptions; what was read before one says nothing after it. */
  let stretch = 0;
  let ticket = parts.ticket();
  let restUntil = Number.NEGATIVE_INFINITY;

  const pause = () => {
    stretch += 1;
    ticket = parts.ticket();
    before = null;
    agreement.forget();
    parts.guard.paused();
    parts.onLook(null);
  };

  /** The stretch that goes on now: a new one where the ticket of the last one is no longer valid. */
  const current = (): number => {
    if (!ticket.isValid()) pause();
    return stretch;
  };

  const give = async (reading: ReadFrame, picture: Promise<Blob>): Promise<void> => {
    // Held while it is being kept; the next look must not take it twice.
    parts.guard.took(reading.lines);
    if (await parts.onAgreed(reading, picture, ticket).catch(() => false)) return;
    parts.guard.lost(reading.lines);
    isSame = false;
    restUntil = parts.now() + AGAIN_AFTER_MS;
  };

  const settle = (reading: DocumentReading | null, picture: Promise<Blob> | null): void => {
    const now = parts.now();
    if (reading?.status === 'read' && parts.guard.holds(reading.lines)) {
      isSame = true;
      agreement.forget();
      return;
    }
    isSame = false;
    const verdict = reading === null ? null : agreement.add(reading, now);
    differed = verdict?.kind === 'differs' ? differed + 1 : 0;
    unread = verdict === null || verdict.kind === 'unread' ? unread + 1 : 0;
    if (verdict?.kind !== 'agreed') return;
    void give(verdict.reading, picture ?? parts.frames.file());
  };

  const read = async (): Promise<void> => {
    isReading = true;
    const begun = stretch;
    try {
      const image = await parts.frames.keep();
      if (begun !== current()) return;
      // The frame that may be the second of two: its file is made while it is read.
      const picture = agreement.isOpen() && trouble === null ? parts.frames.file() : null;
      picture?.catch(() => undefined);
      const reading = await parts.read(image);
      readAt = parts.now();
      if (!isStopped && begun === current()) settle(reading, picture);
    } finally {
      isReading = false;
    }
  };

  /** Whether this frame is to be read, as the zone is seen in it. */
  const isDue = (zone: SeenZone, sighting: Sighting, now: number): boolean => {
    const complaint = complaintOf(zone, sighting);
    if (isReading || now < restUntil || NEVER.includes(complaint)) return false;
    const isGood = complaint === null && isSteady(before, zone);
    if (isSame) return isGood && now - readAt >= SAME_EVERY_MS;
    // What cannot be read, or not twice alike, is not worth all of the processor.
    return (isGood && trouble === null) || now - Math.max(readAt, cameAt) >= FLAWED_EVERY_MS;
  };

  const look = async (frame: ImageBitmap): Promise<void> => {
    const begun = stretch;
    const sighting = await parts.frames.look(frame, glances.next());
    if (isStopped || begun !== current()) return;
    const now = parts.now();
    glances.gave(sighting);
    const { zone } = sighting;
    const isThere = zone !== null && zone.likeness >= LIKELY / 2;
    parts.guard.saw(isThere, now);
    // What moved or was away for a moment may be another document by now.
    if (isSame && !(isThere && isSteady(before, zone))) readAt = Number.NEGATIVE_INFINITY;
    if (isSame && !isThere && !parts.guard.isWatching()) isSame = false;
    const sinceSeenMs = now - seenAt;
    if (isThere && before === null) cameAt = now;
    if (isThere) seenAt = now;
    else if (sinceSeenMs > FLAWED_EVERY_MS) [differed, unread] = [0, 0];
    trouble = differed >= MANY ? 'differs' : unread >= MANY ? 'unread' : null;
    const advice = teller.tell(adviceFor(sighting, { before, sinceSeenMs, isSame, trouble }), now);
    count += 1;
    const { width, height } = sighting;
    parts.onLook({ zone: isThere ? zone : null, width, height, advice, count });
    if (isThere && isDue(zone, sighting, now)) void read().catch(() => undefined);
    before = isThere ? zone : null;
  };

  const run = async (): Promise<void> => {
    while (!isStopped) {
      const begun = current();
      const frame = await parts.nextFrame();
      if (isStopped) return frame?.close();
      if (frame === null) pause();
      else if (begun !== current()) frame.close();
      // A frame that could not be looked at is like one that never came: the next one is there at once.
      else await look(frame).catch(() => undefined);
    }
  };
  void run();
  return () => {
    isStopped = true;
  };
}
