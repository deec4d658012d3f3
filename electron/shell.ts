// The port for what only a shell can do, and the station as a shell sees it.
import type { Reply } from '../shared/contract/bridge.ts';
import type { ImageChoice } from '../shared/contract/images.ts';

/** What only a shell can do. The station asks; a shell takes no decisions of its own. */
export interface Shell {
  readonly kind: 'electron' | 'host' | 'none';
  readonly can: { wrapKey: boolean; print: boolean; pdf: boolean; pickFile: boolean; notify: boolean };
  /** Wraps a key with the operating system's keystore. Only where `can.wrapKey`. */
  wrapKey(key: Uint8Array): Promise<Uint8Array>;
  /** Opens what `wrapKey` made on this machine by this user. */
  unwrapKey(wrapped: Uint8Array): Promise<Uint8Array>;
  /** Opens the print dialogue for the window as it stands; false when the officer cancels. */
  print(): Promise<boolean>;
  /** Makes a PDF of one page, in memory alone; `page` is whole HTML that names nothing outside itself. Only where `can.pdf`. */
  printPdf(page: string): Promise<Uint8Array>;
  /** Lets the officer choose one file; null when cancelled. */
  pickFile(): Promise<{ bytes: Uint8Array } | null>;
  /** Lets the officer choose a folder; its absolute path, or null when cancelled. Only where `can.pickFile`. */
  pickFolder(): Promise<string | null>;
  notify(title: string, body: string): Promise<void>;
}

export type ImageAnswer =
  | { ok: true; mime: string; bytes: Uint8Array; width: number; height: number }
  | { ok: false; code: string };

/** The station as either shell and the command line see it; in the shells it runs in a worker thread. */
export interface Station {
  /** One request string to one reply string (`Reply`). Never rejects: a refusal is a reply. */
  dispatch(channel: string, body: string): Promise<string>;
  /** Bytes of one picture file to `Reply<StoredImage>` as JSON text. Never rejects. */
  putImage(bytes: Uint8Array): Promise<string>;
  getImage(id: string, variant: ImageChoice): Promise<ImageAnswer>;
  subscribe(listener: (event: string, body: string) => void): () => void;
  /** Finishes what is under way and closes the store. */
  close(): Promise<void>;
}

/** A reply as text, for the places that answer for the station before it can. */
export function replyText(reply: Reply<unknown>): string {
  return JSON.stringify(reply);
}
