// What window and station say of the watched folder, where a page scanner saves its pictures.
import { z } from 'zod';
import { id } from './records.ts';

/** What becomes of a file once its picture lies safe in the store. */
export const AFTERWARDS = ['keep', 'remove'] as const;

export const watchSettings = z.object({
  /** Absolute path on the station's machine; null watches nothing. */
  folder: z.string().max(1000).nullable(),
  afterwards: z.enum(AFTERWARDS),
});

export const scanState = watchSettings.extend({
  /** Pictures and PDFs that no examination has taken yet. */
  waiting: z.int().min(0),
  /** How many have come since the station was started; tells what came just now from what waits again. */
  came: z.int().min(0),
  /** Why the folder cannot be watched as it should be, `error.<code>.*`; null while all is well. */
  trouble: z.string().nullable(),
  /** Why the last file that came was left alone, `error.<code>.*`; told once, then null. */
  left: z.string().nullable(),
});

/** A picture that lies in the store, or a PDF that the image door gives by this id as `original`. */
export const scan = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('picture'),
    id,
    image: z.object({ id, sha256: z.string(), width: z.int(), height: z.int() }),
  }),
  z.object({ kind: z.literal('pdf'), id }),
]);

export type WatchSettings = z.infer<typeof watchSettings>;
export type ScanState = z.infer<typeof scanState>;
export type Scan = z.infer<typeof scan>;
