// What the window and the worker that looks at camera frames say to each other.
import type { GreyImage } from '../../../shared/vision/types.ts';
import type { Glance, Sighting } from './sighting.ts';

/** From the window. Frames are handed over; the worker holds the newest one and the one that was kept. */
export type FramesRequest =
  | { kind: 'look'; id: number; frame: ImageBitmap; glance: Glance }
  /** Holds on to the newest frame and gives its grey pixels. */
  | { kind: 'keep'; id: number }
  /** The kept frame as a PNG file. */
  | { kind: 'file'; id: number };

/** From the worker: one answer to each request, under its id. */
export type FramesAnswer =
  | { kind: 'seen'; id: number; sighting: Sighting }
  | { kind: 'kept'; id: number; image: GreyImage | null }
  | { kind: 'file'; id: number; file: Blob | null }
  | { kind: 'failed'; id: number };
