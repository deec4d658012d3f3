// What the window and its reading worker say to each other.
import type { DocumentReading, GreyImage, ReadStep } from '../../../shared/vision/types.ts';

/** From the window. The worker reads one picture at a time. */
export interface ReadRequest {
  id: number;
  /** Handed over, not copied: the window's array is empty afterwards. */
  image: GreyImage;
  deadlineMs: number;
}

/** From the worker. `broken` means that it can read no more and must be replaced. */
export type ReaderMessage =
  | { kind: 'ready' }
  | { kind: 'step'; id: number; step: ReadStep }
  | { kind: 'done'; id: number; reading: DocumentReading }
  | { kind: 'broken' };
