// What the window and its reading worker say to each other.
import type { DocumentReading, GreyImage, ReadStep } from '../../../shared/vision/types.ts';
import type { CallFailureCode } from '../bridge.ts';

/**
 * A stored picture by its id: the worker fetches the pixels itself, so that they lie in memory once. Or pixels, which
 * are handed over, not copied: the window's array is empty afterwards.
 */
export type ReadSource = { imageId: string } | GreyImage;

/** From the window. The worker reads one picture at a time. */
export interface ReadRequest {
  id: number;
  source: ReadSource;
  deadlineMs: number;
}

/** From the worker. `broken` means that it can read no more and must be replaced. */
export type ReaderMessage =
  | { kind: 'ready' }
  | { kind: 'step'; id: number; step: ReadStep }
  | { kind: 'done'; id: number; reading: DocumentReading }
  /** The pixels could not be had; the worker lives on. */
  | { kind: 'unread'; id: number; code: CallFailureCode }
  | { kind: 'broken' };
